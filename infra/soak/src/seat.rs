//! One agent and one operator, who live through tasks together, ask again when nobody answers, and know to the cent what
//! they must have.

mod asking;

use crate::customer::Customer;
use crate::measure::Times;
use crate::target::{Target, now};
use asking::{By, PATIENCE};
use domain::Usd;
use domain::time::DAY_S;
use harness::{Agent, Api, OperatorKey, Photo, Reply, Wire, task_body};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// What an agent puts in when it has less than a tenth of it.
const DEPOSIT: u32 = 9_000;
/// From one look at a task to the next.
const LOOK: Duration = Duration::from_secs(1);
/// A callback that met a killed process is tried again within some minutes.
const HEARD_MAX: Duration = Duration::from_secs(600);

/// A message that met a killed Guardian comes back within some minutes; after ten the task would be for the agent.
const JUDGED_MAX: Duration = Duration::from_secs(600);
/// Events that callbacks tell of.
const WANTED: [&str; 4] = ["task.accepted", "task.verified", "task.completed", "task.cancelled"];

/// What becomes of a task.
#[derive(Clone, Copy)]
enum Fate {
    Approved,
    Verified,
    Cancelled,
    Returned,
    PaidAfterDispute,
    RefundedAfterDispute,
}

/// In turn; most tasks end well.
const FATES: [Fate; 8] = [
    Fate::Verified,
    Fate::Approved,
    Fate::Cancelled,
    Fate::Verified,
    Fate::PaidAfterDispute,
    Fate::Returned,
    Fate::Verified,
    Fate::RefundedAfterDispute,
];

pub(crate) struct Seat {
    wire: Wire,
    agent: Agent,
    operator: OperatorKey,
    admin_key: String,
    customer: Customer,
    /// Where each task must be in the end.
    ends: BTreeMap<String, &'static str>,
    deposit: Usd,
    earned: Usd,
    times: Times,
}

impl Seat {
    pub(crate) async fn take(target: &Target, customer: &Customer, at: u8) -> Self {
        let wire = target.wire(at);
        let (agent, operator) = (wire.agent("0").await, wire.operator("Jane Doe").await);
        let (customer, admin_key) = (customer.clone(), target.admin_key().to_owned());
        let (ends, times) = (BTreeMap::new(), Times::default());
        Self { wire, agent, operator, admin_key, customer, ends, deposit: Usd::ZERO, earned: Usd::ZERO, times }
    }

    pub(crate) fn tasks(&self) -> usize {
        self.ends.len()
    }

    /// One task after the other, until it is late. Answers how long things took.
    pub(crate) async fn work(&mut self, until: Instant) -> Times {
        let mut fates = FATES.iter().cycle();
        while Instant::now() < until {
            if self.deposit < Usd::dollars(DEPOSIT / 10) {
                self.put_in().await;
            }
            if let Some(fate) = fates.next() {
                self.live(*fate).await;
            }
        }
        std::mem::take(&mut self.times)
    }

    async fn put_in(&mut self) {
        let hash = format!("0x{:0>64}", store::random_bits().map(|byte| format!("{byte:02x}")).concat());
        let body = json!({ "tx_hash": hash, "amount_usdc": format!("{DEPOSIT}.00") });
        self.ask(By::Agent, "POST", "/agents/deposit/usdc", Some(body)).await.expect(200);
        self.deposit = self.deposit.checked_add(Usd::dollars(DEPOSIT)).expect("it is not so much");
    }

    async fn live(&mut self, fate: Fate) {
        let mut body = task_body("10.00", now().plus_seconds(2 * DAY_S));
        body["callback_url"] = json!(self.customer.url);
        body["callback_events"] = json!(WANTED);
        if !matches!(fate, Fate::Approved) {
            body["task_type"] = json!("DATA_VALIDATION");
        }
        let created = self.ask(By::Agent, "POST", "/tasks", Some(body)).await.expect(201);
        let [reward, fee] = ["reward_usd", "platform_fee"].map(|field| usd(&created, field));
        let id = created.text_of("task_id");
        let end = match fate {
            Fate::Cancelled => self.cancelled(&id).await,
            Fate::Returned => {
                self.by_operator(&id, "accept", json!({})).await;
                self.by_operator(&id, "release", json!({})).await;
                self.cancelled(&id).await
            }
            Fate::Approved => {
                self.by_operator(&id, "accept", json!({})).await;
                self.photograph(&id).await;
                self.until_completed(&id).await
            }
            Fate::Verified => self.verified(&id).await,
            Fate::PaidAfterDispute => self.after_dispute(&id, "RELEASE", "COMPLETED").await,
            Fate::RefundedAfterDispute => self.after_dispute(&id, "REFUND", "CANCELLED").await,
        };
        if end == "COMPLETED" {
            let cost = reward.checked_add(fee);
            self.deposit = cost.and_then(|cost| self.deposit.checked_sub(cost)).expect("there was enough");
            self.earned = self.earned.checked_add(reward).expect("it is not so much");
        }
        self.ends.insert(id, end);
    }

    async fn cancelled(&mut self, id: &str) -> &'static str {
        self.by_agent(id, "cancel", json!({})).await;
        "CANCELLED"
    }

    async fn verified(&mut self, id: &str) -> &'static str {
        self.by_operator(id, "accept", json!({})).await;
        self.by_operator(id, "start", json!({})).await;
        self.by_operator(id, "submit", json!({ "confirmation_text": "It is right.", "notes": "guardian:review" }))
            .await;
        self.by_agent(id, "verify", json!({ "decision": "APPROVE" })).await;
        "COMPLETED"
    }

    async fn after_dispute(&mut self, id: &str, outcome: &str, end: &'static str) -> &'static str {
        self.verified(id).await;
        self.by_agent(id, "dispute", json!({})).await;
        let (path, body) =
            (format!("/admin/tasks/{id}/resolve"), json!({ "outcome": outcome, "rationale": "Seen by staff." }));
        self.ask(By::Staff, "POST", &path, Some(body)).await.expect(200);
        end
    }

    async fn photograph(&mut self, id: &str) {
        let photo = Photo::fresh();
        let announcement = Some(photo.announcement(id));
        let path = "/operator/upload";
        let signed = self.ask(By::Operator, "POST", path, announcement).await.expect(200);
        let until = Instant::now() + PATIENCE;
        // Who asks again finds it there.
        while !matches!(photo.try_put(&signed).await, Ok(200 | 412)) {
            assert!(Instant::now() < until, "the bucket does not take a photo of {id}");
            self.times.note_again();
            sleep(LOOK).await;
        }
        let body = json!({ "photos": [signed.text_of("photo_url")], "notes": "guardian:approve" });
        self.by_operator(id, "submit", body).await;
    }

    /// The Guardian judges by itself.
    async fn until_completed(&mut self, id: &str) -> &'static str {
        let (path, until) = (format!("/tasks/{id}"), Instant::now() + JUDGED_MAX);
        loop {
            assert!(Instant::now() < until, "{id} is not judged");
            sleep(LOOK).await;
            let task = self.ask(By::Agent, "GET", &path, None).await.expect(200);
            match task["status"].as_str() {
                Some("COMPLETED") => return "COMPLETED",
                Some("SUBMITTED") => {}
                other => panic!("{id} is {other:?}"),
            }
        }
    }

    async fn by_agent(&mut self, id: &str, verb: &str, body: Value) {
        self.ask(By::Agent, "POST", &format!("/tasks/{id}/{verb}"), Some(body)).await.expect(200);
    }

    async fn by_operator(&mut self, id: &str, verb: &str, body: Value) {
        self.ask(By::Operator, "POST", &format!("/operator/tasks/{id}/{verb}"), Some(body)).await.expect(200);
    }

    /// Everything is where it must be, and everybody has what is theirs and heard of it.
    pub(crate) async fn settle_up(&mut self) {
        let shown = self.pages("/tasks", "data").await;
        let text = |of: &Value, field: &str| of[field].as_str().unwrap_or_default().to_owned();
        let shown: BTreeMap<String, String> =
            shown.iter().map(|task| (text(task, "task_id"), text(task, "status"))).collect();
        let ends: BTreeMap<String, String> =
            self.ends.iter().map(|(id, end)| (id.clone(), (*end).to_owned())).collect();
        assert_eq!(shown, ends, "tasks of {}", self.agent.id);

        let balance = self.look(By::Agent, "/agents/balance").await;
        assert_eq!(usd(&balance, "deposit_balance"), self.deposit, "{}", balance.text);
        assert_eq!(usd(&balance, "escrow_balance"), Usd::ZERO, "{}", balance.text);
        let earnings = self.look(By::Operator, "/operator/earnings").await;
        assert_eq!(usd(&earnings, "total_earned"), self.earned, "{}", earnings.text);
        self.all_was_heard().await;
    }

    /// Events are numbered without a gap, and each task began once; whatever was wanted was heard of.
    async fn all_was_heard(&mut self) {
        let (mut after, mut begun, until) = (0, BTreeSet::new(), Instant::now() + HEARD_MAX);
        loop {
            let page = self.look(By::Agent, &format!("/events?limit=100&after={after}")).await;
            let events = page["data"].as_array().cloned().unwrap_or_default();
            if events.is_empty() {
                break;
            }
            for event in events {
                after += 1;
                assert_eq!(event["sequence"].as_u64(), Some(after), "{event}");
                if event["type"] == "task.created" {
                    let task = event["task_id"].as_str().unwrap_or_default().to_owned();
                    assert!(begun.insert(task), "it began before: {event}");
                }
                let id = event["id"].as_str().unwrap_or_default();
                while WANTED.iter().any(|wanted| event["type"] == *wanted) && !self.customer.heard(id) {
                    assert!(Instant::now() < until, "nobody heard of {event}");
                    sleep(LOOK).await;
                }
            }
        }
        assert!(begun.iter().eq(self.ends.keys()), "not every task of {} has an event", self.agent.id);
    }

    async fn look(&mut self, by: By, path: &str) -> Reply {
        self.ask(by, "GET", path, None).await.expect(200)
    }

    async fn pages(&mut self, path: &str, field: &str) -> Vec<Value> {
        let (mut all, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.look(By::Agent, &format!("{path}?limit=100{cursor}")).await;
            all.extend(page[field].as_array().into_iter().flatten().cloned());
            match page["pagination"]["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }
}

fn usd(reply: &Reply, field: &str) -> Usd {
    Usd::parse_usdc(&reply.amount(field)).unwrap_or_else(|_| panic!("no {field} in {}", reply.text))
}
