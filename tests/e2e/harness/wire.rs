//! A system on the other side of real HTTP: the binary, or a deployed stack. Knows what can be asked of it,
//! not how it runs.

use super::{Agent, Caller, OperatorKey, Photo, Reply};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::time::Duration;

/// Far more than anything takes: only what hangs meets it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Where a system answers.
pub(crate) struct Wire {
    http: reqwest::Client,
    /// What goes before the paths of the reference: `http://127.0.0.1:8080/api/v1`.
    base: String,
    /// `x-request-id` of every answer.
    pub(crate) answered: Mutex<Vec<String>>,
}

impl Wire {
    pub(crate) fn to(base: String) -> Self {
        Self { http: outbound::trusted(PATIENCE).unwrap(), base, answered: Mutex::default() }
    }

    /// Sends a request; the error is that no whole answer came.
    pub(crate) async fn send<'a>(
        &self,
        caller: impl Into<Caller<'a>>,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Result<Reply, reqwest::Error> {
        let headers: Vec<(&str, &str)> = caller.into().header().into_iter().chain(headers.iter().copied()).collect();
        self.send_text(method, path, &headers, body.map(|body| body.to_string())).await
    }

    /// Sends a request with these headers only. A body makes it JSON, unless a header says otherwise.
    pub(crate) async fn send_text(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Result<Reply, reqwest::Error> {
        let mut request = self.http.request(method.parse().unwrap(), format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("content-type", "application/json");
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        let answer = request.send().await?;
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let reply = Reply::of(status, headers, answer.text().await?);
        self.answered.lock().unwrap().push(reply.header("x-request-id").unwrap_or("none").to_owned());
        Ok(reply)
    }

    pub(crate) async fn get<'a>(&self, caller: impl Into<Caller<'a>>, path: &str) -> Reply {
        self.send(caller, "GET", path, &[], None).await.unwrap()
    }

    pub(crate) async fn post<'a>(&self, caller: impl Into<Caller<'a>>, path: &str, body: Value) -> Reply {
        self.send(caller, "POST", path, &[], Some(body)).await.unwrap()
    }

    /// A new agent with this many dollars.
    pub(crate) async fn agent(&self, dollars: &str) -> Agent {
        let body = json!({ "name": "my-agent", "email": "agent@example.com" });
        let reply = self.post(Caller::Nobody, "/agents/register", body).await.expect(201);
        let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
        let body = json!({ "tx_hash": format!("0x{}", agent.id), "amount_usdc": dollars });
        self.post(&agent, "/agents/deposit/usdc", body).await.expect(200);
        agent
    }

    /// A new operator.
    pub(crate) async fn operator(&self) -> OperatorKey {
        let email = format!("{}@example.com", web::api_key::random_text(12));
        let body = json!({ "name": "Jane Doe", "email": email });
        OperatorKey(self.post(Caller::Nobody, "/operator/register", body).await.expect(201).text_of("operator_id"))
    }

    /// The operator accepts a task and submits a fresh photo.
    pub(crate) async fn photograph(&self, operator: &OperatorKey, task: &str) {
        self.hand_in(operator, task, &Photo::fresh(), "Sign confirmed at location").await;
    }

    /// The operator accepts a task, uploads a photo, and submits it with notes.
    pub(crate) async fn hand_in(&self, operator: &OperatorKey, task: &str, photo: &Photo, notes: &str) {
        self.post(operator, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200);
        let signed = self.post(operator, "/operator/upload", photo.announcement(task)).await.expect(200);
        assert_eq!(photo.put(&signed).await, 200);
        let proof = json!({ "photos": [signed.text_of("photo_url")], "notes": notes });
        self.post(operator, &format!("/operator/tasks/{task}/submit"), proof).await.expect(200);
    }

    /// `deposit 70.50 escrow 29.50`, as answered.
    pub(crate) async fn assert_balance(&self, agent: &Agent, expected: &str) {
        let reply = self.get(agent, "/agents/balance").await.expect(200);
        let (deposit, escrow) = (reply.amount("deposit_balance"), reply.amount("escrow_balance"));
        assert_eq!(format!("deposit {deposit} escrow {escrow}"), expected);
    }

    /// Every balance follows from the journal.
    pub(crate) async fn audit(&self, admin_key: &str) {
        let reply = self.get(Caller::Admin(admin_key), "/admin/ledger/audit").await.expect(200);
        assert_eq!(reply["clean"], true, "{}", reply.text);
    }
}
