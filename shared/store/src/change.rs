//! What was committed, as the table's stream tells it: a task before and after, or what happened to an account.

use crate::StoreError;
use crate::engine::item::{Item, known};
use crate::events::endpoints::{self, Standing};
use crate::ledger::deposits::{NEWS, deposit_of};
use crate::ledger::payouts::{PAYOUT, payout_of};
use crate::ledger::wallets::{WALLET, wallet_of};
use crate::people::api_keys::{self, KeyRecord};
use crate::people::chat;
use crate::task::state::{STATE, task_of};
use domain::AgentId;
use domain::chat::Message;
use domain::money::deposit::Deposit;
use domain::money::payout::{Payee, Payout};
use domain::money::wallet::Wallet;
use domain::task::Task;
use futures::{StreamExt, stream};
use std::collections::BTreeMap;

/// Owners whose changes are worked through at once.
const ABREAST: usize = 32;

/// A change that is news to somebody.
#[derive(Clone, Debug)]
pub enum Change {
    Task(Box<TaskChange>),
    /// What one side of a task has written to the other.
    Message(Message),
    Account(AccountChange),
    /// A payout has come to stand where it does.
    Payout(Box<Payout>),
}

/// Two consecutive versions of a task.
#[derive(Clone, Debug)]
pub struct TaskChange {
    /// Absent for a new task.
    pub before: Option<Task>,
    /// The version that was committed.
    pub after: Task,
}

/// What happened to an agent's account.
#[derive(Clone, Debug)]
pub enum AccountChange {
    KeyCreated(AgentId, KeyRecord),
    KeyRevoked(AgentId, KeyRecord),
    /// Credited, or taken back.
    Deposited(Deposit),
    /// The agent's money is to go there.
    WithdrawalAddress(AgentId, Wallet),
    EndpointDisabled(AgentId, Standing),
}

impl Change {
    /// Of whom no change overtakes another: an agent, or a task where nothing says whose it is.
    fn owner(&self) -> String {
        match self {
            Self::Task(change) => change.after.agent.to_string(),
            Self::Message(message) => message.task.to_string(),
            Self::Account(
                AccountChange::KeyCreated(agent, _)
                | AccountChange::KeyRevoked(agent, _)
                | AccountChange::WithdrawalAddress(agent, _)
                | AccountChange::EndpointDisabled(agent, _),
            ) => agent.to_string(),
            Self::Account(AccountChange::Deposited(deposit)) => deposit.agent.to_string(),
            Self::Payout(payout) => payout.payee.to_string(),
        }
    }
}

/// What a record of the stream tells. Most items are no news, and nor is most of what becomes of them.
///
/// # Errors
/// An image does not have the form in which it was written.
pub fn change_of(old: Option<Item>, new: Option<Item>) -> Result<Option<Change>, StoreError> {
    let sort = |item: &Option<Item>| item.as_ref()?.get("sk")?.as_s().ok().cloned();
    let sort = sort(&new).or_else(|| sort(&old)).unwrap_or_default();
    let account = match (old, new) {
        (old, Some(new)) if sort == STATE => {
            let change = TaskChange { before: old.map(task_of).transpose()?, after: task_of(new)? };
            return Ok(Some(Change::Task(Box::new(change))));
        }
        (None, Some(new)) if sort.starts_with(chat::MESSAGE) => {
            return Ok(Some(Change::Message(chat::message_of(new)?)));
        }
        (old, Some(new)) if sort.starts_with(PAYOUT) => {
            let (before, after) = (old.map(payout_of).transpose()?, payout_of(new)?);
            let news = before.is_none_or(|before| before.status != after.status);
            return Ok(news.then(|| Change::Payout(Box::new(after))));
        }
        (_, Some(new)) if sort == WALLET => match wallet_of(new)? {
            (Payee::Agent(agent), wallet) => AccountChange::WithdrawalAddress(agent, wallet),
            // An operator has no stream of events.
            (Payee::Operator(_), _) => return Ok(None),
        },
        (_, Some(new)) if sort == NEWS => AccountChange::Deposited(deposit_of(new)?),
        (None, Some(new)) if sort.starts_with(api_keys::PREFIX) => {
            AccountChange::KeyCreated(owner(&new)?, api_keys::record_of(new)?)
        }
        (old, Some(new)) if sort.starts_with(endpoints::PREFIX) => {
            let (agent, standing) = (owner(&new)?, endpoints::standing_of(new)?);
            let before = old.map(endpoints::standing_of).transpose()?;
            if standing.disabled.is_none() || before.is_some_and(|before| before.disabled.is_some()) {
                return Ok(None);
            }
            AccountChange::EndpointDisabled(agent, standing)
        }
        (Some(old), None) if sort.starts_with(api_keys::PREFIX) => {
            AccountChange::KeyRevoked(owner(&old)?, api_keys::record_of(old)?)
        }
        _ => return Ok(None),
    };
    Ok(Some(Change::Account(account)))
}

/// Does `work` for each change, with what comes beside it: for those of one owner in their order, up to the first that
/// fails; for those of others meanwhile. Answers the failures.
pub async fn work_through<T, E, F>(changes: Vec<(T, Change)>, work: impl Fn(T, Change) -> F) -> Vec<E>
where
    F: Future<Output = Result<(), E>>,
{
    let mut owners: BTreeMap<String, Vec<(T, Change)>> = BTreeMap::new();
    for (beside, change) in changes {
        owners.entry(change.owner()).or_default().push((beside, change));
    }
    let in_order = async |changes: Vec<(T, Change)>| {
        for (beside, change) in changes {
            work(beside, change).await?;
        }
        Ok(())
    };
    let done = stream::iter(owners.into_values()).map(in_order).buffer_unordered(ABREAST);
    done.filter_map(async |done: Result<(), E>| done.err()).collect().await
}

/// The partition of what a record tells: the id of a task or an agent, of most.
pub fn partition_of<'a>(old: Option<&'a Item>, new: Option<&'a Item>) -> &'a str {
    new.or(old).map(partition).unwrap_or_default()
}

fn partition(item: &Item) -> &str {
    item.get("pk").and_then(|pk| pk.as_s().ok()).map(String::as_str).unwrap_or_default()
}

/// Whose partition an item is in.
fn owner(item: &Item) -> Result<AgentId, StoreError> {
    let pk = partition(item);
    known(AgentId::parse(pk), "an agent id", pk)
}

#[cfg(test)]
mod tests;
