//! `POST /operator/register`: a new human operator. Asking again with the same answers is harmless.

use crate::Operators;
use axum::extract::State;
use domain::operator::{Kyc, Operator};
use domain::task_type::TaskType;
use domain::{OperatorId, Timestamp};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Key;
use web::fields::Fields;
use web::{Answer, ApiError, Json, Mode, OperatorCaller, Payload};

#[derive(Serialize)]
pub(crate) struct Reply {
    operator_id: String,
    name: String,
    kyc_status: &'static str,
}

struct Body {
    name: String,
    email: String,
    phone: Option<String>,
    city: Option<String>,
    country: Option<String>,
    skills: Vec<TaskType>,
}

pub(crate) async fn handle(State(state): State<Operators>, caller: OperatorCaller, payload: Payload) -> Answer<Reply> {
    let (store, mode) = (state.gate.store(), state.gate.mode());
    let body = read(&payload);

    let newcomer = body.as_ref().ok().map(|body| id_of(&body.email));
    let id = caller.enter_to_register(newcomer.or_else(placeholder)).await?;
    let operator = operator(body?, id, mode, store.now());

    if !store.register_operator(&operator).await? {
        let there = store.read([Key::operator(&operator.id)]).await?.operator(&operator.id)?;
        let same =
            |there: &Operator| *there == Operator { kyc: there.kyc, created_at: there.created_at, ..operator.clone() };
        let there = there.filter(same).ok_or_else(|| {
            ApiError::conflict("operator_exists", "This operator is registered already, with other details.")
        })?;
        return Ok(reply(there));
    }
    Ok(reply(operator))
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
        created_at: now,
    }
}

fn reply(operator: Operator) -> Json<Reply> {
    Json::created(Reply { operator_id: operator.id.to_string(), name: operator.name, kyc_status: operator.kyc.word() })
}

fn read(payload: &Payload) -> Result<Body, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    let name = fields.text("name", 1..=200);
    let email = fields.email("email");
    let phone = fields.optional_text("phone", 3..=40);
    let place = fields
        .object("location", |inner| (inner.optional_text("city", 1..=200), inner.optional_text("country", 1..=100)));
    let (city, country) = place.unwrap_or_default();
    let names = fields.optional_texts("skills", 0..=TaskType::ALL.len(), 1..=64).unwrap_or_default();
    let skills: Vec<TaskType> = names.iter().filter_map(|name| TaskType::parse(name)).collect();
    if skills.len() != names.len() {
        fields.problem("skills", "must be task types; see GET /api/v1/task-types");
    }
    fields.finish()?;
    Ok(Body { name, email, phone, city, country, skills })
}
