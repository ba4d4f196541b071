//! What an operator's own journal and those of agents add up to.

use super::{Audit, Earned, JournalLine};
use crate::ids::OperatorId;
use crate::ledger::Account;
use crate::operator::Earnings;
use crate::operator::rating::Ratings;
use crate::time::Timestamp;

const RECORD: &str = "an operator's record equals its tasks";

/// An operator's payouts, and what agents' journals say that the operator earned.
#[derive(Clone, Debug)]
pub struct OperatorBooks {
    operator: OperatorId,
    earned: Earned,
    balance: i64,
    in_flight: i64,
    ratings: Ratings,
    /// What was found so far.
    pub audit: Audit,
}

impl OperatorBooks {
    pub fn new(operator: OperatorId, earned: Earned) -> Self {
        let audit = Audit { accounts: 1, ..Audit::default() };
        Self { operator, earned, balance: earned.total, in_flight: 0, ratings: Ratings::default(), audit }
    }

    /// A line of the operator's journal.
    pub fn enter(&mut self, line: &JournalLine) {
        self.audit.enter(line);
        for (account, micros) in &line.postings {
            match account {
                Account::Earnings(operator) if *operator == self.operator => self.balance += micros,
                Account::InFlight(_) => self.in_flight += micros,
                Account::World(rail) => self.audit.outside(*rail, *micros),
                _ => {}
            }
        }
    }

    /// A rating of the operator.
    pub fn rate(&mut self, score: u8) {
        self.ratings.add(score);
    }

    /// Compares with the stored earnings and the record, which must not have changed since the first journal was read.
    pub fn close(mut self, earnings: &Earnings, now: Timestamp) -> Audit {
        let Earned { total, pending, standing } = self.earned;
        for (part, stored, computed) in [
            ("earnings", earnings.balance, self.balance),
            ("in flight", earnings.in_flight, self.in_flight),
            ("total", earnings.total, total),
            ("pending", earnings.pending(now), pending),
        ] {
            self.audit.equal(format!("{} {part}", self.operator), stored.micros(), computed);
        }
        self.audit.rated(&self.operator, earnings.ratings, self.ratings);
        let detail = format!("stored {:?}, the tasks say {standing:?}", earnings.record);
        self.audit.expect(earnings.record.standing() == Some(standing), RECORD, self.operator, detail);
        self.audit
    }
}
