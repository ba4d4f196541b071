//! Characters that a text may not have, and those that nobody sees.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

/// Nobody sees these, though they are no white space: what Unicode calls default-ignorable, and the empty braille cell.
/// Of ordinary use beside others, so a text may have them, but not consist of them.
const INVISIBLE: &[RangeInclusive<char>] = &[
    '\u{00ad}'..='\u{00ad}',
    '\u{034f}'..='\u{034f}',
    '\u{061c}'..='\u{061c}',
    '\u{115f}'..='\u{1160}',
    '\u{17b4}'..='\u{17b5}',
    '\u{180b}'..='\u{180f}',
    '\u{200b}'..='\u{200f}',
    '\u{202a}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{2800}'..='\u{2800}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff0}'..='\u{fffb}',
    '\u{1bca0}'..='\u{1bca3}',
    '\u{1d173}'..='\u{1d17a}',
    '\u{e0000}'..='\u{e0fff}',
];

pub(super) fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !c.is_control() && !INVISIBLE.iter().any(|range| range.contains(&c))
}

/// The invisible characters inside the brackets of a regular expression, as far as all its dialects can name them.
pub(super) fn invisible() -> String {
    let mut class = String::new();
    for range in INVISIBLE.iter().filter(|range| *range.end() <= '\u{ffff}') {
        let (first, last) = (u32::from(*range.start()), u32::from(*range.end()));
        write!(class, "\\u{first:04x}").expect("writing to a String cannot fail");
        if last > first {
            write!(class, "-\\u{last:04x}").expect("writing to a String cannot fail");
        }
    }
    class
}

/// Of the control characters, these have no place even in a text of many lines: others take four bytes of JSON at most.
pub(super) fn is_raw_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// What is no part of a single line: control characters, ends of lines, and what changes the direction of writing.
pub(in crate::read) fn breaks_a_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
