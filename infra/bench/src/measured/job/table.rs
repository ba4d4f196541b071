//! The table of `docs/COST.md` that was measured. What follows from it is computed by the end-to-end tests' budget.

use super::{INVOCATIONS, Job, MEMORY_MB};
use crate::Failure;
use crate::report::{megabytes, spread, with_between};
use std::fmt::Write as _;

/// The document with what was measured, and all else as it is.
///
/// # Errors
/// The document has no such table.
pub(crate) fn renewed(job: &Job, document: &str) -> Result<String, Failure> {
    let head = head();
    if document.contains(&head) {
        Ok(with_between(document, &head, &rows(job), "\n\n"))
    } else {
        Err(format!("docs/COST.md must have a table that begins with\n{head}").into())
    }
}

fn head() -> String {
    let sizes = MEMORY_MB.map(|size| format!("{size} MB |")).join(" ");
    let (columns, rule) = ("| Invocation | Function |", "---:|".repeat(MEMORY_MB.len() + 3));
    format!("{columns} {sizes} Processor, µs | Log, bytes | Peak, MB |\n|---|---|{rule}\n")
}

fn rows(job: &Job) -> String {
    let mut rows = String::new();
    for (name, function) in INVOCATIONS {
        let Some(taken) = job.get(name) else { continue };
        let _ = write!(rows, "| {name} | {function} |");
        for millis in &taken.millis {
            let _ = write!(rows, " {} |", spread(millis, 1));
        }
        let (cpu, logged, peak) = (spread(&taken.cpu_us, 0), taken.logged.median, megabytes(taken.peak_bytes));
        let _ = writeln!(rows, " {cpu} | {logged:.0} | {peak:.0} |");
    }
    rows.trim_end().to_owned()
}
