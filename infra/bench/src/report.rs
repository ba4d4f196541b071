//! The page `docs/PERFORMANCE.md`: the text is in `page.txt` beside this file, the tables are made here.

pub(crate) mod bars;

use crate::contestants::Transport;
use crate::machine::Machine;
use crate::measured::growth::{self, Row};
use crate::measured::guardian::Judged;
use crate::measured::sizes::Size;
use crate::measured::starts::{self, Starts};
use crate::measured::statistics::Spread;
use crate::measured::warm::{self, Warm};
use crate::requests::Request;
use std::collections::BTreeMap;

/// Everything that one run has measured.
pub(crate) struct Results {
    pub(crate) machine: Machine,
    pub(crate) functions: Functions,
    pub(crate) warm: Warm,
    pub(crate) guardian: Judged,
    pub(crate) growth: Vec<Row>,
}

/// How functions start, and how large they are.
pub(crate) struct Functions {
    pub(crate) starts: Starts,
    pub(crate) sizes: BTreeMap<String, Size>,
}

/// The head of the table of our functions, and how the row of the floor begins.
const HEAD: &str = "| Function | Start over TLS, ms |";
const FLOOR: &str = "| floor |";

/// How the sentence below the table begins.
const ALONE: &str = "These rows and the floor's were measured alone";

/// Where a line of the page stands.
#[derive(Clone, Copy)]
enum Part {
    Before,
    Table,
    After,
    Rest,
}

/// The text with other words between two of its phrases.
pub(crate) fn with_between(text: &str, before: &str, words: &str, after: &str) -> String {
    let parts = text.split_once(before).and_then(|(head, rest)| Some((head, rest.split_once(after)?.1)));
    parts.map_or_else(|| text.to_owned(), |(head, tail)| format!("{head}{before}{words}{after}{tail}"))
}

impl Functions {
    /// The page with the rows of these, measured on `date`, and all else as it is.
    pub(crate) fn renewed(&self, page: &str, date: &str) -> String {
        let (rows, floor) = (functions(self), comparison(self, "floor", "floor"));
        let alone = format!("{ALONE} on {date} (`cargo xtask bench functions`).");
        let (mut lines, mut part) = (Vec::new(), Part::Before);
        for line in page.lines().filter(|line| !line.starts_with(ALONE)) {
            part = match part {
                Part::Before if line.starts_with(HEAD) => Part::Table,
                Part::Table if !line.starts_with('|') => Part::After,
                part => part,
            };
            match part {
                Part::Table if line.starts_with("|---") => lines.extend([line, &rows, "", &alone]),
                Part::Table if !line.starts_with(HEAD) => {}
                Part::After if line.starts_with(FLOOR) => {
                    lines.push(&floor);
                    // Another table of the page has a row for it too.
                    part = Part::Rest;
                }
                Part::Before | Part::Table | Part::After | Part::Rest => lines.push(line),
            }
        }
        lines.join("\n") + "\n"
    }
}

/// Who is measured against ours, and the heading of each.
const OTHERS: [(&str, &str); 2] = [("naive", "naive Rust"), ("Node.js", "Node.js")];

const BOOTSTRAP: &str = include_str!("../node/src/bootstrap.mjs");
const TEMPLATE: &str = include_str!("page.txt");

/// The whole page.
pub(crate) fn page(results: &Results) -> String {
    let Machine { processor, cores, kernel, memory_gib, load, rustc, node, date, pinned } = &results.machine;
    let cores_used = if *pinned {
        "the function on core 1; harness, tables and TLS on core 0"
    } else {
        "nothing was pinned, because there is one core: figures vary more"
    };
    let values = [
        ("date", date.clone()),
        ("processor", format!("{processor}, {cores} cores, {memory_gib} GiB")),
        ("kernel", kernel.clone()),
        ("load", load.clone()),
        ("versions", format!("{rustc}; Node.js {node}")),
        ("cores", cores_used.to_owned()),
        ("start_rounds", starts::ROUNDS.to_string()),
        ("warm_rounds", warm::ROUNDS.to_string()),
        ("invocations", warm::INVOCATIONS.to_string()),
        ("warm_up", warm::WARM_UP.to_string()),
        ("loop", BOOTSTRAP.lines().count().to_string()),
        ("functions", functions(&results.functions)),
        ("others", others(&results.functions)),
        ("answers", answers(results)),
        ("speed", speed(results)),
        ("cpu", cpu(results)),
        ("memory", memory(results)),
        ("guardian", results.guardian.part(&results.machine)),
        ("growth", growth::table(&results.growth)),
        ("growth_max", growth::TIMES_MAX.to_string()),
        ("missed", listed(&bars::missed(results))),
    ];
    values.iter().fold(TEMPLATE.to_owned(), |page, (name, value)| page.replace(&format!("{{{{{name}}}}}"), value))
}

fn listed(missed: &[String]) -> String {
    if missed.is_empty() {
        return "None.".to_owned();
    }
    missed.iter().map(|bar| format!("- {bar}")).collect::<Vec<_>>().join("\n")
}

fn ours(results: &Functions) -> impl Iterator<Item = &str> {
    let others = ["floor", "naive", "Node.js"];
    results.sizes.keys().map(String::as_str).filter(move |name| !others.contains(name))
}

/// How many starts of the floor, which speaks to no tables, a start takes.
fn floors(results: &Functions, name: &str, transport: Transport) -> f64 {
    poll(results, name, transport).median / poll(results, "floor", Transport::Plain).median
}

fn poll<'a>(results: &'a Functions, name: &str, transport: Transport) -> &'a Spread {
    &results.starts.polls[&(name.to_owned(), transport)]
}

/// Every function of ours against the floor and its limits.
fn functions(results: &Functions) -> String {
    let rows = ours(results).map(|name| {
        let (size, zip_max) = (results.sizes[name], bars::zip_max(name));
        let zip = megabytes(size.zip);
        let starts = BOTH.map(|by| format!("{} | {:.2}", start(results, name, by), bars::floors_max(by))).join(" | ");
        format!("| {name} | {starts} | {zip:.2} | {zip_max:.2} | {} |", unpacked(size))
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// The others in the same columns.
fn others(results: &Functions) -> String {
    let rows = [("floor", "floor"), ("naive", "naive Rust"), ("Node.js", "Node.js")];
    rows.map(|(name, heading)| comparison(results, name, heading)).join("\n")
}

fn comparison(results: &Functions, name: &str, heading: &str) -> String {
    let (size, starts) = (results.sizes[name], BOTH.map(|by| start(results, name, by)).join(" | "));
    format!("| {heading} | {starts} | {:.2} | {} |", megabytes(size.zip), unpacked(size))
}

/// In the order of the columns.
const BOTH: [Transport; 2] = [Transport::Tls, Transport::Plain];

/// With the times that it is the floor's.
fn start(results: &Functions, name: &str, by: Transport) -> String {
    format!("{} | {:.2}", spread(poll(results, name, by), 1), floors(results, name, by))
}

fn unpacked(size: Size) -> String {
    format!("{:.1}", megabytes(size.unpacked))
}

/// From the start to the first answer.
fn answers(results: &Results) -> String {
    by_request(|function, other, request| {
        let of = |name: &str| &results.functions.starts.answers[&(name.to_owned(), request)];
        match other {
            None => format!("{} ms", spread(of(function), 1)),
            Some(other) => {
                let times = of(other).median / of(function).median;
                format!("{} ms | {times:.1} ×", spread(of(other), 1))
            }
        }
    })
}

/// Invocations per second of warm processes.
fn speed(results: &Results) -> String {
    by_request(|function, other, request| {
        let of = |name: &str| &results.warm.costs[&(name.to_owned(), request)].per_second;
        match other {
            None => spread(of(function), 0),
            Some(other) => {
                format!("{} | {:.2} ×", spread(of(other), 0), of(function).median / of(other).median)
            }
        }
    })
}

/// Processor time of an invocation.
fn cpu(results: &Results) -> String {
    by_request(|function, other, request| {
        let of = |name: &str| &results.warm.costs[&(name.to_owned(), request)].cpu_us;
        match other {
            None => format!("{} µs", spread(of(function), 0)),
            Some(other) => {
                format!("{} µs | {:.1} ×", spread(of(other), 0), of(other).median / of(function).median)
            }
        }
    })
}

/// A row for each request: ours, then each other with its ratio.
fn by_request(cell: impl Fn(&str, Option<&str>, &'static str) -> String) -> String {
    let rows = Request::all("", "").map(|Request { name, function, .. }| {
        let others = OTHERS.map(|(other, _)| cell(function, Some(other), name)).join(" | ");
        format!("| `{name}` | {} | {others} |", cell(function, None, name))
    });
    rows.join("\n")
}

/// Peak memory of the warm processes.
fn memory(results: &Results) -> String {
    let rows = results.warm.peak_bytes.iter().map(|(name, bytes)| {
        let heading = OTHERS.iter().find(|(other, _)| other == name).map_or(name.as_str(), |(_, heading)| heading);
        format!("| {heading} | {:.1} |", megabytes(*bytes))
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// `5.2 (5.0–6.1)`: median, tenth and ninetieth percentile.
pub(crate) fn spread(spread: &Spread, decimals: usize) -> String {
    let Spread { p10, median, p90 } = spread;
    format!("{median:.decimals$} ({p10:.decimals$}–{p90:.decimals$})")
}

#[expect(clippy::cast_precision_loss, reason = "sizes of files and processes are far below 2^53")]
pub(crate) fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
