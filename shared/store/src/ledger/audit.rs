//! The audit: everything is read, and `domain` says what is wrong with it.
//!
//! Reads both tables whole, and not in one instant: a violation counts if a second look finds it too.

use crate::engine::item::Item;
use crate::ledger::account::{ACCOUNT, agent_of, earnings_of, spend_sums};
use crate::ledger::journal::line_of;
use crate::task::state::{STATE, task_of};
use crate::{Store, StoreError, unavailable};
use domain::ids::OperatorId;
use domain::money::audit::{Audit, Books, Violation};

impl Store {
    /// Recomputes every balance at the store's time. The metric `LedgerImbalance` has the number of
    /// violations, also when there is none.
    pub async fn audit(&self) -> Result<Audit, StoreError> {
        let mut audit = self.look().await?;
        if !audit.violations.is_empty() {
            let first = std::mem::replace(&mut audit, self.look().await?);
            audit.violations.retain(|violation| first.names(violation));
        }
        metrics::counter!("LedgerImbalance").increment(audit.violations.len() as u64);
        Ok(audit)
    }

    async fn look(&self) -> Result<Audit, StoreError> {
        let mut books = Books::default();
        for item in self.scan(&self.tables.ledger, None).await? {
            let name = name(&item);
            let entered = enter(&mut books, item);
            note(&mut books, name, entered);
        }
        for item in self.scan(&self.tables.core, Some(STATE)).await? {
            let name = name(&item);
            let entered = task_of(item).map(|task| books.tasks.push(task));
            note(&mut books, name, entered);
        }
        Ok(books.audit(self.now()))
    }

    async fn scan(&self, table: &str, sort: Option<&str>) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        let mut start = None;
        loop {
            let mut scan = self.client.scan().table_name(table).consistent_read(true).set_exclusive_start_key(start);
            if let Some(sort) = sort {
                scan = scan
                    .filter_expression("sk = :sk")
                    .expression_attribute_values(":sk", crate::engine::item::text(sort));
            }
            let answer = scan.send().await.map_err(unavailable("audit"))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(items);
            }
        }
    }
}

fn name(item: &Item) -> String {
    let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
    format!("{}/{}", part("pk"), part("sk"))
}

fn enter(books: &mut Books, item: Item) -> Result<(), StoreError> {
    let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned().unwrap_or_default();
    let (pk, sk) = (part("pk"), part("sk"));
    if item.contains_key("ps") {
        books.journal.push(line_of(item)?);
    } else if let (Some(operator), ACCOUNT) = (OperatorId::parse(&pk), sk.as_str()) {
        books.operators.push((operator, earnings_of(item)?));
    } else if item.contains_key("dep") {
        let (stored, days) = spend_sums(&item)?;
        if stored != days {
            let detail = format!("stored {stored} micro-dollars, its days add up to {days}");
            books.unreadable.push(Violation { invariant: "the spend equals its days", subject: pk, detail });
        }
        books.agents.push(agent_of(item)?);
    }
    Ok(())
}

/// An item that can't be read is a violation like any other: a negative balance is one.
fn note(books: &mut Books, subject: String, entered: Result<(), StoreError>) {
    if let Err(error) = entered {
        books.unreadable.push(Violation { invariant: "items are readable", subject, detail: error.to_string() });
    }
}
