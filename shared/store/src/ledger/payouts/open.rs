//! Payouts on their way, whoever is paid: by the index of what is due, and what was put aside of it. Those that are over are
//! in no index.

use super::{PAYOUT, named};
use crate::engine::schema::DUE_SHARDS;
use crate::task::due::PARKED;
use crate::task::index::due_partition;
use crate::{Key, Store, StoreError};
use domain::money::payout::Payout;
use domain::next_action::DueKind;
use futures::future::try_join_all;

/// A payout that is open.
#[derive(Clone, Debug)]
pub struct Open {
    pub payout: Payout,
    /// It could not be handled, and nobody tries any more.
    pub is_parked: bool,
}

/// Entries of a partition that are looked at.
const LOOKED_AT: i32 = 500;

impl Store {
    /// Payouts that are open, in no order: of each shard among the 500 that are looked at next, and among 500 entries of all
    /// kinds that were put aside.
    pub async fn open_payouts(&self) -> Result<Vec<Open>, StoreError> {
        let mut partitions: Vec<String> = (0..DUE_SHARDS).map(|shard| due_partition(DueKind::Payout, shard)).collect();
        partitions.push(PARKED.to_owned());
        let listed = try_join_all(partitions.iter().map(|partition| self.first_due(partition, LOOKED_AT))).await?;

        let mut names = Vec::new();
        for (partition, entries) in partitions.iter().zip(&listed) {
            for entry in entries.iter().filter(|entry| entry.of().1.starts_with(PAYOUT)) {
                names.push((named(entry)?, partition == PARKED));
            }
        }
        let mut found = self.read(names.iter().map(|((payee, id), _)| Key::payout(payee, *id))).await?;
        let mut open = Vec::new();
        for ((payee, id), is_parked) in names {
            // The index lags behind: it may be over.
            let payout = found.payout(&payee, id)?.filter(|payout| payout.status.is_open());
            open.extend(payout.map(|payout| Open { payout, is_parked }));
        }
        Ok(open)
    }
}
