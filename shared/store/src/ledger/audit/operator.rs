//! An operator's books: payouts, and what the agents' journals say was earned, beside the stored earnings.

use super::{EXISTS, READABLE, name, readable, version_of};
use crate::ledger::account::earnings_of;
use crate::ledger::journal::{ENTRY, line_of};
use crate::ledger::ratings::{RATING, rating_of};
use crate::{Key, Store, StoreError};
use domain::money::audit::{Audit, Earned, OperatorBooks};
use domain::money::payout::Payee;
use domain::{OperatorId, Timestamp};

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
        self.audit_payouts(&Payee::Operator(operator.clone()), &mut books.audit).await?;
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
        let (payee, mut start) = (Payee::Operator(operator.clone()), None);
        loop {
            let (items, next) = self.owner_page(&self.tables.ledger, operator.as_str(), Some(ENTRY), start).await?;
            let lines = readable(items, &mut books.audit, line_of);
            lines.iter().for_each(|line| books.enter(line));
            self.audit_payout_lines(&payee, &lines, &mut books.audit).await?;
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
}
