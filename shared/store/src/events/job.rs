//! What is to be done because of a commit. Messages carry ids only: whoever does the work reads the
//! state, so a repeated or late message does no harm.

use crate::StoreError;
use crate::engine::item::{known, moment, word};
use crate::events::deliveries::Delivery;
use domain::event::EventName;
use domain::money::payout::Payee;
use domain::operator::push::Notice;
use domain::{AgentId, EventId, OperatorId, PayoutId, TaskId};
use serde::{Deserialize, Serialize};
use std::fmt::Display;
use std::time::Duration;

/// A message for a worker. As JSON it is `{"job":"judge","task":"task_…"}`, with `pay` who is paid and the
/// payout, or with `deliver` and `push` the fields of [`Delivery`] and [`Notice`], their time in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Wire", try_from = "Wire")]
pub enum Job {
    /// For the Guardian: look at this task's submission.
    Judge(TaskId),
    /// For the callbacks: send this event.
    Deliver(Delivery),
    /// For the payouts: see what is next for this one.
    Pay(Payee, PayoutId),
    /// For the notifications: tell operators of this.
    Push(Notice),
}

/// What both sides of a queue agree on. Deployed versions of both meet, so fields are only ever added.
#[derive(Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
enum Wire {
    Judge {
        task: String,
    },
    Deliver {
        event: String,
        agent: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        task: Option<String>,
        #[serde(default)]
        sequence: u64,
        at: i64,
        attempt: u32,
    },
    Pay {
        payee: String,
        payout: String,
    },
    Push {
        task: String,
        event: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operator: Option<String>,
        at: i64,
    },
}

impl From<Job> for Wire {
    fn from(job: Job) -> Self {
        match job {
            Job::Judge(task) => Self::Judge { task: task.to_string() },
            Job::Pay(payee, payout) => Self::Pay { payee: payee.to_string(), payout: payout.to_string() },
            Job::Push(Notice { task, event, operator, at }) => Self::Push {
                task: task.to_string(),
                event: event.to_string(),
                operator: operator.map(|operator| operator.to_string()),
                at: at.millis(),
            },
            Job::Deliver(Delivery { event, agent, task, sequence, at, attempt }) => Self::Deliver {
                event: event.to_string(),
                agent: agent.to_string(),
                task: task.map(|task| task.to_string()),
                sequence,
                at: at.millis(),
                attempt,
            },
        }
    }
}

impl TryFrom<Wire> for Job {
    type Error = StoreError;

    fn try_from(wire: Wire) -> Result<Self, StoreError> {
        let task_id = |text: &str| known(TaskId::parse(text), "a task id", text);
        Ok(match wire {
            Wire::Judge { task } => Self::Judge(task_id(&task)?),
            Wire::Pay { payee, payout } => Self::Pay(
                known(Payee::parse(&payee), "who is paid", &payee)?,
                known(PayoutId::parse(&payout), "a payout id", &payout)?,
            ),
            Wire::Push { task, event, operator, at } => Self::Push(Notice {
                task: task_id(&task)?,
                event: known(EventName::parse(&event), "an event", &event)?,
                operator: word(operator, "an operator id", OperatorId::parse)?,
                at: moment(at),
            }),
            Wire::Deliver { event, agent, task, sequence, at, attempt } => Self::Deliver(Delivery {
                event: known(EventId::parse(&event), "an event id", &event)?,
                agent: known(AgentId::parse(&agent), "an agent id", &agent)?,
                task: task.as_deref().map(task_id).transpose()?,
                sequence,
                at: moment(at),
                attempt,
            }),
        })
    }
}

/// Pauses between attempts at a job.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

/// Does `attempt` until it succeeds, at most three times: what fails for a moment comes back in a second, and not when
/// the queue brings its message again.
pub async fn insist<F, E>(attempt: impl Fn() -> F) -> Result<(), E>
where
    F: Future<Output = Result<(), E>>,
    E: Display,
{
    for pause in PAUSES {
        match attempt().await {
            Ok(()) => return Ok(()),
            Err(cause) => tracing::warn!(%cause, "a job failed and is tried again"),
        }
        tokio::time::sleep(pause).await;
    }
    attempt().await
}

#[cfg(test)]
mod tests;
