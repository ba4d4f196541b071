//! An endpoint that answers what anvil does, until it is told to lie.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Response, StatusCode};
use reqwest::Url;
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

/// What is the matter with it.
#[derive(Clone, Copy)]
pub(super) enum Lie {
    /// Every answer has this status, and nothing is asked.
    Status(u16),
    /// Every answer is so many spaces.
    Flood(usize),
    /// Every answer breaks off in its middle.
    Broken,
    /// The results of this method are changed.
    Of(&'static str, fn(&mut Value)),
}

#[derive(Clone)]
pub(super) struct Liar(Arc<Inner>);

struct Inner {
    url: Url,
    node: Mutex<Option<Url>>,
    http: reqwest::Client,
    lie: Mutex<Option<Lie>>,
}

impl Liar {
    pub(super) async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let http = outbound::trusted(Duration::from_secs(20)).unwrap();
        let liar = Self(Arc::new(Inner { url, node: Mutex::default(), http, lie: Mutex::default() }));
        let app = Router::new().fallback(pass).with_state(liar.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        liar
    }

    /// Its address, as that of an endpoint behind which this node answers.
    pub(super) fn before(&self, node: &Url) -> Url {
        *self.0.node.lock().unwrap() = Some(node.clone());
        self.0.url.clone()
    }

    pub(super) fn tell(&self, lie: Lie) {
        *self.0.lie.lock().unwrap() = Some(lie);
    }

    pub(super) fn recover(&self) {
        *self.0.lie.lock().unwrap() = None;
    }
}

async fn pass(State(liar): State<Liar>, body: Bytes) -> Response<Body> {
    let lie = *liar.0.lie.lock().unwrap();
    match lie {
        Some(Lie::Status(status)) => return with(StatusCode::from_u16(status).unwrap(), Body::empty()),
        Some(Lie::Flood(bytes)) => return with(StatusCode::OK, vec![b' '; bytes].into()),
        Some(Lie::Broken | Lie::Of(..)) | None => {}
    }
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let node = liar.0.node.lock().unwrap().clone().unwrap();
    let forward = liar.0.http.post(node).header("content-type", "application/json").body(body);
    let mut answer: Value = serde_json::from_slice(&forward.send().await.unwrap().bytes().await.unwrap()).unwrap();
    match lie {
        Some(Lie::Of(method, change)) => {
            for (question, answer) in pairs(&asked, &mut answer) {
                if question["method"] == method && answer.get("result").is_some() {
                    change(&mut answer["result"]);
                }
            }
            with(StatusCode::OK, answer.to_string().into())
        }
        Some(Lie::Broken) => {
            let text = answer.to_string();
            let broken = [Ok(text[..text.len() / 2].to_owned()), Err(std::io::Error::other("broken"))];
            with(StatusCode::OK, Body::from_stream(futures::stream::iter(broken)))
        }
        Some(Lie::Status(_) | Lie::Flood(_)) | None => with(StatusCode::OK, answer.to_string().into()),
    }
}

/// Questions with their answers; one alone is no list.
fn pairs<'a>(asked: &'a Value, answer: &'a mut Value) -> Vec<(&'a Value, &'a mut Value)> {
    match (asked, answer) {
        (Value::Array(asked), Value::Array(answers)) => {
            let question = |id: &Value| asked.iter().find(|question| question["id"] == *id).unwrap();
            answers.iter_mut().map(|answer| (question(&answer["id"].clone()), answer)).collect()
        }
        (asked, answer) => vec![(asked, answer)],
    }
}

fn with(status: StatusCode, body: Body) -> Response<Body> {
    Response::builder().status(status).header("content-type", "application/json").body(body).unwrap()
}
