//! Notifies operators in their browsers (RFC 8030): of what became of their tasks, and of new ones near them. What
//! is to be told, `relay` says. A notification is a hint and no delivery: what it says is in the app too, and so is
//! whatever was lost.

mod message;
mod seal;
mod vapid;

pub use vapid::Vapid;

use domain::limits::NEAR_TOLD_MAX;
use domain::operator::push::{Browser, Notice};
use domain::task::Task;
use domain::time::MINUTE_S;
use domain::{OperatorId, Timestamp};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use message::Message;
use outbound::{FailureClass, Posted};
use std::collections::BTreeMap;
use std::time::Duration;
use store::people::push::{Browsers, Nearby};
use store::{Key, Store, StoreError};

/// What a push service has to answer.
pub const TIMEOUT: Duration = Duration::from_secs(5);
/// Messages that are sent at once because of one notice.
const AT_ONCE: usize = 32;
/// Seconds in which a message that no push service took is tried again. Anybody may name a push service that takes none:
/// that must not look like a failure of ours for ever.
const AGAIN_S: i64 = 5 * MINUTE_S;

/// Why a notice must come again.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a push service did not take a message")]
    NotTaken,
}

/// The worker for `Job::Push`.
#[derive(Clone, Debug)]
pub struct Pushes {
    store: Store,
    client: outbound::Client,
    vapid: Vapid,
}

/// What a push service made of a message (RFC 8030, 5 and 7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Yes,
    /// The browser is not there any more.
    Gone,
    NotNow,
    Never,
}

impl Pushes {
    /// A worker that reads from `store` and sends with `client`, as whom `vapid` says.
    pub fn new(store: Store, client: outbound::Client, vapid: Vapid) -> Self {
        Self { store, client, vapid }
    }

    /// Sends a message to each browser that is to be told, and forgets those that are gone.
    ///
    /// # Errors
    /// The store does not answer, or a push service asks to come again. Telling it once more is safe: where it arrived,
    /// the same message takes the place of the one before.
    pub async fn push(&self, notice: &Notice) -> Result<(), Trouble> {
        let keys = notice.operator.iter().map(Key::browsers).chain([Key::task(notice.task)]);
        let mut found = self.store.read(keys).await?;
        let now = self.store.now();
        let Some(task) = found.task(notice.task)?.filter(|task| notice.is_news(task, now)) else { return Ok(()) };
        match &notice.operator {
            Some(operator) => {
                let browsers = found.browsers(operator)?;
                self.tell(operator, &browsers, notice, &task, now).await
            }
            None => self.tell_near(notice, &task, now).await,
        }
    }

    /// Tells an operator in all browsers.
    async fn tell(
        &self,
        operator: &OperatorId,
        browsers: &Browsers,
        notice: &Notice,
        task: &Task,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let message = Message::of(notice, task);
        let live = browsers.list.iter().filter(|it| it.until > now);
        let sent = live.map(async |browser| (browser, self.send(browser, &message).await));
        let mut is_taken = true;
        for (browser, taken) in futures::future::join_all(sent).await {
            match taken {
                Taken::Gone => self.forget(operator, browsers, browser).await?,
                Taken::NotNow => is_taken = false,
                Taken::Yes | Taken::Never => {}
            }
        }
        if is_taken || now > notice.at.plus_seconds(AGAIN_S) { Ok(()) } else { Err(Trouble::NotTaken) }
    }

    /// Tells the nearest who want to know of new tasks, and were not told of another one lately. A message that is not
    /// taken is not sent again: the next task is news too.
    async fn tell_near(&self, notice: &Notice, task: &Task, now: Timestamp) -> Result<(), Trouble> {
        let Some(point) = task.point else { return Ok(()) };
        let nearby = self.store.nearby(point, now).await?.into_iter();
        let mut near: Vec<_> = nearby.filter_map(|it| Some((it.near.reaches(point)?, it))).collect();
        near.sort_by_key(|(km, it)| (*km, it.browser));
        near.truncate(NEAR_TOLD_MAX);

        let mut found = self.store.read(near.iter().map(|(_, it)| Key::browsers(&it.operator))).await?;
        let mut browsers = BTreeMap::new();
        for (_, it) in &near {
            if !browsers.contains_key(&it.operator) {
                browsers.insert(it.operator.clone(), found.browsers(&it.operator)?);
            }
        }
        let message = Message::of(notice, task);
        let tell = async |(_, it): (u64, Nearby)| self.tell_one(&it, &browsers[&it.operator], &message, now).await;
        stream::iter(near).map(tell).buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn tell_one(
        &self,
        nearby: &Nearby,
        browsers: &Browsers,
        message: &Message,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let is_it = |it: &&Browser| it.id == nearby.browser && it.near == Some(nearby.near) && it.until > now;
        let Some(browser) = browsers.list.iter().find(is_it) else { return Ok(()) };
        // Before it is sent: of two tasks at the same time one is told.
        if self.store.claim_nearby(nearby, now).await? && self.send(browser, message).await == Taken::Gone {
            self.forget(&nearby.operator, browsers, browser).await?;
        }
        Ok(())
    }

    async fn forget(&self, operator: &OperatorId, seen: &Browsers, gone: &Browser) -> Result<(), StoreError> {
        let without = |list: Vec<Browser>| list.into_iter().filter(|it| it.id != gone.id).collect();
        self.store.change_browsers(operator, seen.clone(), without).await
    }

    async fn send(&self, browser: &Browser, message: &Message) -> Taken {
        // A key that is no point on the curve was refused when it came.
        let Some(body) = seal::seal(&browser.keys, message.body()) else { return Taken::Never };
        let origin = outbound::origin(&browser.endpoint);
        // Push services have clocks of their own, which no test has moved.
        let authorization = self.vapid.authorization(&origin, self.store.clock().unmoved());
        let posted = self.client.post(&browser.endpoint, &message.headers(authorization), body).await;
        let taken = taken(posted);
        // 1 or 0, so that the average is the share that failed.
        metrics::histogram!("PushFailures").record(u32::from(matches!(taken, Taken::NotNow | Taken::Never)));
        tracing::info!(push.id = %browser.id, push.service = origin, ?posted, "notification sent");
        taken
    }
}

fn taken(posted: Posted) -> Taken {
    match posted {
        Posted::Answered { status: 200..=299, .. } => Taken::Yes,
        Posted::Answered { status: 404 | 410, .. } => Taken::Gone,
        Posted::Answered { status: 429 | 500..=599, .. } => Taken::NotNow,
        Posted::Answered { .. } | Posted::Failed(FailureClass::Blocked) => Taken::Never,
        Posted::Failed(
            FailureClass::DnsFailed
            | FailureClass::Timeout
            | FailureClass::Tls
            | FailureClass::Connect
            | FailureClass::Protocol,
        ) => Taken::NotNow,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_push_service_answers_says_what_becomes_of_a_browser() {
        let answered = |status| taken(Posted::Answered { status, retry_after_s: Some(9) });
        for (statuses, expected) in [
            (&[200, 201, 202, 204][..], Taken::Yes),
            (&[404, 410], Taken::Gone),
            (&[429, 500, 502, 503], Taken::NotNow),
            (&[301, 307, 400, 401, 403, 413], Taken::Never),
        ] {
            for status in statuses {
                assert_eq!(answered(*status), expected, "{status}");
            }
        }
        assert_eq!(taken(Posted::Failed(FailureClass::Timeout)), Taken::NotNow);
        assert_eq!(taken(Posted::Failed(FailureClass::Blocked)), Taken::Never);
    }
}
