//! The server: who is let in, what is the matter, and what it was asked.

use crate::asked::Asked;
use crate::fault::{self, Fault};
use crate::mind::Mind;
use crate::reading::read_text;
use crate::seen::{Credentials, Seen};
use crate::wire::{Refused, bedrock, openai};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use std::collections::{HashMap, VecDeque};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub struct Models {
    address: SocketAddr,
    stage: Arc<Stage>,
    task: JoinHandle<()>,
}

struct Stage {
    mind: Mind,
    credentials: Credentials,
    scene: Mutex<Scene>,
}

#[derive(Default)]
struct Scene {
    calls: usize,
    asked: Vec<Asked>,
    refused: Vec<String>,
    faults: VecDeque<Fault>,
    /// What stands in images that were shown: reading takes a second.
    texts: HashMap<Vec<u8>, String>,
}

impl Models {
    pub async fn open(mind: Mind) -> Self {
        Self::at(SocketAddr::from(([127, 0, 0, 1], 0)), mind).await
    }

    /// Where nobody listens yet.
    pub async fn at(address: SocketAddr, mind: Mind) -> Self {
        let listener = TcpListener::bind(address).await.expect("the port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        let stage = Arc::new(Stage { mind, credentials: Credentials::default(), scene: Mutex::default() });
        let app = Router::new().fallback(act).with_state(Arc::clone(&stage));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Self { address, stage, task }
    }

    /// `http://127.0.0.1:…`: what a client of Bedrock has as its endpoint.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `http://127.0.0.1:…/v1`: what a client of OpenAI has as its base.
    pub fn base(&self) -> String {
        format!("{}/v1", self.origin())
    }

    pub fn credentials(&self) -> &Credentials {
        &self.stage.credentials
    }

    /// The next so many good calls fail so.
    pub fn suffer(&self, fault: &Fault, calls: usize) {
        self.stage.scene().faults.extend(std::iter::repeat_n(fault.clone(), calls));
    }

    /// No fault is left.
    pub fn recover(&self) {
        self.stage.scene().faults.clear();
    }

    /// Everything that came, whatever became of it.
    pub fn calls(&self) -> usize {
        self.stage.scene().calls
    }

    /// What it was asked and understood, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.stage.scene().asked.clone()
    }

    /// Why it did not take the rest.
    pub fn refused(&self) -> Vec<String> {
        self.stage.scene().refused.clone()
    }
}

impl Drop for Models {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Twenty images of the largest size in base64.
const BODY_BYTES_MAX: usize = 100 * 1024 * 1024;

/// By its path.
enum Wire {
    OpenAi,
    Bedrock { model: String },
}

impl Wire {
    fn of(seen: &Seen) -> Option<Self> {
        match seen.uri.path().split('/').collect::<Vec<_>>().as_slice() {
            ["", "v1", "chat", "completions"] => Some(Self::OpenAi),
            ["", "model", model, "converse"] => Some(Self::Bedrock { model: (*model).to_owned() }),
            _ => None,
        }
    }

    fn read(&self, seen: &Seen, credentials: &Credentials) -> Result<Asked, Refused> {
        match self {
            Self::OpenAi => {
                openai::admit(&seen.header("authorization"), &credentials.key)?;
                openai::read(&seen.body)
            }
            Self::Bedrock { model } => {
                bedrock::admit(seen, credentials)?;
                bedrock::read(model, &seen.body)
            }
        }
    }

    fn complain(&self, refused: &Refused) -> Response {
        match self {
            Self::OpenAi => json(refused.status, &openai::complaint(refused)),
            Self::Bedrock { .. } => {
                let mut response = json(refused.status, &bedrock::complaint(refused));
                let code = format!("{}:http://internal.amazon.com/coral/com.amazon.bedrock/", refused.code);
                let code = HeaderValue::from_str(&code).expect("a code is plain");
                response.headers_mut().insert(HeaderName::from_static("x-amzn-errortype"), code);
                response
            }
        }
    }

    fn busy(&self, retry_after_s: Option<u64>) -> Response {
        let code = match self {
            Self::OpenAi => "rate_limit_exceeded",
            Self::Bedrock { .. } => "ThrottlingException",
        };
        let message = "Too many requests, please wait before trying again.".to_owned();
        let mut response = self.complain(&Refused { status: 429, code, message });
        if let Some(seconds) = retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl Stage {
    fn scene(&self) -> MutexGuard<'_, Scene> {
        self.scene.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn text_of(&self, jpeg: &[u8]) -> String {
        if let Some(text) = self.scene().texts.get(jpeg) {
            return text.clone();
        }
        let text = read_text(jpeg).await;
        self.scene().texts.insert(jpeg.to_vec(), text.clone());
        text
    }

    async fn answer(&self, wire: &Wire, mut asked: Asked) -> Response {
        if self.mind.reads() {
            for image in &asked.images {
                asked.ocr.push(self.text_of(&image.bytes).await);
            }
        }
        let fault = {
            let mut scene = self.scene();
            scene.asked.push(asked.clone());
            scene.faults.pop_front()
        };
        match &fault {
            Some(Fault::Late(signal)) => signal.notified().await,
            Some(Fault::Endless) => return fault::endless(),
            Some(Fault::Down) => return fault::down(),
            Some(Fault::Busy { retry_after_s }) => return wire.busy(*retry_after_s),
            Some(Fault::Redirect { to }) => return fault::elsewhere(to.clone()),
            _ => {}
        }
        let reply = self.mind.reply(&asked);
        let tokens = asked.tokens(&reply.text());
        let said = reply.said(fault.as_ref());
        let body = match wire {
            Wire::OpenAi => openai::answer(&asked.model, said, tokens),
            Wire::Bedrock { .. } => bedrock::answer(said, tokens),
        };
        match fault {
            Some(Fault::Half) => fault::half(&body.to_string()),
            _ => json(200, &body),
        }
    }
}

async fn act(State(stage): State<Arc<Stage>>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_BYTES_MAX).await.unwrap_or_default();
    let seen = Seen { method: head.method, uri: head.uri, headers: head.headers, body };
    stage.scene().calls += 1;
    let wire = Wire::of(&seen).filter(|_| seen.method == Method::POST);
    let Some(wire) = wire else { return StatusCode::NOT_FOUND.into_response() };
    match wire.read(&seen, &stage.credentials) {
        Ok(asked) => stage.answer(&wire, asked).await,
        Err(refused) => {
            stage.scene().refused.push(refused.message.clone());
            wire.complain(&refused)
        }
    }
}

fn json(status: u16, body: &Value) -> Response {
    let status = StatusCode::from_u16(status).expect("a status of HTTP");
    (status, [(header::CONTENT_TYPE, "application/json")], body.to_string()).into_response()
}
