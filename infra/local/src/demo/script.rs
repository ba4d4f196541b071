//! The steps of the demo: by the Rust client, as agents, operators and staff have it.

use super::balances;
use super::inbox::Inbox;
use chrono::{TimeDelta, Utc};
use domain::{AgentId, OperatorId};
use humanops::System;
use humanops::engine::Failure;
use humanops_client::types::{
    CreateUpload, CreateUploadContentType, DepositUsdc, RegisterAgent, RegisterOperator, SubmitTask, TaskType,
};
use humanops_client::{Client, Draft, Usd};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A photo of a storefront's sign, to be uploaded as proof.
const PHOTO: &[u8] = include_bytes!("../storefront.png");

pub(super) struct Script {
    system: System,
    /// Where the API is.
    url: String,
    agent: Option<AgentId>,
    operator: Option<OperatorId>,
    steps: usize,
}

impl Script {
    pub(super) fn new(system: System, url: String) -> Self {
        Self { system, url, agent: None, operator: None, steps: 0 }
    }

    /// Plays all steps and answers the balances after the last.
    pub(super) async fn play(&mut self, inbox: &Inbox) -> Result<[String; 5], Failure> {
        self.step("").await?;
        let nobody = Client::builder().url(&self.url).build()?;
        let registered = nobody.register_agent(&RegisterAgent::new("my-agent", "agent@example.com")).await?;
        self.agent = AgentId::parse(&registered.agent_id);
        let agent = Client::builder().url(&self.url).api_key(registered.api_key.reveal()).build()?;
        self.step("POST /agents/register").await?;

        agent.deposit_usdc(&DepositUsdc::new(format!("0x{}", "ab".repeat(32)), Usd::dollars(100))).await?;
        self.step("POST /agents/deposit/usdc            100.00 USDC").await?;

        let task = agent.post_task(draft(inbox)).await?.task_id;
        self.step("POST /tasks                          25.00 + 4.50 fee held").await?;

        let mut jane = RegisterOperator::new("Jane Doe", "jane@example.com");
        jane.skills = Some(vec![TaskType::Verification]);
        let operator_id = nobody.register_operator(&jane).await?.operator_id;
        self.operator = OperatorId::parse(&operator_id);
        let operator = Client::builder().url(&self.url).operator_id(operator_id).build()?;
        operator.accept_task(&task).await?;
        self.step("POST /operator/tasks/:id/accept      Jane D. claims it").await?;

        let photo = upload(&operator, &task).await?;
        self.step("POST /operator/upload, PUT           a real photo").await?;
        let mut proof = SubmitTask::default();
        (proof.photos, proof.notes) = (Some(vec![photo]), Some("Sign confirmed at location".to_owned()));
        operator.submit_task(&task, &proof).await?;
        self.system.pump.settle().await;
        let result = agent.get_task(&task).await?.guardian_result.ok_or("the Guardian said nothing")?;
        let ruled = format!("{} {}", result.decision, result.confidence);
        self.step(&format!("POST /operator/tasks/:id/submit      Guardian: {ruled}")).await
    }

    pub(super) async fn audit(&self) -> Result<String, Failure> {
        let staff = Client::builder().url(&self.url).admin_key(&self.system.admin_key).build()?;
        let audit = staff.audit_ledger().await?;
        let checked = &audit.checked;
        let word = if audit.clean { "clean" } else { "NOT CLEAN" };
        let (accounts, entries, tasks) = (checked.accounts, checked.entries, checked.tasks);
        Ok(format!("{word}: {accounts} accounts, {entries} journal entries, {tasks} task"))
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

fn draft(inbox: &Inbox) -> Draft {
    let (title, description) = ("Verify storefront signage", "Take a clear photo of the sign at 123 Main St");
    Draft::new(TaskType::Verification, title, description, Usd::dollars(25))
        .at(40.7128, -74.006, "123 Main St, New York, NY")
        .deadline(Utc::now() + TimeDelta::days(2))
        .proof(["Photo of storefront sign"])
        .callback(&inbox.url, &inbox.secret)
}

async fn upload(operator: &Client, task: &str) -> Result<String, Failure> {
    let digest = base16ct::lower::encode_string(&Sha256::digest(PHOTO));
    let bytes = u64::try_from(PHOTO.len())?;
    let announced = CreateUpload::new(task, CreateUploadContentType::ImagePng, bytes, digest);
    let signed = operator.create_upload(&announced).await?;
    let mut put = outbound::trusted(Duration::from_secs(30))?.put(signed.upload_url).body(PHOTO);
    for (name, value) in &signed.headers {
        put = put.header(name, value.as_str().unwrap_or_default());
    }
    put.send().await?.error_for_status()?;
    Ok(signed.photo_url)
}
