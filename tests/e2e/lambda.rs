//! The functions as Lambda runs them: processes that ask a Runtime API for events, on the tables of a
//! system that runs in process beside them.

mod mark;
mod metrics;
mod runtime_api;
mod workers;

use axum::Router;
use harness::binary::{in_days, run};
use harness::{Reply, Served, clerk, send, task_body};
use humanops::system::Rig;
use humanops::{Options, System};
use runtime_api::{Function, INVOCATION, command};
use serde_json::json;

/// Where the functions' callers come from, and where those of the system beside them.
const IPS: [&str; 2] = ["198.51.100.7", "198.51.100.8"];
/// Differs between two equal requests.
const OWN: [&str; 5] = ["agent_id", "api_key", "request_id", "task_id", "created_at"];
/// What a function says in addition: on AWS there is nothing but TLS.
const TLS_ONLY: &str = "strict-transport-security";
const OWN_HEADERS: [&str; 2] = ["x-request-id", "ratelimit-reset"];

/// The same clock, the same tables.
async fn system() -> (System, Served) {
    let served = Served::start().await;
    let rig = Rig { engine: Some(served.engine.clone()), pump_by_hand: true, ..Rig::default() };
    let system = System::start(&Options::ephemeral(), "127.0.0.1:1".parse().unwrap(), rig).await.unwrap();
    (system, served)
}

/// What the template gives to a function of the API.
fn variables(endpoint: &str) -> Vec<(&'static str, String)> {
    let values = [
        ("AWS_REGION", "local"),
        ("AWS_ACCESS_KEY_ID", "embedded"),
        ("AWS_SECRET_ACCESS_KEY", "embedded-secret"),
        ("AWS_ENDPOINT_URL", endpoint),
        ("HUMANOPS_MODE", "test"),
        ("HUMANOPS_METRICS_NAMESPACE", "HumanOps/test"),
        ("HUMANOPS_CORE_TABLE", "humanops-core"),
        ("HUMANOPS_LEDGER_TABLE", "humanops-ledger"),
        ("HUMANOPS_EDGE_TABLE", "humanops-edge"),
        ("HUMANOPS_ADMIN_KEYS", "admin:c6ca503725a92593be7466efff973b44d4cdd20d5e0884fce9a22de0f73f97fb"),
        ("HUMANOPS_PROOF_BUCKET", "humanops-proofs"),
        ("CLERK_ISSUER", clerk::ISSUER),
        ("CLERK_AUTHORIZED_PARTIES", clerk::APPLICATION),
        ("HUMANOPS_CALLBACK_PUBLIC_KEY", "6dRB0Saa_JMmJFpvzZAC0hk2gK-3pII691PsBxR-hDQ"),
    ];
    values.map(|(name, value)| (name, value.to_owned())).to_vec()
}

/// Status, headers and body, without what is each answer's own.
fn essence(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let masked = |text: &str| {
        let own = OWN.iter().filter_map(|field| Some((reply.json[*field].as_str()?, *field)));
        own.fold(text.to_owned(), |text, (value, field)| text.replace(value, field))
    };
    let mut headers: Vec<(String, String)> = reply
        .headers
        .iter()
        .map(|(name, value)| (name.as_str().to_owned(), masked(value.to_str().unwrap())))
        .map(|(name, value)| if OWN_HEADERS.contains(&name.as_str()) { (name, String::new()) } else { (name, value) })
        .collect();
    headers.sort();
    (reply.status, headers, masked(&reply.text))
}

/// A function, and the router that must answer the same.
struct Both {
    function: Function,
    router: Router,
}

impl Both {
    async fn of(name: &str, system: &System, engine: &Served) -> Self {
        let function = Function::start(name, &variables(&engine.endpoint)).await;
        Self { function, router: system.api_from(IPS[1].parse().unwrap()) }
    }

    /// The function's answer, if the router gives the same.
    async fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        let expected = send(self.router.clone(), method, path, headers, body.clone()).await;
        let mut reply = self.function.send(IPS[0], method, path, headers, body).await;
        assert!(reply.headers.remove(TLS_ONLY).is_some(), "{method} {path}");
        assert_eq!(essence(&reply), essence(&expected), "{method} {path}");
        reply
    }
}

#[tokio::test]
async fn the_functions_answer_byte_for_byte_as_the_system_in_process_does() {
    let (system, engine) = system().await;
    let mut agents = Both::of("agents", &system, &engine).await;
    let mut tasks = Both::of("tasks", &system, &engine).await;

    let body = json!({ "name": "my-agent", "email": "agent@example.com" }).to_string();
    let key = agents.ask("POST", "/agents/register", &[], Some(body)).await.expect(201).text_of("api_key");
    let headers = [("x-api-key", key.as_str())];
    agents.ask("POST", "/agents/register", &[], Some("{\"name\": 7}".to_owned())).await.expect(400);
    agents.ask("GET", "/agents/balance", &headers, None).await.expect(200);
    agents.ask("GET", "/agents/balance", &[], None).await.expect(401);
    agents.ask("DELETE", "/agents/balance", &headers, None).await.expect(405);

    let deposit = json!({ "tx_hash": "0xabc...def", "amount_usdc": "100.00" }).to_string();
    send(tasks.router.clone(), "POST", "/agents/deposit/usdc", &headers, Some(deposit)).await.expect(200);
    agents.ask("GET", "/agents/balance", &headers, None).await.expect(200);
    let body = task_body(25, in_days(2)).to_string();
    let task = tasks.ask("POST", "/tasks", &headers, Some(body)).await.expect(201).text_of("task_id");
    tasks.ask("GET", &format!("/tasks/{task}"), &headers, None).await.expect(200);
    tasks.ask("GET", "/tasks?status=PENDING&limit=5", &headers, None).await.expect(200);
    tasks.ask("POST", "/tasks", &headers, Some(task_body(9_000, in_days(2)).to_string())).await.expect(402);
    agents.ask("GET", "/agents/balance", &headers, None).await.expect(200);
}

#[tokio::test]
async fn the_log_has_the_ids_of_the_answer_and_of_the_invocation_and_no_key() {
    let (_system, engine) = system().await;
    let mut agents = Function::start("agents", &variables(&engine.endpoint)).await;
    let body = json!({ "name": "my-agent", "email": "agent@example.com" }).to_string();
    let registered = agents.send(IPS[0], "POST", "/agents/register", &[], Some(body)).await.expect(201);

    let line = agents.logged().await;
    assert_eq!(line["request.id"].as_str(), registered.header("x-request-id"), "{line}");
    assert_eq!(line["span"]["lambda.request_id"], INVOCATION, "{line}");
    assert!(line["span"]["trace.id"].as_str().unwrap().starts_with("Root=1-5bef4de7-"), "{line}");
    for secret in [registered.text_of("api_key").as_str(), "agent@example.com", "embedded-secret"] {
        assert!(!line.to_string().contains(secret), "{line}");
    }
}

#[tokio::test]
async fn a_missing_variable_stops_the_start_by_its_name() {
    for (function, missing) in [("agents", "HUMANOPS_CORE_TABLE"), ("tasks", "HUMANOPS_PROOF_BUCKET")] {
        let mut variables = variables("http://127.0.0.1:1");
        variables.retain(|(name, _)| *name != missing);
        let ended = run(command(function, "127.0.0.1:1", &variables)).await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        let said = ended.stdout.join("\n");
        assert!(said.contains(&format!("the environment variable {missing} is missing")), "{ended:?}");
        assert!(!said.contains("embedded-secret"), "{said}");
    }
}
