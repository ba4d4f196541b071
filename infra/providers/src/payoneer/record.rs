//! What Payoneer keeps of payouts. Amounts stay the texts that they came as.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A payout that it took.
#[derive(Clone, Debug)]
pub struct Taken {
    pub reference: String,
    pub payee: String,
    /// The number's text, as it came.
    pub amount: String,
    pub currency: String,
    pub description: String,
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pending,
    Transferred,
    Cancelled {
        code: u32,
        reason: String,
    },
    /// Any other word.
    Word(String),
}

#[derive(Deserialize)]
pub(super) struct Masspayouts<'a> {
    #[serde(borrow, rename = "Payments")]
    payments: Vec<Payment<'a>>,
}

#[derive(Deserialize)]
struct Payment<'a> {
    client_reference_id: String,
    payee_id: String,
    #[serde(borrow)]
    amount: &'a RawValue,
    currency: String,
    description: String,
}

impl Masspayouts<'_> {
    /// Nothing where any of them is not a payment.
    pub(super) fn read(body: &[u8]) -> Option<Vec<Taken>> {
        let Masspayouts { payments } = serde_json::from_slice(body).ok()?;
        let fit = (1..=500).contains(&payments.len()) && payments.iter().all(is_payment);
        fit.then(|| payments.into_iter().map(taken).collect())
    }
}

fn is_payment(payment: &Payment<'_>) -> bool {
    let texts = [&payment.client_reference_id, &payment.payee_id, &payment.description];
    let number = payment.amount.get();
    let positive = number.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    let plain = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    texts.iter().all(|text| !text.is_empty()) && payment.currency == "USD" && positive && plain
}

fn taken(payment: Payment<'_>) -> Taken {
    Taken {
        reference: payment.client_reference_id,
        payee: payment.payee_id,
        amount: payment.amount.get().to_owned(),
        currency: payment.currency,
        description: payment.description,
        outcome: Outcome::Pending,
    }
}

/// As a payout is shown.
#[derive(Serialize)]
pub(super) struct Standing {
    payout_date: &'static str,
    amount: serde_json::Value,
    currency: String,
    status: String,
    payee_id: String,
    payout_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    load_date: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancel_reason_code: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancel_reason_description: Option<String>,
}

impl Standing {
    pub(super) fn of(payout: &Taken) -> Self {
        let (status, cancelled) = match &payout.outcome {
            Outcome::Pending => ("Pending", None),
            Outcome::Transferred => ("Transferred", None),
            Outcome::Cancelled { code, reason } => ("Cancelled", Some((*code, reason.clone()))),
            Outcome::Word(word) => (word.as_str(), None),
        };
        let (code, description) = cancelled.unzip();
        Self {
            payout_date: "2026-03-17T10:47:00-04:00",
            // As a float of two decimals loses its zeros.
            amount: serde_json::from_str(&payout.amount).expect("a number came as one"),
            currency: payout.currency.clone(),
            status: status.to_owned(),
            payee_id: payout.payee.clone(),
            payout_id: "1636595702",
            load_date: (payout.outcome == Outcome::Transferred).then_some("2026-03-17T14:09:39-04:00"),
            cancel_reason_code: code,
            cancel_reason_description: description,
        }
    }
}
