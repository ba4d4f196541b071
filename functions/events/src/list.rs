//! `GET /events`: the agent's stream behind a number. An empty answer waits for an event if it is asked to.

use axum::extract::State;
use contract::events::list::{Delivery, Event, Query, Reply};
use contract::wire::{Id, Moment, Word};
use domain::AgentId;
use serde_json::value::RawValue;
use std::time::{Duration, Instant};
use store::events::log::{Filter, Stretch};
use store::events::{Attempt, Recorded};
use store::{Store, StoreError};
use web::{AgentCaller, Answer, Gate, Json};

/// Three who wait all the time ask nine times.
const WAITS_A_MINUTE: u64 = 10;
/// Between two looks while somebody waits.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: web::Query) -> Answer<Reply> {
    let store = gate.store();
    let asked = query.read::<Query>();

    let first = async |agent| match &asked {
        Ok(asked) => look(store, agent, asked, asked.after).await.map(Some),
        Err(_) => Ok(None),
    };
    let (agent, _, first) = caller.authenticate_beside(|_| [], first).await?;
    let (asked, mut stretch) = match (asked, first) {
        (Err(refused), _) => return Err(refused),
        (Ok(asked), Some(first)) => (asked, first),
        (Ok(_), None) => unreachable!("what is asked for was looked at"),
    };

    let is_answer = !stretch.events.is_empty() || stretch.is_cut;
    let wait = if is_answer { Duration::ZERO } else { wait(&gate, agent, asked.wait_s).await };
    let until = Instant::now() + wait;
    while stretch.events.is_empty() && !stretch.is_cut {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            break;
        }
        tokio::time::sleep(left.min(BETWEEN_LOOKS)).await;
        stretch = look(store, agent, &asked, stretch.next_after).await?;
    }

    let data = stretch.events.into_iter().map(view).collect::<Result<_, _>>()?;
    Ok(Json::ok(Reply { data, next_after: stretch.next_after }))
}

/// How long an agent may wait now. Whoever waits keeps an environment of this function: an agent with more than its share
/// is answered at once. Where nothing can be counted, it waits.
async fn wait(gate: &Gate, agent: AgentId, wait_s: u64) -> Duration {
    if wait_s == 0 {
        return Duration::ZERO;
    }
    let store = gate.store();
    let waits = store.count_request(&agent.to_string(), "waits", store.clock().unmoved()).await.unwrap_or(0);
    if waits > WAITS_A_MINUTE { Duration::ZERO } else { Duration::from_secs(wait_s) }
}

async fn look(store: &Store, agent: AgentId, asked: &Query, after: u64) -> Result<Stretch, StoreError> {
    store.events(agent, after, &Filter { task: asked.task, name: asked.name }, asked.limit).await
}

fn view(recorded: Recorded) -> Result<Event, StoreError> {
    let Recorded { sequence, event, attempts, .. } = recorded;
    let corrupt = |error| StoreError::Corrupt(format!("the body of {} is no JSON: {error}", event.id));
    Ok(Event {
        id: Id(event.id),
        sequence,
        name: Word(event.name),
        task_id: event.task.map(Id),
        timestamp: Moment(event.at),
        payload: RawValue::from_string(event.body).map_err(corrupt)?,
        deliveries: attempts.into_iter().map(delivery).collect(),
    })
}

fn delivery(attempt: Attempt) -> Delivery {
    let status = attempt.outcome.parse().ok();
    Delivery {
        attempt: attempt.number,
        at: Moment(attempt.at),
        error: status.is_none().then_some(attempt.outcome),
        status,
        next_at: attempt.next_at.map(Moment),
    }
}
