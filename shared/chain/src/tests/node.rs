//! An endpoint by script: JSON-RPC over HTTP/1.1, a connection per request. Without a script it is a
//! node of Base that passes the check and knows nothing else.

use std::sync::{Arc, Mutex};

use alloy::primitives::hex;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// In each node's URL, as a provider's key is.
pub(super) const KEY: &str = "key-of-ours";

pub(super) enum Answer {
    Result(Value),
    Error(i64, String),
    /// Instead of JSON-RPC.
    Http(u16, Vec<u8>),
    /// Announces all of it and breaks off in the middle.
    Cut(Vec<u8>),
    Silence,
}

impl Answer {
    pub(super) fn result(value: impl Into<Value>) -> Answer {
        Answer::Result(value.into())
    }
}

pub(super) struct Node {
    pub(super) url: Url,
    asked: Arc<Mutex<Vec<String>>>,
}

type Script = dyn Fn(&str, &Value) -> Option<Answer> + Send + Sync;

impl Node {
    pub(super) async fn start(script: impl Fn(&str, &Value) -> Option<Answer> + Send + Sync + 'static) -> Node {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/v2/{KEY}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (script, log): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&log)));
            }
        });
        Node { url: Url::parse(&url).unwrap(), asked }
    }

    /// The methods so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    pub(super) fn count(&self, method: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == method).count()
    }
}

/// Whether these are the parameters of an `eth_call` to this function.
pub(super) fn calls(parameters: &Value, selector: &str) -> bool {
    parameters[0]["data"].as_str().is_some_and(|data| data.starts_with(&format!("0x{selector}")))
}

pub(super) fn word(number: u64) -> String {
    format!("0x{number:064x}")
}

/// A short string as a function returns it.
pub(super) fn text(text: &str) -> String {
    format!("0x{:064x}{:064x}{:0<64}", 32, text.len(), hex::encode(text))
}

async fn serve(mut stream: TcpStream, script: Arc<Script>, log: Arc<Mutex<Vec<String>>>) {
    let Some(request) = request(&mut stream).await else { return };
    let questions = request.as_array().cloned().unwrap_or_else(|| vec![request.clone()]);
    let mut answers = Vec::new();
    for question in &questions {
        let method = question["method"].as_str().unwrap();
        log.lock().unwrap().push(method.to_owned());
        let parameters = &question["params"];
        let mut answer = json!({ "jsonrpc": "2.0", "id": question["id"] });
        match script(method, parameters).unwrap_or_else(|| base(method, parameters)) {
            Answer::Result(result) => answer["result"] = result,
            Answer::Error(code, message) => answer["error"] = json!({ "code": code, "message": message }),
            Answer::Http(status, body) => return reply(stream, status, body.len(), &body).await,
            Answer::Cut(body) => return reply(stream, 200, body.len() * 2, &body).await,
            Answer::Silence => return std::future::pending().await,
        }
        answers.push(answer);
    }
    let body = if request.is_array() { Value::Array(answers) } else { answers.remove(0) };
    let body = body.to_string();
    reply(stream, 200, body.len(), body.as_bytes()).await;
}

async fn request(stream: &mut TcpStream) -> Option<Value> {
    let mut received = Vec::new();
    loop {
        if stream.read_buf(&mut received).await.ok()? == 0 {
            return None;
        }
        let text = String::from_utf8_lossy(&received);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "))?;
        if body.len() == length.parse::<usize>().ok()? {
            return serde_json::from_str(body).ok();
        }
    }
}

async fn reply(mut stream: TcpStream, status: u16, length: usize, body: &[u8]) {
    let head = format!("HTTP/1.1 {status} So\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    // Whoever has read enough is gone.
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = stream.write_all(body).await;
}

fn base(method: &str, parameters: &Value) -> Answer {
    const SEPARATOR: &str = "0x02fa7265e7c5d81118673727957699e4d68f74cd74b7db77da710fe8a2c7834f";
    let is_check = |(selector, answer): (&str, String)| calls(parameters, selector).then(|| Answer::result(answer));
    match method {
        "eth_chainId" => Answer::result("0x2105"),
        _ => [
            ("06fdde03", text("USD Coin")),
            ("54fd4d50", text("2")),
            ("313ce567", word(6)),
            ("3644e515", SEPARATOR.to_owned()),
        ]
        .into_iter()
        .find_map(is_check)
        .unwrap_or(Answer::Result(Value::Null)),
    }
}
