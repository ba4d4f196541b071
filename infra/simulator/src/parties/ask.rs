//! What is asked of the API for a deed: by whom, of what, and with which details, as the dice say.

use crate::dice::Dice;
use crate::parties::deed::Deed;
use crate::parties::people::{Agent, People};
use crate::world::ADMIN_KEY;
use domain::Timestamp;
use domain::time::{DAY_S, HOUR_S};
use harness::task_body;
use serde_json::{Value, json};

/// A request: who sends it, and what.
#[derive(Clone, Debug)]
pub struct Ask {
    pub deed: Deed,
    /// The header of the credential.
    pub credential: (&'static str, String),
    pub method: &'static str,
    pub path: String,
    pub idempotency_key: Option<String>,
    pub body: Option<Value>,
}

impl Ask {
    /// The task that it is about, if there is one.
    pub fn task(&self) -> String {
        self.path.split('/').find(|part| part.starts_with("task_")).unwrap_or_default().to_owned()
    }

    pub fn post(deed: Deed, credential: (&'static str, String), path: String, body: Value) -> Self {
        Self { deed, credential, method: "POST", path, idempotency_key: None, body: Some(body) }
    }

    /// With an idempotency key of its own.
    pub fn keyed(self, dice: &mut Dice) -> Self {
        Self { idempotency_key: Some(format!("key-{:x}", dice.roll())), ..self }
    }
}

/// Who might do something, and to which task.
pub struct Scene<'a> {
    pub people: &'a People,
    pub now: Timestamp,
    pub callback_url: &'a str,
}

/// What agents look at.
const LISTS: [&str; 5] = ["/tasks", "/agents/balance", "/events", "/agents/deposits", "/agents/keys"];
const REASON: &str = "It is not what was asked for.";

impl Scene<'_> {
    /// Nothing where the deed is not the API's, or there is nobody to do it to.
    pub fn ask(&self, deed: Deed, dice: &mut Dice) -> Option<Ask> {
        let agent = self.people.agent(dice)?;
        let operator = self.people.operator(dice)?;
        let task = self.people.task(deed, dice);
        self.by_agent(deed, agent, dice)
            .or_else(|| task.and_then(|(task, owner)| self.on_task(deed, task, owner, dice)))
            .or_else(|| self.by_operator(deed, operator, task.map(|(task, _)| task.as_str()), dice))
    }

    /// What an agent does with its account.
    fn by_agent(&self, deed: Deed, agent: &Agent, dice: &mut Dice) -> Option<Ask> {
        let own = || ("x-api-key", agent.key.clone());
        let without_body =
            |credential, method, path| Ask { deed, credential, method, path, idempotency_key: None, body: None };
        Some(match deed {
            Deed::Create => Ask::post(deed, own(), "/tasks".into(), self.task(dice)).keyed(dice),
            Deed::Deposit => {
                let body =
                    json!({ "tx_hash": format!("0x{:064x}", dice.roll()), "amount_usdc": dollars(dice, 5, 400) });
                Ask::post(deed, own(), "/agents/deposit/usdc".into(), body)
            }
            Deed::MakeKey => Ask::post(deed, own(), "/agents/keys".into(), json!({ "name": "another" })),
            Deed::RevokeKey => {
                let (id, _) = dice.pick(&agent.spare).filter(|(id, _)| !id.is_empty())?;
                without_body(own(), "DELETE", format!("/agents/keys/{id}"))
            }
            Deed::SetWithdrawalAddress => {
                let body = json!({ "address": format!("0x{:020x}{:020x}", dice.roll(), dice.roll()) });
                let path = "/agents/withdrawal-address".to_owned();
                Ask { body: Some(body), ..without_body(own(), "PUT", path) }
            }
            Deed::Withdraw => {
                let body = json!({ "amount_usd": dollars(dice, 10, 40) });
                Ask::post(deed, own(), "/agents/withdrawals".into(), body).keyed(dice)
            }
            Deed::Look => {
                let path = (*dice.pick(&LISTS)?).to_owned();
                without_body(("x-api-key", agent.any_key(dice)), "GET", path)
            }
            _ => return None,
        })
    }

    /// What its agent, or staff, do with a task.
    fn on_task(&self, deed: Deed, task: &str, owner: &Agent, dice: &mut Dice) -> Option<Ask> {
        let own =
            |verb: &str, body| Ask::post(deed, ("x-api-key", owner.key.clone()), format!("/tasks/{task}/{verb}"), body);
        Some(match deed {
            Deed::Cancel => own("cancel", json!({})),
            Deed::Approve => own("verify", json!({ "decision": "APPROVE" })),
            Deed::Reject => own("verify", json!({ "decision": "REJECT", "reason": REASON })),
            Deed::RequestChanges => own("verify", json!({ "decision": "REQUEST_CHANGES", "reason": REASON })),
            Deed::Dispute => own("dispute", json!({})),
            Deed::AgentSays => own("statement", json!({ "text": "So it was." })),
            Deed::AgentWrites => own("messages", json!({ "body": "How far is it?" })).keyed(dice),
            Deed::AgentRates => own("rating", json!({ "score": 1 + dice.below(5) })),
            Deed::Resolve => {
                let outcome = dice.pick(&["RELEASE", "REFUND", "SPLIT"])?;
                let mut body = json!({ "outcome": outcome, "rationale": "Seen by staff." });
                if *outcome == "SPLIT" {
                    body["operator_share_bps"] = json!(dice.below(10_001));
                }
                Ask::post(deed, staff(), format!("/admin/tasks/{task}/resolve"), body)
            }
            _ => return None,
        })
    }

    /// What an operator does: with a task of others now and then.
    fn by_operator(&self, deed: Deed, operator: &str, task: Option<&str>, dice: &mut Dice) -> Option<Ask> {
        let by = |operator: &str| ("x-operator-id", operator.to_owned());
        if deed == Deed::Payout {
            let body = json!({ "amount_usd": dollars(dice, 10, 80) });
            return Some(Ask::post(deed, by(operator), "/operator/payout".into(), body).keyed(dice));
        }
        let task = task?;
        let assignee = self.people.assignee(task).filter(|_| dice.permille(900));
        let who = assignee.as_deref().unwrap_or(operator);
        let on = |who: &str, verb: &str, body| Ask::post(deed, by(who), format!("/operator/tasks/{task}/{verb}"), body);
        Some(match deed {
            Deed::Accept => on(operator, "accept", json!({})),
            Deed::Start => on(who, "start", json!({})),
            Deed::Release => on(who, "release", json!({})),
            Deed::Submit => {
                let words = [(5, "guardian:approve"), (2, "guardian:review"), (2, "guardian:reject"), (1, "")];
                on(who, "submit", json!({ "confirmation_text": format!("It is right. {}", dice.weighed(&words)?) }))
            }
            Deed::OperatorSays => on(who, "statement", json!({ "text": "So it was." })),
            Deed::OperatorWrites => on(who, "messages", json!({ "body": "A mile." })).keyed(dice),
            Deed::OperatorRates => on(who, "rating", json!({ "score": 1 + dice.below(5) })),
            _ => return None,
        })
    }

    /// A task that is due in some hours or days; half of them want callbacks.
    fn task(&self, dice: &mut Dice) -> Value {
        let due_s =
            2 * HOUR_S + i64::try_from(dice.roll() % DAY_S.unsigned_abs().saturating_mul(4)).unwrap_or_default();
        let mut body = task_body(dollars(dice, 10, 50), self.now.plus_seconds(due_s));
        body["task_type"] = json!("DATA_VALIDATION");
        if dice.permille(500) {
            body["callback_url"] = json!(self.callback_url);
            body["callback_secret"] = json!("a-secret-of-at-least-16-characters");
            if dice.permille(600) {
                body["callback_events"] = json!(["task.created", "task.completed", "task.cancelled", "task.expired"]);
            }
        }
        body
    }
}

/// The credential of staff.
pub fn staff() -> (&'static str, String) {
    ("x-admin-key", ADMIN_KEY.to_owned())
}

/// An amount between these, to the cent.
fn dollars(dice: &mut Dice, from: usize, to: usize) -> String {
    let cents = 100 * from + dice.below(100 * (to - from) + 1);
    format!("{}.{:02}", cents / 100, cents % 100)
}
