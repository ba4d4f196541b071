//! What a notification says. A hint and no more: it may be late, repeated or out of order, and what was paid is asked of
//! dLocal.

use super::Status;
use crate::amount;
use crate::wire::excerpt;
use domain::Usd;
use serde::Deserialize;
use serde_json::value::RawValue;

/// May carry any further fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub about: About,
    /// Ours, if we opened it.
    pub order_id: Option<String>,
    /// `None` where it is no amount of `currency`, or there is none.
    pub amount: Option<Usd>,
    pub currency: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// By dLocal's id.
    Payment { id: Option<String>, status: Status },
    /// A refund or a chargeback: it names the payment that it takes back.
    Reversal { id: Option<String>, payment_id: String, word: String },
}

#[derive(Deserialize)]
struct OnWire<'a> {
    status: String,
    id: Option<String>,
    payment_id: Option<String>,
    order_id: Option<String>,
    #[serde(borrow)]
    amount: Option<&'a RawValue>,
    currency: Option<String>,
}

impl Notice {
    /// `None` when it is not about money at all.
    pub fn parse(body: &[u8]) -> Option<Self> {
        let OnWire { status, id, payment_id, order_id, amount, currency } = serde_json::from_slice(body).ok()?;
        let about = match payment_id {
            Some(payment_id) => About::Reversal { id, payment_id, word: excerpt(&status) },
            None => About::Payment { id, status: Status::of(&status) },
        };
        Some(Self { about, order_id, amount: amount.and_then(amount::read), currency })
    }
}

#[cfg(test)]
mod tests;
