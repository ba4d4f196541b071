//! How long requests take as the tables of the embedded system grow: on disk, in this process, without HTTP's way.

use crate::Failure;
use crate::asked::{ask, text};
use crate::measured::statistics::Spread;
use crate::place::Place;
use crate::requests::task_body;
use crate::world::funded;
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

/// Tasks that are there, all of them waiting for an operator.
pub(crate) const SIZES: [usize; 4] = [0, 1_000, 10_000, 100_000];
/// The size against which the last one is held: with less, nothing has warmed up.
const BASE: usize = 1;
/// What takes longer by more than this has grown.
pub(crate) const TIMES_MAX: f64 = 1.5;
/// Requests of each kind at each size, taking turns: what the machine does besides in a tenth of a second is nobody's alone.
const SAMPLE: usize = 200;
/// The pump is at rest when it says so in less.
const AT_REST: Duration = Duration::from_secs(10);
/// Deposits of 10,000 dollars: each task holds twelve.
const DEPOSITS: u32 = 130;

/// What is asked, and by whom.
pub(crate) const REQUESTS: [(&str, &str); 5] = [
    ("POST /tasks", "x-api-key"),
    ("GET /agents/balance", "x-api-key"),
    ("GET /tasks", "x-api-key"),
    ("GET /operator/tasks", "x-operator-id"),
    ("GET /operator/tasks?task_type=DELIVERY", "x-operator-id"),
];

/// At one size.
pub(crate) struct Row {
    pub(crate) tasks: usize,
    /// Milliseconds of each request.
    pub(crate) times: Vec<Spread>,
    /// Seconds.
    pub(crate) audit: f64,
    /// Bytes of this process.
    pub(crate) memory: u64,
}

struct Grown {
    system: System,
    key: String,
    operator: String,
    task: Value,
}

pub(crate) async fn measure() -> Result<Vec<Row>, Failure> {
    println!("==> growth");
    let place = Place::new()?;
    let options = Options { ephemeral: false, data_dir: place.folder().join("tables"), ..Options::ephemeral() };
    let system = System::start(&options, (Ipv4Addr::LOCALHOST, 1).into(), Rig::default()).await?;
    let key = funded(&system, DEPOSITS).await?;
    let operator = json!({ "name": "Jane Doe", "email": "jane@example.com", "skills": ["VERIFICATION", "DELIVERY"] });
    let operator = ask(&system, ("accept", "*/*"), "POST /operator/register", Some(&operator)).await?;
    let operator = text(&operator, "operator_id")?;
    let grown = Grown { system, key, operator, task: serde_json::from_str(&task_body())? };
    let (mut there, mut rows) = (0, Vec::new());
    for tasks in SIZES {
        while there < tasks {
            grown.ask(REQUESTS[0]).await?;
            there += 1;
        }
        grown.rest().await;
        rows.push(grown.row(tasks).await?);
        there += SAMPLE;
    }
    Ok(rows)
}

/// How many times longer a request takes at the last size.
pub(crate) fn times(rows: &[Row], request: usize) -> f64 {
    rows[rows.len() - 1].times[request].median / rows[BASE].times[request].median
}

impl Grown {
    async fn ask(&self, (line, header): (&str, &'static str)) -> Result<Value, Failure> {
        let identity = if header == "x-api-key" { &self.key } else { &self.operator };
        ask(&self.system, (header, identity), line, line.starts_with("POST").then_some(&self.task)).await
    }

    /// Waits until everything is relayed. Whoever asks the pump is answered in fifteen seconds, whatever is left.
    async fn rest(&self) {
        loop {
            let began = Instant::now();
            self.system.pump.settle().await;
            if began.elapsed() < AT_REST {
                return;
            }
        }
    }

    async fn row(&self, tasks: usize) -> Result<Row, Failure> {
        let mut values: [Vec<f64>; REQUESTS.len()] = Default::default();
        for _ in 0..SAMPLE {
            for (request, values) in REQUESTS.into_iter().zip(&mut values) {
                let began = Instant::now();
                self.ask(request).await?;
                values.push(began.elapsed().as_secs_f64() * 1e3);
            }
        }
        let times = values.into_iter().map(Spread::of).collect();
        let began = Instant::now();
        let audit = self.system.store.audit().await?;
        if !audit.violations.is_empty() {
            return Err(format!("{:?}", audit.violations).into());
        }
        let audit = began.elapsed().as_secs_f64();
        let row = Row { tasks, times, audit, memory: memory()? };
        println!("{}", cells(&row));
        Ok(row)
    }
}

/// A row for each size, and how much longer each request takes at the last one.
pub(crate) fn table(rows: &[Row]) -> String {
    let heads: Vec<String> = REQUESTS.iter().map(|(request, _)| format!("`{request}`, ms")).collect();
    let times: Vec<String> = (0..heads.len()).map(|at| format!("{:.2} ×", times(rows, at))).collect();
    let (head, rule) = (heads.join(" | "), "---|".repeat(heads.len() + 3));
    let (cells, times) = (rows.iter().map(cells).collect::<Vec<_>>().join("\n"), times.join(" | "));
    format!("| Tasks | {head} | Audit, s | Memory, MB |\n|{rule}\n{cells}\n| last to second | {times} | | |")
}

fn cells(row: &Row) -> String {
    let times: Vec<String> = row.times.iter().map(|time| format!("{:.2}", time.median)).collect();
    let memory = row.memory / 1_000_000;
    format!("| {} | {} | {:.2} | {memory} |", row.tasks, times.join(" | "), row.audit)
}

fn memory() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1_024)
}
