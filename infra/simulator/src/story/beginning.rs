//! How a story begins: who is there, with what, and what has been.

use super::Story;
use crate::parties::ask::Ask;
use crate::parties::deed::Deed;
use crate::parties::people::Agent;
use domain::time::{DAY_S, HOUR_S};
use harness::{Api, task_body};
use humanops::engine::Failure;
use serde_json::json;

/// What agents begin with, in US dollars: one has plenty, one runs out of it, one hardly affords two tasks.
const FUNDS: [&str; 3] = ["2000.00", "300.00", "60.00"];
const OPERATORS: usize = 4;
/// For so long what is earned is on hold.
const HOLD_DAYS: usize = 7;

impl Story {
    pub(super) async fn populate(&mut self) {
        for _ in FUNDS {
            let harness::Agent { id, key } = self.world.agent("0").await;
            self.people.agents.push(Agent { id, key, spare: Vec::new() });
        }
        for _ in 0..OPERATORS {
            self.people.operators.push(self.world.operator("Jane Doe").await.0);
        }
        for (agent, (amount, people)) in FUNDS.iter().zip(&self.people.agents).enumerate() {
            let body = json!({ "tx_hash": format!("0x{agent:064x}"), "amount_usdc": amount });
            let credential = ("x-api-key", people.key.clone());
            let path = "/agents/deposit/usdc".to_owned();
            let first =
                Ask { deed: Deed::Deposit, credential, method: "POST", path, idempotency_key: None, body: Some(body) };
            self.pending.push(first);
        }
    }

    /// Half of the stories begin later: each operator has earned something by then, and can have it paid out.
    pub(super) async fn past(&mut self) -> Result<(), Failure> {
        let funds = self.pending.remove(0);
        let agent = funds.credential.clone();
        self.told(&funds).await?;
        for operator in self.people.operators.clone() {
            let mut body = task_body("50.00", self.world.truth.now().plus_seconds(HOUR_S));
            body["task_type"] = json!("DATA_VALIDATION");
            let made = self.told(&Ask::post(Deed::Create, agent.clone(), "/tasks".into(), body)).await?;
            let task = made.json["task_id"].as_str().unwrap_or_default();
            let by = || ("x-operator-id", operator.clone());
            let submission = json!({ "confirmation_text": "guardian:review" });
            for ask in [
                Ask::post(Deed::Accept, by(), format!("/operator/tasks/{task}/accept"), json!({})),
                Ask::post(Deed::Start, by(), format!("/operator/tasks/{task}/start"), json!({})),
                Ask::post(Deed::Submit, by(), format!("/operator/tasks/{task}/submit"), submission),
                Ask::post(
                    Deed::Approve,
                    agent.clone(),
                    format!("/tasks/{task}/verify"),
                    json!({ "decision": "APPROVE" }),
                ),
            ] {
                self.told(&ask).await?;
            }
        }
        self.days = HOLD_DAYS;
        self.world.pass(u32::try_from(i64::try_from(HOLD_DAYS)? * DAY_S + HOUR_S)?);
        Ok(())
    }
}
