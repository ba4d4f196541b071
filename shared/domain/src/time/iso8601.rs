//! Moments as the common languages print them: RFC 3339, and of ISO 8601 what is as exact. Never a guess: a time without
//! its offset from UTC is no moment.

use super::Timestamp;
use chrono::DateTime;

/// Why a text is no moment; it follows the name of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAMoment {
    #[error("must be a moment in ISO 8601 such as 2026-02-10T00:00:00Z")]
    Malformed,
    #[error("must say the time of day and its offset from UTC as well, such as 2026-02-10T00:00:00Z")]
    NoTime,
    #[error("must say its offset from UTC: Z at its end, or one such as +01:00")]
    NoOffset,
    #[error("must be in the years 1970 to 9999")]
    OutOfRange,
}

/// Characters of the longest form: nanoseconds, an offset and the name of a zone.
const CHARS_MAX: usize = 100;
/// Digits of a second that are looked at.
const FRACTION_DIGITS: usize = 9;

/// Reads `2026-02-10T00:00:00Z` and its relatives: a small `t` or a space between, no seconds (`T18:00Z`), any number of
/// decimals behind a point or a comma, `z`, `+01:00`, `+0100`, `+01` (a space may be before it), the basic form (`20260210T000000Z`), and behind the
/// offset the name of a zone in brackets (RFC 9557), which adds nothing.
///
/// # Errors
/// Why the text is no moment.
pub fn read(text: &str) -> Result<Timestamp, NotAMoment> {
    if !text.is_ascii() || text.len() > CHARS_MAX {
        return Err(NotAMoment::Malformed);
    }
    let (date, time) = match text.split_once(['T', 't', ' ']) {
        Some((date, time)) => (calendar(date).ok_or(NotAMoment::Malformed)?, time),
        None => return Err(calendar(text).map_or(NotAMoment::Malformed, |_| NotAMoment::NoTime)),
    };
    let (time, zoned) = without_zone_name(time).ok_or(NotAMoment::Malformed)?;
    let at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (time, offset) = time.split_at(at);
    let time = of_day(time.strip_suffix(' ').unwrap_or(time)).ok_or(NotAMoment::Malformed)?;
    let offset = match offset {
        "" if zoned => return Err(NotAMoment::Malformed),
        "" => return Err(NotAMoment::NoOffset),
        "Z" | "z" => "Z".to_owned(),
        given => from_utc(given).ok_or(NotAMoment::Malformed)?,
    };
    let parsed = DateTime::parse_from_rfc3339(&format!("{date}T{time}{offset}")).map_err(|_| NotAMoment::Malformed)?;
    let moment = Timestamp(parsed.timestamp_millis());
    if (0..253_402_300_800_000).contains(&moment.0) { Ok(moment) } else { Err(NotAMoment::OutOfRange) }
}

/// `2026-02-10` of that or of `20260210`.
fn calendar(date: &str) -> Option<String> {
    match parts(date, '-', &[4, 2, 2])?.as_slice() {
        [year, month, day] => Some(format!("{year}-{month}-{day}")),
        _ => None,
    }
}

/// `18:00:00.5` of that, of `18:00:00,5`, `180000.5`, and of times without seconds.
fn of_day(time: &str) -> Option<String> {
    let (clock, fraction) = match time.split_once(['.', ',']) {
        Some((clock, digits)) if is_digits(digits) => (clock, &digits[..digits.len().min(FRACTION_DIGITS)]),
        Some(_) => return None,
        None => (time, "0"),
    };
    let seconds = parts(clock, ':', &[2, 2, 2]);
    let minutes = || parts(clock, ':', &[2, 2]).filter(|_| !time.contains(['.', ',']));
    match seconds.or_else(minutes)?.as_slice() {
        [hour, minute, second] => Some(format!("{hour}:{minute}:{second}.{fraction}")),
        [hour, minute] => Some(format!("{hour}:{minute}:00.{fraction}")),
        _ => None,
    }
}

/// `+01:00` of that, of `+0100` and of `+01`.
fn from_utc(offset: &str) -> Option<String> {
    let (sign, size) = offset.split_at(1);
    match parts(size, ':', &[2, 2]).or_else(|| parts(size, ':', &[2]))?.as_slice() {
        [hours, minutes] => Some(format!("{sign}{hours}:{minutes}")),
        [hours] => Some(format!("{sign}{hours}:00")),
        _ => None,
    }
}

/// The numbers of so many digits, with `between` each of them or none at all.
fn parts<'a>(text: &'a str, between: char, widths: &[usize]) -> Option<Vec<&'a str>> {
    let found: Vec<&str> = if text.contains(between) {
        text.split(between).collect()
    } else {
        let mut rest = text;
        let mut next = |width: &usize| {
            let (part, behind) = rest.split_at_checked(*width)?;
            rest = behind;
            Some(part)
        };
        let found = widths.iter().map(&mut next).collect::<Option<_>>()?;
        if !rest.is_empty() {
            return None;
        }
        found
    };
    let fits = found.len() == widths.len() && found.iter().zip(widths).all(|(part, width)| part.len() == *width);
    (fits && found.iter().all(|part| is_digits(part))).then_some(found)
}

/// Java and JavaScript write `+01:00[Europe/Paris]`. The text before it, and whether there was one.
fn without_zone_name(time: &str) -> Option<(&str, bool)> {
    let Some((time, names)) = time.split_once('[') else {
        return Some((time, false));
    };
    let names = names.strip_suffix(']')?;
    let known = |c: char| c.is_ascii_alphanumeric() || "/_+-=".contains(c);
    names.split("][").all(|name| !name.is_empty() && name.chars().all(known)).then_some((time, true))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
