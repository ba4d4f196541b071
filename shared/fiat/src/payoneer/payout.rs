//! Payouts as Payoneer takes and knows them.

use crate::wire::{Answer, excerpt};
use domain::Usd;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

/// A payout to ask for.
#[derive(Clone, Copy, Debug)]
pub struct Payout<'a> {
    /// Ours, and the same each time that it is asked for.
    pub reference: &'a str,
    /// Ours, of whom registered by our link.
    pub payee: &'a str,
    /// Whole cents.
    pub amount: Usd,
    pub description: &'a str,
}

/// Payoneer has it, and will pay or cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted;

/// Where a payout stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Payoneer never took it: it may be submitted (again).
    NotFound,
    Pending,
    /// Paid; the last word.
    Transferred,
    /// Not paid, and never will be; the last word.
    Cancelled {
        reason: String,
    },
    /// A word unknown to us: it may yet become anything.
    Other(String),
}

#[derive(Serialize)]
pub(super) struct Payments<'a> {
    #[serde(rename = "Payments")]
    payments: [Payment<'a>; 1],
}

#[derive(Serialize)]
struct Payment<'a> {
    client_reference_id: &'a str,
    payee_id: &'a str,
    amount: &'a RawValue,
    currency: &'static str,
    description: &'a str,
}

impl<'a> Payments<'a> {
    pub(super) fn of(payout: &Payout<'a>, amount: &'a RawValue) -> Self {
        let Payout { reference, payee, description, .. } = *payout;
        let payment = Payment { client_reference_id: reference, payee_id: payee, amount, currency: "USD", description };
        Self { payments: [payment] }
    }
}

/// Everything that went well stands in a `result`.
#[derive(Deserialize)]
pub(super) struct Success<T> {
    pub(super) result: T,
}

/// Success has one form; whatever else it is, it is not known what became of the payout.
pub(super) fn is_created(answer: &Answer) -> bool {
    let result = serde_json::from_slice(&answer.body).map(|Success::<String> { result }| result);
    answer.status == 201 && result.is_ok_and(|result| result == "Payments Created")
}

#[derive(Deserialize)]
pub(super) struct StatusOnWire {
    status: String,
    cancel_reason_code: Option<Value>,
    cancel_reason_description: Option<String>,
    reason_code: Option<Value>,
    reason_description: Option<String>,
}

impl StatusOnWire {
    pub(super) fn state(self) -> State {
        match self.status.as_str() {
            "Transferred" => State::Transferred,
            "Cancelled" => State::Cancelled { reason: self.reason() },
            // Also `Pending Payee Approval` and the like.
            word if word.starts_with("Pending") => State::Pending,
            word => State::Other(excerpt(word)),
        }
    }

    fn reason(self) -> String {
        let code = self.cancel_reason_code.or(self.reason_code).map(|code| code.to_string().replace('"', ""));
        let parts = [code, self.cancel_reason_description.or(self.reason_description)];
        excerpt(&parts.into_iter().flatten().collect::<Vec<_>>().join(": "))
    }
}

#[cfg(test)]
mod tests;
