//! An assistant, as far as a server sees one: it calls tools, over either transport.

use super::super::typescript::system;
use harness::binary::{Binary, built};
use harness::{Agent, Api as _};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The two ways to a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Stdio,
    Http,
}

pub(crate) const BOTH: [Transport; 2] = [Transport::Stdio, Transport::Http];

/// A system, an agent of it, and its assistant's machine.
pub(crate) struct Desk {
    pub(crate) binary: Binary,
    pub(crate) agent: Agent,
    /// Of the assistant.
    pub(crate) home: tempfile::TempDir,
    /// Of the system.
    _folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (binary, agent) = system(folder.path()).await;
        Self { binary, agent, home: tempfile::tempdir().unwrap(), _folder: folder }
    }

    /// Without money.
    pub(crate) async fn empty() -> Self {
        let desk = Self::open().await;
        Self { agent: desk.binary.agent("0").await, ..desk }
    }

    /// At a system that was started otherwise.
    pub(crate) async fn of(binary: Binary, folder: tempfile::TempDir) -> Self {
        Self { agent: binary.agent("1000").await, binary, home: tempfile::tempdir().unwrap(), _folder: folder }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.binary.address)
    }

    /// The command line of the server on the assistant's machine.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(built("humanops-mcp"));
        for variable in ["HUMANOPS_READ_ONLY", "HUMANOPS_MAX_REWARD_USD", "HUMANOPS_TOOLS", "HUMANOPS_HOME"] {
            command.env_remove(variable);
        }
        command.env("HUMANOPS_API_KEY", &self.agent.key).env("HUMANOPS_API_URL", self.url());
        command.env("HOME", self.home.path()).args(args);
        command
    }

    pub(crate) fn assistant(&self, transport: Transport) -> Assistant {
        match transport {
            Transport::Stdio => Assistant::Stdio(Server::start(self.command(&[]))),
            Transport::Http => Assistant::Http { url: self.url(), key: self.agent.key.clone(), host: None },
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(".humanops").join(name)
    }
}

pub(crate) enum Assistant {
    Stdio(Server),
    /// With the name by which it speaks to the server, where that is not the URL's.
    Http {
        url: String,
        key: String,
        host: Option<String>,
    },
}

impl Assistant {
    /// What a tool answers; it must not refuse.
    pub(crate) async fn call(&mut self, tool: &str, arguments: Value) -> Value {
        let answer = self.ask(tool, arguments).await;
        assert_eq!(answer["isError"], false, "{tool}: {answer}");
        let text = answer["content"][0]["text"].as_str().unwrap();
        assert_eq!(serde_json::from_str::<Value>(text).unwrap(), answer["structuredContent"]);
        answer["structuredContent"].clone()
    }

    /// The text of a refusal.
    pub(crate) async fn refused(&mut self, tool: &str, arguments: Value) -> String {
        let answer = self.ask(tool, arguments).await;
        assert_eq!(answer["isError"], true, "{tool}: {answer}");
        assert_eq!(answer["structuredContent"], Value::Null);
        answer["content"][0]["text"].as_str().unwrap().to_owned()
    }

    async fn ask(&mut self, tool: &str, arguments: Value) -> Value {
        let message = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": tool, "arguments": arguments } });
        let answer = match self {
            Self::Stdio(server) => server.ask(&message),
            Self::Http { url, key, host } => {
                let bearer = format!("Bearer {key}");
                let host = host.as_deref().map(|host| ("host", host));
                let headers: Vec<(&str, &str)> = [("authorization", bearer.as_str())].into_iter().chain(host).collect();
                post(url, &headers, &message).await.1
            }
        };
        assert_eq!(answer["error"], Value::Null, "{tool}");
        answer["result"].clone()
    }
}

/// Sends a message to a server over HTTP; answers status and body.
pub(crate) async fn post(url: &str, headers: &[(&str, &str)], message: &Value) -> (u16, Value) {
    let http = outbound::trusted(std::time::Duration::from_secs(60)).unwrap();
    let mut request = http.post(format!("{url}/mcp")).header("accept", "application/json, text/event-stream");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = request.header("content-type", "application/json").body(message.to_string()).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// The server on one's own machine. Every line of its standard output is a message.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) stdin: Option<ChildStdin>,
    stdout: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts it, and agrees on a version.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let stdin = child.stdin.take();
        let stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut server = Self { child, stdin, stdout };
        let about = json!({ "name": "test", "version": "1" });
        let params = json!({ "protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": about });
        let agreed = server.ask(&json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params }));
        assert_eq!(agreed["result"]["protocolVersion"], "2025-11-25", "{agreed}");
        server.say(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
        server
    }

    pub(crate) fn say(&mut self, message: &Value) {
        writeln!(self.stdin.as_mut().unwrap(), "{message}").unwrap();
    }

    pub(crate) fn ask(&mut self, message: &Value) -> Value {
        self.say(message);
        let line = self.stdout.next().expect("an answer").unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&answer["jsonrpc"], &answer["id"]), (&json!("2.0"), &message["id"]), "{line}");
        answer
    }

    /// What is left of its standard output, and its exit code.
    pub(crate) fn end(mut self) -> (Vec<String>, Option<i32>) {
        let rest = self.stdout.by_ref().map(Result::unwrap).collect();
        (rest, self.child.wait().unwrap().code())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A file that only its owner can read.
pub(crate) fn read_private(path: &Path) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{}", path.display());
    std::fs::read_to_string(path).unwrap()
}
