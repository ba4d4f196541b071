//! `POST /events/test`: an event that says itself where it goes, and an attempt to send it.

use crate::Events;
use axum::extract::State;
use contract::events::test::{Body, Reply};
use contract::read::{text, web_url};
use contract::tasks::create::SECRET_CHARS;
use contract::webhooks::AccountEvent;
use contract::wire::{Id, Moment};
use domain::agent::event::{AgentEvent, EventType};
use domain::task::{Callback, Sealed};
use domain::{AgentId, EventId, Timestamp};
use outbound::Reach;
use store::events::Event;
use store::events::deliveries::Delivery;
use web::{AgentCaller, Answer, ApiError, Json, Payload};

pub(crate) async fn handle(State(state): State<Events>, caller: AgentCaller, payload: Payload) -> Answer<Reply> {
    let (store, now) = (state.gate.store(), state.gate.store().now());
    let (agent, _) = caller.authenticate(|_| []).await?;
    let body = read(&payload, state.callback_reach)?;

    let id = EventId::new(now, store::random_bits());
    let secret = body.secret.map(|secret| Sealed(state.sealing_key.seal(&id.to_string(), &secret)));
    let event = ping(id, agent, Callback { url: body.url, secret, replaced: None, events: Vec::new() }, now);
    let sequence = store.record_events(&[event]).await?.into_iter().next().unwrap_or_default();
    store.plan_retry(&Delivery { event: id, agent, task: None, sequence, at: now, attempt: 1 }, now).await?;

    Ok(Json::accepted(Reply { id: Id(id), sequence, next_at: Moment(now) }))
}

fn read(payload: &Payload, reach: Reach) -> Result<Body, ApiError> {
    let mut given = payload.given()?;
    let body = given.read::<Body>();
    given.review("url", web_url(), |url| outbound::check_url(&url, reach).map_err(|refusal| refusal.to_string()));
    given.review("secret", text(1..=SECRET_CHARS), |secret| {
        let problem = "must be base64 behind whsec_".to_owned();
        outbound::signature::is_secret(&secret).then_some(()).ok_or(problem)
    });
    web::finish(body, given)
}

fn ping(id: EventId, agent: AgentId, callback: Callback, at: Timestamp) -> Event {
    let name = AgentEvent::Ping;
    let told = AccountEvent::blank(name, at, id);
    Event {
        id,
        agent,
        task: None,
        name: EventType::Agent(name),
        at,
        body: serde_json::to_string(&told).expect("a struct of texts is JSON"),
        callback: Some(callback),
    }
}
