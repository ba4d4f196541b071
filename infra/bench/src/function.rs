//! A contestant that runs, and Lambda's side of it: hands out events, takes answers, notes when.

use crate::Failure;
use crate::contestants::{Contestant, Transport};
use crate::processes::{Spawner, Started};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Only what hangs takes this long.
const PATIENCE: Duration = Duration::from_secs(120);

/// A process that asks for events.
pub(crate) struct Function {
    started: Started,
    api: JoinHandle<()>,
    events: UnboundedSender<String>,
    polls: UnboundedReceiver<Instant>,
    answers: UnboundedReceiver<Answered>,
}

/// What came back, and when.
pub(crate) struct Answered {
    pub(crate) at: Instant,
    kind: String,
    body: Bytes,
}

/// An answer as API Gateway would pass it on.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Value,
    pub(crate) body: Value,
}

#[derive(Clone)]
struct Api {
    events: Arc<Mutex<UnboundedReceiver<String>>>,
    polls: UnboundedSender<Instant>,
    answers: UnboundedSender<Answered>,
}

impl Function {
    /// Starts it, with this event waiting if there is one.
    pub(crate) async fn start(
        contestant: &Contestant,
        spawner: &Spawner,
        transport: Transport,
        event: Option<String>,
    ) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?.to_string();
        let ((events, next), (polled, polls), (answered, answers)) =
            (unbounded_channel(), unbounded_channel(), unbounded_channel());
        if let Some(event) = event {
            events.send(event)?;
        }
        let api = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(hand_out))
            .route("/2018-06-01/runtime/invocation/{id}/{kind}", post(take))
            .with_state(Api { events: Arc::new(Mutex::new(next)), polls: polled, answers: answered });
        let api = tokio::spawn(async move {
            let _ = axum::serve(
                axum::serve::ListenerExt::tap_io(listener, |stream| {
                    let _ = stream.set_nodelay(true);
                }),
                api,
            )
            .await;
        });
        let started = spawner.spawn(contestant.command(&address, transport)).await?;
        Ok(Self { started, api, events, polls, answers })
    }

    /// From the start to the first time that it asked for an event.
    pub(crate) async fn first_poll(&mut self) -> Result<Duration, Failure> {
        let at = timeout(PATIENCE, self.polls.recv()).await?.ok_or("the Runtime API is gone")?;
        Ok(at.duration_since(self.started.at))
    }

    /// From the start to an answer to the event that was waiting.
    pub(crate) async fn first_answer(&mut self) -> Result<(Duration, Reply), Failure> {
        let answered = self.answered().await?;
        let after = answered.at.duration_since(self.started.at);
        Ok((after, answered.reply()?))
    }

    /// The answer to an event.
    pub(crate) async fn invoke(&mut self, event: String) -> Result<Answered, Failure> {
        self.events.send(event)?;
        self.answered().await
    }

    /// Until it asks for the next event, when it has asked for one before each.
    pub(crate) async fn rest(&mut self) -> Result<(), Failure> {
        timeout(PATIENCE, self.polls.recv()).await?.map(drop).ok_or_else(|| "the Runtime API is gone".into())
    }

    /// Bytes of its log so far.
    pub(crate) fn logged(&self) -> Result<u64, Failure> {
        Ok(self.started.log.metadata()?.len())
    }

    pub(crate) fn process(&self) -> u32 {
        self.started.child.id()
    }

    async fn answered(&mut self) -> Result<Answered, Failure> {
        timeout(PATIENCE, self.answers.recv()).await?.ok_or_else(|| "the Runtime API is gone".into())
    }
}

impl Answered {
    /// Whatever it is. Fails if the function said that it failed.
    pub(crate) fn value(&self) -> Result<Value, Failure> {
        let answer: Value = serde_json::from_slice(&self.body)?;
        if self.kind == "response" { Ok(answer) } else { Err(format!("a contestant failed: {answer}").into()) }
    }

    /// Fails as [`Answered::value`] does.
    pub(crate) fn reply(&self) -> Result<Reply, Failure> {
        let answer = self.value()?;
        let status = answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok());
        let body = answer["body"].as_str().unwrap_or_default();
        let body = serde_json::from_str(body).unwrap_or_else(|_| Value::String(body.to_owned()));
        Ok(Reply { status: status.ok_or("an answer without a status")?, headers: answer["headers"].clone(), body })
    }
}

/// The process ends with its owner.
impl Drop for Function {
    fn drop(&mut self) {
        let _ = self.started.child.kill();
        let _ = self.started.child.wait();
        self.api.abort();
    }
}

async fn hand_out(State(api): State<Api>) -> Response {
    let _ = api.polls.send(Instant::now());
    match api.events.lock().await.recv().await {
        Some(event) => {
            let headers = [
                ("content-type", "application/json"),
                ("lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"),
                ("lambda-runtime-deadline-ms", "4102444800000"),
                ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:local:123456789012:function:bench"),
                ("lambda-runtime-trace-id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"),
            ];
            (headers, event).into_response()
        }
        // The process is about to be ended.
        None => std::future::pending().await,
    }
}

async fn take(State(api): State<Api>, Path((_, kind)): Path<(String, String)>, body: Bytes) -> StatusCode {
    let _ = api.answers.send(Answered { at: Instant::now(), kind, body });
    StatusCode::ACCEPTED
}
