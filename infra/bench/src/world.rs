//! What the contestants work on: the embedded engine with its tables behind TLS, and an agent with money.

use crate::Failure;
use crate::place::Place;
use crate::requests::{Request, task_body};
use crate::tls::Front;
use axum::body::Body;
use http_body_util::BodyExt;
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::{Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use tower::ServiceExt;

/// Deposits of 10,000 dollars: each measured task holds twelve.
const DEPOSITS: u32 = 40;
/// The certificates that our functions carry; here they read them beside the run's own.
const AMAZON: &str = include_str!("../../../shared/outbound/roots/amazon.pem");
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
        let unsendable = |error: Box<dyn std::error::Error>| error.to_string();
        let engine = Engine::start(None).await.map_err(unsendable)?;
        let front = Front::before(&engine.endpoint).await?;
        let plain = engine.endpoint.clone();
        let rig = Rig { engine: Some(engine), pump_by_hand: true, ..Rig::default() };
        // Nothing listens: requests come from within the process.
        let nowhere = (Ipv4Addr::LOCALHOST, 1).into();
        let system = System::start(&Options::ephemeral(), nowhere, rig).await.map_err(unsendable)?;

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
        let agent = json!({ "name": "bench", "email": "bench@example.com" });
        self.key = text(&self.post("/agents/register", &agent, 0).await?, "api_key")?;
        for number in 0..DEPOSITS {
            let deposit = json!({ "tx_hash": format!("0x{number:064x}"), "amount_usdc": "10000.00" });
            self.post("/agents/deposit/usdc", &deposit, number).await?;
        }
        let body: Value = serde_json::from_str(&task_body())?;
        self.task = text(&self.post("/tasks", &body, 0).await?, "task_id")?;
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

    async fn post(&self, path: &str, body: &Value, visitor: u32) -> Result<Value, Failure> {
        let router = self.system.api_from(IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | visitor)));
        let request = axum::http::Request::post(format!("/api/v1{path}"))
            .header("content-type", "application/json")
            .header("x-api-key", &self.key);
        let reply = router.oneshot(request.body(Body::from(body.to_string()))?).await?;
        let status = reply.status();
        let bytes = reply.into_body().collect().await?.to_bytes();
        if !status.is_success() {
            return Err(format!("POST {path}: {status} {}", String::from_utf8_lossy(&bytes)).into());
        }
        Ok(serde_json::from_slice(&bytes)?)
    }
}

fn text(answer: &Value, field: &str) -> Result<String, Failure> {
    answer[field].as_str().map(ToOwned::to_owned).ok_or_else(|| format!("no {field} in {answer}").into())
}
