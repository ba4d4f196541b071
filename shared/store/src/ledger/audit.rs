//! The audit, one owner after another: an owner's lines are read page by page and summed up in `domain`, then compared
//! with the account.
//!
//! Nothing stands still for it. Each account has a version that grows with every commit: if it is the same before the
//! first line is read and after the last one, the lines are all there are. Otherwise the owner is looked at again, and
//! at last counted as busy, which is no alarm. What an operator earned stands in the journals of agents, so an
//! operator's version must be the same from the beginning to the end.

mod agent;
mod operator;
mod payouts;

use crate::engine::item::{Item, text};
use crate::ledger::account::ACCOUNT;
use crate::ledger::account::attribute::VERSION;
use crate::ledger::deposits::deposit_of;
use crate::task::state::{STATE, task_of};
use crate::{Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use domain::money::audit::{Audit, Earned};
use domain::task::Task;
use domain::{AgentId, OperatorId};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::BTreeMap;

/// Whose books there are. Of each only what it takes to look at it later.
#[derive(Default)]
struct Owners {
    agents: Vec<AgentId>,
    /// With the version of the earnings.
    operators: BTreeMap<OperatorId, Option<u64>>,
}

/// Items, and where the next page starts.
type Page = (Vec<Item>, Option<Item>);

/// Clocks differ by less.
const SKEW_S: i64 = 60;

/// Owners that are looked at beside each other.
const AT_ONCE: usize = 16;

const READABLE: &str = "items are readable";
const EXISTS: &str = "owners have an account";
const DEPOSITS: &str = "each step of a deposit has one entry";
const OPENED: &str = "tasks are opened by one entry";

impl Store {
    /// Recomputes every balance at the store's time. The metric `LedgerImbalance` has the number of
    /// violations, also when there is none.
    pub async fn audit(&self) -> Result<Audit, StoreError> {
        // Whose clock is ahead may have dropped what matures a moment later.
        let (now, mut audit) = (self.now().plus_seconds(SKEW_S), Audit::default());
        let Owners { agents, operators } = self.owners(&mut audit).await?;
        let mut earned: BTreeMap<OperatorId, Earned> = BTreeMap::new();
        let mut looks = stream::iter(agents).map(|agent| self.audit_agent(agent, now)).buffer_unordered(AT_ONCE);
        while let Some((of_agent, paid)) = looks.try_next().await? {
            audit.add(of_agent);
            paid.into_iter().for_each(|(operator, more)| earned.entry(operator).or_default().add(more));
        }
        let known = operators.into_iter().map(|(operator, version)| {
            let earned = earned.remove(&operator).unwrap_or_default();
            self.audit_operator(operator, version, earned, now)
        });
        let mut looks = stream::iter(known.collect::<Vec<_>>()).buffer_unordered(AT_ONCE);
        while let Some(of_operator) = looks.try_next().await? {
            audit.add(of_operator);
        }
        // Who is left has registered meanwhile, or should have an account.
        for (operator, _) in earned {
            let there = self.item(Key::earnings(&operator)).await?.is_some();
            audit.expect(there, EXISTS, &operator, "there is none, but money or tasks of it".to_owned());
        }
        self.audit_tasks(&mut audit).await?;
        metrics::counter!("LedgerImbalance").increment(audit.violations.len() as u64);
        Ok(audit)
    }

    /// Finds the accounts. The locks of deposits stand between them, and are looked at on the way.
    async fn owners(&self, audit: &mut Audit) -> Result<Owners, StoreError> {
        let (mut owners, mut start) = (Owners::default(), None);
        loop {
            let (items, next) = self.scan_page(&self.tables.ledger, ACCOUNT, start).await?;
            let mut locks = Vec::new();
            for item in items {
                let pk = part(&item, "pk");
                if let Some(agent) = AgentId::parse(&pk) {
                    owners.agents.push(agent);
                } else if let Some(operator) = OperatorId::parse(&pk) {
                    owners.operators.insert(operator, version_of(&item));
                } else if item.contains_key("tx") {
                    locks.push(item);
                }
            }
            self.audit_locks(locks, audit).await?;
            start = next;
            if start.is_none() {
                return Ok(owners);
            }
        }
    }

    /// Each step of a lock has its entry. That the entry says the same is seen from the other side.
    async fn audit_locks(&self, locks: Vec<Item>, audit: &mut Audit) -> Result<(), StoreError> {
        let mut wanted = Vec::new();
        for lock in locks {
            let name = name(&lock);
            match deposit_of(lock) {
                Ok(deposit) => {
                    let entries = deposit.entries();
                    wanted.extend(entries.iter().map(|entry| (name.clone(), Key::entry(deposit.agent, entry))));
                }
                Err(error) => audit.expect(false, READABLE, name, error.to_string()),
            }
        }
        let mut found = self.read(wanted.iter().map(|(_, key)| key.clone())).await?;
        for (lock, key) in wanted {
            let there = found.take(&key, Ok)?.is_some();
            audit.expect(there, DEPOSITS, lock, "a step of it is not in the journal".to_owned());
        }
        Ok(())
    }

    /// Each task has an entry that opened it, and an agent. The rest is seen from the agent's journal.
    async fn audit_tasks(&self, audit: &mut Audit) -> Result<(), StoreError> {
        let mut start = None;
        loop {
            let (items, next) = self.scan_page(&self.tables.core, STATE, start).await?;
            // Whatever is not readable is named by the agent's journal.
            let tasks: Vec<_> = items.into_iter().filter_map(|item| task_of(item).ok()).collect();
            let keys = tasks.iter().flat_map(|task| [opening(task), Key::agent(task.agent)]);
            let mut found = self.read(keys).await?;
            for task in tasks {
                let opened = found.take(&opening(&task), Ok)?.is_some();
                audit.expect(opened, OPENED, task.id, "it is in no journal".to_owned());
                let owned = found.has(&Key::agent(task.agent));
                audit.expect(owned, EXISTS, task.agent, format!("there is none, but {}", task.id));
            }
            start = next;
            if start.is_none() {
                return Ok(());
            }
        }
    }

    /// A page of the items with this sort key.
    async fn scan_page(&self, table: &str, sort: &str, start: Option<Item>) -> Result<Page, StoreError> {
        let scan = ScanInput::builder().table_name(table).consistent_read(true).set_exclusive_start_key(start);
        let scan = scan.filter_expression("sk = :sk").expression_attribute_values(":sk", text(sort));
        let answer = self.database.send(scan).await.map_err(unavailable("audit"))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }

    /// A page of the items of an owner in the order of their sort keys, which begin with `prefix` if there is one.
    async fn owner_page(
        &self,
        table: &str,
        owner: &str,
        prefix: Option<&str>,
        start: Option<Item>,
    ) -> Result<Page, StoreError> {
        let query = QueryInput::builder().table_name(table).consistent_read(true).set_exclusive_start_key(start);
        let query = query.expression_attribute_values(":pk", text(owner));
        let query = match prefix {
            None => query.key_condition_expression("pk = :pk"),
            Some(prefix) => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
                .expression_attribute_values(":prefix", text(prefix)),
        };
        let answer = self.database.send(query).await.map_err(unavailable("audit"))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key))
    }

    async fn item(&self, key: Key) -> Result<Option<Item>, StoreError> {
        self.read([key.clone()]).await?.take(&key, Ok)
    }
}

/// What can be read of items; the rest is named.
fn readable<T>(items: Vec<Item>, audit: &mut Audit, read: impl Fn(Item) -> Result<T, StoreError>) -> Vec<T> {
    let mut all = Vec::new();
    for item in items {
        let name = name(&item);
        match read(item) {
            Ok(one) => all.push(one),
            Err(error) => audit.expect(false, READABLE, name, error.to_string()),
        }
    }
    all
}

/// The entry that opened a task.
fn opening(task: &Task) -> Key {
    Key::entry(task.agent, &task.opening_entry())
}

fn version_of(item: &Item) -> Option<u64> {
    item.get(VERSION)?.as_n().ok()?.parse().ok()
}

fn part(item: &Item, name: &str) -> String {
    item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
}

fn name(item: &Item) -> String {
    format!("{}/{}", part(item, "pk"), part(item, "sk"))
}
