//! What an invocation takes, as `cargo xtask bench job` has written it into the document.

use super::TEMPLATE;

/// How its table begins.
const HEAD: &str = "| Invocation | Function |";

/// At the memory that the template gives.
pub(super) struct Taken {
    pub(super) memory_mb: u128,
    /// Microseconds, with the share of a processor that the memory brings, and without waiting for others.
    pub(super) micros: u128,
    /// Bytes of log.
    pub(super) logged: u128,
}

impl Taken {
    pub(super) fn read(document: &str, invocation: &str, function: &str) -> Self {
        let memory_mb = memory_mb(function);
        let (_, rest) = document.split_once(HEAD).expect("the document has the table");
        let (columns, rows) = rest.split_once('\n').unwrap();
        let row = rows.lines().find_map(|row| row.strip_prefix(&format!("| {invocation} | ")));
        let cells: Vec<&str> = row.unwrap_or_else(|| panic!("{invocation} was not measured")).split(" | ").collect();
        let cell = |name: &str| {
            // The function is the first of them, and no column of the head's rest.
            let at = columns.split('|').filter(|cell| !cell.trim().is_empty()).position(|column| column.trim() == name);
            let cell = cells[at.unwrap_or_else(|| panic!("no column {name}")) + 1];
            cell.split(' ').next().unwrap()
        };
        let (whole, tenth) = cell(&format!("{memory_mb} MB")).split_once('.').expect("tenths of a millisecond");
        let number = |digits: &str| digits.parse::<u128>().expect("a number");
        Self { memory_mb, micros: number(whole) * 1_000 + number(tenth) * 100, logged: number(cell("Log, bytes")) }
    }
}

/// What a function takes in the template: its own memory, or the one of all.
fn memory_mb(function: &str) -> u128 {
    let block = |start: &str, next: &str| {
        let rest = TEMPLATE.split_once(start).expect("the template's form changed").1;
        let lines = rest.lines().take_while(|line| !line.starts_with(next) || line.starts_with(&format!("{next} ")));
        let memory = lines.filter_map(|line| line.trim().strip_prefix("MemorySize: ")).next()?;
        Some(memory.parse::<u128>().expect("megabytes"))
    };
    block(&format!("\n  {function}:\n"), "  ").or_else(|| block("\nGlobals:\n", "R")).expect("all have a memory")
}

/// A line of the access log: the template's form, filled in.
pub(super) fn access_log_bytes() -> u128 {
    const FILLED_IN: [(&str, usize); 9] = [
        ("$context.requestId", "JKJaXmPLvHcESHA=".len()),
        ("$context.requestTime", "05/Feb/2026:12:00:00 +0000".len()),
        ("$context.identity.sourceIp", "198.51.100.100".len()),
        ("$context.httpMethod", "POST".len()),
        ("$context.routeKey", "POST /api/v1/operator/tasks/{id}/submit".len()),
        ("$context.status", "200".len()),
        ("$context.responseLatency", "100".len()),
        ("$context.integrationLatency", "100".len()),
        ("$context.responseLength", "1000".len()),
    ];
    let (_, rest) = TEMPLATE.split_once("        Format: >-\n").expect("the template's form changed");
    let form: Vec<&str> = rest.lines().map(str::trim).take_while(|line| !line.starts_with("Tags")).collect();
    let empty = form.join(" ").replace("$context.integrationErrorMessage", "-");
    let (mut names, mut values) = (0, 0);
    for (name, value) in FILLED_IN {
        assert!(empty.contains(name), "the access log has no {name}");
        (names, values) = (names + name.len(), values + value);
    }
    u128::try_from(empty.len() - names + values).unwrap()
}
