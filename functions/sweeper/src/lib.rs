//! Handles whatever has become due: moves tasks on and brings back callbacks. What becomes of a task is
//! for `domain` to say, and nobody relies on the sweeper to be on time.

mod lapse;
mod shard;

use domain::next_action::DueKind;
use futures::future::join_all;
use shard::{Shard, Swept};
use std::fmt::Display;
use std::time::{Duration, Instant};
use store::events::job::Job;
use store::schema::DUE_SHARDS;
use store::{Store, StoreError};

/// Handles what is due now, kind by kind, money first; each kind has its share of `budget`, and what it leaves of it
/// goes to the others. Jobs are given to `carry` page by page; what that does not take comes back when its lease is
/// over. Answers how much was handled: 0 says that nothing is left that can be.
///
/// # Errors
/// The store did not say what is due somewhere. Everything else was handled all the same.
pub async fn sweep<C, F, E>(store: &Store, budget: Duration, carry: C) -> Result<usize, StoreError>
where
    C: Fn(Vec<Job>) -> F,
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    let (now, end) = (store.now(), Instant::now() + budget);
    let (mut handled, mut unread) = (0, None);
    for (kind, kinds_left) in DueKind::ALL.iter().zip((1..=DueKind::ALL.len()).rev()) {
        let share = end.saturating_duration_since(Instant::now()) / u32::try_from(kinds_left).unwrap_or(u32::MAX);
        let until = Instant::now() + share;
        let shards = (0..DUE_SHARDS).map(|shard| Shard { store, kind: *kind, shard, now, until }.sweep(&carry));
        let shards = join_all(shards).await;

        let mut swept = Swept::default();
        for shard in shards {
            match shard {
                Ok(shard) => swept = swept.and(&shard),
                Err(error) => unread = Some(error),
            }
        }
        report(*kind, &swept);
        handled += swept.handled;
    }
    unread.map_or(Ok(handled), Err)
}

/// The age of what waited longest, also when nothing did: an alarm must see the difference to silence.
fn report(kind: DueKind, swept: &Swept) {
    metrics::histogram!("DueAge", "Kind" => kind.word()).record(swept.oldest_s);
    metrics::counter!("SweepFailures").increment(swept.failed);
    if swept.handled > 0 || swept.failed > 0 {
        tracing::info!(due = %kind, handled = swept.handled, failed = swept.failed, oldest_s = swept.oldest_s, "swept");
    }
}
