//! Nothing is written twice: no run of lines stands in two places of what is deployed or run. What is equal in shape
//! only is not found.

use crate::repository::{File, obey, sources};
use std::collections::BTreeMap;

const LINES: usize = 15;

/// Pairs of places that begin the same run; of a longer run only its first lines.
fn complaints<'a>(files: impl IntoIterator<Item = &'a File>) -> Vec<String> {
    let mut first: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    let mut complaints = Vec::new();
    for File { path, text } in files {
        let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        let lines: Vec<(usize, &str)> = lines.filter(|(_, line)| !line.is_empty()).collect();
        let mut in_run = false;
        for window in lines.windows(LINES) {
            let place = format!("{path}:{}", window[0].0);
            let known = first.entry(window.iter().map(|(_, line)| *line).collect());
            let known = known.or_insert_with(|| place.clone());
            if *known != place && !in_run {
                complaints.push(format!("{place} is like {known}"));
            }
            in_run = *known != place;
        }
    }
    complaints
}

fn production(path: &str) -> bool {
    let other = path.ends_with("/tests.rs") || path.contains("/tests/") || path.contains("/generated/");
    !other && ["functions/", "shared/", "infra/", "clients/", "xtask/"].iter().any(|folder| path.starts_with(folder))
}

#[test]
fn no_fifteen_lines_stand_in_two_places() {
    obey("write it once", &complaints(sources().filter(|file| production(&file.path))));
}

#[test]
fn a_copy_is_found_however_it_is_indented() {
    let lines = |count: usize| (0..count).map(|n| format!("let x{n} = {n};\n")).collect::<String>();
    let file = |path: &str, text: String| File { path: path.to_owned(), text };
    let original = file("a.rs", lines(20));
    for (copy, expected) in [
        (lines(20), vec!["b.rs:1 is like a.rs:1"]),
        (format!("fn f() {{\n\n{}}}\n", lines(15).replace("let", "    let")), vec!["b.rs:3 is like a.rs:1"]),
        (lines(14), vec![]),
        (lines(20).replace("x7 ", "y "), vec![]),
    ] {
        assert_eq!(complaints([&original, &file("b.rs", copy)]), expected);
    }
}
