//! `POST /events/{id}/redeliver`: plans an attempt for now, in the place of one that was planned for later.

use axum::extract::State;
use contract::Code;
use contract::events::redeliver::Reply;
use contract::read::Nothing;
use contract::wire::{Id, Moment};
use domain::EventId;
use store::Key;
use store::events::Recorded;
use store::events::deliveries::Delivery;
use web::{AgentCaller, Answer, ApiError, Gate, Json, PathId, Payload};

pub(crate) async fn handle(
    State(gate): State<Gate>,
    caller: AgentCaller,
    PathId(id): PathId<EventId>,
    payload: Payload,
) -> Answer<Reply> {
    let (store, now) = (gate.store(), gate.store().now());
    let find = async |_| match id {
        Some(id) => store.find_event(id).await,
        None => Ok(None),
    };
    let (agent, _, recorded) = caller.authenticate_beside(|_| [], find).await?;
    payload.read::<Nothing>()?;

    let own = recorded.filter(|it| it.event.agent == agent && it.event.until() > now);
    let Recorded { sequence, event, attempts, .. } = own.ok_or_else(|| ApiError::not_found("Event"))?;
    let no_callback = || ApiError::of(Code::NoCallback);
    let task = event.task.ok_or_else(no_callback)?;
    let mut found = store.read([Key::callback(task), Key::retry(event.id)]).await?;
    let callback = found.callback(task)?.ok_or_else(no_callback)?;
    if event.name.of_task().is_none_or(|name| !callback.events.contains(&name)) {
        return Err(no_callback());
    }
    let endpoints = [outbound::origin(&callback.url), task.to_string()];
    let mut standings = store.read(endpoints.iter().map(|endpoint| Key::endpoint(agent, endpoint))).await?;
    for endpoint in &endpoints {
        if standings.endpoint(agent, endpoint)?.is_some_and(|standing| standing.disabled.is_some()) {
            return Err(ApiError::of(Code::EndpointDisabled));
        }
    }

    let next = attempts.iter().map(|attempt| attempt.number).max().unwrap_or(0) + 1;
    let attempt = found.retry(event.id)?.map_or(next, |planned| planned.attempt);
    // Who asks again does so now: it is not given up for its age.
    let delivery = Delivery { event: event.id, agent, task: Some(task), sequence, at: now, attempt };
    store.plan_retry(&delivery, now).await?;

    Ok(Json::accepted(Reply { id: Id(event.id), attempt, next_at: Moment(now) }))
}
