//! What is done with one task after the other, and by whom.

use super::PAYOUT;
use super::chain::PAYEE;
use super::crew::Crew;
use crate::Failure;
use crate::asked::{Caller, ask, text};
use crate::measured::account::Account;
use crate::measured::model::REQUIREMENT;
use crate::measured::photos::{self, ORDINARY};
use crate::requests::{event, task_body};
use crate::world::funded;
use domain::ledger::Rail;
use domain::money::payout::{Payee, Payout, PayoutStatus};
use domain::{PayoutId, TaskId, Usd};
use humanops::System;
use humanops::engine::Engine;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use store::Key;
use store::events::job::Job;
use store::ledger::payouts::Purse;

/// A browser that nobody has: RFC 8291, section 5.
const P256DH: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

pub(super) struct Way {
    pub(super) system: System,
    engine: Engine,
    account: Account,
    folder: PathBuf,
    agent: String,
    /// The agent's server, and the operator's push service.
    theirs: String,
    pub(super) push_key: String,
}

impl Way {
    pub(super) async fn begin(
        system: System,
        engine: Engine,
        account: Account,
        folder: &Path,
        theirs: String,
    ) -> Result<Self, Failure> {
        let agent = funded(&system, 2).await?;
        let operator = operator(&system).await?;
        let push = ask(&system, ("x-operator-id", &operator), "GET /operator/push", None).await?;
        let push_key = text(&push, "public_key")?;
        Ok(Self { system, engine, account, folder: folder.to_owned(), agent, theirs, push_key })
    }

    /// From the agent's wish to the last word about it. Fails unless the task is completed, and everybody was told.
    pub(super) async fn walk(&self, crew: &mut Crew, number: usize) -> Result<(), Failure> {
        let operator = operator(&self.system).await?;
        let keys = json!({ "endpoint": self.theirs, "keys": { "p256dh": P256DH, "auth": AUTH } });
        ask(&self.system, ("x-operator-id", &operator), "PUT /operator/push", Some(&keys)).await?;
        let mut turn = Turn { way: self, crew, agent: &self.agent, operator: &operator, number };

        let hash = format!("0x{:064x}", 0xA000 + number);
        turn.agents("POST /agents/deposit/usdc", "", Some(json!({ "tx_hash": hash, "amount_usdc": "100.00" }))).await?;
        let mut body: Value = serde_json::from_str(&task_body())?;
        body["proof_requirements"] = json!([REQUIREMENT]);
        (body["callback_url"], body["callback_secret"]) = (json!(self.theirs), json!("the agent's own secret"));
        body["callback_events"] = json!(["task.verified"]);
        let task = text(&turn.agents("POST /tasks", "", Some(body)).await?, "task_id")?;
        let created = self.image(&task)?;
        turn.relay(None, &created).await?;
        for name in ["GET /tasks/{id}", "GET /tasks", "GET /agents/balance"] {
            turn.agents(name, &task, None).await?;
        }
        turn.assistant().await?;
        turn.operators("GET /operator/tasks", &task, None).await?;
        turn.operators("POST /operator/tasks/{id}/accept", &task, Some(json!({}))).await?;
        let accepted = self.image(&task)?;
        turn.relay(Some(&created), &accepted).await?;

        let photo = photos::draw(ORDINARY, 1_000 + u64::try_from(number)?)?;
        let upload = json!({
            "task_id": task, "content_type": "image/jpeg", "size_bytes": photo.len(),
            "sha256": base16ct::lower::encode_string(&Sha256::digest(&photo)),
        });
        let url = text(&turn.operators("POST /operator/upload", &task, Some(upload)).await?, "photo_url")?;
        photos::put(&self.folder, &url, &photo)?;
        let proof = json!({ "photos": [url], "notes": "As asked." });
        turn.operators("POST /operator/tasks/{id}/submit", &task, Some(proof)).await?;
        let submitted = self.image(&task)?;
        turn.relay(Some(&accepted), &submitted).await?;
        turn.jobs(&["judge"]).await?;
        let completed = self.image(&task)?;
        turn.relay(Some(&submitted), &completed).await?;
        turn.jobs(&["deliver", "push"]).await?;
        turn.operators("GET /operator/earnings", &task, None).await?;
        turn.payout(&task).await?;
        turn.crew.invoke("sweep", json!({}).to_string()).await?.value()?;
        let shown = turn.agents("GET /tasks/{id}", &task, None).await?;
        if shown["status"] == "COMPLETED" { Ok(()) } else { Err(format!("it is not completed: {shown}").into()) }
    }

    /// The task's state as a stream would show it.
    fn image(&self, task: &str) -> Result<Value, Failure> {
        let get = json!({ "TableName": "humanops-core", "Key": { "pk": { "S": task }, "sk": { "S": "S" } } });
        let answer = self.engine.database.get_item(serde_json::from_value(get)?)?;
        let image = serde_json::to_value(answer)?["Item"].take();
        if image.is_null() { Err(format!("{task} has no state").into()) } else { Ok(image) }
    }
}

async fn operator(system: &System) -> Result<String, Failure> {
    let jane = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    text(&ask(system, ("accept", "*/*"), "POST /operator/register", Some(&jane)).await?, "operator_id")
}

/// One task's.
struct Turn<'a> {
    way: &'a Way,
    crew: &'a mut Crew,
    agent: &'a str,
    operator: &'a str,
    number: usize,
}

impl Turn<'_> {
    async fn agents(&mut self, name: &'static str, task: &str, body: Option<Value>) -> Result<Value, Failure> {
        self.ask(name, task, ("x-api-key", self.agent), body).await
    }

    async fn operators(&mut self, name: &'static str, task: &str, body: Option<Value>) -> Result<Value, Failure> {
        self.ask(name, task, ("x-operator-id", self.operator), body).await
    }

    /// Answers the body of a success.
    async fn ask(
        &mut self,
        name: &'static str,
        task: &str,
        caller: Caller<'_>,
        body: Option<Value>,
    ) -> Result<Value, Failure> {
        let (method, path) = name.split_once(' ').ok_or("a method and a path")?;
        let path = format!("/api/v1{}", path.replace("{id}", task));
        self.send(name, event(method, &path, caller, body.map(|body| body.to_string()))).await
    }

    /// An assistant looks at the agent's balance.
    async fn assistant(&mut self) -> Result<(), Failure> {
        let call = json!({
            "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "get_balance", "arguments": {} },
        });
        let mut event = event("POST", "/mcp", ("x-api-key", self.agent), Some(call.to_string()));
        event["headers"]["host"] = json!("api.local.example.com");
        event["headers"]["accept"] = json!("application/json, text/event-stream");
        let answer = self.send("MCP, get_balance", event).await?;
        if answer["result"]["content"].is_array() { Ok(()) } else { Err(format!("no balance: {answer}").into()) }
    }

    async fn send(&mut self, name: &'static str, mut event: Value) -> Result<Value, Failure> {
        let visitor = Ipv4Addr::from(0x0c00_0000 + u32::try_from(self.number)?);
        event["requestContext"]["http"]["sourceIp"] = json!(visitor.to_string());
        let reply = self.crew.invoke(name, event.to_string()).await?.reply()?;
        if (200..300).contains(&reply.status) { Ok(reply.body) } else { Err(format!("{name}: {reply:?}").into()) }
    }

    /// A change of the task's state.
    async fn relay(&mut self, before: Option<&Value>, after: &Value) -> Result<(), Failure> {
        let mut images = json!({ "SequenceNumber": "111", "NewImage": after });
        if let Some(before) = before {
            images["OldImage"] = before.clone();
        }
        let name = if before.is_some() { "MODIFY" } else { "INSERT" };
        let records = json!({ "Records": [{ "eventID": "1", "eventName": name, "dynamodb": images }] });
        nothing_failed(&self.crew.invoke("relay", records.to_string()).await?.value()?)
    }

    /// The task's agent takes a dollar back: decided, signed and sent.
    async fn payout(&mut self, task: &str) -> Result<(), Failure> {
        let store = &self.way.system.store;
        let task = TaskId::parse(task).ok_or("a task's id")?;
        let agent = store.read([Key::task(task)]).await?.task(task)?.ok_or("a task")?.agent;
        let account = store.read([Key::agent(agent)]).await?.agent(agent)?.ok_or("an agent")?;
        let (payee, now) = (Payee::Agent(agent), store.now());
        let id = PayoutId::new(now, store::random_bits());
        let wallet = (Rail::Base, PAYEE.to_owned());
        let payout = Payout::asked(id, payee.clone(), Usd::dollars(1), wallet, PayoutStatus::Reserved, now);
        store.pay_out(payout, Purse::Agent(Box::new(account))).await.map_err(|refused| format!("{refused:?}"))?;

        let job = serde_json::to_string(&Job::Pay(payee.clone(), id))?;
        self.job(PAYOUT, &job).await?;
        let status = store.read([Key::payout(&payee, id)]).await?.payout(&payee, id)?.map(|payout| payout.status);
        if status == Some(PayoutStatus::Broadcast) {
            Ok(())
        } else {
            Err(format!("it was not sent: {status:?}").into())
        }
    }

    /// Does all jobs that were sent, among which these must be.
    async fn jobs(&mut self, wanted: &[&str]) -> Result<(), Failure> {
        let mut done = Vec::new();
        for body in self.way.account.sent() {
            let job = text(&serde_json::from_str(&body)?, "job")?;
            let name = match job.as_str() {
                "judge" => "guardian",
                "deliver" => "callback",
                "push" => "notification",
                // The sweeper found an earlier payout that is due to be looked at again.
                "pay" => continue,
                other => return Err(format!("nobody does the job {other}").into()),
            };
            self.job(name, &body).await?;
            done.push(job);
        }
        let missing: Vec<_> = wanted.iter().filter(|job| !done.iter().any(|done| done == *job)).collect();
        if missing.is_empty() { Ok(()) } else { Err(format!("{missing:?} was not asked for, {done:?} was").into()) }
    }

    /// A message alone.
    async fn job(&mut self, name: &'static str, body: &str) -> Result<(), Failure> {
        let records = json!({ "Records": [{ "messageId": "1", "body": body, "attributes": {} }] });
        nothing_failed(&self.crew.invoke(name, records.to_string()).await?.value()?)
    }
}

fn nothing_failed(answer: &Value) -> Result<(), Failure> {
    let is_clean = answer["batchItemFailures"].as_array().is_some_and(Vec::is_empty);
    if is_clean { Ok(()) } else { Err(format!("not all was done: {answer}").into()) }
}
