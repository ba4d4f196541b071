//! Payouts and the journal of who was paid, each seen from the other.

use super::readable;
use crate::ledger::payouts::{PAYOUT, payout_of};
use crate::{Key, Store, StoreError};
use domain::PayoutId;
use domain::ledger::EntryKind;
use domain::money::audit::{Audit, JournalLine};
use domain::money::payout::Payee;

const PAYOUTS: &str = "each step of a payout has one entry";

impl Store {
    /// Each line that is of a payout has one that says the same.
    pub(super) async fn audit_payout_lines(
        &self,
        payee: &Payee,
        lines: &[JournalLine],
        audit: &mut Audit,
    ) -> Result<(), StoreError> {
        let lines = || lines.iter().filter(|line| is_of_payout(line.kind));
        let mut found = self.read(lines().filter_map(id).map(|id| Key::payout(payee, id))).await?;
        let mut payouts = Vec::new();
        for id in lines().filter_map(id) {
            payouts.extend(found.payout(payee, id).ok().flatten());
        }
        for line in lines() {
            let payout = payouts.iter().find(|payout| Some(payout.id) == id(line));
            let reference = payout.map(|payout| payout.journal_reference()).unwrap_or_default();
            let same = payout.is_some_and(|it| it.entries().iter().any(|entry| line.is(entry, &reference)));
            audit.expect(same, PAYOUTS, line.id, "no payout says the same".to_owned());
        }
        Ok(())
    }

    /// Each step of a payout has its entry. That the entry says the same is seen from the other side.
    pub(super) async fn audit_payouts(&self, payee: &Payee, audit: &mut Audit) -> Result<(), StoreError> {
        let mut start = None;
        loop {
            let (items, next) = self.owner_page(&self.tables.core, &payee.to_string(), Some(PAYOUT), start).await?;
            let payouts = readable(items, audit, payout_of);
            let keys = |payout: &domain::money::payout::Payout| {
                let entries = payout.entries();
                entries.iter().map(|entry| Key::entry(payee, entry)).collect::<Vec<_>>()
            };
            let wanted: Vec<_> = payouts.iter().map(|payout| (payout.id, keys(payout))).collect();
            let found = self.read(wanted.iter().flat_map(|(_, keys)| keys.clone())).await?;
            for (payout, keys) in wanted {
                let there = keys.iter().all(|key| found.has(key));
                audit.expect(there, PAYOUTS, payout, "a step of it is in no journal".to_owned());
            }
            start = next;
            if start.is_none() {
                return Ok(());
            }
        }
    }
}

fn is_of_payout(kind: EntryKind) -> bool {
    matches!(kind, EntryKind::Reserve | EntryKind::Payout | EntryKind::Return)
}

fn id(line: &JournalLine) -> Option<PayoutId> {
    line.reference.as_deref()?.split(' ').next().and_then(PayoutId::parse)
}
