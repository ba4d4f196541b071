//! A system on the other side of real HTTP: the binary, or a deployed stack. Knows what can be asked of it,
//! not how it runs.

use crate::{Agent, Api, Caller, OperatorKey, Reply, Sent};
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

/// Far more than anything takes: only what hangs meets it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Where a system answers.
pub struct Wire {
    http: reqwest::Client,
    /// What goes before the paths of the reference: `http://127.0.0.1:8080/api/v1`.
    base: String,
    /// `x-request-id` of every answer.
    pub answered: Mutex<Vec<String>>,
}

impl Wire {
    pub fn to(base: String) -> Self {
        Self { http: outbound::trusted(PATIENCE).unwrap(), base, answered: Mutex::default() }
    }

    /// The same for whoever comes from an address of their own: `127.0.0.2`.
    pub fn from(address: IpAddr, base: String) -> Self {
        // A provider of TLS is wanted even where there is none.
        let wire = Self::to(base);
        let http = reqwest::Client::builder().timeout(PATIENCE).no_proxy().local_address(address).build().unwrap();
        Self { http, ..wire }
    }

    /// Where a path of the reference is.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// Sends a request as [`Api::send`] does; the error is that no whole answer came, or one of the gateway alone, whose
    /// function had ended: it has no `x-request-id`.
    pub async fn try_send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<String>,
    ) -> Result<Reply, String> {
        let sent = Sent { method, path, body: body.as_deref() };
        let mut request = self.http.request(method.parse().unwrap(), self.address(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if sent.body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("content-type", "application/json");
        }
        if let Some(body) = sent.body {
            request = request.body(body.to_owned());
        }
        let answer = request.send().await.map_err(|error| format!("{error:?}"))?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.map_err(|error| format!("{error:?}"))?;
        if status.is_server_error() && !headers.contains_key("x-request-id") {
            return Err(format!("the gateway says {status} {text}"));
        }
        let reply = Reply::to(&sent, status.as_u16(), headers, text);
        self.answered.lock().unwrap().push(reply.header("x-request-id").unwrap().to_owned());
        Ok(reply)
    }

    /// The operator accepts a task and submits a fresh photo.
    pub async fn photograph(&self, operator: &OperatorKey, task: &str) {
        self.accept(operator, task).await;
        self.submit(operator, task, "Sign confirmed at location").await;
    }

    /// `deposit 70.50 escrow 29.50`, as answered.
    pub async fn assert_balance(&self, agent: &Agent, expected: &str) {
        let reply = self.get(agent, "/agents/balance").await.expect(200);
        let (deposit, escrow) = (reply.amount("deposit_balance"), reply.amount("escrow_balance"));
        assert_eq!(format!("deposit {deposit} escrow {escrow}"), expected);
    }

    /// Every balance follows from the journal.
    pub async fn audit(&self, admin_key: &str) {
        let reply = self.get(Caller::Admin(admin_key), "/admin/ledger/audit").await.expect(200);
        assert_eq!(reply["clean"], true, "{}", reply.text);
    }
}

impl Api for Wire {
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        self.try_send(method, path, headers, body).await.unwrap()
    }
}
