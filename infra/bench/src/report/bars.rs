//! What may not be more, on the page and for the exit status.

use super::{Functions, Results, floors, megabytes, ours};
use crate::contestants::Transport;
use crate::measured::growth::{self, Row};

/// A start takes at most this many times the floor's, which opens no connection: over TLS, and without.
const TLS_FLOORS_MAX: f64 = 3.0;
const PLAIN_FLOORS_MAX: f64 = 2.2;
/// Megabytes of a zip at most.
const ZIP_MB_MAX: f64 = 4.0;
/// Those that speak to S3: its SDK is the largest of all.
const S3_ZIP_MB_MAX: f64 = 5.0;
const S3: [&str; 7] = ["admin", "checks", "guardian", "mcp", "operators", "tasks", "uploads"];
/// Those that decode photos, look at a chain, or have the routers of five others.
const LARGE_ZIP_MB_MAX: f64 = 8.0;
const LARGE: [&str; 8] = ["audit", "checks", "guardian", "mcp", "operators", "payments", "payouts", "watcher"];
/// Of what the other takes, in processor time of a warm invocation: the request, who answers it for us, the other.
const CPU_MAX: [(&str, &str, &str, f64); 5] = [
    ("GET /agents/balance", "agents", "naive", 0.655),
    ("POST /tasks", "tasks", "naive", 0.7),
    ("GET /agents/balance", "agents", "Node.js", 0.25),
    ("GET /tasks/{id}", "tasks", "Node.js", 0.25),
    ("POST /tasks", "tasks", "Node.js", 0.25),
];

/// A sentence for each bar that was missed.
pub(crate) fn missed(results: &Results) -> Vec<String> {
    let missed = of_functions(&results.functions).into_iter().chain(of_processors(results));
    missed.chain(results.guardian.missed()).chain(of_growth(&results.growth)).collect()
}

pub(crate) fn of_functions(functions: &Functions) -> Vec<String> {
    let starts =
        [("over TLS", Transport::Tls), ("without TLS", Transport::Plain)].into_iter().filter_map(|(how, by)| {
            let floors = ours(functions).map(|name| (name, floors(functions, name, by)));
            let late: Vec<String> =
                floors.filter(|(_, it)| *it > floors_max(by)).map(|(name, it)| format!("{name} {it:.2}")).collect();
            let sentence =
                format!("a start {how} is more than {:.1} × the floor's: {}", floors_max(by), late.join(", "));
            (!late.is_empty()).then_some(sentence)
        });
    let zips = ours(functions).filter_map(|name| {
        let (zip, at_most) = (megabytes(functions.sizes[name].zip), zip_max(name));
        (zip > at_most).then(|| format!("a zip is larger than {at_most} MB: {name} {zip:.2}"))
    });
    starts.chain(zips).collect()
}

fn of_processors(results: &Results) -> Vec<String> {
    let of = |(request, ours, other, at_most): (&'static str, &str, &str, f64)| {
        let cpu_us = |name: &str| results.warm.costs[&(name.to_owned(), request)].cpu_us.median;
        let part = cpu_us(ours) / cpu_us(other);
        (part > at_most)
            .then(|| format!("{request}: {part:.3} of what {other} takes of a processor, at most {at_most}"))
    };
    CPU_MAX.into_iter().filter_map(of).collect()
}

/// A sentence for each request that takes longer as the tables grow.
pub(crate) fn of_growth(rows: &[Row]) -> Vec<String> {
    let times = growth::REQUESTS.iter().enumerate().map(|(at, (request, _))| (request, growth::times(rows, at)));
    let grown = times.filter(|(_, times)| *times > growth::TIMES_MAX);
    grown.map(|(request, times)| format!("{request}: {times:.2} × as long, at most {}", growth::TIMES_MAX)).collect()
}

pub(super) fn floors_max(transport: Transport) -> f64 {
    match transport {
        Transport::Tls => TLS_FLOORS_MAX,
        Transport::Plain => PLAIN_FLOORS_MAX,
    }
}

pub(super) fn zip_max(name: &str) -> f64 {
    match name {
        _ if LARGE.contains(&name) => LARGE_ZIP_MB_MAX,
        _ if S3.contains(&name) => S3_ZIP_MB_MAX,
        _ => ZIP_MB_MAX,
    }
}
