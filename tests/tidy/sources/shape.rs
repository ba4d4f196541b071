//! Names, first lines and lengths of the source files.

use crate::repository::{obey, sources};

const NAMES: [&str; 5] = ["mod.rs", "utils.rs", "helpers.rs", "common.rs", "manager.rs"];
const LINES_MAX: usize = 400;
/// A function's `main.rs` is wiring only.
const MAIN_LINES_MAX: usize = 39;

/// The complaints about one source file.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let name = path.rsplit('/').next().expect("split gives at least one part");
    let lines = text.lines().count();
    let lines_max = lines_max(path, name);
    let mut complaints = Vec::new();
    if NAMES.contains(&name) {
        complaints.push(format!("{path}: the name says nothing about what is inside"));
    }
    if !text.starts_with("//!") {
        complaints.push(format!("{path}: the first line must be `//!` and say what the file is"));
    }
    if lines > lines_max {
        complaints.push(format!("{path}: {lines} lines, at most {lines_max}"));
    }
    complaints
}

fn lines_max(path: &str, name: &str) -> usize {
    match path.split('/').next() {
        Some("functions") if name == "main.rs" => MAIN_LINES_MAX,
        Some("functions" | "shared") => LINES_MAX,
        Some(_) | None => usize::MAX,
    }
}

#[test]
fn every_source_file_has_a_telling_name_a_first_line_and_a_modest_length() {
    let all: Vec<String> = sources().flat_map(|file| complaints(&file.path, &file.text)).collect();
    obey("the shape of a source file", &all);
}

#[test]
fn a_misshapen_file_is_found() {
    let long = |lines: usize| "//! A line.\n".repeat(lines);
    for (path, text, fine) in [
        ("functions/tasks/src/create.rs", long(400), true),
        ("functions/tasks/src/create.rs", long(401), false),
        ("shared/web/src/tests.rs", long(401), false),
        ("tests/e2e/main.rs", long(401), true),
        ("functions/tasks/src/main.rs", long(39), true),
        ("functions/tasks/src/main.rs", long(40), false),
        ("infra/local/src/main.rs", long(40), true),
        ("shared/web/src/mod.rs", long(1), false),
        ("tests/e2e/common.rs", long(1), false),
        ("shared/web/src/uncommon.rs", long(1), true),
        ("shared/web/src/lib.rs", "use std::fmt;\n//! Late.\n".to_owned(), false),
        ("shared/web/src/lib.rs", String::new(), false),
    ] {
        assert_eq!(complaints(path, &text).is_empty(), fine, "{path} with {} lines", text.lines().count());
    }
}
