//! Another DynamoDB beside the embedded one. Both are asked the same in the same order; the system goes on with what the
//! other answers, so that it leans on neither, and what they answer differently is noted.

use super::reply;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use humanops::engine::{Engine, database_at};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs::{OpenOptions, read_to_string};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::Database;
use tokio::net::TcpListener;
use tokio::sync::Mutex;

/// Names a folder: `endpoint` in it says where the other answers, and into `differences` goes what is noted.
const FOLDER: &str = "HUMANOPS_SECOND_ENGINE";

struct Pair {
    engine: Engine,
    endpoint: String,
    /// The other keeps the worlds apart by the region that a request is signed for.
    authorization: String,
    http: reqwest::Client,
    differences: PathBuf,
    turn: Mutex<()>,
}

/// How the store asks both, where there is another.
pub(crate) async fn database(engine: &Engine) -> Option<Database> {
    let folder = PathBuf::from(std::env::var_os(FOLDER)?);
    let region = web::keys::random_text(12);
    let pair = Pair {
        engine: engine.clone(),
        endpoint: read_to_string(folder.join("endpoint")).unwrap(),
        authorization: format!(
            "AWS4-HMAC-SHA256 Credential=second/20260205/{region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
        ),
        http: outbound::trusted(Duration::from_secs(20)).unwrap(),
        differences: folder.join("differences"),
        turn: Mutex::default(),
    };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let app = Router::new().fallback(ask).with_state(Arc::new(pair));
    tokio::spawn(async move { axum::serve(listener, app).await });
    Some(database_at(&endpoint))
}

async fn ask(State(pair): State<Arc<Pair>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let target = headers["x-amz-target"].to_str().unwrap();
    let operation = target.rsplit('.').next().unwrap_or_default();
    let _turn = pair.turn.lock().await;
    let (status, first) = pair.engine.answer(operation, &body);
    let mut asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    // The stream is that of the embedded engine. The other would copy its own, whole, for each transaction.
    asked.as_object_mut().and_then(|members| members.remove("StreamSpecification"));
    let request = pair.http.post(&pair.endpoint).header("authorization", &pair.authorization);
    let request = request.header("x-amz-target", target).header("content-type", "application/x-amz-json-1.0");
    let answer = request.body(asked.to_string()).send().await.unwrap();
    let (other_status, other) = (answer.status(), answer.bytes().await.unwrap());
    let expected = essence(operation, status, &first);
    let found = essence(operation, other_status.as_u16(), &other);
    if is_known(&asked, &expected, &found) {
        return reply(StatusCode::OK, first);
    }
    if expected != found && !is_end_of_page(&asked, &expected, &found) {
        let line = json!({ "operation": operation, "asked": asked, "embedded": expected, "other": found });
        let mut differences = OpenOptions::new().create(true).append(true).open(&pair.differences).unwrap();
        // In one piece: worlds run side by side.
        differences.write_all(format!("{line}\n").as_bytes()).unwrap();
    }
    reply(other_status, other.to_vec())
}

/// What counts of an answer.
fn essence(operation: &str, status: u16, answer: &[u8]) -> Value {
    let mut answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    if status != 200 {
        let name = answer["__type"].as_str().and_then(|name| name.rsplit('#').next());
        let reasons = answer["CancellationReasons"].as_array().into_iter().flatten();
        let reasons: Vec<Value> = reasons.map(|reason| json!([reason["Code"], reason["Item"]])).collect();
        return json!({ "status": status, "error": name, "reasons": reasons });
    }
    // The order of these says nothing.
    let is_batch = operation == "BatchGetItem";
    let lists = answer["Responses"].as_object_mut().into_iter().flatten().map(|(_, list)| list).filter(|_| is_batch);
    for list in lists.filter_map(Value::as_array_mut) {
        list.sort_by_key(Value::to_string);
    }
    if operation == "Scan"
        && let Some(items) = answer["Items"].as_array_mut()
    {
        items.sort_by_key(Value::to_string);
    }
    match operation {
        "CreateTable" | "UpdateTimeToLive" => json!({}),
        _ => {
            let named = ["Item", "Items", "Attributes", "Count", "LastEvaluatedKey", "Responses"];
            named.into_iter().map(|name| (name, answer[name].take())).filter(|(_, value)| !value.is_null()).collect()
        }
    }
}

/// Of an update's new attributes moto says the keys too, and leaves out a set that was not there before; a set has no
/// order. DynamoDB answers with the attributes that the update names.
fn is_known(asked: &Value, expected: &Value, found: &Value) -> bool {
    let (Some(expected), Some(found)) = (expected["Attributes"].as_object(), found["Attributes"].as_object()) else {
        return false;
    };
    let members = |of: &Value| of["SS"].as_array().map(|set| set.iter().map(Value::to_string).collect::<BTreeSet<_>>());
    let is_same = |name: &String, value: &Value| match (members(value), found.get(name)) {
        (Some(set), Some(other)) => members(other) == Some(set),
        (Some(_), None) => true,
        (None, other) => other == Some(value),
    };
    asked["ReturnValues"] == "UPDATED_NEW"
        && expected.iter().all(|(name, value)| is_same(name, value))
        && found.keys().all(|name| matches!(name.as_str(), "pk" | "sk") || expected.contains_key(name))
}

/// A page that ends with the last item says where to go on, or does not: DynamoDB promises neither.
fn is_end_of_page(asked: &Value, expected: &Value, found: &Value) -> bool {
    asked["Limit"] == found["Count"] && found["LastEvaluatedKey"].is_null() && expected["Items"] == found["Items"]
}
