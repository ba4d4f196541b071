//! As much of an AWS account as functions need, at one address: the tables, the bucket, secrets, and queues that keep what
//! they get. Adds up what queries cost.

use crate::Failure;
use crate::asked::text;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::serve::ListenerExt;
use humanops::engine::Engine;
use humanops::objects;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// Whoever signs as the functions do may read the bucket.
const SIGNER: &str = "embedded";
/// Only what hangs takes this long.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Account {
    pub(crate) url: String,
    desk: Desk,
}

#[derive(Clone)]
struct Desk {
    engine: String,
    http: reqwest::Client,
    /// By the last word of their ARNs.
    secrets: Arc<[(&'static str, String)]>,
    /// Read units of all queries.
    read: Arc<Mutex<f64>>,
    sent: Arc<Mutex<Vec<String>>>,
}

/// The ARN of a secret.
pub(crate) fn arn(name: &str) -> String {
    format!("arn:aws:secretsmanager:local:123456789012:secret:{name}")
}

impl Account {
    /// Over the tables of an engine, and the photos in a folder.
    pub(crate) async fn open<const N: usize>(
        engine: &Engine,
        folder: &Path,
        secrets: [(&'static str, String); N],
    ) -> Result<Self, Failure> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = format!("http://{}", listener.local_addr()?);
        tokio::spawn(dynoxide::server::serve_on(listener, engine.database.clone()));
        let http = outbound::trusted(PATIENCE)?;
        let secrets = Arc::from(secrets);
        let desk = Desk { engine: address, http, secrets, read: Arc::default(), sent: Arc::default() };

        let bucket = objects::service(folder, SIGNER, SIGNER)?;
        let router = Router::new().route_service(&format!("/{}/{{*key}}", objects::BUCKET), bucket);
        let router = router.fallback(answer).with_state(desk.clone());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("http://{}", listener.local_addr()?);
        // As S3 answers: whoever waits until the other side has confirmed a first piece adds 40 ms.
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { url, desk })
    }

    /// What all queries so far have cost, in read units.
    pub(crate) fn read_units(&self) -> f64 {
        *self.desk.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bodies of all messages since the last time.
    pub(crate) fn sent(&self) -> Vec<String> {
        std::mem::take(&mut self.desk.sent.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

async fn answer(State(desk): State<Desk>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok()).unwrap_or_default();
    let answered = match target.split('.').next_back() {
        Some("GetSecretValue") => desk.secret(&body),
        Some("SendMessageBatch") => desk.take(&body),
        Some("Query") => desk.query(&headers, &body).await,
        _ => desk.pass(&headers, body).await,
    };
    answered.unwrap_or_else(|failure| reply(StatusCode::BAD_GATEWAY, failure.to_string()))
}

fn reply(status: StatusCode, body: impl IntoResponse) -> Response {
    (status, [(header::CONTENT_TYPE, "application/x-amz-json-1.0")], body).into_response()
}

impl Desk {
    fn secret(&self, asked: &[u8]) -> Result<Response, Failure> {
        let asked: Value = serde_json::from_slice(asked)?;
        let is_asked = |(name, _): &&(&str, String)| asked["SecretId"] == arn(name);
        let (_, secret) = self.secrets.iter().find(is_asked).ok_or_else(|| format!("no secret for {asked}"))?;
        Ok(reply(StatusCode::OK, json!({ "SecretString": secret }).to_string()))
    }

    fn take(&self, batch: &[u8]) -> Result<Response, Failure> {
        let batch: Value = serde_json::from_slice(batch)?;
        let mut taken = Vec::new();
        for entry in batch["Entries"].as_array().ok_or("a batch without entries")? {
            let body = text(entry, "MessageBody")?;
            self.sent.lock().unwrap_or_else(PoisonError::into_inner).push(body);
            taken.push(json!({ "Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": "0" }));
        }
        Ok(reply(StatusCode::OK, json!({ "Successful": taken, "Failed": [] }).to_string()))
    }

    async fn query(&self, headers: &HeaderMap, body: &[u8]) -> Result<Response, Failure> {
        let mut query: Value = serde_json::from_slice(body)?;
        query["ReturnConsumedCapacity"] = json!("TOTAL");
        let (status, answer) = self.ask(headers, query.to_string().into()).await?;
        let units = serde_json::from_slice::<Value>(&answer)?["ConsumedCapacity"]["CapacityUnits"].as_f64();
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) += units.ok_or("a query that costs nothing")?;
        Ok(reply(status, answer))
    }

    async fn pass(&self, headers: &HeaderMap, body: Bytes) -> Result<Response, Failure> {
        self.ask(headers, body).await.map(|(status, answer)| reply(status, answer))
    }

    async fn ask(&self, headers: &HeaderMap, body: Bytes) -> Result<(StatusCode, Bytes), Failure> {
        let names = ["content-type", "x-amz-target", "authorization", "x-amz-date"];
        let given = names.into_iter().filter_map(|name| Some((name, headers.get(name)?)));
        let request = given.fold(self.http.post(&self.engine), |request, (name, value)| request.header(name, value));
        let answer = request.body(body).send().await?;
        Ok((answer.status(), answer.bytes().await?))
    }
}
