//! `docs/COST.md` against what was measured: its tables are computed here, in whole numbers of
//! picodollars. Durations and sizes are assumed, and the document says so: nothing ran on AWS.

use super::meter::{Meter, Part};
use super::{measured, walk};
use harness::{Call, Proxy};
use humanops::Options;
use std::fmt::Write as _;

const DOCUMENT: &str = include_str!("../../../docs/COST.md");
const TEMPLATE: &str = include_str!("../../../template.yaml");

/// What a function takes.
struct Lambda {
    name: &'static str,
    memory_mb: u128,
    /// Assumed, of one invocation that finds its environment running.
    duration_ms: u128,
}

static API: Lambda = Lambda { name: "API functions", memory_mb: 256, duration_ms: 20 };
static OPERATORS: Lambda = Lambda { name: "operators", memory_mb: 512, duration_ms: 20 };
static SUBMIT: Lambda = Lambda { name: "operators, reading one photo", memory_mb: 512, duration_ms: 150 };
static GUARDIAN: Lambda = Lambda { name: "guardian, one photo, no model", memory_mb: 2_048, duration_ms: 500 };
static RELAY: Lambda = Lambda { name: "relay", memory_mb: 256, duration_ms: 30 };
static CALLBACKS: Lambda = Lambda { name: "callbacks", memory_mb: 256, duration_ms: 100 };
static PUSHES: Lambda = Lambda { name: "pushes", memory_mb: 256, duration_ms: 150 };
static SWEEPER: Lambda = Lambda { name: "sweeper", memory_mb: 256, duration_ms: 100 };

/// Name in the budget, times per hundred tasks, and what runs it.
static MIX: &[(&str, u128, &Lambda)] = &[
    ("POST /tasks with a callback", 100, &API),
    ("GET /tasks/{id}", 300, &API),
    ("GET /tasks", 50, &API),
    ("GET /agents/balance", 50, &API),
    ("POST /agents/deposit/usdc", 5, &API),
    ("GET /operator/tasks", 200, &OPERATORS),
    ("POST /operator/tasks/{id}/accept", 100, &OPERATORS),
    ("POST /operator/upload", 100, &API),
    ("POST /operator/tasks/{id}/submit", 100, &SUBMIT),
    ("GET /operator/earnings", 15, &OPERATORS),
    ("POST /operator/payout", 5, &OPERATORS),
    ("guardian, approving", 100, &GUARDIAN),
    (RELAYED, 100, &RELAY),
    (DELIVERED, 100, &CALLBACKS),
    // Of the verdict.
    ("notification", 100, &PUSHES),
    ("notification of a new task", 100, &PUSHES),
];
const RELAYED: &str = "relay, all changes";
const DELIVERED: &str = "callback, delivered at once";
/// Messages about notifications of one task.
const NOTICES: u128 = 2;
/// Versions of a task's state in the mix: created, accepted, submitted, completed.
const CHANGES: u128 = 4;
const TASKS: u128 = 1_000_000;

const DOLLAR: u128 = 1_000_000_000_000;
const CENT: u128 = DOLLAR / 100;
/// What is billed, its unit, units in the price, and the price in picodollars.
type Price = (&'static str, u128, u128);
const WRU: Price = ("DynamoDB, write request units", 1_000_000, 625 * DOLLAR / 1_000);
const RRU: Price = ("DynamoDB, read request units", 1_000_000, 125 * DOLLAR / 1_000);
const REQUEST: Price = ("API Gateway, requests to an HTTP API", 1_000_000, DOLLAR);
const INVOCATION: Price = ("Lambda, requests", 1_000_000, 20 * CENT);
const GB_SECOND: Price = ("Lambda, GB-seconds on arm64", 1_000_000, 133_334 * DOLLAR / 10_000);
const MESSAGE: Price = ("SQS, requests to a standard queue", 1_000_000, 40 * CENT);
const LOG: Price = ("CloudWatch Logs, taken in", 1_000_000_000, 50 * CENT);
const PUT: Price = ("S3, PUTs", 1_000_000, 5 * DOLLAR);
const GET: Price = ("S3, GETs", 1_000_000, 40 * CENT);
const KEPT: Price = ("S3 Standard, a GB-month", 1, 23 * DOLLAR / 1_000);
const PRICES: [Price; 10] = [WRU, RRU, REQUEST, INVOCATION, GB_SECOND, MESSAGE, LOG, PUT, GET, KEPT];

const LOG_BYTES: u128 = 1_500;
const ACCESS_LOG_BYTES: u128 = 400;
const PHOTO_BYTES: u128 = 1_000_000;
/// The bucket's lifecycle: 180 days, and 30 as an old version.
const PHOTO_DAYS: u128 = 210;
const RUNS_PER_MONTH: u128 = 730 * 60;
/// AWS reads each of the four queues with five long polls of 20 seconds.
const POLLS_PER_MONTH: u128 = 4 * 5 * 3 * 60 * 730;

/// One line of the mix, measured.
struct Step {
    name: &'static str,
    hundredths: u128,
    lambda: &'static Lambda,
    /// Twice the units of one time: reads come in halves.
    wru_halves: u128,
    rru_halves: u128,
    /// Invocations of one time.
    runs: u128,
}

impl Step {
    fn is_request(&self) -> bool {
        [&API, &OPERATORS, &SUBMIT].into_iter().any(|lambda| std::ptr::eq(self.lambda, lambda))
    }

    fn invocations(&self) -> u128 {
        self.runs * self.hundredths * (TASKS / 100)
    }
}

/// Of `units`, which is a whole number of halves.
fn halves(units: f64) -> u128 {
    (units * 2.0).to_string().parse().expect("DynamoDB bills halves")
}

/// Picodollars for so many units.
fn cost((_, per, price): Price, units: u128) -> u128 {
    units * price / per
}

fn lambda_cost(lambda: &Lambda, invocations: u128) -> u128 {
    let (_, per, price) = GB_SECOND;
    invocations * lambda.duration_ms * lambda.memory_mb * price / (1_000 * 1_024 * per)
}

/// `12.35` for picodollars, rounded to cents.
fn dollars(picodollars: u128) -> String {
    let cents = (picodollars + CENT / 2) / CENT;
    format!("{}.{:02}", cents / 100, cents % 100)
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

/// Halves of the units of a part of the happy path.
fn part(calls: &[Call], part: Part) -> (u128, u128) {
    let own: Vec<&Call> = calls.iter().filter(|call| Part::of(call) == part).collect();
    let units = |write| halves(own.iter().filter(|call| call.is_write() == write).fold(0.0, |sum, c| sum + c.total()));
    (units(true), units(false))
}

fn steps(meter: &Meter, happy_path: &[Call]) -> Vec<Step> {
    let step = |&(name, hundredths, lambda): &(&'static str, u128, &'static Lambda)| {
        let (wru_halves, rru_halves, runs) = match name {
            RELAYED => {
                let (wru, rru) = part(happy_path, Part::Relay);
                (wru, rru, CHANGES)
            }
            DELIVERED => {
                let (wru, rru) = part(happy_path, Part::Callback);
                (wru, rru, 1)
            }
            _ => {
                let (_, cost, _) = meter.measured.iter().find(|(it, ..)| *it == name).expect("the budget has it");
                (halves(cost.wru), halves(cost.rru), 1)
            }
        };
        Step { name, hundredths, lambda, wru_halves, rru_halves, runs }
    };
    MIX.iter().map(step).collect()
}

fn mix(steps: &[Step]) -> String {
    let mut table = "| What | Per task | Runs | WRU | RRU |\n|---|---:|---:|---:|---:|\n".to_owned();
    let mut total = [0; 4];
    for Step { name, hundredths, wru_halves, rru_halves, runs, .. } in steps {
        let each = [100 * runs, 50 * wru_halves, 50 * rru_halves];
        let [runs_each, wru, rru] = each.map(decimal);
        writeln!(table, "| {name} | {} | {runs_each} | {wru} | {rru} |", decimal(*hundredths)).unwrap();
        for (sum, each) in total.iter_mut().zip([100, each[0], each[1], each[2]]) {
            *sum += hundredths * each;
        }
    }
    let [_, runs, wru, rru] = total.map(|sum| decimal((sum + 50) / 100));
    writeln!(table, "| **one task** | | {runs} | {wru} | {rru} |").unwrap();
    table
}

fn million(steps: &[Step]) -> String {
    let units = |of: fn(&Step) -> u128| steps.iter().map(|it| of(it) * it.hundredths * (TASKS / 100)).sum::<u128>() / 2;
    let requests: u128 = steps.iter().filter(|it| it.is_request()).map(Step::invocations).sum();
    let invocations: u128 = steps.iter().map(Step::invocations).sum();
    let durations = steps.iter().map(|it| lambda_cost(it.lambda, it.invocations())).sum();
    let deliveries: u128 = steps.iter().filter(|it| it.name == DELIVERED).map(Step::invocations).sum();
    let lines = [
        ("DynamoDB, writes", cost(WRU, units(|it| it.wru_halves))),
        ("DynamoDB, reads", cost(RRU, units(|it| it.rru_halves))),
        ("API Gateway", cost(REQUEST, requests)),
        ("Lambda, requests", cost(INVOCATION, invocations)),
        ("Lambda, durations (assumed)", durations),
        // Each message alone: sent, received, deleted.
        ("SQS", cost(MESSAGE, 3 * (TASKS + NOTICES * TASKS + deliveries))),
        ("Logs (assumed)", cost(LOG, LOG_BYTES * invocations + ACCESS_LOG_BYTES * requests)),
        ("S3, one photo written and read twice", cost(PUT, TASKS) + cost(GET, 2 * TASKS)),
    ];
    let kept = KEPT.2 * TASKS * PHOTO_BYTES * PHOTO_DAYS * 12 / (365 << 30);
    let sum: u128 = lines.iter().map(|(_, cost)| cost).sum();
    let rows = lines.iter().map(|(name, cost)| ((*name).to_owned(), dollars(*cost)));
    let sums = [
        ("**a million tasks**".to_owned(), format!("**{}**", dollars(sum))),
        (format!("S3, keeping their photos of 1 MB (assumed) for {PHOTO_DAYS} days"), dollars(kept)),
    ];
    table(["A million tasks", "$"], rows.chain(sums))
}

fn month(sweep_rru_halves: u128) -> String {
    let lines = [
        ("DynamoDB, reads of the sweeps", cost(RRU, sweep_rru_halves * RUNS_PER_MONTH / 2)),
        ("Lambda, sweeper", cost(INVOCATION, RUNS_PER_MONTH) + lambda_cost(&SWEEPER, RUNS_PER_MONTH)),
        ("Logs of the sweeper (assumed)", cost(LOG, LOG_BYTES * RUNS_PER_MONTH)),
        ("SQS, empty reads of four queues", cost(MESSAGE, POLLS_PER_MONTH)),
    ];
    let sum: u128 = lines.iter().map(|(_, cost)| cost).sum();
    let rows = lines.iter().map(|(name, cost)| ((*name).to_owned(), dollars(*cost)));
    table(["A month without a task", "$"], rows.chain([("**a month**".to_owned(), format!("**{}**", dollars(sum)))]))
}

fn assumptions() -> String {
    let mut table = "| Lambda | MB | Assumed ms |\n|---|---:|---:|\n".to_owned();
    for Lambda { name, memory_mb, duration_ms } in
        [&API, &OPERATORS, &SUBMIT, &GUARDIAN, &RELAY, &CALLBACKS, &PUSHES, &SWEEPER]
    {
        writeln!(table, "| {name} | {memory_mb} | {duration_ms} |").unwrap();
    }
    table
}

fn prices() -> String {
    let price = |(name, per, price): Price| {
        let (cents, rest) = (price / CENT, price % CENT);
        let text = format!("{}.{:02}{:04}", cents / 100, cents % 100, rest * 10_000 / CENT);
        let kept = text.trim_end_matches('0').len().max(text.len() - 4);
        let many = match per {
            1 => "",
            1_000_000_000 => ", a GB",
            _ => ", a million",
        };
        (format!("{name}{many}"), text[..kept].to_owned())
    };
    table(["Price", "$"], PRICES.map(price))
}

#[tokio::test]
async fn the_document_on_costs_has_the_tables_that_follow_from_what_is_measured() {
    let (meter, _world) = measured().await;
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let steps = steps(&meter, &walk::happy_path(&mut Meter::new(proxy), &world).await.0);
    let (_, sweep, _) = meter.measured.iter().find(|(name, ..)| *name == "sweep of nothing").unwrap();

    let tables = [million(&steps), month(halves(sweep.rru)), mix(&steps), assumptions(), prices()];
    let missing: Vec<&String> = tables.iter().filter(|table| !DOCUMENT.contains(*table)).collect();
    let all = missing.iter().map(|table| table.as_str()).collect::<Vec<_>>().join("\n");
    assert!(missing.is_empty(), "docs/COST.md must have these tables, as they stand:\n\n{all}");
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

#[test]
fn functions_and_photos_are_reckoned_with_as_the_template_has_them() {
    for (function, lambda) in [
        ("TasksFunction", &API),
        ("OperatorsFunction", &OPERATORS),
        ("OperatorsFunction", &SUBMIT),
        ("GuardianFunction", &GUARDIAN),
        ("RelayFunction", &RELAY),
        ("CallbacksFunction", &CALLBACKS),
        ("PushesFunction", &PUSHES),
        ("SweeperFunction", &SWEEPER),
    ] {
        assert_eq!(memory_mb(function), lambda.memory_mb, "{function}");
    }
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
