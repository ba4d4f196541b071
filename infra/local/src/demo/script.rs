//! The steps of the demo: by the Rust client, as agents, operators and staff have it.

use super::balances;
use super::inbox::Inbox;
use super::wallet::{JANES, Wallet};
use chain::checksummed;
use chrono::{TimeDelta, Utc};
use domain::limits::HOLD_S;
use domain::time::MINUTE_S;
use domain::{AgentId, OperatorId};
use humanops::System;
use humanops::engine::Failure;
use humanops_client::types::{
    CreateUpload, CreateUploadContentType, DepositUsdc, RegisterAgent, RegisterOperator, RequestPayout, SubmitTask,
    TaskType,
};
use humanops_client::{Client, Draft, Usd};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// A photo of a storefront's sign, to be uploaded as proof.
const PHOTO: &[u8] = include_bytes!("../storefront.png");

/// What the chain shows in the end.
pub(super) struct Paid {
    /// What Jane has there.
    pub(super) tokens: domain::Usd,
    pub(super) transaction: String,
    pub(super) reconciled: String,
}

/// Minutes that a payout may take.
const PATIENCE: usize = 10;

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
    pub(super) async fn play(&mut self, inbox: &Inbox, wallet: Option<&Wallet>) -> Result<[String; 5], Failure> {
        self.step("").await?;
        let nobody = Client::builder().url(&self.url).build()?;
        let registered = nobody.register_agent(&RegisterAgent::new("my-agent", "agent@example.com")).await?;
        self.agent = AgentId::parse(&registered.agent_id);
        let agent = Client::builder().url(&self.url).api_key(registered.api_key.reveal()).build()?;
        self.step("POST /agents/register").await?;

        match wallet {
            None => {
                agent.deposit_usdc(&DepositUsdc::new(format!("0x{}", "ab".repeat(32)), Usd::dollars(100))).await?;
                self.step("POST /agents/deposit/usdc            100.00 USDC").await?;
            }
            // Nobody confirms it: the watcher sees it.
            Some(wallet) => {
                let address = agent.get_deposit_address().await?.address;
                wallet.pay(&address, 100_000_000).await?;
                self.system.pump.settle().await;
                self.step("GET /agents/deposit-address          100.00 USDC arrive").await?;
            }
        }

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

    /// Waits out the hold, and pays the operator on the chain.
    pub(super) async fn pay_out(&mut self, wallet: &Wallet) -> Result<Paid, Failure> {
        let operator_id = self.operator.as_ref().ok_or("nobody did the task")?.to_string();
        let operator = Client::builder().url(&self.url).operator_id(operator_id).build()?;
        self.pass(HOLD_S).await?;
        self.step("POST /test/clock/advance             7 days pass").await?;

        let mut asked = RequestPayout::new(Usd::dollars(25));
        asked.wallet_address = Some(checksummed(JANES));
        let payout = operator.request_payout(&asked).await?.payout_id;
        self.step("POST /operator/payout                25.00 USDC to Jane").await?;
        for _ in 0..PATIENCE {
            wallet.finalize().await?;
            self.pass(MINUTE_S).await?;
            let shown = operator.get_payout_status(&payout).await?;
            if shown.status.to_string() == "completed" {
                self.step("GET /operator/payout/status/:id      completed").await?;
                return self.paid(wallet, shown.way.and_then(|way| way.tx_hash).unwrap_or_default()).await;
            }
        }
        Err("the payout did not arrive".into())
    }

    async fn paid(&self, wallet: &Wallet, transaction: String) -> Result<Paid, Failure> {
        let on_chain = self.system.on_chain.as_ref().ok_or("there is no chain")?;
        let compared = on_chain.reconcile(&self.system.store).await?.ok_or("nobody watched the chain")?;
        if compared.difference() != 0 {
            return Err(format!("the chain does not have what the books say: {compared:?}").into());
        }
        let tokens = usdc(wallet.janes().await?)?;
        let reconciled = format!("{} USDC at our addresses, as in the books", usdc(compared.on_chain.unsigned_abs())?);
        Ok(Paid { tokens, transaction, reconciled })
    }

    /// Lets time pass, and what is due happen.
    async fn pass(&self, seconds: i64) -> Result<(), Failure> {
        self.system.store.clock().advance(u32::try_from(seconds)?);
        self.system.pump.settle().await;
        Ok(())
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

fn usdc(micros: u64) -> Result<domain::Usd, Failure> {
    Ok(domain::Usd::from_micros(i64::try_from(micros)?).ok_or("no amount")?)
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
