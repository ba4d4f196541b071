//! Sends one event to the agent's URL and decides what follows. Neither derives events (`relay`) nor
//! waits for the next attempt: it plans that one, and the sweeper brings it back.

mod breaker;
mod endpoint;
mod opening;
mod schedule;

pub use opening::OpeningKeys;

use breaker::Turn;
use domain::task::{Callback, Sealed};
use domain::{EventId, Timestamp};
use endpoint::{Endpoint, Follows};
use outbound::signature;
use schedule::Next;
use std::time::{Duration, Instant};
use store::events::circuits::Circuit;
use store::events::deliveries::Delivery;
use store::events::{Attempt, Event};
use store::{Key, Store, StoreError};

/// How often and in what distance is looked whether a host has answered that somebody else asks for the first time.
const LOOKS_MAX: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// In the log of deliveries, for an attempt that was not made because nothing could sign it.
const UNREADABLE: &str = "secret_unreadable";

/// What is to be sent, where to, and which attempt is planned, if one is.
struct Wanted {
    event: Event,
    callback: Callback,
    planned: Option<u32>,
}

/// How an attempt ended, and what follows.
struct Ended {
    at: Timestamp,
    answer: outbound::Posted,
    next: Next,
}

/// The worker for `Job::Deliver`.
#[derive(Clone, Debug)]
pub struct Callbacks {
    store: Store,
    client: outbound::Client,
    keys: OpeningKeys,
}

impl Callbacks {
    /// A worker that reads from `store`, opens secrets with `keys`, and sends with `client`, which also sets the user
    /// agent.
    pub fn new(store: Store, client: outbound::Client, keys: OpeningKeys) -> Self {
        Self { store, client, keys }
    }

    /// Makes one attempt and plans the next if it failed. A delivery that nobody wants any more is
    /// dropped, and so is a late copy of a retry: only the planned attempt is made.
    ///
    /// # Errors
    /// The store does not answer. Delivering again is safe: at worst the event arrives twice.
    pub async fn deliver(&self, delivery: &Delivery) -> Result<(), StoreError> {
        let Some(Wanted { event, callback, planned }) = self.wanted(delivery).await? else { return Ok(()) };
        let (host, endpoint) = (outbound::host(&callback.url), Endpoint::of(delivery, &callback));
        let mut found = self.store.read(endpoint.keys().chain([Key::circuit(&host)])).await?;
        let known = endpoint.known(&mut found)?;
        if known.is_disabled {
            self.refuse(delivery, endpoint::DISABLED).await?;
            return self.settle(delivery.event, planned).await;
        }
        let [jitter, ..] = store::random_bits();
        let Some(secrets) = self.secrets(delivery, &callback) else {
            return self.keep_back(delivery, planned, jitter).await;
        };
        let (turn, circuit) = self.turn(&host, found.circuit(&host)?).await?;
        let known_until = match turn {
            Turn::Ask => self.store.now(),
            Turn::Probe(until) => until,
            Turn::Wait(until) if schedule::is_too_old(delivery.at, until) => {
                self.refuse(delivery, schedule::TOO_LATE).await?;
                return self.give_up(delivery, planned).await;
            }
            Turn::Wait(until) => {
                let due_at = breaker::due_at(until, self.store.now(), jitter);
                return self.store.plan_retry(delivery, due_at).await;
            }
        };

        let Ended { at: now, answer, next } = self.attempt(delivery, &event, &callback.url, &secrets, jitter).await?;
        match answer {
            outbound::Posted::Failed(_) => {
                self.store.count_silence(&host, known_until, breaker::open_until(circuit, now)).await?;
            }
            // Any answer at all is a sign of life.
            outbound::Posted::Answered { .. } => {
                if let Some(alive_until) = breaker::alive_until(circuit, now) {
                    self.store.note_answer(&host, alive_until).await?;
                }
            }
        }
        match endpoint.follows(known.standing.as_ref(), answer, now) {
            Follows::Nothing => {}
            Follows::Clear(name) => self.store.clear_standing(delivery.agent, name).await?,
            Follows::Note(standing) => {
                let seen = known.standing.filter(|seen| seen.endpoint == standing.endpoint);
                self.store.note_standing(delivery.agent, seen.as_ref(), &standing).await?;
            }
        }

        self.go_on(delivery, planned, next, now).await
    }

    /// Does what follows an attempt that ended at `now`.
    async fn go_on(
        &self,
        delivery: &Delivery,
        planned: Option<u32>,
        next: Next,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match next {
            Next::Again { after_s } => {
                let again = Delivery { attempt: delivery.attempt + 1, ..delivery.clone() };
                self.store.plan_retry(&again, now.plus_seconds(after_s)).await
            }
            Next::Delivered | Next::Unwanted => self.settle(delivery.event, planned).await,
            Next::Exhausted => self.give_up(delivery, planned).await,
        }
    }

    /// What is to be sent, if this attempt is the planned one and there is something that is wanted.
    async fn wanted(&self, delivery: &Delivery) -> Result<Option<Wanted>, StoreError> {
        let Delivery { event: id, agent, task, sequence, attempt, .. } = *delivery;
        let keys = [Key::event(agent, sequence), Key::retry(id)].into_iter().chain(task.map(Key::callback));
        let mut found = self.store.read(keys).await?;
        let planned = found.retry(id)?.map(|retry| retry.attempt);
        if planned.map_or(attempt != 1, |planned| planned != attempt) {
            return Ok(None);
        }
        let recorded = found.event(agent, sequence)?;
        let has_arrived = recorded.as_ref().is_some_and(|it| it.attempts.iter().any(has_arrived));
        // Whoever relays a change again asks again for what was sent.
        if planned.is_none() && has_arrived {
            return Ok(None);
        }
        let event = recorded.map(|recorded| recorded.event);
        let callback = match (task, &event) {
            (Some(task), _) => found.callback(task)?,
            (None, event) => event.as_ref().and_then(|event| event.callback.clone()),
        };
        let is_wanted = |(event, callback): &(Event, Callback)| {
            event.name.of_task().is_none_or(|name| callback.events.contains(&name))
        };
        let Some((event, callback)) = event.zip(callback).filter(is_wanted) else {
            self.settle(id, planned).await?;
            return Ok(None);
        };
        Ok(Some(Wanted { event, callback, planned }))
    }

    /// Whose turn it is, and what was known of the host. Of all who may probe it, one does. Those who come in the same
    /// moment wait for the first answer rather than until the next sweep.
    async fn turn(&self, host: &str, seen: Option<Circuit>) -> Result<(Turn, Option<Circuit>), StoreError> {
        let (mut looks, mut circuit) = (0, seen);
        loop {
            let now = self.store.now();
            let (turn, is_settled) = match breaker::turn(circuit, now) {
                Turn::Probe(until) if self.store.probe(host, circuit, until).await? => (Turn::Probe(until), true),
                // Somebody else was faster.
                Turn::Probe(until) => (Turn::Wait(until), false),
                Turn::Wait(until) => (Turn::Wait(until), !breaker::is_just_asked(circuit, now)),
                Turn::Ask => (Turn::Ask, true),
            };
            looks += 1;
            if is_settled || looks == LOOKS_MAX {
                return Ok((turn, circuit));
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
            circuit = self.store.read([Key::circuit(host)]).await?.circuit(host)?;
        }
    }

    /// The event says why nobody tries any more.
    async fn refuse(&self, delivery: &Delivery, why: &str) -> Result<(), StoreError> {
        let (number, at, outcome) = (delivery.attempt, self.store.now(), why.to_owned());
        let attempt = Attempt { number, at, outcome, duration_ms: 0, next_at: None };
        self.store.note_attempt(delivery.agent, delivery.sequence, &attempt).await
    }

    async fn give_up(&self, delivery: &Delivery, planned: Option<u32>) -> Result<(), StoreError> {
        let task = delivery.task.map(tracing::field::display);
        tracing::error!(event.id = %delivery.event, agent.id = %delivery.agent, task.id = task, "callback exhausted");
        self.settle(delivery.event, planned).await
    }

    async fn attempt(
        &self,
        delivery: &Delivery,
        event: &Event,
        url: &str,
        secrets: &[String],
        jitter: u8,
    ) -> Result<Ended, StoreError> {
        let (at, started) = (self.store.now(), Instant::now());
        let body = event.body.as_bytes();
        // The receiver compares it with its own clock, which no test has moved.
        let sent_at = self.store.clock().unmoved();
        let headers = headers(secrets, &event.id.to_string(), sent_at.seconds(), body);
        let answer = self.client.post(url, &headers, body.to_vec()).await;

        let (ended_at, next) = (self.store.now(), schedule::next(delivery.attempt, answer, jitter));
        let attempt = Attempt {
            number: delivery.attempt,
            at,
            outcome: outcome(answer),
            duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            next_at: next.moment(ended_at),
        };
        let next = self.note(delivery, attempt, next).await?;
        Ok(Ended { at: ended_at, answer, next })
    }

    /// The secrets that sign now, the present one first. None if that one can not be opened; the one before it is only
    /// for those who do not know the present one yet.
    fn secrets(&self, delivery: &Delivery, callback: &Callback) -> Option<Vec<String>> {
        let subject = delivery.task.map_or_else(|| delivery.event.to_string(), |task| task.to_string());
        let now = self.store.now();
        let open = |Sealed(sealed): &Sealed| self.keys.open(&subject, sealed);
        let Some(present) = &callback.secret else { return Some(Vec::new()) };
        let replaced = callback.replaced.as_ref().filter(|(_, until)| *until > now).and_then(|(it, _)| open(it));
        Some([open(present)?].into_iter().chain(replaced).collect())
    }

    /// Nothing is sent without the signature that was asked for: it would be believed, or refused. The attempt counts as
    /// a failed one, and its outcome is for the agent to see.
    async fn keep_back(&self, delivery: &Delivery, planned: Option<u32>, jitter: u8) -> Result<(), StoreError> {
        let (at, next) = (self.store.now(), schedule::after_failure(delivery.attempt, 0, jitter));
        let (number, outcome, next_at) = (delivery.attempt, UNREADABLE.to_owned(), next.moment(at));
        let attempt = Attempt { number, at, outcome, duration_ms: 0, next_at };
        let next = self.note(delivery, attempt, next).await?;
        self.go_on(delivery, planned, next, at).await
    }

    /// Notes an attempt, after which `next` would follow; answers what does.
    async fn note(&self, delivery: &Delivery, attempt: Attempt, next: Next) -> Result<Next, StoreError> {
        let (attempt, next) = match next {
            // A test is repeated by whoever wants it to be.
            Next::Again { .. } | Next::Exhausted if delivery.task.is_none() => {
                (Attempt { next_at: None, ..attempt }, Next::Unwanted)
            }
            next => (attempt, next),
        };
        // 1 or 0, so that the average is the share that failed.
        metrics::histogram!("CallbackFailures").record(u32::from(next != Next::Delivered));
        tracing::info!(
            event.id = %delivery.event,
            agent.id = %delivery.agent,
            task.id = delivery.task.map(tracing::field::display),
            attempt = attempt.number,
            outcome = attempt.outcome,
            duration_ms = attempt.duration_ms,
            "callback attempted"
        );
        self.store.note_attempt(delivery.agent, delivery.sequence, &attempt).await?;
        Ok(next)
    }

    /// No further attempt, also when this one was asked for beside a planned one.
    async fn settle(&self, event: EventId, planned: Option<u32>) -> Result<(), StoreError> {
        match planned {
            Some(_) => self.store.drop_retry(event).await,
            None => Ok(()),
        }
    }
}

/// Signed as the reference says by the first secret and, beside it, as Standard Webhooks says by all of them; unsigned
/// without a secret.
fn headers(secrets: &[String], id: &str, unix_seconds: i64, body: &[u8]) -> Vec<(String, String)> {
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", unix_seconds.to_string()),
    ];
    if let Some(secret) = secrets.first() {
        let standard = secrets.iter().map(|secret| signature::standard(secret, id, unix_seconds, body));
        headers.push(("X-HumanOps-Signature", signature::humanops(secret, body)));
        headers.push(("webhook-signature", standard.collect::<Vec<_>>().join(" ")));
    }
    headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Whether the other side took it.
fn has_arrived(attempt: &Attempt) -> bool {
    attempt.outcome.parse().is_ok_and(|status: u16| (200..300).contains(&status))
}

/// The status, or the word for why there is none, as the delivery log keeps it.
fn outcome(answer: outbound::Posted) -> String {
    match answer {
        outbound::Posted::Answered { status, .. } => status.to_string(),
        outbound::Posted::Failed(class) => class.to_string(),
    }
}

#[cfg(test)]
mod tests;
