//! `POST /operator/register`: a new human operator. Asking again with the same answers is harmless.

use crate::cities;
use axum::extract::State;
use contract::Code;
use contract::operator::register::{Body, Reply};
use contract::wire::{Id, Word};
use domain::geo::Point;
use domain::operator::{Kyc, Operator};
use domain::{Mode, OperatorId, Timestamp};
use sha2::{Digest, Sha256};
use store::Key;
use web::{Answer, ApiError, Gate, Json, OperatorCaller, Payload};

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let (store, mode) = (gate.store(), gate.mode());
    let body = payload.read::<Body>();

    let newcomer = body.as_ref().ok().map(|body| id_of(&body.email));
    let id = caller.authenticate_newcomer(newcomer.or_else(placeholder)).await?;
    let body = body?;
    let is_exact = body.point.is_some();
    let operator = operator(body, id, mode, store.now());

    if store.register_operator(&operator).await? {
        return Ok(reply(operator));
    }
    let there = store.read([Key::operator(&operator.id)]).await?.operator(&operator.id)?;
    // Where a city is, later versions may know otherwise.
    let home = |there: &Operator| if is_exact { operator.home } else { there.home };
    let same = |there: &Operator| {
        let (home, checked, kyc) = (home(there), there.checked.clone(), there.kyc);
        *there == Operator { kyc, checked, created_at: there.created_at, home, ..operator.clone() }
    };
    there.filter(same).map(reply).ok_or_else(|| ApiError::of(Code::OperatorExists))
}

/// In development, without an identity: one operator per e-mail address.
fn id_of(email: &str) -> OperatorId {
    let digest = Sha256::new().chain_update("operator/email").chain_update(email.to_lowercase()).finalize();
    OperatorId::from_digest(digest.into())
}

/// Lets a request without identity and with a bad body reach its validation.
fn placeholder() -> Option<OperatorId> {
    OperatorId::parse("op_nobody")
}

fn operator(body: Body, id: OperatorId, mode: Mode, now: Timestamp) -> Operator {
    Operator {
        home: home(body.point, body.city.as_deref(), body.country.as_deref()),
        id,
        name: body.name,
        email: body.email,
        phone: body.phone,
        city: body.city,
        country: body.country,
        skills: body.skills,
        kyc: match mode {
            Mode::Test => Kyc::Verified,
            Mode::Live => Kyc::Pending,
        },
        checked: None,
        created_at: now,
    }
}

/// Where an operator is found: in the cell of the point, or of the city.
pub(crate) fn home(point: Option<Point>, city: Option<&str>, country: Option<&str>) -> Option<Point> {
    let point = point.or_else(|| cities::find(city?, country));
    point.map(Point::cell)
}

fn reply(operator: Operator) -> Json<Reply> {
    let kyc_status = Word(operator.kyc);
    Json::created("/operator/me", Reply { operator_id: Id(operator.id), name: operator.name, kyc_status })
}
