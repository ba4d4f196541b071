//! The steps of the demo: requests as any client would send them.

use super::balances;
use super::inbox::Inbox;
use domain::time::DAY_S;
use domain::{AgentId, OperatorId};
use humanops::System;
use humanops::engine::Failure;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A photo of a storefront's sign, to be uploaded as proof.
const PHOTO: &[u8] = include_bytes!("../storefront.png");

pub(super) struct Script {
    system: System,
    base: String,
    http: reqwest::Client,
    api_key: Option<String>,
    agent: Option<AgentId>,
    operator: Option<OperatorId>,
    steps: usize,
}

impl Script {
    pub(super) fn new(system: System, base: String) -> Result<Self, Failure> {
        let http = outbound::trusted(Duration::from_secs(30))?;
        Ok(Self { system, base, http, api_key: None, agent: None, operator: None, steps: 0 })
    }

    /// Plays all steps and answers the balances after the last.
    pub(super) async fn play(&mut self, inbox: &Inbox) -> Result<[String; 5], Failure> {
        self.step("").await?;
        let agent = self.post("/agents/register", json!({ "name": "my-agent", "email": "agent@example.com" })).await?;
        self.api_key = Some(text(&agent["api_key"]));
        self.agent = AgentId::parse(&text(&agent["agent_id"]));
        self.step("POST /agents/register").await?;

        let deposit = json!({ "tx_hash": format!("0x{}", "ab".repeat(32)), "amount_usdc": "100.00" });
        self.post("/agents/deposit/usdc", deposit).await?;
        self.step("POST /agents/deposit/usdc            100.00 USDC").await?;

        let task = self.post("/tasks", self.task(inbox)).await?;
        let id = text(&task["task_id"]);
        self.step("POST /tasks                          25.00 + 4.50 fee held").await?;

        let jane = json!({ "name": "Jane Doe", "email": "jane@example.com", "skills": ["VERIFICATION"] });
        let operator = self.post("/operator/register", jane).await?;
        self.operator = OperatorId::parse(&text(&operator["operator_id"]));
        self.post(&format!("/operator/tasks/{id}/accept"), json!({})).await?;
        self.step("POST /operator/tasks/:id/accept      Jane D. claims it").await?;

        let photo = self.upload(&id).await?;
        self.step("POST /operator/upload, PUT           a real photo").await?;
        let proof = json!({ "photos": [photo], "notes": "Sign confirmed at location" });
        self.post(&format!("/operator/tasks/{id}/submit"), proof).await?;
        self.system.pump.settle().await;
        let task = self.request(Method::GET, &format!("/tasks/{id}"), None).await?;
        let result = &task["guardian_result"];
        let ruled = format!("{} {}", text(&result["decision"]), result["confidence"]);
        self.step(&format!("POST /operator/tasks/:id/submit      Guardian: {ruled}")).await
    }

    fn task(&self, inbox: &Inbox) -> Value {
        json!({
            "title": "Verify storefront signage",
            "description": "Take a clear photo of the sign at 123 Main St",
            "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" },
            "reward_usd": 25,
            "deadline": self.system.store.now().plus_seconds(2 * DAY_S).to_string(),
            "proof_requirements": ["Photo of storefront sign"],
            "task_type": "VERIFICATION",
            "callback_url": inbox.url,
            "callback_secret": inbox.secret,
        })
    }

    async fn upload(&self, task: &str) -> Result<String, Failure> {
        let digest = base16ct::lower::encode_string(&Sha256::digest(PHOTO));
        let announced =
            json!({ "task_id": task, "content_type": "image/png", "size_bytes": PHOTO.len(), "sha256": digest });
        let signed = self.post("/operator/upload", announced).await?;
        let mut put = self.http.put(text(&signed["upload_url"])).body(PHOTO);
        for (name, value) in signed["headers"].as_object().into_iter().flatten() {
            put = put.header(name, text(value));
        }
        put.send().await?.error_for_status()?;
        Ok(text(&signed["photo_url"]))
    }

    pub(super) async fn audit(&self) -> Result<String, Failure> {
        let audit = self.request(Method::GET, "/admin/ledger/audit", None).await?;
        let checked = &audit["checked"];
        let (accounts, entries, tasks) = (&checked["accounts"], &checked["entries"], &checked["tasks"]);
        let word = if audit["clean"] == true { "clean" } else { "NOT CLEAN" };
        Ok(format!("{word}: {accounts} accounts, {entries} journal entries, {tasks} task"))
    }

    async fn post(&self, path: &str, body: Value) -> Result<Value, Failure> {
        self.request(Method::POST, path, Some(body)).await
    }

    async fn request(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, Failure> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some((name, value)) = self.credential(path) {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.header("Content-Type", "application/json").body(body.to_string());
        }
        let answer = request.send().await?;
        let status = answer.status();
        let text = answer.text().await?;
        if status.is_success() {
            Ok(serde_json::from_str(&text)?)
        } else {
            Err(format!("{path}: {status} {text}").into())
        }
    }

    /// The credential of whom the path is for, once they have one.
    fn credential(&self, path: &str) -> Option<(&'static str, &str)> {
        if path.starts_with("/operator") {
            Some(("X-Operator-Id", self.operator.as_ref()?.as_str()))
        } else if path.starts_with("/admin") {
            Some(("X-Admin-Key", &self.system.admin_key))
        } else {
            Some(("X-API-Key", self.api_key.as_deref()?))
        }
    }

    /// Prints the ledger's line after a step.
    async fn step(&mut self, what: &str) -> Result<[String; 5], Failure> {
        let amounts = balances(&self.system, self.agent, self.operator.as_ref()).await?;
        if !what.is_empty() {
            self.steps += 1;
            let [deposit, escrow, pending, available, revenue] = &amounts;
            let step = format!("{} {what}", self.steps);
            println!("  {step:<58} {deposit:>9} {escrow:>8} {pending:>9} {available:>10} {revenue:>9}");
        }
        Ok(amounts)
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
