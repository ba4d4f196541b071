//! Lambda's side of a function: hands out events one by one, and takes the answers.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use harness::binary::{Process, built};
use harness::{Reply, Sent};
use serde_json::{Value, json};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

/// Far more than an answer takes: only what hangs meets it.
const PATIENCE: Duration = Duration::from_secs(60);
/// Under which the function knows each invocation.
pub(crate) const INVOCATION: &str = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
pub(crate) const TRACE: &str = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0";

/// A function that runs.
pub(crate) struct Function {
    process: Process,
    events: UnboundedSender<Value>,
    answers: UnboundedReceiver<(String, Value)>,
}

#[derive(Clone)]
struct Api {
    events: Arc<Mutex<UnboundedReceiver<Value>>>,
    answers: UnboundedSender<(String, Value)>,
}

/// The command line of a function, with no other variables than these and Lambda's own.
pub(crate) fn command(name: &str, runtime_api: &str, variables: &[(&str, String)]) -> Command {
    let mut command = Command::new(built(name));
    command.env_clear().envs(variables.iter().map(|(name, value)| (name, value)));
    command.envs([
        ("AWS_LAMBDA_RUNTIME_API", runtime_api),
        ("AWS_LAMBDA_FUNCTION_NAME", name),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
    ]);
    command
}

impl Function {
    /// Starts one with these variables.
    pub(crate) async fn start(name: &str, variables: &[(&str, String)]) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let ((events, next), (answered, answers)) = (unbounded_channel(), unbounded_channel());
        let app = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(hand_out))
            .route("/2018-06-01/runtime/invocation/{id}/{kind}", post(take))
            .with_state(Api { events: Arc::new(Mutex::new(next)), answers: answered });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { process: Process::spawn(command(name, &address, variables)), events, answers }
    }

    /// The answer to an event; fails if it is an error.
    pub(crate) async fn invoke(&mut self, event: Value) -> Value {
        self.events.send(event).unwrap();
        let (kind, answer) = timeout(PATIENCE, self.answers.recv()).await.expect("an answer in time").unwrap();
        assert_eq!(kind, "response", "{answer}");
        answer
    }

    /// A request as API Gateway's HTTP API passes it on.
    pub(crate) async fn send(
        &mut self,
        ip: &str,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Reply {
        let sent = Sent { method, path, body: body.as_deref() };
        let answer = self.invoke(request(ip, &sent, headers)).await;
        assert_eq!(answer["isBase64Encoded"], false, "{answer}");
        let mut headers = HeaderMap::new();
        for (name, value) in answer["headers"].as_object().unwrap() {
            headers.insert(name.parse::<HeaderName>().unwrap(), value.as_str().unwrap().parse().unwrap());
        }
        let status = u16::try_from(answer["statusCode"].as_u64().unwrap()).unwrap();
        Reply::to(&sent, status, headers, answer["body"].as_str().unwrap().to_owned())
    }

    /// The next line of the log.
    pub(crate) async fn logged(&mut self) -> Value {
        let line = self.process.line().await.expect("the function runs");
        serde_json::from_str(&line).expect("the log is JSON")
    }

    /// The next line of the log that is a metric, without its time.
    pub(crate) async fn measured(&mut self) -> Value {
        loop {
            let mut line = self.logged().await;
            if let Some(about) = line.get_mut("_aws").and_then(Value::as_object_mut) {
                let at_ms = about.remove("Timestamp").and_then(|at| at.as_u64()).expect("a metric has a time");
                assert!(at_ms > 1_700_000_000_000, "{at_ms} is not of this world");
                return line;
            }
        }
    }
}

fn request(ip: &str, sent: &Sent<'_>, headers: &[(&str, &str)]) -> Value {
    let Sent { method, path, body } = *sent;
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = format!("/api/v1{path}");
    let mut event = json!({
        "version": "2.0",
        "routeKey": format!("{method} {path}"),
        "rawPath": path,
        "rawQueryString": query,
        // What a client says of itself: nobody may believe it.
        "headers": { "host": "api.example.com", "x-forwarded-for": "192.0.2.1" },
        "requestContext": {
            "accountId": "123456789012", "apiId": "api", "domainName": "api.example.com", "domainPrefix": "api",
            "http": { "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": ip, "userAgent": "test" },
            "requestId": "JKJaXmPLvHcESHA=", "routeKey": "any", "stage": "$default",
            "time": "05/Feb/2026:12:00:00 +0000", "timeEpoch": 1_770_292_800_000_u64,
        },
        "isBase64Encoded": false,
    });
    for (name, value) in headers {
        event["headers"][*name] = json!(value);
    }
    if let Some(body) = body {
        event["headers"]["content-type"] = json!("application/json");
        event["body"] = json!(body);
    }
    event
}

async fn hand_out(State(api): State<Api>) -> Response {
    match api.events.lock().await.recv().await {
        Some(event) => {
            let headers = [
                ("lambda-runtime-aws-request-id", INVOCATION),
                ("lambda-runtime-deadline-ms", "4102444800000"),
                ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:local:123456789012:function:test"),
                ("lambda-runtime-trace-id", TRACE),
            ];
            (headers, event.to_string()).into_response()
        }
        // The test is over, and the process is about to be ended.
        None => std::future::pending().await,
    }
}

async fn take(State(api): State<Api>, Path((_, kind)): Path<(String, String)>, body: Bytes) -> Response {
    let _ = api.answers.send((kind, serde_json::from_slice(&body).unwrap_or(Value::Null)));
    axum::http::StatusCode::ACCEPTED.into_response()
}
