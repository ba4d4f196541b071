//! `docs/COST.md` against what was measured: its tables are computed here, in whole numbers of picodollars. What an
//! invocation takes is in the document's own table, written by `cargo xtask bench job`; what it waits for others is assumed.
//! `HUMANOPS_WRITE_COSTS=true` writes the tables instead.

mod prices;
mod taken;

use super::meter::{Meter, Part, phases};
use super::{measured, walk};
use harness::{Call, Proxy};
use humanops::Options;
use prices::{
    ALARM, CENT, DOLLAR, GB_SECOND, GET, INVOCATION, KEPT, LOG, MESSAGE, PUT, RCU, REQUEST, RRU, SECRET, WCU, WRU,
    cost, dollars, prices,
};
use std::fmt::Write as _;
use taken::Taken;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/COST.md");
const TEMPLATE: &str = include_str!("../../../template.yaml");

/// Milliseconds that are waited for somebody else, all of them assumed.
const DYNAMODB_MS: u128 = 5;
const SQS_MS: u128 = 10;
const S3_MS: u128 = 50;
const STRANGER_MS: u128 = 100;
const WAITS: [(&str, u128); 4] = [
    ("DynamoDB, each call that waits for the one before", DYNAMODB_MS),
    ("SQS, a batch of messages", SQS_MS),
    ("S3, a photo of 1 MB", S3_MS),
    ("an agent's server, a push service", STRANGER_MS),
];

/// A line of the mix.
struct Line {
    /// In the budget.
    name: &'static str,
    /// Times per hundred tasks.
    hundredths: u128,
    /// What was measured: this, or what does as much.
    taken: &'static str,
    /// In the template.
    function: &'static str,
    /// For others than DynamoDB, in milliseconds.
    waits_ms: u128,
}

const fn line(
    name: &'static str,
    hundredths: u128,
    taken: &'static str,
    function: &'static str,
    waits_ms: u128,
) -> Line {
    Line { name, hundredths, taken, function, waits_ms }
}

static MIX: &[Line] = &[
    line("POST /tasks with a callback", 100, "POST /tasks", "TasksFunction", 0),
    line("GET /tasks/{id}", 300, "GET /tasks/{id}", "TasksFunction", 0),
    line("GET /tasks", 50, "GET /tasks", "TasksFunction", 0),
    line("GET /agents/balance", 50, "GET /agents/balance", "AgentsFunction", 0),
    line("POST /agents/deposit/usdc", 5, "POST /agents/deposit/usdc", "PaymentsFunction", 0),
    line("GET /operator/tasks", 200, "GET /operator/tasks", "OperatorsFunction", 0),
    line("POST /operator/tasks/{id}/accept", 100, "POST /operator/tasks/{id}/accept", "OperatorsFunction", 0),
    line("POST /operator/upload", 100, "POST /operator/upload", "UploadsFunction", 0),
    line("POST /operator/tasks/{id}/submit", 100, "POST /operator/tasks/{id}/submit", "OperatorsFunction", S3_MS),
    line("GET /operator/earnings", 15, "GET /operator/earnings", "OperatorsFunction", 0),
    line("POST /operator/payout", 5, "POST /operator/tasks/{id}/accept", "OperatorsFunction", 0),
    line("guardian, approving", 100, "guardian", "GuardianFunction", S3_MS),
    line(RELAYED, 100, "relay", "RelayFunction", SQS_MS),
    line(DELIVERED, 100, "callback", "CallbacksFunction", STRANGER_MS),
    // Of the verdict.
    line("notification", 100, "notification", "PushesFunction", STRANGER_MS),
    line("notification of a new task", 100, "notification", "PushesFunction", STRANGER_MS),
];
static SWEEP: Line = line("sweep of nothing", 100, "sweep", "SweeperFunction", 0);
const RELAYED: &str = "relay, all changes";
const DELIVERED: &str = "callback, delivered at once";
/// Messages about notifications of one task.
const NOTICES: u128 = 2;
/// Versions of a task's state in the mix: created, accepted, submitted, completed.
const CHANGES: u128 = 4;
const TASKS: u128 = 1_000_000;
/// How much of provisioned capacity is used, in hundredths: what DynamoDB's scaling aims at by default.
const USED: u128 = 70;

const PHOTO_BYTES: u128 = 1_000_000;
/// The bucket's lifecycle: 180 days, and 30 as an old version.
const PHOTO_DAYS: u128 = 210;
const RUNS_PER_MONTH: u128 = 730 * 60;
/// AWS reads each of the four queues with five long polls of 20 seconds.
const POLLS_PER_MONTH: u128 = 4 * 5 * 3 * 60 * 730;

/// One line of the mix, measured.
struct Step {
    line: &'static Line,
    /// Twice the units of one time: reads come in halves.
    wru_halves: u128,
    rru_halves: u128,
    /// Calls to DynamoDB of one time, of which each waits for the one before.
    phases: u128,
    /// Invocations of one time.
    runs: u128,
    taken: Taken,
}

impl Step {
    fn is_request(&self) -> bool {
        ["GET ", "POST "].iter().any(|method| self.line.name.starts_with(method))
    }

    /// In a million tasks.
    fn invocations(&self) -> u128 {
        self.runs * self.line.hundredths * (TASKS / 100)
    }

    /// Of all invocations of one time.
    fn duration_us(&self) -> u128 {
        let waits_ms = self.phases * DYNAMODB_MS + self.runs * self.line.waits_ms;
        self.runs * self.taken.micros + waits_ms * 1_000
    }

    /// What the durations of so many times cost.
    fn durations(&self, times: u128) -> u128 {
        let (_, per, price) = GB_SECOND;
        times * self.duration_us() * self.taken.memory_mb * price / (1_000_000 * 1_024 * per)
    }
}

/// Of `units`, which is a whole number of halves.
fn halves(units: f64) -> u128 {
    (units * 2.0).to_string().parse().expect("DynamoDB bills halves")
}

/// `0.5` for 50 hundredths.
fn decimal(hundredths: u128) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn table(header: [&str; 2], rows: impl IntoIterator<Item = (String, String)>) -> String {
    let mut table = format!("| {} | {} |\n|---|---:|\n", header[0], header[1]);
    for (name, value) in rows {
        writeln!(table, "| {name} | {value} |").unwrap();
    }
    table
}

/// Halves of the units of a part of the happy path, and its phases.
fn part(calls: &[Call], part: Part) -> (u128, u128, u128) {
    let own: Vec<Call> = calls.iter().filter(|call| Part::of(call) == part).cloned().collect();
    let units = |write| halves(own.iter().filter(|call| call.is_write() == write).fold(0.0, |sum, c| sum + c.total()));
    (units(true), units(false), phases(&own).into())
}

fn steps(meter: &Meter, happy_path: &[Call], document: &str) -> Vec<Step> {
    MIX.iter().chain([&SWEEP]).map(|line| step(line, meter, happy_path, document)).collect()
}

fn step(line: &'static Line, meter: &Meter, happy_path: &[Call], document: &str) -> Step {
    let (units, runs) = match line.name {
        RELAYED => (part(happy_path, Part::Relay), CHANGES),
        DELIVERED => (part(happy_path, Part::Callback), 1),
        name => {
            let (_, cost, _) = meter.measured.iter().find(|(it, ..)| *it == name).expect("the budget has it");
            // Whole numbers, as a sum of halves can show them.
            ((halves(cost.wru), halves(cost.rru), halves(cost.phases) / 2), 1)
        }
    };
    let (wru_halves, rru_halves, phases) = units;
    Step { line, wru_halves, rru_halves, phases, runs, taken: Taken::read(document, line.taken, line.function) }
}

fn mix(steps: &[Step]) -> String {
    let mut table =
        "| What | Per task | Runs | WRU | RRU | MB | ms |\n|---|---:|---:|---:|---:|---:|---:|\n".to_owned();
    let mut total = [0; 4];
    for step in steps {
        let Step { line: Line { name, hundredths, .. }, wru_halves, rru_halves, runs, taken, .. } = step;
        let each = [100 * runs, 50 * wru_halves, 50 * rru_halves];
        let [runs_each, wru, rru] = each.map(decimal);
        let (often, ms) = (decimal(*hundredths), (step.duration_us() / runs + 500) / 1_000);
        writeln!(table, "| {name} | {often} | {runs_each} | {wru} | {rru} | {} | {ms} |", taken.memory_mb).unwrap();
        for (sum, each) in total.iter_mut().zip([100, each[0], each[1], each[2]]) {
            *sum += hundredths * each;
        }
    }
    let [_, runs, wru, rru] = total.map(|sum| decimal((sum + 50) / 100));
    writeln!(table, "| **one task** | | {runs} | {wru} | {rru} | | |").unwrap();
    table
}

fn million(steps: &[Step]) -> String {
    let units =
        |of: fn(&Step) -> u128| steps.iter().map(|it| of(it) * it.line.hundredths * (TASKS / 100)).sum::<u128>() / 2;
    let requests: u128 = steps.iter().filter(|it| it.is_request()).map(Step::invocations).sum();
    let invocations: u128 = steps.iter().map(Step::invocations).sum();
    let durations = steps.iter().map(|it| it.durations(it.line.hundredths * (TASKS / 100))).sum();
    let logged: u128 = steps.iter().map(|it| it.taken.logged * it.invocations()).sum();
    let deliveries: u128 = steps.iter().filter(|it| it.line.name == DELIVERED).map(Step::invocations).sum();
    let (wru, rru) = (units(|it| it.wru_halves), units(|it| it.rru_halves));
    let lines = [
        ("DynamoDB, writes", cost(WRU, wru)),
        ("DynamoDB, reads", cost(RRU, rru)),
        ("API Gateway", cost(REQUEST, requests)),
        ("Lambda, requests", cost(INVOCATION, invocations)),
        ("Lambda, durations", durations),
        // Each message alone: sent, received, deleted.
        ("SQS", cost(MESSAGE, 3 * (TASKS + NOTICES * TASKS + deliveries))),
        ("Logs", cost(LOG, logged + taken::access_log_bytes() * requests)),
        ("S3, one photo written and read twice", cost(PUT, TASKS) + cost(GET, 2 * TASKS)),
    ];
    let kept = KEPT.2 * TASKS * PHOTO_BYTES * PHOTO_DAYS * 12 / (365 << 30);
    let sum: u128 = lines.iter().map(|(_, cost)| cost).sum();
    let by_the_hour = cost(WCU, wru * 100 / USED) + cost(RCU, rru * 100 / USED);
    let steady = sum - cost(WRU, wru) - cost(RRU, rru) + by_the_hour;
    let rows = lines.iter().map(|(name, cost)| ((*name).to_owned(), dollars(*cost)));
    let sums = [
        ("**a million tasks**".to_owned(), format!("**{}**", dollars(sum))),
        (format!("the same over tables whose capacity is provisioned and used to {USED} %"), dollars(steady)),
        (format!("S3, keeping their photos of 1 MB (assumed) for {PHOTO_DAYS} days"), dollars(kept)),
    ];
    table(["A million tasks", "$"], rows.chain(sums))
}

fn month(sweep: &Step) -> String {
    let (alarms, secrets) = (resources("CloudWatch::Alarm"), resources("SecretsManager::Secret"));
    let lines = [
        ("DynamoDB, reads of the sweeps".to_owned(), cost(RRU, sweep.rru_halves * RUNS_PER_MONTH / 2)),
        ("Lambda, sweeper".to_owned(), cost(INVOCATION, RUNS_PER_MONTH) + sweep.durations(RUNS_PER_MONTH)),
        ("Logs of the sweeper".to_owned(), cost(LOG, sweep.taken.logged * RUNS_PER_MONTH)),
        ("SQS, empty reads of four queues".to_owned(), cost(MESSAGE, POLLS_PER_MONTH)),
        (format!("{alarms} alarms"), cost(ALARM, alarms)),
        (format!("{secrets} secrets"), cost(SECRET, secrets)),
    ];
    let sum: u128 = lines.iter().map(|(_, cost)| cost).sum();
    let rows = lines.into_iter().map(|(name, cost)| (name, dollars(cost)));
    table(["A month without a task", "$"], rows.chain([("**a month**".to_owned(), format!("**{}**", dollars(sum)))]))
}

/// How many the template has of a kind.
fn resources(kind: &str) -> u128 {
    TEMPLATE.lines().filter(|line| line.trim() == format!("Type: AWS::{kind}")).map(|_| 1).sum()
}

fn assumptions() -> String {
    table(["Waiting for", "Assumed ms"], WAITS.map(|(name, ms)| (name.to_owned(), ms.to_string())))
}

/// The document with these tables where it has others with the same heads.
fn renewed(document: &str, tables: &[String]) -> String {
    tables.iter().fold(document.to_owned(), |document, table| {
        let head = table.lines().next().unwrap_or_default();
        let (before, rest) = document.split_once(head).unwrap_or_else(|| panic!("docs/COST.md has no table {head}"));
        let after = rest.split_once("\n\n").map_or("", |(_, after)| after);
        format!("{before}{table}\n{after}")
    })
}

#[tokio::test]
async fn the_document_on_costs_has_the_tables_that_follow_from_what_is_measured() {
    let (meter, _world) = measured().await;
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let document = std::fs::read_to_string(DOCUMENT).unwrap();
    let mut steps = steps(&meter, &walk::happy_path(&mut Meter::new(proxy), &world).await.0, &document);
    let sweep = steps.pop().unwrap();

    let tables = [million(&steps), month(&sweep), mix(&steps), assumptions(), prices()];
    let wanted = renewed(&document, &tables);
    if std::env::var_os("HUMANOPS_WRITE_COSTS").is_some() {
        std::fs::write(DOCUMENT, &wanted).unwrap();
    }
    assert_eq!(std::fs::read_to_string(DOCUMENT).unwrap(), wanted);
}

#[test]
fn photos_are_reckoned_with_as_the_template_keeps_them() {
    for days in ["ExpirationInDays: 180", "NoncurrentDays: 30"] {
        assert!(TEMPLATE.contains(days), "{PHOTO_DAYS} days are no longer how long photos are kept");
    }
}

#[test]
fn amounts_are_written_in_dollars_and_cents() {
    for (picodollars, text) in [(0, "0.00"), (CENT / 2, "0.01"), (CENT / 2 - 1, "0.00"), (1_234 * CENT, "12.34")] {
        assert_eq!(dollars(picodollars), text);
    }
    for (hundredths, text) in [(0, "0"), (5, "0.05"), (50, "0.5"), (100, "1"), (1_000, "10")] {
        assert_eq!(decimal(hundredths), text);
    }
    assert_eq!(cost(WRU, 1_600_000), DOLLAR);
    assert_eq!(halves(3.5), 7);
}
