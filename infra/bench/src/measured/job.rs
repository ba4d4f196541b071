//! Tasks on their way through the functions as they are deployed: how long each invocation takes with the share of a
//! processor that a size of memory brings, what it takes of a processor, and how much it logs. The tables, the model and
//! everybody's servers answer at once.

mod chain;
mod crew;
pub(crate) mod table;
mod way;

use crate::Failure;
use crate::contestants::Contestant;
use crate::measured::account::{Account, arn};
use crate::measured::model::mind;
use crate::measured::statistics::Spread;
use crate::place::Place;
use crate::processes::Spawner;
use crate::tls::Front;
use crate::world::{AMAZON, Endpoints};
use callbacks::OpeningKeys;
use crew::{Crew, Sample};
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System};
use models::{MODEL, Models};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::path::Path;
use tokio::net::TcpListener;
use way::Way;

/// Megabytes of memory. From 1,769 on a function of one thread has all the processor that it can use.
pub(crate) const MEMORY_MB: [u64; 5] = [128, 256, 512, 1_024, 2_048];
/// Tasks that count at each size, and before them those that do not.
const TASKS: usize = 15;
const WARM_UP: usize = 3;

/// As far as a payout goes before the chain is waited for.
const PAYOUT: &str = "payout, from reserved to sent";

/// An invocation, and the function that does it.
pub(crate) const INVOCATIONS: [(&str, &str); 17] = [
    ("POST /tasks", "tasks"),
    ("GET /tasks/{id}", "tasks"),
    ("GET /tasks", "tasks"),
    ("GET /agents/balance", "agents"),
    ("POST /agents/deposit/usdc", "payments"),
    ("MCP, get_balance", "mcp"),
    ("GET /operator/tasks", "operators"),
    ("POST /operator/tasks/{id}/accept", "operators"),
    ("POST /operator/upload", "uploads"),
    ("POST /operator/tasks/{id}/submit", "operators"),
    ("GET /operator/earnings", "operators"),
    ("guardian", "guardian"),
    ("relay", "relay"),
    ("callback", "callbacks"),
    ("notification", "pushes"),
    (PAYOUT, "payouts"),
    ("sweep", "sweeper"),
];

/// What was measured, by invocation.
pub(crate) type Job = BTreeMap<&'static str, Taken>;

/// What an invocation takes.
pub(crate) struct Taken {
    /// Milliseconds, in the order of [`MEMORY_MB`].
    pub(crate) millis: Vec<Spread>,
    /// Microseconds of processor time.
    pub(crate) cpu_us: Spread,
    /// Bytes.
    pub(crate) logged: Spread,
    /// The most that its function had of the machine's memory, in bytes.
    pub(crate) peak_bytes: u64,
}

/// Everything at every size of memory.
pub(crate) async fn measure(target: &Path, spawner: &Spawner) -> Result<Job, Failure> {
    let mut millis: BTreeMap<&'static str, Vec<Spread>> = BTreeMap::new();
    let mut taken = Job::new();
    for memory_mb in MEMORY_MB {
        println!("==> a task's way, at {memory_mb} MB");
        let measured = at(memory_mb, target, spawner).await?;
        for (name, (samples, peak_bytes)) in measured {
            let of = |value: fn(&Sample) -> f64| Spread::of(samples.iter().map(value).collect());
            let millis = millis.entry(name).or_default();
            millis.push(of(|sample| sample.millis));
            // Of the last, which has the whole processor.
            let (cpu_us, logged) = (of(|sample| sample.cpu_us), of(|sample| sample.logged));
            taken.insert(name, Taken { millis: millis.clone(), cpu_us, logged, peak_bytes });
        }
    }
    Ok(taken)
}

/// Samples of each invocation, and the peak of its function's memory.
type Measured = BTreeMap<&'static str, (Vec<Sample>, u64)>;

async fn at(memory_mb: u64, target: &Path, spawner: &Spawner) -> Result<Measured, Failure> {
    let (place, engine, models) = (Place::new()?, Engine::open(None)?, Models::open(mind()).await);
    let options = Options { ephemeral: false, data_dir: place.folder().to_owned(), ..Options::ephemeral() };
    let rig = Rig { engine: Some(engine.clone()), pump_by_hand: true, ..Rig::default() };
    let system = System::start(&options, (Ipv4Addr::LOCALHOST, 1).into(), rig).await?;
    let [rpc, treasury, relayer] = chain::secrets(chain::open().await?);
    let secrets = [
        ("model", models.credentials().key.clone()),
        ("callbacks", system.callback_key.clone()),
        ("pushes", system.push_key.clone()),
        rpc,
        treasury,
        relayer,
    ];
    let account = Account::open(&engine, place.folder(), secrets).await?;
    let front = Front::before(&account.url).await?;
    let roots = place.write("roots.pem", &format!("{AMAZON}\n{}", front.authority_pem))?;
    let endpoints = Endpoints { plain: account.url.clone(), tls: front.url };
    let way = Way::begin(system, engine, account, place.folder(), theirs().await?).await?;

    let variables = variables(&way, &models)?;
    let mut crew = Crew::of(memory_mb);
    for (_, name) in INVOCATIONS {
        let packed = Contestant::packed(name, target, &roots, &endpoints)?.with(variables.clone());
        let packed = if name == "payouts" { packed.with(chain::variables()) } else { packed };
        crew.add(name, &packed, spawner).await?;
    }
    for task in 0..WARM_UP + TASKS {
        crew.counts = task >= WARM_UP;
        way.walk(&mut crew, task).await?;
    }
    crew.measured()
}

fn variables(way: &Way, models: &Models) -> Result<Vec<(&'static str, String)>, Failure> {
    let opening = OpeningKeys::parse(&way.system.callback_key).ok_or("the system's own key")?;
    Ok(vec![
        ("ALLOW_DEV_OPERATOR_ID_HEADER", "true".to_owned()),
        ("ALLOW_LOOPBACK_CALLBACKS", "true".to_owned()),
        ("HUMANOPS_CALLBACK_KEY_ARN", arn("callbacks")),
        ("HUMANOPS_CALLBACK_PUBLIC_KEY", opening.sealing_key()),
        ("HUMANOPS_GUARDIAN_KEY_ARN", arn("model")),
        ("HUMANOPS_GUARDIAN_MODEL", MODEL.to_owned()),
        ("HUMANOPS_GUARDIAN_URL", models.base()),
        ("HUMANOPS_PUSH_CONTACT", "mailto:operations@example.com".to_owned()),
        ("HUMANOPS_PUSH_KEY_ARN", arn("pushes")),
        ("HUMANOPS_PUSH_PUBLIC_KEY", way.push_key.clone()),
    ])
}

/// An agent's server and a push service in one: takes everything. Answers its URL.
async fn theirs() -> Result<String, Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let url = format!("http://{}/hook", listener.local_addr()?);
    let takes = axum::Router::new().fallback(async || axum::http::StatusCode::CREATED);
    tokio::spawn(async move { axum::serve(listener, takes).await });
    Ok(url)
}
