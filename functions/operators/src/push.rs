//! `GET`, `PUT` and `DELETE /operator/push`: in which browsers the caller is notified. Who notifies is `pushes`.

use crate::Operators;
use axum::extract::State;
use contract::Code;
use contract::operator::push::{self, Body, Removed, Reply};
use contract::read::{Nothing, web_url};
use domain::PushId;
use domain::limits::SUBSCRIBED_S;
use domain::operator::push::{Browser, renewed};
use outbound::Reach;
use store::Key;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, PathId, Payload, Query};

pub(crate) async fn handle(State(state): State<Operators>, caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let (operator, mut found) = caller.authenticate(|id| [Key::browsers(id)]).await?;
    query.read::<Nothing>()?;

    let now = state.gate.store().now();
    let browsers = found.browsers(&operator)?.list;
    let live = browsers.iter().filter(|it| it.until > now);
    Ok(Json::ok(Reply { public_key: state.push.public_key, browsers: live.map(push::Browser::of).collect() }))
}

pub(crate) async fn subscribe(
    State(Operators { gate, push, .. }): State<Operators>,
    caller: OperatorCaller,
    payload: Payload,
) -> Answer<push::Browser> {
    let (operator, mut found) = caller.authenticate(|id| [Key::operator(id), Key::browsers(id)]).await?;
    let Body { endpoint, keys, near } = read(&payload, push.reach)?;
    found.operator(&operator)?.ok_or_else(|| ApiError::not_found("Operator"))?;
    push.public_key.ok_or_else(|| ApiError::of(Code::PushUnavailable))?;

    let now = gate.store().now();
    let id = Browser::id_of(&operator, &endpoint);
    let fresh = Browser { id, endpoint, keys, near, until: now.plus_seconds(SUBSCRIBED_S) };
    let reply = push::Browser::of(&fresh);
    let with = |list| renewed(list, fresh.clone(), now);
    gate.store().change_browsers(&operator, found.browsers(&operator)?, with).await?;

    Ok(Json::ok(reply))
}

pub(crate) async fn unsubscribe(
    State(gate): State<Gate>,
    caller: OperatorCaller,
    PathId(id): PathId<PushId>,
    payload: Payload,
) -> Answer<Removed> {
    let (operator, mut found) = caller.authenticate(|id| [Key::browsers(id)]).await?;
    payload.read::<Nothing>()?;

    let browsers = found.browsers(&operator)?;
    if !browsers.list.iter().any(|it| Some(it.id) == id) {
        return Err(ApiError::not_found("Browser"));
    }
    let without = |list: Vec<Browser>| list.into_iter().filter(|it| Some(it.id) != id).collect();
    gate.store().change_browsers(&operator, browsers, without).await?;

    Ok(Json::ok(Removed { removed: true }))
}

fn read(payload: &Payload, reach: Reach) -> Result<Body, ApiError> {
    let mut given = payload.given()?;
    let body = given.read::<Body>();
    given.review("endpoint", web_url(), |url| outbound::check_url(&url, reach).map_err(|refusal| refusal.to_string()));
    web::finish(body, given)
}
