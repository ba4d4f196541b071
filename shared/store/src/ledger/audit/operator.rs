//! An operator's books: payouts, and what the agents' journals say was earned, beside the stored earnings.

use super::{EXISTS, READABLE, name, readable, version_of};
use crate::ledger::account::earnings_of;
use crate::ledger::journal::{ENTRY, line_of};
use crate::ledger::payouts::{PAYOUT, payout_of};
use crate::ledger::ratings::{RATING, rating_of};
use crate::{Key, Store, StoreError};
use domain::money::audit::{Audit, Earned, JournalLine, OperatorBooks};
use domain::money::payout;
use domain::{OperatorId, PayoutId, Timestamp};

const PAYOUTS: &str = "payouts are debited by one entry";

impl Store {
    /// `version` is that of the earnings before the first journal was read.
    pub(super) async fn audit_operator(
        &self,
        operator: OperatorId,
        version: Option<u64>,
        earned: Earned,
        now: Timestamp,
    ) -> Result<Audit, StoreError> {
        let mut books = OperatorBooks::new(operator.clone(), earned);
        self.enter_payouts(&operator, &mut books).await?;
        self.audit_payouts(&operator, &mut books.audit).await?;
        self.enter_ratings(&operator, &mut books).await?;

        let Some(item) = self.item(Key::earnings(&operator)).await? else {
            books.audit.expect(false, EXISTS, operator, "it was there a moment ago".to_owned());
            return Ok(books.audit);
        };
        if version_of(&item) != version {
            return Ok(Audit { busy: 1, ..books.audit });
        }
        let name = name(&item);
        match earnings_of(item) {
            Ok(earnings) => Ok(books.close(&earnings, now)),
            Err(error) => {
                books.audit.expect(false, READABLE, name, error.to_string());
                Ok(books.audit)
            }
        }
    }

    /// The operator's own journal: each entry has its payout.
    async fn enter_payouts(&self, operator: &OperatorId, books: &mut OperatorBooks) -> Result<(), StoreError> {
        let mut start = None;
        loop {
            let (items, next) = self.owner_page(&self.tables.ledger, operator.as_str(), Some(ENTRY), start).await?;
            let lines = readable(items, &mut books.audit, line_of);
            let id = |line: &JournalLine| line.reference.as_deref().and_then(PayoutId::parse);
            let keys = lines.iter().filter_map(id).map(|id| Key::payout(operator, id));
            let mut found = self.read(keys).await?;
            for line in &lines {
                books.enter(line);
                let payout = id(line).and_then(|id| found.payout(operator, id).ok().flatten());
                let same = payout.is_some_and(|it| line.is(&payout::entry(&it), &it.id.to_string()));
                books.audit.expect(same, PAYOUTS, line.id, "no payout says the same".to_owned());
            }
            start = next;
            if start.is_none() {
                return Ok(());
            }
        }
    }

    async fn enter_ratings(&self, operator: &OperatorId, books: &mut OperatorBooks) -> Result<(), StoreError> {
        let mut start = None;
        loop {
            let (items, next) = self.owner_page(&self.tables.ledger, operator.as_str(), Some(RATING), start).await?;
            readable(items, &mut books.audit, rating_of).iter().for_each(|rating| books.rate(rating.score));
            start = next;
            if start.is_none() {
                return Ok(());
            }
        }
    }

    /// Each payout has its entry. That the entry says the same is seen from the other side.
    async fn audit_payouts(&self, operator: &OperatorId, audit: &mut Audit) -> Result<(), StoreError> {
        let mut start = None;
        loop {
            let (items, next) = self.owner_page(&self.tables.core, operator.as_str(), Some(PAYOUT), start).await?;
            let payouts = readable(items, audit, payout_of).into_iter();
            let wanted: Vec<_> = payouts.map(|it| (it.id, Key::entry(operator, &payout::entry(&it)))).collect();
            let mut found = self.read(wanted.iter().map(|(_, key)| key.clone())).await?;
            for (payout, key) in wanted {
                let there = found.take(&key, Ok)?.is_some();
                audit.expect(there, PAYOUTS, payout, "it is in no journal".to_owned());
            }
            start = next;
            if start.is_none() {
                return Ok(());
            }
        }
    }
}
