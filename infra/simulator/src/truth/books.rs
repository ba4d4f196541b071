//! What each party may expect by what it was told: the model that the system is held to.

use crate::parties::ask::Ask;
use crate::parties::deed::Deed;
use crate::parties::people::{Agent, People};
use domain::Usd;
use domain::status::Status;
use harness::Reply;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub struct Books {
    /// Micro-dollars of each confirmed deposit, by agent and transaction.
    pub deposits: BTreeMap<(usize, String), u64>,
    /// Tasks that agents were told of.
    pub tasks: BTreeMap<String, usize>,
    /// Payouts and withdrawals that were confirmed, with who asked.
    pub payouts: BTreeMap<String, String>,
    /// Messages that were confirmed, by task.
    pub messages: BTreeMap<String, BTreeSet<String>>,
    /// What came of an idempotency key: the id that it made.
    keys: BTreeMap<(Deed, String), String>,
    /// What was confirmed and not yet seen in the database.
    promises: Vec<Promise>,
}

/// A task stood there, with this operator if it is one's.
#[derive(Debug)]
pub struct Promise {
    pub task: String,
    pub operator: Option<String>,
    pub statuses: &'static [Status],
}

impl Books {
    /// Takes note of an answer.
    ///
    /// # Errors
    /// It contradicts an earlier one: the sentence says how.
    pub fn note(&mut self, ask: &Ask, reply: &Reply, people: &mut People) -> Result<(), String> {
        let (_, credential) = &ask.credential;
        if people.revoked.contains(credential) && ask.deed != Deed::RevokeKey && !matches!(reply.status, 401 | 429) {
            return Err(format!("{:?} with a revoked key was answered with {}", ask.deed, reply.status));
        }
        if reply.status == 401 && !people.ending.contains(credential) {
            return Err(format!("{:?} with a key that nobody revoked was answered with {}", ask.deed, reply.text));
        }
        if reply.status == 404 && self.tasks.contains_key(&ask.task()) && ask.credential.0 == "x-api-key" {
            return Err(format!("{:?}: the agent's own task {} is not found", ask.deed, ask.task()));
        }
        if reply.status >= 300 {
            return Ok(());
        }
        let owner = people.owner(credential);
        if let Some(statuses) = ask.deed.leads_to() {
            let operator = Some(credential.clone()).filter(|_| ask.credential.0 == "x-operator-id");
            self.promises.push(Promise { task: ask.task(), operator, statuses });
        }
        if let (Some(key), Some(id)) = (&ask.idempotency_key, made(&reply.json)) {
            let first = self.keys.entry((ask.deed, key.clone())).or_insert_with(|| id.clone());
            if *first != id {
                return Err(format!("{:?} with one key made {first} and {id}", ask.deed));
            }
        }
        let text =
            |field: &str| reply.json[field].as_str().map(str::to_owned).ok_or(format!("no {field}: {}", reply.text));
        match (ask.deed, owner) {
            (Deed::Create, Some(owner)) => {
                let id = text("task_id")?;
                if self.tasks.insert(id.clone(), owner).is_none() {
                    people.tasks.push((id, owner));
                }
            }
            (Deed::Deposit, Some(owner)) => {
                let body = ask.body.as_ref().ok_or("a deposit without a body")?;
                let asked = |field: &str| body[field].as_str().unwrap_or_default().to_owned();
                self.deposits.insert((owner, asked("tx_hash")), micros(&asked("amount_usdc")));
            }
            (Deed::AgentWrites | Deed::OperatorWrites, _) => {
                let key = ask.idempotency_key.clone().unwrap_or_default();
                self.messages.entry(ask.task()).or_default().insert(key);
            }
            (Deed::Withdraw, Some(_)) => drop(self.payouts.insert(text("withdrawal_id")?, credential.clone())),
            (Deed::Payout, _) => drop(self.payouts.insert(text("payout_id")?, credential.clone())),
            (Deed::MakeKey, Some(owner)) => {
                let made = (String::new(), text("api_key")?);
                people.agents.get_mut(owner).ok_or("nobody")?.spare.push(made);
            }
            (Deed::RevokeKey, Some(owner)) => {
                let id = ask.path.rsplit('/').next().unwrap_or_default();
                let spare = people.agents.get(owner).map(|agent: &Agent| agent.spare.clone()).unwrap_or_default();
                people.revoking.extend(spare.into_iter().filter(|(spare, _)| spare == id).map(|(_, key)| key));
            }
            _ => {}
        }
        Ok(())
    }

    /// What was promised since this was last asked.
    pub fn promises(&mut self) -> Vec<Promise> {
        std::mem::take(&mut self.promises)
    }

    /// All that an agent has put in.
    pub fn deposited(&self, agent: usize) -> u64 {
        self.deposits.iter().filter(|((owner, _), _)| *owner == agent).map(|(_, micros)| micros).sum()
    }
}

/// What an answer says was made.
fn made(reply: &Value) -> Option<String> {
    let ids = ["task_id", "payout_id", "withdrawal_id"];
    ids.iter().find_map(|id| reply[*id].as_str()).map(str::to_owned)
}

/// Micro-dollars of an amount as it is written.
pub fn micros(text: &str) -> u64 {
    Usd::parse_usdc(text).map_or(0, |amount| u64::try_from(amount.micros()).unwrap_or_default())
}
