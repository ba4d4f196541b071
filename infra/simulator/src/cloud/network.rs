//! The way from the functions to the database, in place of the SDK's HTTP connector: what is lost, refused or late, is so here.

use crate::cloud::fault::{Fault, RUN, Run};
use aws_sdk_dynamodb::config::http::{HttpRequest, HttpResponse};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use humanops::engine::{Engine, settings};
use serde_json::{Value, json};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::Database;

/// Turns of the scheduler that a request waits at most: so others come between.
const TURNS: usize = 4;
/// Writes that an index may not have seen yet.
const LAG_WRITES: usize = 12;
const ERRORS: &str = "com.amazonaws.dynamodb.v20120810#";

type Answer = (u16, Vec<u8>);

#[derive(Clone, Debug)]
pub struct Network {
    engine: Engine,
    seen: Arc<Mutex<Seen>>,
}

/// What passed by.
#[derive(Debug, Default)]
struct Seen {
    /// Keys of what was written lately, the latest last.
    written: VecDeque<(Value, Value)>,
    /// Transactions that moved money.
    booked: u64,
    /// Transactions whose answer was lost, by their token: the same again is answered as the first (AWS keeps them for
    /// ten minutes).
    done: HashMap<String, Vec<u8>>,
}

impl Network {
    pub fn to(engine: Engine) -> Self {
        Self { engine, seen: Arc::default() }
    }

    /// How the store asks this way.
    pub fn database(&self) -> Database {
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let settings = settings().into_builder().retry_config(retries).build();
        Database::over(SharedHttpConnector::new(self.clone()), &settings).expect("the settings have all that is needed")
    }

    async fn answer(self, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let operation = request.headers().get("x-amz-target").and_then(|target| target.rsplit('.').next());
        let operation = operation.unwrap_or_default().to_owned();
        let body = request.body().bytes().ok_or_else(|| ConnectorError::user("a body that is not at hand".into()))?;
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let (status, body) = match RUN.try_with(Arc::clone) {
            Ok(run) => self.through(&run, &operation, body, asked).await,
            Err(_) => self.pass(&operation, body, &asked),
        };
        let status = StatusCode::try_from(status).map_err(|error| ConnectorError::other(error.into(), None))?;
        Ok(HttpResponse::new(status, SdkBody::from(body)))
    }

    async fn through(&self, run: &Run, operation: &str, body: &[u8], asked: Value) -> Answer {
        for _ in 0..run.dice(|dice| dice.below(TURNS)) {
            tokio::task::yield_now().await;
        }
        match run.fault(possible(operation, &asked)) {
            Some(Fault::Throttled) => error(400, "ProvisionedThroughputExceededException", json!({})),
            Some(Fault::Failed) => error(500, "InternalServerError", json!({})),
            Some(Fault::AnswerLost) => {
                let (status, answer) = self.pass(operation, body, &asked);
                if let (200, Some(token)) = (status, asked["ClientRequestToken"].as_str()) {
                    self.seen().done.insert(token.to_owned(), answer);
                }
                error(500, "InternalServerError", json!({}))
            }
            Some(Fault::Conflict) => cancelled(run, &asked, false),
            Some(Fault::MixedConflict) => cancelled(run, &asked, true),
            Some(Fault::Unprocessed) => self.unprocessed(run, operation, asked),
            Some(Fault::IndexLags) => self.lagging(operation, body, &asked),
            Some(Fault::KilledBefore) => run.kill().await,
            Some(Fault::KilledAfter) => {
                self.pass(operation, body, &asked);
                run.kill().await
            }
            _ => self.pass(operation, body, &asked),
        }
    }

    /// Does it.
    fn pass(&self, operation: &str, body: &[u8], asked: &Value) -> Answer {
        if let Some(answer) =
            asked["ClientRequestToken"].as_str().and_then(|token| self.seen().done.get(token).cloned())
        {
            return (200, answer);
        }
        let answer = self.engine.answer(operation, body);
        if answer.0 == 200 {
            let mut seen = self.seen();
            seen.written.extend(written(operation, asked));
            seen.booked += u64::from(operation == "TransactWriteItems" && is_of(body, b"humanops-ledger"));
            let over = seen.written.len().saturating_sub(LAG_WRITES);
            seen.written.drain(..over);
        }
        answer
    }

    /// How many transactions with the ledger in them were done.
    pub fn booked(&self) -> u64 {
        self.seen().booked
    }

    /// A batch of which one key comes back.
    fn unprocessed(&self, run: &Run, operation: &str, mut asked: Value) -> Answer {
        let mut tables = asked["RequestItems"].as_object().cloned().unwrap_or_default();
        let table = tables.keys().nth(run.dice(|dice| dice.below(tables.len()))).cloned().unwrap_or_default();
        let left = tables.remove(&table);
        let mut answer = json!({ "Responses": {} });
        if !tables.is_empty() {
            asked["RequestItems"] = tables.into();
            let (status, read) = self.pass(operation, asked.to_string().as_bytes(), &asked);
            if status != 200 {
                return (status, read);
            }
            answer = serde_json::from_slice(&read).unwrap_or_default();
        }
        answer["UnprocessedKeys"] = json!({ table: left });
        (200, answer.to_string().into_bytes())
    }

    /// What was written lately is not in the index yet.
    fn lagging(&self, operation: &str, body: &[u8], asked: &Value) -> Answer {
        let (status, answer) = self.pass(operation, body, asked);
        let mut answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
        let seen = self.seen();
        if let Some(items) = answer["Items"].as_array_mut() {
            items.retain(|item| !seen.written.iter().any(|(pk, sk)| item["pk"] == *pk && item["sk"] == *sk));
            let left = items.len();
            answer["Count"] = json!(left);
        }
        (status, answer.to_string().into_bytes())
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(self.clone().answer(request))
    }
}

/// What can befall an operation.
fn possible(operation: &str, asked: &Value) -> &'static [Fault] {
    use Fault::{
        AnswerLost, Conflict, Failed, IndexLags, KilledAfter, KilledBefore, MixedConflict, Throttled, Unprocessed,
    };
    match operation {
        "TransactWriteItems" => &[
            Throttled,
            Failed,
            AnswerLost,
            Conflict,
            Conflict,
            MixedConflict,
            MixedConflict,
            KilledBefore,
            KilledAfter,
        ],
        "BatchGetItem" => &[Throttled, Failed, AnswerLost, Unprocessed, Unprocessed, KilledBefore],
        "Query" if asked["IndexName"].is_string() => {
            &[Throttled, Failed, IndexLags, IndexLags, IndexLags, KilledBefore]
        }
        "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" => {
            &[Throttled, Failed, AnswerLost, KilledBefore, KilledAfter]
        }
        _ => &[Throttled, Failed, AnswerLost, KilledBefore],
    }
}

/// Keys that a write names.
fn written(operation: &str, asked: &Value) -> Vec<(Value, Value)> {
    let key = |of: &Value| (of["pk"].clone(), of["sk"].clone());
    match operation {
        "PutItem" => vec![key(&asked["Item"])],
        "UpdateItem" | "DeleteItem" => vec![key(&asked["Key"])],
        "TransactWriteItems" => {
            let writes = asked["TransactItems"].as_array().into_iter().flatten().filter_map(|write| write.as_object());
            let named = writes.flat_map(|write| write.values());
            named.map(|write| key(if write["Item"].is_object() { &write["Item"] } else { &write["Key"] })).collect()
        }
        _ => Vec::new(),
    }
}

fn is_of(body: &[u8], table: &[u8]) -> bool {
    body.windows(table.len()).any(|part| part == table)
}

/// A transaction that was not done: one of its items is held, and with `mixed` the condition of another failed.
fn cancelled(run: &Run, asked: &Value, mixed: bool) -> Answer {
    let writes = asked["TransactItems"].as_array().map_or(0, Vec::len);
    let held = run.dice(|dice| dice.below(writes));
    let refused = (held + 1 + run.dice(|dice| dice.below(writes.saturating_sub(1)))) % writes.max(1);
    let reason = |at: usize| match at {
        _ if at == held => "TransactionConflict",
        _ if mixed && at == refused => "ConditionalCheckFailed",
        _ => "None",
    };
    let reasons: Vec<Value> = (0..writes).map(|at| json!({ "Code": reason(at) })).collect();
    error(400, "TransactionCanceledException", json!({ "CancellationReasons": reasons }))
}

fn error(status: u16, name: &str, mut more: Value) -> Answer {
    more["__type"] = json!(format!("{ERRORS}{name}"));
    more["message"] = json!("simulated");
    (status, more.to_string().into_bytes())
}
