//! What the contestants work on: the embedded engine with its tables behind TLS, and an agent with money.

use crate::Failure;
use crate::asked::{ask, text};
use crate::place::Place;
use crate::requests::{Request, task_body};
use crate::tls::Front;
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::path::PathBuf;
use tokio::net::TcpListener;

/// Deposits of 10,000 dollars: each measured task holds twelve.
const DEPOSITS: u32 = 40;
/// The certificates that our functions carry; here they read them beside the run's own.
pub(crate) const AMAZON: &str = include_str!("../../../shared/aws/roots/amazon.pem");
/// What the SDK's defaults read.
const SYSTEM: &str = "/etc/ssl/certs/ca-certificates.crt";

/// The tables, with and without TLS before them.
#[derive(Clone, Debug)]
pub(crate) struct Endpoints {
    pub(crate) plain: String,
    pub(crate) tls: String,
}

/// Tables, certificates, an agent, and a task.
pub(crate) struct World {
    system: System,
    /// Where DynamoDB is, as far as a contestant knows.
    pub(crate) endpoints: Endpoints,
    /// Roots like those of our functions on AWS, and the run's own.
    pub(crate) few_roots: PathBuf,
    /// The system's roots, and the run's own.
    pub(crate) all_roots: PathBuf,
    /// The run's own alone.
    pub(crate) own_root: PathBuf,
    /// The agent's key.
    pub(crate) key: String,
    /// A task of the agent's.
    pub(crate) task: String,
    _place: Place,
}

impl World {
    pub(crate) async fn start() -> Result<Self, Failure> {
        let engine = Engine::open(None)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let plain = format!("http://{}", listener.local_addr()?);
        tokio::spawn(dynoxide::server::serve_on(listener, engine.database.clone()));
        let front = Front::before(&plain).await?;
        let rig = Rig { engine: Some(engine), pump_by_hand: true, ..Rig::default() };
        // Nothing listens: requests come from within the process.
        let nowhere = (Ipv4Addr::LOCALHOST, 1).into();
        let system = System::start(&Options::ephemeral(), nowhere, rig).await?;

        let place = Place::new()?;
        let own = &front.authority_pem;
        let all = std::fs::read_to_string(SYSTEM).unwrap_or_default();
        let mut world = Self {
            few_roots: place.write("few.pem", &format!("{AMAZON}\n{own}"))?,
            all_roots: place.write("all.pem", &format!("{all}\n{own}"))?,
            own_root: place.write("own.pem", own)?,
            endpoints: Endpoints { plain, tls: front.url },
            key: String::new(),
            task: String::new(),
            system,
            _place: place,
        };
        world.furnish().await?;
        Ok(world)
    }

    /// An agent with money, and a task.
    async fn furnish(&mut self) -> Result<(), Failure> {
        self.key = funded(&self.system, DEPOSITS).await?;
        let body: Value = serde_json::from_str(&task_body())?;
        self.task = text(&ask(&self.system, ("x-api-key", &self.key), "POST /tasks", Some(&body)).await?, "task_id")?;
        Ok(())
    }

    /// The three requests that are measured.
    pub(crate) fn requests(&self) -> [Request; 3] {
        Request::all(&self.key, &self.task)
    }

    /// Fails if a balance does not follow from the journal: somebody wrote something else than the rest.
    pub(crate) async fn audit(&self) -> Result<(), Failure> {
        let audit = self.system.store.audit().await?;
        if audit.violations.is_empty() { Ok(()) } else { Err(format!("{:?}", audit.violations).into()) }
    }
}

/// The key of a new agent with so many deposits of 10,000 dollars.
pub(crate) async fn funded(system: &System, deposits: u32) -> Result<String, Failure> {
    let agent = json!({ "name": "bench", "email": "bench@example.com" });
    let key = text(&ask(system, ("accept", "*/*"), "POST /agents/register", Some(&agent)).await?, "api_key")?;
    for number in 0..deposits {
        let deposit = json!({ "tx_hash": format!("0x{number:064x}"), "amount_usdc": "10000.00" });
        ask(system, ("x-api-key", &key), "POST /agents/deposit/usdc", Some(&deposit)).await?;
    }
    Ok(key)
}
