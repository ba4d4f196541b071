//! `docs/PERFORMANCE.md`: it speaks of every function there is, and what misses a bar is said. The page is written by
//! `cargo xtask bench`.

use crate::repository::{obey, text};
use crate::workspace::packages;

const DOCUMENT: &str = "docs/PERFORMANCE.md";
/// The heading of the table with a row for each function, down to the bars.
const HEADING: &str = "| Function | Start over TLS, ms | × floor | at most | Start, ms | × floor | at most | Zip, MB | at most | Unpacked, MB |";
/// Columns with a figure, each before the column with its bar.
const FIGURES: [usize; 3] = [2, 5, 7];
/// Below it is what misses its bar, by name and figure.
const MISSED: &str = "## Missed";

/// The cells of each row of the table.
fn rows(markdown: &str) -> Vec<Vec<&str>> {
    let below = markdown.split(HEADING).nth(1).unwrap_or_default().lines().skip(2);
    let rows = below.take_while(|line| line.starts_with('|'));
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// What is wrong with the table, given the functions that there are.
fn complaints(markdown: &str, functions: &[&str]) -> Vec<String> {
    let (rows, said) = (rows(markdown), markdown.split(MISSED).nth(1).unwrap_or_default());
    let absent = functions.iter().filter(|name| !rows.iter().any(|row| row.first() == Some(*name)));
    let mut complaints: Vec<String> = absent.map(|name| format!("{DOCUMENT} has no row for `{name}`")).collect();
    for row in &rows {
        if !functions.contains(&row[0]) {
            complaints.push(format!("{DOCUMENT} has a row for `{}`, which is no function", row[0]));
        }
        let missed = FIGURES.iter().filter(|column| !meets(row.get(**column), row.get(**column + 1)));
        let unsaid = missed.filter(|column| {
            let figure = row.get(**column).filter(|figure| figure.parse::<f64>().is_ok());
            figure.is_none_or(|figure| !said.contains(&format!("{} {figure}", row[0])))
        });
        complaints.extend(unsaid.map(|column| format!("{DOCUMENT}: column {column} of `{}` misses its bar", row[0])));
    }
    complaints
}

fn meets(figure: Option<&&str>, bar: Option<&&str>) -> bool {
    let number = |cell: Option<&&str>| cell.and_then(|text| text.parse::<f64>().ok());
    matches!((number(figure), number(bar)), (Some(figure), Some(bar)) if figure <= bar)
}

#[test]
fn every_function_is_measured_and_what_misses_a_bar_is_said() {
    let functions = packages().iter().filter_map(|package| package.folder.strip_prefix("functions/"));
    obey("run `cargo xtask bench`", &complaints(&text(DOCUMENT), &functions.collect::<Vec<_>>()));
}

#[test]
fn a_missing_row_and_a_missed_bar_that_is_not_said_are_found() {
    let page = |rows: &str, said: &str| {
        format!(
            "# P\n\n{HEADING}\n|---|---|---|---|---|---|---|---|---|---|\n{rows}\n\n| other |\n\n{MISSED}\n\n{said}\n"
        )
    };
    for (rows, said, count) in [
        ("| tasks | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) | 2.10 | 2.20 | 3.10 | 4.00 | 8.0 |", "None.", 0),
        ("| tasks | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) | 2.21 | 2.20 | 3.10 | 4.00 | 8.0 |", "None.", 1),
        ("| tasks | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) | 2.21 | 2.20 | 3.10 | 4.00 | 8.0 |", "- a start: tasks 2.21", 0),
        ("| tasks | 9.9 | 3.01 | 3.00 | 9.1 (8.0–9.9) | 2.21 | 2.20 | 4.10 | 4.00 | 8.0 |", "- a start: tasks 2.21", 2),
        ("| tasks | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) | ? | 2.20 | 3.10 | 4.00 | 8.0 |", "- a start: tasks ?", 1),
        ("| tasks | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) |", "None.", 2),
        ("| agents | 9.9 | 2.90 | 3.00 | 9.1 (8.0–9.9) | 2.10 | 2.20 | 3.10 | 4.00 | 8.0 |", "None.", 2),
        ("", "None.", 1),
    ] {
        assert_eq!(complaints(&page(rows, said), &["tasks"]).len(), count, "{rows}");
    }
    assert_eq!(complaints("# P\n", &["tasks"]).len(), 1);
}
