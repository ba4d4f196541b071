//! One kind of what is due in one shard of the index, page by page until its time is up.

use crate::lapse::lapse;
use domain::next_action::DueKind;
use domain::time::MINUTE_S;
use domain::{AgentId, Timestamp};
use futures::future::ready;
use futures::stream::{self, StreamExt as _};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::time::{Duration, Instant};
use store::events::job::Job;
use store::task::due::DueEntry;
use store::{Store, StoreError};

/// Entries of a shard that are handled at the same time.
const AT_ONCE: usize = 4;
/// How long entries of a page are begun, each of which may wait for a store that lacks capacity.
const PAGE_MAX: Duration = Duration::from_secs(7);
/// Retries of one agent that a sweep takes on: the rest waits, and nobody else behind it.
const PER_AGENT: usize = 100;
/// Seconds until a retry that was handed over and not attempted is due again: as long as its queue tries.
const LEASE_S: i64 = 15 * MINUTE_S;
/// The same for a payout, whose worker says itself when it is due again.
const PAYOUT_LEASE_S: i64 = 5 * MINUTE_S;

#[derive(Clone, Copy)]
pub(crate) struct Shard<'a> {
    pub(crate) store: &'a Store,
    pub(crate) kind: DueKind,
    pub(crate) shard: u8,
    pub(crate) now: Timestamp,
    /// No page is begun after.
    pub(crate) until: Instant,
}

/// What a sweep came upon.
#[derive(Debug, Default)]
pub(crate) struct Swept {
    pub(crate) handled: usize,
    pub(crate) failed: u64,
    /// Seconds for which the oldest had been due.
    pub(crate) oldest_s: u32,
}

impl Swept {
    pub(crate) fn and(self, other: &Self) -> Self {
        Self {
            handled: self.handled + other.handled,
            failed: self.failed + other.failed,
            oldest_s: self.oldest_s.max(other.oldest_s),
        }
    }
}

impl Shard<'_> {
    pub(crate) async fn sweep<C, F, E>(self, carry: &C) -> Result<Swept, StoreError>
    where
        C: Fn(Vec<Job>) -> F,
        F: Future<Output = Result<(), E>>,
        E: Display,
    {
        let (mut swept, mut taken, mut start) = (Swept::default(), BTreeMap::new(), None);
        loop {
            let page = self.store.due(self.kind, self.shard, self.now, start).await?;
            swept.oldest_s = page.entries.iter().map(|entry| self.age_s(entry)).fold(swept.oldest_s, u32::max);
            let entries: Vec<DueEntry> =
                page.entries.into_iter().filter(|entry| self.fits(entry, &mut taken)).collect();

            let mut jobs = Vec::new();
            for outcome in self.handled(entries).await {
                match outcome {
                    Ok(job) => {
                        swept.handled += 1;
                        jobs.extend(job);
                    }
                    Err(()) => swept.failed += 1,
                }
            }
            if !jobs.is_empty()
                && let Err(cause) = carry(jobs).await
            {
                swept.failed += 1;
                tracing::error!(%cause, "what is due was not handed over; it comes back when its lease is over");
            }
            start = page.next;
            if start.is_none() || Instant::now() >= self.until {
                return Ok(swept);
            }
        }
    }

    async fn handled(self, entries: Vec<DueEntry>) -> Vec<Result<Option<Job>, ()>> {
        let each = async |entry: DueEntry| match self.carry_out(&entry).await {
            Ok(job) => Ok(job),
            Err(error) => {
                self.failed(&entry, &error).await;
                Err(())
            }
        };
        // What is not begun stays due, and what was taken on is still handed over before the function is ended.
        let until = Instant::now() + PAGE_MAX;
        let begun = stream::iter(entries).take_while(|_| ready(Instant::now() < until));
        begun.map(each).buffer_unordered(AT_ONCE).collect().await
    }

    async fn carry_out(self, entry: &DueEntry) -> Result<Option<Job>, StoreError> {
        let until = |lease_s| self.now.plus_seconds(lease_s);
        let job = match self.kind {
            DueKind::Callback => self.store.lease_retry(entry, until(LEASE_S)).await?.map(Job::Deliver),
            DueKind::Payout => {
                let payout = self.store.lease_payout(entry, until(PAYOUT_LEASE_S)).await?;
                payout.map(|(payee, id)| Job::Pay(payee, id))
            }
            DueKind::Expire | DueKind::Review | DueKind::Judge | DueKind::Dispute => {
                return lapse(self.store, entry.task()?, self.kind, self.now).await.map(|()| None);
            }
        };
        Ok(job.inspect(|_| metrics::counter!("Swept", "Kind" => self.kind.word()).increment(1)))
    }

    /// What the store could not do now it may do in a minute; what it refuses, or can not be read, will never be.
    async fn failed(self, entry: &DueEntry, error: &StoreError) {
        tracing::error!(due = %self.kind, entry = entry.name(), %error, "what is due was not handled");
        if !error.is_lasting() {
            return;
        }
        match self.store.count_failure(entry).await {
            Ok(false) => {}
            Ok(true) => {
                metrics::counter!("Parked").increment(1);
                tracing::error!(due = %self.kind, entry = entry.name(), "put aside: it could not be handled five times");
            }
            Err(error) => tracing::error!(entry = entry.name(), %error, "a failure was not counted"),
        }
    }

    fn age_s(self, entry: &DueEntry) -> u32 {
        let age_s = entry.since().map_or(0, |since| self.now.seconds() - since.seconds());
        u32::try_from(age_s.max(0)).unwrap_or(u32::MAX)
    }

    /// Whether an entry is within the share of its agent. Only callbacks have one; what can't be read is looked at.
    fn fits(self, entry: &DueEntry, taken: &mut BTreeMap<AgentId, usize>) -> bool {
        if self.kind != DueKind::Callback {
            return true;
        }
        let Ok((_, agent)) = entry.callback() else { return true };
        let taken = taken.entry(agent).or_default();
        *taken += 1;
        *taken <= PER_AGENT
    }
}
