//! What Payoneer complains of. It does so with any status, also 200, and in two forms; the codes are numbers or texts.

use super::refusal::{Error, Refusal};
use crate::wire::{Answer, excerpt};
use serde_json::Value;

#[derive(Debug)]
pub(super) struct Complaint {
    /// From the most precise one on.
    codes: Vec<i64>,
    said: String,
}

/// Nothing where it does not complain, and where it is not its API that answers.
pub(super) fn of(answer: &Answer) -> Option<Complaint> {
    let body: Value = serde_json::from_slice(&answer.body).ok()?;
    let details = &body["error_details"];
    let codes = [&details["sub_code"], &details["code"], &body["error_code"]].into_iter().filter_map(number);
    let complaint = Complaint { codes: codes.collect(), said: said(&body) };
    let failed = body["status"].as_str().is_some_and(|status| status.eq_ignore_ascii_case("failure"));
    let complains = failed || body["error"].is_string() || details.is_object() || !complaint.codes.is_empty();
    complains.then_some(complaint)
}

impl Complaint {
    pub(super) fn names(&self, code: i64) -> bool {
        self.codes.contains(&code)
    }

    /// What it means for what was asked. A complaint about itself leaves open what was done, as does one with a success
    /// that names nothing.
    pub(super) fn into_error(self, status: u16) -> Error {
        let Self { codes, said } = self;
        let code = codes.first().copied();
        let by_itself = codes.iter().any(|code| (500..600).contains(code));
        let refusal = |lasting| Error::Refused(Refusal { status, code, said: said.clone(), lasting });
        match status {
            200..300 if code.is_some() && !by_itself => refusal(true),
            401 | 403 | 429 => refusal(false),
            408 | 409 => Error::Unknown(format!("{status}: {said}")),
            400..500 if !by_itself => refusal(true),
            _ => Error::Unknown(format!("{status}: {said}")),
        }
    }
}

fn number(code: &Value) -> Option<i64> {
    code.as_i64().or_else(|| code.as_str()?.parse().ok())
}

fn said(body: &Value) -> String {
    let texts = [&body["error"], &body["error_description"], &body["description"]];
    let texts: Vec<&str> = texts.into_iter().filter_map(Value::as_str).collect();
    excerpt(&texts.join(": "))
}

#[cfg(test)]
mod tests;
