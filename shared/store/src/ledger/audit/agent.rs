//! An agent's books: the journal in its partition, and what the lines lead to, beside the account.

use super::{DEPOSITS, EXISTS, READABLE, name, part, readable, version_of};
use crate::engine::item::Item;
use crate::ledger::account::{ACCOUNT, agent_of};
use crate::ledger::journal::line_of;
use crate::ledger::ratings::{RATING, rating_of};
use crate::{Found, Key, Store, StoreError};
use domain::ledger::{Account, EntryKind, Rail};
use domain::money::audit::{AgentBooks, Audit, Earned, JournalLine};
use domain::money::deposit::Deposit;
use domain::money::payout::Payee;
use domain::{AgentId, OperatorId, Timestamp};
use std::collections::BTreeMap;

/// How often an account is looked at that changes meanwhile, or is wrong.
const LOOKS_MAX: u32 = 3;

impl Store {
    /// What is found, and what each operator earned by this agent's tasks.
    pub(super) async fn audit_agent(
        &self,
        agent: AgentId,
        now: Timestamp,
    ) -> Result<(Audit, BTreeMap<OperatorId, Earned>), StoreError> {
        let mut looks = 0;
        loop {
            looks += 1;
            let (before, books) = self.agent_books(agent, now).await?;
            let after = self.item(Key::agent(agent)).await?;
            let unchanged = before == after.as_ref().and_then(version_of);
            let (audit, earned) = if unchanged { compared(books, after) } else { books.without_account() };
            // A query may see one write of a transaction and not yet the other: only what stays wrong is wrong.
            if looks == LOOKS_MAX || unchanged && audit.violations.is_empty() {
                return Ok((Audit { busy: usize::from(!unchanged), ..audit }, earned));
            }
        }
    }

    /// The version of the account, and its lines: the account sorts before them.
    async fn agent_books(&self, agent: AgentId, now: Timestamp) -> Result<(Option<u64>, AgentBooks), StoreError> {
        let (mut books, owner, payee) = (AgentBooks::new(agent, now), agent.to_string(), Payee::Agent(agent));
        self.audit_payouts(&payee, &mut books.audit).await?;
        let (mut version, mut start) = (None, None);
        loop {
            let (items, next) = self.owner_page(&self.tables.ledger, &owner, None, start).await?;
            let (account, items): (Vec<_>, Vec<_>) = items.into_iter().partition(|item| part(item, "sk") == ACCOUNT);
            version = account.first().and_then(version_of).or(version);
            let (ratings, items): (Vec<_>, Vec<_>) =
                items.into_iter().partition(|item| part(item, "sk").starts_with(RATING));
            readable(ratings, &mut books.audit, rating_of).iter().for_each(|rating| books.rate(rating.score));
            let lines = readable(items, &mut books.audit, line_of);
            let mut beside = self.read(lines.iter().filter_map(beside)).await?;
            let mut deposits = BTreeMap::new();
            for line in &lines {
                let of = line.reference.as_deref().unwrap_or_default();
                let deposit = beside.deposit(rail(line), of).ok().flatten();
                deposits.extend(deposit.map(|deposit| (of.to_owned(), deposit)));
            }
            for line in &lines {
                books.enter(line);
                look_beside(&mut books, line, &mut beside, &deposits);
            }
            self.audit_payout_lines(&payee, &lines, &mut books.audit).await?;
            start = next;
            if start.is_none() {
                return Ok((version, books));
            }
        }
    }
}

fn compared(books: AgentBooks, account: Option<Item>) -> (Audit, BTreeMap<OperatorId, Earned>) {
    let agent = books.agent;
    match account.map(|item| (name(&item), agent_of(item))) {
        Some((_, Ok(account))) => books.close(&account),
        unreadable => {
            let (mut audit, earned) = books.without_account();
            match unreadable {
                Some((name, Err(error))) => audit.expect(false, READABLE, name, error.to_string()),
                _ => audit.expect(false, EXISTS, agent, "it was there a moment ago".to_owned()),
            }
            (audit, earned)
        }
    }
}

/// What a line leads to: the task that it opened, the lock of the deposit.
fn beside(line: &JournalLine) -> Option<Key> {
    match (line.kind, line.task) {
        (EntryKind::Escrow, Some(task)) => Some(Key::task(task)),
        (EntryKind::Deposit | EntryKind::Suspend | EntryKind::Reverse, _) => {
            Some(Key::deposit(rail(line), line.reference.as_deref()?))
        }
        _ => None,
    }
}

/// By which way the deposit of a line came. What comes out of suspense came by the only one that has any.
fn rail(line: &JournalLine) -> Rail {
    let outside = line.postings.iter().find_map(|(account, _)| match account {
        Account::World(rail) => Some(*rail),
        _ => None,
    });
    outside.unwrap_or(Rail::Base)
}

fn look_beside(books: &mut AgentBooks, line: &JournalLine, found: &mut Found, deposits: &BTreeMap<String, Deposit>) {
    match (line.kind, line.task) {
        (EntryKind::Escrow, Some(id)) => match found.task(id) {
            Ok(task) => books.look_at(id, task.as_ref()),
            Err(error) => books.audit.expect(false, READABLE, id, error.to_string()),
        },
        (EntryKind::Deposit | EntryKind::Suspend | EntryKind::Reverse, _) => {
            let reference = line.reference.as_deref().unwrap_or_default();
            let (agent, lock) = (books.agent, deposits.get(reference));
            let same = lock.is_some_and(|lock| {
                lock.agent == agent && lock.entries().iter().any(|entry| line.is(entry, &lock.reference))
            });
            books.audit.expect(same, DEPOSITS, line.id, "no lock says the same".to_owned());
        }
        _ => {}
    }
}
