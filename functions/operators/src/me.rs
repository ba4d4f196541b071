//! `GET /operator/me`: the caller's own profile.

use serde::Serialize;
use store::Key;
use web::{Answer, ApiError, Json, OperatorCaller, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    operator_id: String,
    name: String,
    email: String,
    phone: Option<String>,
    location: Place,
    skills: Vec<&'static str>,
    kyc_status: &'static str,
    created_at: String,
}

#[derive(Serialize)]
struct Place {
    city: Option<String>,
    country: Option<String>,
}

pub(crate) async fn handle(caller: OperatorCaller, Query(query): Query) -> Answer<Reply> {
    let (id, mut found) = caller.enter(|id| [Key::operator(id)]).await?;
    query.finish()?;

    let operator = found.operator(&id)?.ok_or_else(|| ApiError::not_found("Operator"))?;
    Ok(Json::ok(Reply {
        operator_id: operator.id.to_string(),
        name: operator.name,
        email: operator.email,
        phone: operator.phone,
        location: Place { city: operator.city, country: operator.country },
        skills: operator.skills.iter().map(|skill| skill.word()).collect(),
        kyc_status: operator.kyc.word(),
        created_at: operator.created_at.to_string(),
    }))
}
