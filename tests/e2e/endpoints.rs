//! Every endpoint in one table, and what all of them have in common. What each one does is told by
//! the modules that are named like it.

mod bodies;
mod callers;
mod tenants;

use crate::harness::{Agent, Caller, OperatorKey, Reply, World, send};
use humanops::system::Rig;
use humanops::{Options, System};
use std::collections::BTreeSet;
use std::path::Path;

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anyone,
    Agent,
    Operator,
    Admin,
    /// The payment provider, by the signature of its body.
    Provider,
}

/// What an endpoint reads besides its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reads {
    Nothing,
    /// A query; the text is one that is valid.
    Query(&'static str),
    /// A body; the text is one that is valid.
    Body(&'static str),
}

/// An endpoint and how it answers its valid sample, sent about things that do not exist.
#[derive(Clone, Copy, Debug)]
struct Endpoint {
    method: &'static str,
    path: &'static str,
    who: Who,
    reads: Reads,
    answers: u16,
}

const fn endpoint(method: &'static str, path: &'static str, who: Who, reads: Reads, answers: u16) -> Endpoint {
    Endpoint { method, path, who, reads, answers }
}

use Reads::{Body, Nothing, Query};

const TASK: &str = r#"{"title": "t", "description": "d", "location": {"lat": 1, "lng": 1, "address": "a"}, "reward_usd": 10,
    "deadline": "2026-02-10T00:00:00Z", "proof_requirements": ["p"], "task_type": "PHOTO"}"#;
const UPLOAD: &str = r#"{"task_id": "task_00000000000000000000000001", "content_type": "image/png", "size_bytes": 1,
    "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#;
const PAYMENT: &str = r#"{"payment_id": "pay_00000000000000000000000001"}"#;

const ENDPOINTS: &[Endpoint] = &[
    endpoint("POST", "/agents/register", Who::Anyone, Body(r#"{"name": "n", "email": "a@b"}"#), 201),
    endpoint("POST", "/agents/keys", Who::Agent, Body(r#"{"name": "ci"}"#), 201),
    endpoint("GET", "/agents/keys", Who::Agent, Query(""), 200),
    endpoint("DELETE", "/agents/keys/{id}", Who::Agent, Body("{}"), 404),
    endpoint("GET", "/agents/balance", Who::Agent, Query(""), 200),
    endpoint("GET", "/agents/me", Who::Agent, Query(""), 200),
    endpoint("GET", "/agents/deposit-address", Who::Agent, Query(""), 200),
    endpoint("POST", "/agents/deposit/usdc", Who::Agent, Body(r#"{"tx_hash": "0xa1", "amount_usdc": 5}"#), 200),
    endpoint("GET", "/agents/deposits", Who::Agent, Query("limit=1"), 200),
    endpoint("POST", "/agents/deposit", Who::Agent, Body(r#"{"amount_usd": 5, "payment_method": "card"}"#), 200),
    endpoint("GET", "/agents/deposit/status", Who::Agent, Query("payment_id=pay_00000000000000000000000001"), 404),
    endpoint("POST", "/agents/deposit/status", Who::Agent, Body(PAYMENT), 404),
    endpoint("POST", "/tasks", Who::Agent, Body(TASK), 201),
    endpoint("GET", "/tasks", Who::Agent, Query("status=PENDING"), 200),
    endpoint("GET", "/tasks/{id}", Who::Agent, Query(""), 404),
    endpoint("POST", "/tasks/{id}/cancel", Who::Agent, Body("{}"), 404),
    endpoint("POST", "/tasks/{id}/verify", Who::Agent, Body(r#"{"decision": "APPROVE"}"#), 404),
    endpoint("POST", "/tasks/{id}/dispute", Who::Agent, Body("{}"), 404),
    endpoint("GET", "/tasks/{id}/retrieve-credential", Who::Agent, Query(""), 404),
    endpoint("POST", "/tasks/{id}/retrieve-credential", Who::Agent, Body("{}"), 404),
    endpoint("GET", "/task-types", Who::Anyone, Query(""), 200),
    endpoint("POST", "/operator/register", Who::Anyone, Body(r#"{"name": "n", "email": "a@b"}"#), 201),
    endpoint("GET", "/operator/me", Who::Operator, Query(""), 200),
    endpoint("GET", "/operator/tasks", Who::Operator, Query("task_type=PHOTO"), 200),
    endpoint("GET", "/operator/tasks/mine", Who::Operator, Query("offset=1"), 200),
    endpoint("GET", "/operator/tasks/{id}", Who::Operator, Query(""), 404),
    endpoint("POST", "/operator/tasks/{id}/accept", Who::Operator, Body("{}"), 404),
    endpoint("POST", "/operator/tasks/{id}/start", Who::Operator, Body("{}"), 404),
    endpoint("POST", "/operator/tasks/{id}/release", Who::Operator, Body("{}"), 404),
    endpoint("POST", "/operator/tasks/{id}/submit", Who::Operator, Body(r#"{"notes": "n"}"#), 404),
    endpoint("POST", "/operator/upload", Who::Operator, Body(UPLOAD), 404),
    endpoint("GET", "/operator/earnings", Who::Operator, Query(""), 200),
    endpoint("POST", "/operator/payout", Who::Operator, Body(r#"{"amount_usd": 10}"#), 402),
    endpoint("GET", "/operator/payout/status/{id}", Who::Operator, Query(""), 404),
    endpoint("GET", "/operator/payouts", Who::Operator, Query(""), 200),
    endpoint(
        "POST",
        "/webhooks/dlocal",
        Who::Provider,
        Body(r#"{"status": "PAID", "order_id": "pay_1", "amount": 5}"#),
        404,
    ),
    endpoint("POST", "/admin/operators/{id}/kyc", Who::Admin, Body(r#"{"status": "VERIFIED"}"#), 404),
    endpoint("GET", "/admin/disputes", Who::Admin, Query(""), 200),
    endpoint("POST", "/admin/tasks/{id}/resolve", Who::Admin, Body(r#"{"outcome": "REFUND", "rationale": "r"}"#), 404),
    endpoint("GET", "/admin/ledger/audit", Who::Admin, Query(""), 200),
    endpoint("POST", "/test/clock/advance", Who::Anyone, Body(r#"{"seconds": 0}"#), 200),
    endpoint("GET", "/health", Who::Anyone, Nothing, 200),
];

/// `POST /tasks`, …
pub(crate) fn names() -> BTreeSet<String> {
    ENDPOINTS.iter().map(ToString::to_string).collect()
}

/// A world with one caller of each kind.
struct Cast {
    world: World,
    agent: Agent,
    operator: OperatorKey,
}

const DLOCAL_SECRET: &str = "dlocal-secret-of-this-test";

impl Cast {
    async fn assemble() -> Self {
        let options = Options { dlocal_secret: Some(DLOCAL_SECRET.to_owned()), ..Options::ephemeral() };
        let world = World::with(options, Rig::default()).await;
        let agent = world.agent("100").await;
        let operator = world.operator("Jane Doe").await;
        Self { world, agent, operator }
    }

    /// Sends a request with these headers and no credential of its own.
    async fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        send(self.world.router(), method, url, headers, body.map(str::to_owned)).await
    }

    /// Sends a request as whoever may call the endpoint.
    async fn call(&self, endpoint: &Endpoint, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        let signature = outbound::signature::humanops(DLOCAL_SECRET, body.unwrap_or_default().as_bytes());
        let credential = match endpoint.who {
            Who::Anyone => None,
            Who::Agent => Caller::from(&self.agent).header(),
            Who::Operator => Caller::from(&self.operator).header(),
            Who::Admin => self.world.admin().header(),
            Who::Provider => Some(("x-signature", signature.as_str())),
        };
        let headers: Vec<(&str, &str)> = credential.into_iter().chain(headers.iter().copied()).collect();
        self.send(endpoint.method, url, &headers, body).await
    }
}

impl Endpoint {
    /// The path about something that does not exist, with a valid query.
    fn url(&self) -> String {
        let id = match self.path {
            path if path.starts_with("/agents/keys") => "key_00000000000000000000000001",
            path if path.starts_with("/operator/payout") => "payout_00000000000000000000000001",
            path if path.starts_with("/admin/operators") => "op_0001",
            _ => "task_00000000000000000000000001",
        };
        let path = self.path.replace("{id}", id);
        match self.reads {
            Query(valid) if !valid.is_empty() => format!("{path}?{valid}"),
            Nothing | Query(_) | Body(_) => path,
        }
    }

    /// The valid body, if the endpoint reads one.
    fn body(&self) -> Option<&'static str> {
        match self.reads {
            Body(valid) => Some(valid),
            Nothing | Query(_) => None,
        }
    }
}

impl std::fmt::Display for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The paths in `.route("…", …)` below a folder.
fn declared_paths(folder: &Path) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            paths.extend(declared_paths(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let routes = text.split(".route(").skip(1).filter_map(|rest| rest.trim_start().strip_prefix("\"/api/v1"));
            paths.extend(routes.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    paths
}

/// What the system says it has at a path: nobody has PATCH, so the answer names the methods.
async fn methods(system: &System, path: &str) -> Vec<String> {
    let router = system.api_from([127, 0, 0, 1].into());
    let reply = send(router, "PATCH", path, &[], None).await.expect_error(405, "method_not_allowed");
    let allowed = reply.header("allow").unwrap().split(',').map(str::to_owned);
    allowed.filter(|method| method != "HEAD").collect()
}

#[tokio::test]
async fn the_table_has_every_route_that_is_declared() {
    let world = World::new().await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut declared = BTreeSet::new();
    for path in declared_paths(&root.join("functions")).into_iter().chain(declared_paths(&root.join("infra/local"))) {
        for method in methods(&world.system, &path).await {
            declared.insert(format!("{method} {path}"));
        }
    }
    let table = names();
    assert_eq!(table.len(), ENDPOINTS.len(), "each endpoint is in the table once");
    assert_eq!(table, declared);
}
