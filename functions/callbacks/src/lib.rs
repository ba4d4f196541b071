//! Sends one event to the agent's URL and decides what follows. Neither derives events (`relay`) nor
//! waits for the next attempt: it plans that one, and the sweeper brings it back.

mod breaker;
mod schedule;

use breaker::Turn;
use domain::EventId;
use domain::task::Callback;
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

/// The worker for `Job::Deliver`.
#[derive(Clone, Debug)]
pub struct Callbacks {
    store: Store,
    client: outbound::Client,
}

impl Callbacks {
    /// A worker that reads from `store` and sends with `client`, which also sets the user agent.
    pub fn new(store: Store, client: outbound::Client) -> Self {
        Self { store, client }
    }

    /// Makes one attempt and plans the next if it failed. A delivery that nobody wants any more is
    /// dropped, and so is a late copy of a retry: only the planned attempt is made.
    ///
    /// # Errors
    /// The store does not answer. Delivering again is safe: at worst the event arrives twice.
    pub async fn deliver(&self, delivery: &Delivery) -> Result<(), StoreError> {
        let Delivery { event: id, agent, task, at, attempt } = *delivery;
        let mut found = self.store.read([Key::event(agent, at, id), Key::callback(task), Key::retry(id)]).await?;
        let planned = found.retry(id)?.map(|retry| retry.attempt);
        let is_planned = planned.map_or(attempt == 1, |planned| planned == attempt);
        if !is_planned {
            return Ok(());
        }
        let wanted = found.event(agent, at, id)?.zip(found.callback(task)?);
        let Some((event, callback)) = wanted.filter(|(event, callback)| callback.events.contains(&event.name)) else {
            return self.settle(id, planned).await;
        };

        let host = outbound::host(&callback.url);
        let (turn, circuit) = self.turn(&host).await?;
        let [jitter, ..] = store::random_bits();
        let known_until = match turn {
            Turn::Ask => self.store.now(),
            Turn::Probe(until) => until,
            Turn::Wait(until) if schedule::is_too_old(at, until) => return self.give_up(delivery, planned).await,
            Turn::Wait(until) => {
                let due_at = breaker::due_at(until, self.store.now(), jitter);
                return self.store.plan_retry(delivery, due_at).await;
            }
        };

        let answer = self.attempt(delivery, &event, &callback).await?;
        let now = self.store.now();
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

        match schedule::next(attempt, answer, jitter) {
            Next::Again { after_s } => {
                let due_at = self.store.now().plus_seconds(after_s);
                self.store.plan_retry(&Delivery { attempt: attempt + 1, ..delivery.clone() }, due_at).await
            }
            Next::Delivered | Next::Unwanted => self.settle(id, planned).await,
            Next::Exhausted => self.give_up(delivery, planned).await,
        }
    }

    /// Whose turn it is, and what was known of the host. Of all who may probe it, one does. Those who come in the same
    /// moment wait for the first answer rather than until the next sweep.
    async fn turn(&self, host: &str) -> Result<(Turn, Option<Circuit>), StoreError> {
        let mut looks = 0;
        loop {
            let (circuit, now) = (self.store.read([Key::circuit(host)]).await?.circuit(host)?, self.store.now());
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
        }
    }

    async fn give_up(&self, delivery: &Delivery, planned: Option<u32>) -> Result<(), StoreError> {
        tracing::error!(event.id = %delivery.event, task.id = %delivery.task, "callback exhausted");
        self.settle(delivery.event, planned).await
    }

    async fn attempt(
        &self,
        delivery: &Delivery,
        event: &Event,
        callback: &Callback,
    ) -> Result<outbound::Posted, StoreError> {
        let (at, started) = (self.store.now(), Instant::now());
        let body = event.body.as_bytes();
        // The receiver compares it with its own clock, which no test has moved.
        let sent_at = self.store.clock().unmoved();
        let headers = headers(callback, &event.id.to_string(), sent_at.seconds(), body);
        let answer = self.client.post(&callback.url, &headers, body.to_vec()).await;

        let attempt = Attempt {
            number: delivery.attempt,
            at,
            outcome: outcome(answer),
            duration_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            delivered: schedule::is_delivered(answer),
        };
        // 1 or 0, so that the average is the share that failed.
        metrics::histogram!("CallbackFailures").record(u32::from(!attempt.delivered));
        tracing::info!(
            event.id = %event.id,
            task.id = %event.task,
            attempt = attempt.number,
            outcome = attempt.outcome,
            duration_ms = attempt.duration_ms,
            "callback attempted"
        );
        self.store.record_attempt(event.id, &attempt).await?;
        Ok(answer)
    }

    /// No further attempt, also when this one was asked for beside a planned one.
    async fn settle(&self, event: EventId, planned: Option<u32>) -> Result<(), StoreError> {
        match planned {
            Some(_) => self.store.drop_retry(event).await,
            None => Ok(()),
        }
    }
}

/// Signed as the reference says and, beside it, as Standard Webhooks says; unsigned without a secret.
fn headers(callback: &Callback, id: &str, unix_seconds: i64, body: &[u8]) -> Vec<(String, String)> {
    let mut headers = vec![
        ("content-type", "application/json".to_owned()),
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", unix_seconds.to_string()),
    ];
    if let Some(secret) = &callback.secret {
        headers.push(("X-HumanOps-Signature", signature::humanops(secret, body)));
        headers.push(("webhook-signature", signature::standard(secret, id, unix_seconds, body)));
    }
    headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
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
