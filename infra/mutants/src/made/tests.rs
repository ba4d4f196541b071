//! Small sources, and what becomes of them.

use super::with;
use crate::listed::Mutant;
use serde_json::json;

/// A change at a place of a source: the genre, line and column, and what stands there instead.
type Change = (&'static str, usize, usize, &'static str);

fn made(source: &str, changes: &[Change]) -> (String, Vec<usize>) {
    let mutants = changes.iter().map(|(genre, line, column, replacement)| {
        let at = json!({ "line": line, "column": column });
        let mutant = json!({
            "name": "", "function": { "return_type": "-> u8" }, "package": "", "file": "", "genre": genre, "replacement": replacement,
            "span": { "start": at, "end": at },
        });
        serde_json::from_value(mutant).unwrap()
    });
    let mutants: Vec<Mutant> = mutants.collect();
    let numbered: Vec<_> = mutants.iter().enumerate().collect();
    let (text, made) = with(source, &numbered).unwrap();
    syn::parse_file(&text).unwrap();
    (text, made)
}

#[test]
fn each_change_stands_behind_its_switch() {
    let cases: [(&str, &[Change], &str); 7] = [
        (
            "fn f() -> u8 {\n    g()\n}",
            &[("FnValue", 2, 5, "0"), ("FnValue", 2, 5, "1")],
            "fn f() -> u8 {\n    if crate::__mutant(0) { return 0; } if crate::__mutant(1) { return 1; } g()\n}",
        ),
        (
            "fn f() -> bool { a < b }",
            &[("BinaryOperator", 1, 20, "<="), ("FnValue", 1, 18, "true")],
            "fn f() -> bool { if crate::__mutant(1) { return true; } (if crate::__mutant(0) { a <= b } else { a < b }) }",
        ),
        (
            "fn f() { ä += !b }",
            &[("BinaryOperator", 1, 12, "-="), ("UnaryOperator", 1, 15, "")],
            "fn f() { (if crate::__mutant(0) { ä -= !b } else { ä += (if crate::__mutant(1) { b } else { !b }) }) }",
        ),
        (
            "fn f() -> bool { a && b && c }",
            &[("BinaryOperator", 1, 20, "||"), ("BinaryOperator", 1, 25, "||")],
            "fn f() -> bool { (if crate::__mutant(1) { a && b || c } else { (if crate::__mutant(0) { a || b } else { a && b }) && c }) }",
        ),
        (
            "fn f() { match x { 1 => {} _ => {} } }",
            &[("MatchArm", 1, 20, "")],
            "fn f() { match x { 1 if !crate::__mutant(0) => {} _ => {} } }",
        ),
        (
            "fn f() { match x { n if n > 1 => {} _ => {} } }",
            &[("MatchArm", 1, 20, ""), ("MatchArmGuard", 1, 25, "true"), ("MatchArmGuard", 1, 25, "false")],
            "fn f() { match x { n if (!crate::__mutant(0) && ((crate::__mutant(1) || ((!crate::__mutant(2) && (n > 1)))))) => {} _ => {} } }",
        ),
        (
            "fn f() { if let Some(a) = b && c < d {} }",
            &[("BinaryOperator", 1, 29, "||"), ("BinaryOperator", 1, 34, ">")],
            "fn f() { if let Some(a) = b && (if crate::__mutant(1) { c > d } else { c < d }) {} }",
        ),
    ];
    for (source, changes, expected) in cases {
        // Each switch has a line of its own; the rest is as it reads here.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeezed(&made(source, changes).0), squeezed(expected));
    }
}

#[test]
fn what_has_no_place_behind_a_switch_is_left_out() {
    let (text, made) =
        made("fn f() { if let Some(a) = b && c {} }", &[("BinaryOperator", 1, 29, "||"), ("StructField", 1, 1, "")]);
    assert_eq!((text.as_str(), made), ("fn f() { if let Some(a) = b && c {} }", Vec::new()));
}
