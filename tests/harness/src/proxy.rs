//! Stands between the SDK and the engine: measures what passes, and breaks what it is told to break.
//! The engine itself neither conflicts nor throttles nor fails, so this is where those come from.

pub(crate) mod second;
mod served;

pub use served::Served;

use crate::World;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use humanops::Options;
use humanops::engine::database_at;
use humanops::system::Rig;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Notify;

/// Turns of the scheduler for which an answer is held while measuring. Whatever was sent at the same
/// time arrives before they are over, so that what overlaps is seen to overlap on any machine.
const HELD_TURNS: usize = 300;
const ERRORS: &str = "com.amazonaws.dynamodb.v20120810#";
const CONFLICT: &str = "TransactionConflict";
/// Stands for a transaction that moves money, unlike those by which events are recorded.
pub const MONEY: &str = "money";

/// A proxy on a loopback port.
#[derive(Clone)]
pub struct Proxy {
    inner: Arc<Inner>,
}

struct Inner {
    engine: String,
    http: reqwest::Client,
    faults: Mutex<VecDeque<(&'static str, Fault)>>,
    calls: Mutex<Vec<Call>>,
    /// Items after which each page of a query or scan ends; none for as many as there are.
    page: AtomicUsize,
    measuring: AtomicBool,
    /// Counts arrivals and departures: a clock that does not depend on the machine.
    moments: AtomicUsize,
    held: Notify,
    released: Notify,
}

/// What is to happen to one call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// Nothing: it is the next one that is meant.
    Pass,
    /// Not done; answered with this error, status 400.
    Refuse(&'static str),
    /// A transaction is not done; cancelled because another transaction holds one of its items.
    Conflict,
    /// A transaction is not done; cancelled because the condition of the write at `refused` failed, while another
    /// transaction holds the item of the write at `held`.
    Mixed { refused: usize, held: usize },
    /// A transaction is not done; cancelled because this table lacks capacity, and it alone.
    Lacking(&'static str),
    /// A transaction is not done; cancelled because its first write can never be.
    Invalid,
    /// Not done; status 500.
    Fail,
    /// Done, but answered with status 500.
    LoseAnswer,
    /// Done, but the connection breaks inside the answer.
    BreakAnswer,
    /// Of several reads those from this table are not done; its keys come back unprocessed.
    Unprocessed(&'static str),
    /// Done as soon as [`Proxy::release`] is called.
    Hold,
}

/// A call that passed while measuring.
#[derive(Clone, Debug)]
pub struct Call {
    /// `TransactWriteItems`
    pub operation: String,
    /// As sent by the SDK.
    pub request: Value,
    /// Moment of arrival.
    pub began: usize,
    /// Moment at which the answer was let go.
    pub ended: usize,
    /// Units by table, or by table and index: `humanops-core/by-agent`.
    pub units: Vec<(String, f64)>,
}

impl Call {
    pub fn is_write(&self) -> bool {
        !matches!(self.operation.as_str(), "GetItem" | "BatchGetItem" | "Query" | "Scan")
    }

    pub fn total(&self) -> f64 {
        self.units.iter().map(|(_, units)| units).sum()
    }
}

impl Proxy {
    /// A system whose store speaks through a proxy.
    pub async fn world(options: Options) -> (Self, World) {
        let served = Served::start().await;
        let inner = Inner {
            engine: served.endpoint,
            http: outbound::trusted(Duration::from_secs(20)).unwrap(),
            faults: Mutex::default(),
            calls: Mutex::default(),
            page: AtomicUsize::new(0),
            measuring: AtomicBool::new(false),
            moments: AtomicUsize::new(0),
            held: Notify::new(),
            released: Notify::new(),
        };
        let proxy = Self { inner: Arc::new(inner) };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let app = Router::new().fallback(pass).with_state(proxy.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let rig = Rig { engine: Some(served.engine), database: Some(database_at(&endpoint)), ..Rig::default() };
        (proxy, World::with(options, rig).await)
    }

    /// Breaks the next calls of an operation, one fault each, in this order. `*` is any operation, and [`MONEY`] a
    /// transaction with the ledger in it.
    pub fn inject(&self, operation: &'static str, faults: &[Fault]) {
        self.inner.faults.lock().unwrap().extend(faults.iter().map(|fault| (operation, *fault)));
    }

    /// From now on pages of queries and scans end after so many items, as DynamoDB's do after a megabyte.
    pub fn end_pages_after(&self, items: usize) {
        self.inner.page.store(items, Ordering::SeqCst);
    }

    /// The body of a read that ends where pages end.
    fn shortened(&self, operation: &str, body: Bytes) -> Bytes {
        let page = self.inner.page.load(Ordering::SeqCst);
        if page == 0 || !matches!(operation, "Query" | "Scan") {
            return body;
        }
        let mut request: Value = serde_json::from_slice(&body).unwrap();
        let asked = request["Limit"].as_u64().and_then(|limit| usize::try_from(limit).ok());
        request["Limit"] = json!(asked.map_or(page, |asked| asked.min(page)));
        request.to_string().into()
    }

    /// Faults that no call has met yet. What is left is forgotten.
    pub fn unmet(&self) -> usize {
        std::mem::take(&mut *self.inner.faults.lock().unwrap()).len()
    }

    /// Resolves when a call is held.
    pub async fn held(&self) {
        self.inner.held.notified().await;
    }

    /// Lets the held call go.
    pub fn release(&self) {
        self.inner.released.notify_one();
    }

    /// What the store does in the course of `work`, in order of arrival. The test must run on one
    /// thread: there, turns of the scheduler are turns of everything.
    pub async fn measure<T>(&self, work: impl Future<Output = T>) -> (T, Vec<Call>) {
        self.inner.calls.lock().unwrap().clear();
        self.inner.measuring.store(true, Ordering::SeqCst);
        let done = work.await;
        self.inner.measuring.store(false, Ordering::SeqCst);
        let mut calls = std::mem::take(&mut *self.inner.calls.lock().unwrap());
        calls.sort_by_key(|call| call.began);
        (done, calls)
    }

    fn fault(&self, operation: &str, body: &[u8]) -> Option<Fault> {
        let ledger = b"humanops-ledger";
        let moves_money = operation == "TransactWriteItems" && body.windows(ledger.len()).any(|part| part == ledger);
        let mut faults = self.inner.faults.lock().unwrap();
        let is_met = |name: &str| name == operation || name == "*" || name == MONEY && moves_money;
        let at = faults.iter().position(|(name, _)| is_met(name))?;
        faults.remove(at).map(|(_, fault)| fault)
    }

    async fn forward(&self, headers: &HeaderMap, body: Vec<u8>) -> (StatusCode, Vec<u8>) {
        let mut request = self.inner.http.post(&self.inner.engine).body(body);
        for name in ["content-type", "x-amz-target", "authorization", "x-amz-date"] {
            if let Some(value) = headers.get(name) {
                request = request.header(name, value);
            }
        }
        let answer = request.send().await.unwrap();
        (answer.status(), answer.bytes().await.unwrap().to_vec())
    }

    fn moment(&self) -> usize {
        self.inner.moments.fetch_add(1, Ordering::SeqCst)
    }

    async fn measured(&self, operation: &str, headers: &HeaderMap, body: &[u8]) -> (StatusCode, Vec<u8>) {
        let began = self.moment();
        let request: Value = serde_json::from_slice(body).unwrap();
        let mut asking = request.clone();
        asking["ReturnConsumedCapacity"] = json!("INDEXES");
        let (status, answer) = self.forward(headers, asking.to_string().into_bytes()).await;
        for _ in 0..HELD_TURNS {
            tokio::task::yield_now().await;
        }
        let units = units(&serde_json::from_slice(&answer).unwrap_or_default());
        let call = Call { operation: operation.to_owned(), request, began, ended: self.moment(), units };
        self.inner.calls.lock().unwrap().push(call);
        (status, answer)
    }
}

async fn pass(State(proxy): State<Proxy>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default();
    let body = proxy.shortened(operation, body);
    match proxy.fault(operation, &body) {
        None if proxy.inner.measuring.load(Ordering::SeqCst) => {
            let (status, answer) = proxy.measured(operation, &headers, &body).await;
            reply(status, answer)
        }
        None | Some(Fault::Pass) => {
            let (status, answer) = proxy.forward(&headers, body.to_vec()).await;
            reply(status, answer)
        }
        Some(Fault::Refuse(name)) => error(StatusCode::BAD_REQUEST, name, json!({})),
        Some(Fault::Conflict) => cancelled(&body, |at, _| if at == 0 { CONFLICT } else { "None" }),
        Some(Fault::Mixed { refused, held }) => cancelled(&body, |at, _| match at {
            _ if at == refused => "ConditionalCheckFailed",
            _ if at == held => CONFLICT,
            _ => "None",
        }),
        Some(Fault::Lacking(table)) => {
            cancelled(&body, |_, written| if written == table { "ThrottlingError" } else { "None" })
        }
        Some(Fault::Invalid) => cancelled(&body, |at, _| if at == 0 { "ValidationError" } else { "None" }),
        Some(Fault::Fail) => error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", json!({})),
        Some(Fault::LoseAnswer) => {
            assert_eq!(proxy.forward(&headers, body.to_vec()).await.0, StatusCode::OK);
            error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError", json!({}))
        }
        Some(Fault::BreakAnswer) => {
            let (status, answer) = proxy.forward(&headers, body.to_vec()).await;
            assert_eq!(status, StatusCode::OK);
            let broken = [Ok(answer[..answer.len() / 2].to_vec()), Err(std::io::Error::other("broken"))];
            Response::new(Body::from_stream(futures::stream::iter(broken)))
        }
        Some(Fault::Unprocessed(table)) => {
            let mut request: Value = serde_json::from_slice(&body).unwrap();
            let left = request["RequestItems"].as_object_mut().unwrap().remove(table).unwrap();
            // Where nothing else is asked for there is nothing to forward.
            let mut answer = json!({ "Responses": {} });
            if !request["RequestItems"].as_object().unwrap().is_empty() {
                let (_, read) = proxy.forward(&headers, request.to_string().into_bytes()).await;
                answer = serde_json::from_slice(&read).unwrap();
            }
            answer["UnprocessedKeys"] = json!({ table: left });
            reply(StatusCode::OK, answer.to_string().into_bytes())
        }
        Some(Fault::Hold) => {
            proxy.inner.held.notify_one();
            proxy.inner.released.notified().await;
            let (status, answer) = proxy.forward(&headers, body.to_vec()).await;
            reply(status, answer)
        }
    }
}

fn reply(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let answer = Response::builder().status(status).header("content-type", "application/x-amz-json-1.0");
    answer.body(Body::from(body)).unwrap()
}

/// A transaction that was not done: the reason for each of its writes, by position and table.
fn cancelled(body: &[u8], reason: impl Fn(usize, &str) -> &'static str) -> Response<Body> {
    let request: Value = serde_json::from_slice(body).unwrap();
    let table = |write: &Value| write.as_object().unwrap().values().next().unwrap()["TableName"].clone();
    let tables: Vec<Value> = request["TransactItems"].as_array().unwrap().iter().map(table).collect();
    let reasons = tables.iter().enumerate().map(|(at, table)| reason(at, table.as_str().unwrap()));
    let reasons: Vec<&str> = reasons.collect();
    assert!(reasons.iter().any(|reason| *reason != "None"), "nothing of the transaction is refused: {tables:?}");
    let reasons: Vec<Value> = reasons.iter().map(|code| json!({ "Code": code })).collect();
    let more = json!({ "CancellationReasons": reasons });
    error(StatusCode::BAD_REQUEST, "TransactionCanceledException", more)
}

fn error(status: StatusCode, name: &str, more: Value) -> Response<Body> {
    let mut body = json!({ "__type": format!("{ERRORS}{name}"), "message": "injected" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    reply(status, body.to_string().into_bytes())
}

/// Consumed units as reported: for one table, or for each of several.
fn units(answer: &Value) -> Vec<(String, f64)> {
    let reported = match &answer["ConsumedCapacity"] {
        Value::Array(several) => several.clone(),
        Value::Object(_) => vec![answer["ConsumedCapacity"].clone()],
        _ => Vec::new(),
    };
    let mut units = Vec::new();
    for capacity in reported {
        let table = capacity["TableName"].as_str().unwrap().to_owned();
        let indexes = capacity["GlobalSecondaryIndexes"].as_object().cloned().unwrap_or_default();
        units.extend(
            indexes.iter().map(|(name, of)| (format!("{table}/{name}"), of["CapacityUnits"].as_f64().unwrap())),
        );
        units.push((table, capacity["Table"]["CapacityUnits"].as_f64().unwrap()));
    }
    units
}
