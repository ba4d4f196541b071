//! All changes of a file at once, each behind a switch: mutant `n` is what runs where `crate::__mutant(n)`.

#[cfg(test)]
mod tests;

use crate::listed::{Genre, Mutant, Place};
use proc_macro2::{LineColumn, Span};
use std::collections::BTreeMap;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A change, and by what number it is switched on.
pub(crate) type Numbered<'a> = (usize, &'a Mutant);

/// The switch, which goes to the end of a crate. It writes down what was reached if it is asked to.
pub(crate) fn switch(count: usize) -> String {
    format!(
        r#"
#[allow(warnings, clippy::all)]
pub(crate) fn __mutant(n: usize) -> bool {{
    use std::sync::atomic::{{AtomicBool, Ordering}};
    static ON: std::sync::OnceLock<(Option<usize>, Option<std::ffi::OsString>)> = std::sync::OnceLock::new();
    static REACHED: [AtomicBool; {count}] = [const {{ AtomicBool::new(false) }}; {count}];
    let (on, list) = ON.get_or_init(|| {{
        let on = std::env::var("HUMANOPS_MUTANT").ok().and_then(|n| n.parse().ok());
        (on, std::env::var_os("HUMANOPS_MUTANTS_REACHED"))
    }});
    if let Some(list) = list && !REACHED[n].swap(true, Ordering::Relaxed) {{
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(list).unwrap();
        std::io::Write::write_all(&mut file, format!("{{n}}\n").as_bytes()).unwrap();
    }}
    *on == Some(n)
}}
"#
    )
}

/// The source with these changes in it. Those that have no place behind a switch are left out.
///
/// # Errors
/// It is not Rust.
pub(crate) fn with(source: &str, mutants: &[Numbered]) -> Result<(String, Vec<usize>), syn::Error> {
    let mut sites = Sites { lines: Lines::of(source), ..Sites::default() };
    sites.visit_file(&syn::parse_file(source)?);
    let mut edits = Edits::default();
    let mut made = Vec::new();
    for (start, here) in grouped(mutants, &sites.lines) {
        if let Some(numbers) = edits.make(source, &sites, start, &here) {
            made.extend(numbers);
        }
    }
    Ok((edits.applied(source), made))
}

/// By genre and place: what is done to one operator is one edit.
fn grouped<'a>(mutants: &[Numbered<'a>], lines: &Lines) -> Vec<(usize, Vec<Numbered<'a>>)> {
    let mut groups: BTreeMap<(usize, u8), Vec<Numbered>> = BTreeMap::new();
    for (number, mutant) in mutants {
        let start = lines.byte(mutant.span.start);
        groups.entry((start, mutant.genre as u8)).or_default().push((*number, mutant));
    }
    groups.into_iter().map(|((start, _), group)| (start, group)).collect()
}

#[derive(Default)]
struct Edits {
    /// Where, in what order there, and what.
    inserted: Vec<((usize, bool, usize, usize), String)>,
}

impl Edits {
    /// Answers the numbers of what was made.
    fn make(&mut self, source: &str, sites: &Sites, start: usize, here: &[Numbered]) -> Option<Vec<usize>> {
        let numbers = || here.iter().map(|(number, _)| *number);
        let (_, first) = here.first()?;
        match first.genre {
            // It returns one type, which only the compiler knows.
            Genre::FnValue if first.function.as_ref()?.return_type.contains("impl ") => return None,
            Genre::FnValue => {
                let returns = here
                    .iter()
                    .map(|(n, mutant)| format!("if crate::__mutant({n}) {{ return {}; }}\n", mutant.replacement));
                self.wrap(&(start..usize::MAX), &returns.collect::<String>(), None);
            }
            Genre::BinaryOperator => {
                let [left, right] = sites.binary.get(&start)?;
                let (left_text, right_text) = (on_a_line(source, left)?, on_a_line(source, right)?);
                let arms = here.iter().map(|(n, mutant)| {
                    format!("\nif crate::__mutant({n}) {{ {left_text} {} {right_text} }} else ", mutant.replacement)
                });
                self.wrap(&(left.start..right.end), &format!("({}{{\n", arms.collect::<String>()), Some(" })"));
            }
            Genre::UnaryOperator => {
                let operand = sites.unary.get(&start)?;
                let (n, operand_text) = (numbers().next()?, on_a_line(source, operand)?);
                let before = format!("(\nif crate::__mutant({n}) {{ {operand_text} }} else {{\n");
                self.wrap(&(start..operand.end), &before, Some(" })"));
            }
            Genre::MatchArm => {
                let (pattern_end, guard) = sites.arms.get(&start)?;
                let n = numbers().next()?;
                match guard {
                    Some(guard) => self.wrap(guard, &format!("(!crate::__mutant({n}) && ("), Some("))")),
                    None => {
                        let guard = format!(" if !crate::__mutant({n})");
                        self.wrap(&(*pattern_end..usize::MAX), &guard, None);
                    }
                }
            }
            Genre::MatchArmGuard => {
                let guard =
                    sites.arms.values().filter_map(|(_, guard)| guard.clone()).find(|guard| guard.start == start)?;
                for (n, mutant) in here {
                    let before = match mutant.replacement.as_str() {
                        "true" => format!("(crate::__mutant({n}) || ("),
                        "false" => format!("(!crate::__mutant({n}) && ("),
                        _ => return None,
                    };
                    self.wrap(&guard, &before, Some("))"));
                }
            }
            Genre::StructField => return None,
        }
        Some(numbers().collect())
    }

    fn wrap(&mut self, span: &Range<usize>, before: &str, after: Option<&str>) {
        let order = self.inserted.len();
        // At one place what ends comes before what begins, the inner end before the outer, the outer beginning first.
        self.inserted.push(((span.start, true, usize::MAX - span.end, order), before.to_owned()));
        if let Some(after) = after {
            let key = (span.end, false, usize::MAX - span.start, usize::MAX - order);
            self.inserted.push((key, after.to_owned()));
        }
    }

    fn applied(mut self, source: &str) -> String {
        self.inserted.sort();
        let (mut text, mut at) = (String::new(), 0);
        for ((place, ..), inserted) in &self.inserted {
            text += source.get(at..*place).unwrap_or_default();
            text += inserted;
            at = *place;
        }
        text + source.get(at..).unwrap_or_default()
    }
}

/// What stands there, on one line, unless a comment would swallow the rest of it.
fn on_a_line(source: &str, at: &Range<usize>) -> Option<String> {
    let text = source.get(at.clone())?;
    (!text.contains("//")).then(|| text.replace('\n', " "))
}

/// What can be changed, by the byte where cargo-mutants says that it begins.
#[derive(Default)]
struct Sites {
    lines: Lines,
    /// The operands, by the operator.
    binary: BTreeMap<usize, [Range<usize>; 2]>,
    unary: BTreeMap<usize, Range<usize>>,
    /// Where the pattern ends, and the guard, by the arm.
    arms: BTreeMap<usize, (usize, Option<Range<usize>>)>,
}

impl Sites {
    fn range(&self, span: Span) -> Range<usize> {
        self.lines.at(span.start())..self.lines.at(span.end())
    }
}

impl<'ast> Visit<'ast> for Sites {
    fn visit_expr_binary(&mut self, expr: &'ast syn::ExprBinary) {
        let is_let = |side: &syn::Expr| {
            let mut side = side;
            while let syn::Expr::Binary(binary) = side {
                if matches!(*binary.right, syn::Expr::Let(_)) {
                    return true;
                }
                side = &binary.left;
            }
            matches!(side, syn::Expr::Let(_))
        };
        // `if let … && …` is no expression that could stand in parentheses.
        if !is_let(&expr.left) && !is_let(&expr.right) {
            let operands = [self.range(expr.left.span()), self.range(expr.right.span())];
            self.binary.insert(self.range(expr.op.span()).start, operands);
        }
        visit::visit_expr_binary(self, expr);
    }

    fn visit_expr_unary(&mut self, expr: &'ast syn::ExprUnary) {
        self.unary.insert(self.range(expr.op.span()).start, self.range(expr.expr.span()));
        visit::visit_expr_unary(self, expr);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        let guard = arm.guard.as_ref().map(|(_, guard)| self.range(guard.span()));
        self.arms.insert(self.range(arm.span()).start, (self.range(arm.pat.span()).end, guard));
        visit::visit_arm(self, arm);
    }
}

/// Where each line begins.
#[derive(Default)]
struct Lines {
    source: String,
    starts: Vec<usize>,
}

impl Lines {
    fn of(source: &str) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        Self { source: source.to_owned(), starts: std::iter::once(0).chain(ends).collect() }
    }

    fn byte(&self, place: Place) -> usize {
        self.at(LineColumn { line: place.line, column: place.column - 1 })
    }

    fn at(&self, place: LineColumn) -> usize {
        let start = self.starts.get(place.line - 1).copied().unwrap_or(self.source.len());
        let line = self.source.get(start..).unwrap_or_default();
        start + line.char_indices().nth(place.column).map_or(line.len(), |(at, _)| at)
    }
}
