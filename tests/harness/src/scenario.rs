//! What happens in a world in process: the steps of a test one by one, and the life of a task as a list of them, so
//! that a table can say what each list leads to.

pub mod on_chain;
pub mod push;

use crate::{Agent, Api, Caller, Inbox, OperatorKey, Reply, World, task_body};
use domain::money::payout::Payee;
use domain::money::wallet::Wallet;
use domain::{AgentId, time};
use serde_json::{Value, json};
use store::Key;

/// Seconds, as `Advance` takes them.
pub const MINUTE_S: u32 = 60;
pub const HOUR_S: u32 = 60 * MINUTE_S;
pub const DAY_S: u32 = 24 * HOUR_S;

/// A step that succeeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Accept,
    Start,
    Release,
    /// A photo with these notes, which the Guardian has not seen yet.
    HandIn(&'static str),
    /// A photo with these notes, judged.
    Submit(&'static str),
    Verify(&'static str),
    Cancel,
    Dispute,
    /// By staff; with a share in basis points for SPLIT.
    Resolve(&'static str, Option<u32>),
    /// Seconds, and what becomes due in them.
    Advance(u32),
}

/// A $25 task of an agent who deposited $100, and the operator who does it.
#[derive(Clone, Debug)]
pub struct Play {
    pub agent: Agent,
    pub operator: OperatorKey,
    pub task: String,
}

impl World {
    pub async fn play(&self, steps: &[Step]) -> Play {
        let (agent, operator) = (self.agent("100").await, self.operator("Jane Doe").await);
        let play = Play { task: self.task(&agent, "25").await, agent, operator };
        self.act(&play, steps).await;
        play
    }

    /// The same, with callbacks to `inbox`; `events` as in `callback_events`.
    pub async fn play_to(&self, inbox: &Inbox, events: &[&str], steps: &[Step]) -> Play {
        let (agent, operator) = (self.agent("100").await, self.operator("Jane Doe").await);
        let play = Play { task: self.task_with_callback(&agent, inbox, events).await, agent, operator };
        self.act(&play, steps).await;
        play
    }

    pub async fn act(&self, play: &Play, steps: &[Step]) {
        for step in steps {
            self.step(play, *step).await;
        }
    }

    async fn step(&self, play: &Play, step: Step) {
        match step {
            Step::Accept => drop(self.accept(&play.operator, &play.task).await),
            Step::Start => drop(self.by_operator(play, "start").await.expect(200)),
            Step::Release => drop(self.by_operator(play, "release").await.expect(200)),
            Step::HandIn(notes) => drop(self.submit(&play.operator, &play.task, notes).await),
            Step::Submit(notes) => {
                self.submit(&play.operator, &play.task, notes).await;
                self.settle().await;
            }
            Step::Verify(decision) => {
                drop(self.by_agent(play, "verify", json!({ "decision": decision })).await.expect(200));
            }
            Step::Cancel => drop(self.by_agent(play, "cancel", json!({})).await.expect(200)),
            Step::Dispute => drop(self.by_agent(play, "dispute", json!({})).await.expect(200)),
            Step::Resolve(outcome, share) => drop(self.resolve(&play.task, outcome, share).await.expect(200)),
            Step::Advance(seconds) => self.advance(seconds).await,
        }
    }

    /// `POST /tasks/{id}/{verb}` by the agent of the play.
    pub async fn by_agent(&self, play: &Play, verb: &str, body: Value) -> Reply {
        self.post(&play.agent, &format!("/tasks/{}/{verb}", play.task), body).await
    }

    /// `POST /operator/tasks/{id}/{verb}` by the operator of the play, without fields.
    pub async fn by_operator(&self, play: &Play, verb: &str) -> Reply {
        self.post(&play.operator, &format!("/operator/tasks/{}/{verb}", play.task), json!({})).await
    }

    /// `POST /admin/tasks/{id}/resolve`.
    pub async fn resolve(&self, task: &str, outcome: &str, share: Option<u32>) -> Reply {
        let mut body = json!({ "outcome": outcome, "rationale": "Seen by staff." });
        if let Some(share) = share {
            body["operator_share_bps"] = json!(share);
        }
        self.post(self.admin(), &format!("/admin/tasks/{task}/resolve"), body).await
    }
}

impl World {
    /// The admin of this system.
    pub fn admin(&self) -> Caller<'_> {
        Caller::Admin(&self.system.admin_key)
    }

    /// The body of a request for a task that is due in two days.
    pub fn task_body(&self, reward_usd: &str) -> Value {
        task_body(reward_usd, self.now().plus_seconds(2 * time::DAY_S))
    }

    /// A new task; answers its id.
    pub async fn task(&self, agent: &Agent, dollars: &str) -> String {
        self.post(agent, "/tasks", self.task_body(dollars)).await.expect(201).text_of("task_id")
    }

    /// A new task whose events go to `inbox`; `events` as in `callback_events`.
    pub async fn task_with_callback(&self, agent: &Agent, inbox: &Inbox, events: &[&str]) -> String {
        let mut body = self.task_body("25");
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        if !events.is_empty() {
            body["callback_events"] = json!(events);
        }
        self.post(agent, "/tasks", body).await.expect(201).text_of("task_id")
    }

    /// A task brought to this point: accepted, submitted with `notes`, judged.
    pub async fn judged(&self, agent: &Agent, operator: &OperatorKey, notes: &str) -> String {
        let task = self.task(agent, "25").await;
        self.accept(operator, &task).await;
        self.submit(operator, &task, notes).await;
        self.settle().await;
        task
    }

    pub async fn show(&self, agent: &Agent, task: &str) -> Reply {
        self.get(agent, &format!("/tasks/{task}")).await.expect(200)
    }

    /// The agent takes $10 back, to an address that counts already; answers the withdrawal.
    pub async fn withdrawn(&self, agent: &Agent) -> String {
        let payee = Payee::Agent(AgentId::parse(&agent.id).unwrap());
        let address = "0x52908400098527886E0F7030069857D2E4169EE7".to_owned();
        let mut found = self.system.store.read([Key::wallet(&payee)]).await.unwrap();
        let earlier = found.wallet(&payee).unwrap();
        let wallet = Wallet { address, from: self.now(), before: None };
        self.system.store.set_wallet(&payee, earlier.as_ref(), &wallet).await.unwrap();
        let reply = self.post(agent, "/agents/withdrawals", json!({ "amount_usd": 10 })).await.expect(200);
        reply.text_of("withdrawal_id")
    }

    /// `deposit 70.50 escrow 29.50 revenue 0.00`, as they are stored; the revenue with fees that are held.
    #[track_caller]
    pub fn assert_balances(&self, agent: &Agent, expected: &str) -> impl Future<Output = ()> {
        let (id, expected) = (AgentId::parse(&agent.id).unwrap(), expected.to_owned());
        async move {
            let stored = self.system.store.read([Key::agent(id)]).await.unwrap().agent(id).unwrap().unwrap();
            let (deposit, escrow) = (stored.deposit, stored.escrow);
            let revenue = stored.revenue.checked_add(stored.withheld).unwrap();
            assert_eq!(format!("deposit {deposit} escrow {escrow} revenue {revenue}"), expected);
        }
    }

    /// `held 4.50 earned 0.00`: the fees of an agent's tasks.
    pub async fn assert_fees(&self, agent: &Agent, expected: &str) {
        let id = AgentId::parse(&agent.id).unwrap();
        let stored = self.system.store.read([Key::agent(id)]).await.unwrap().agent(id).unwrap().unwrap();
        let held = stored.fees_held(self.now());
        let (earned, held) = (stored.revenue.checked_sub(held).unwrap(), held.checked_add(stored.withheld).unwrap());
        assert_eq!(format!("held {held} earned {earned}"), expected);
    }

    /// `pending 25.00 available 0.00 total 25.00`, as answered.
    pub async fn assert_earnings(&self, operator: &OperatorKey, expected: &str) {
        let reply = self.get(operator, "/operator/earnings").await.expect(200);
        let [pending, available, total] =
            ["pending_balance", "available_balance", "total_earned"].map(|field| reply.amount(field));
        assert_eq!(format!("pending {pending} available {available} total {total}"), expected);
    }
}
