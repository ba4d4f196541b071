//! dLocal's notifications. Unlike requests of our own API they may carry fields unknown to us.

use domain::Usd;
use serde_json::value::RawValue;

/// What a notification comes down to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Notice {
    /// Somebody paid.
    Paid {
        /// Our payment id, if it is one.
        order: String,
        /// `None` when it is not an amount of US dollars.
        amount: Option<Usd>,
    },
    /// Anything else; dLocal's status codes conflict between its versions, so only the words count.
    Other,
}

/// `None` when it is not a payment at all.
pub(crate) fn parse(body: &[u8]) -> Option<Notice> {
    let wire: contract::webhooks::Notice<'_> = serde_json::from_slice(body).ok()?;
    match wire.status.as_str() {
        "PAID" | "COMPLETED" => {
            let dollars = wire.currency.is_none_or(|currency| currency == "USD");
            let amount = wire.amount.filter(|_| dollars).and_then(usd);
            Some(Notice::Paid { order: wire.order_id?, amount })
        }
        _ => Some(Notice::Other),
    }
}

fn usd(raw: &RawValue) -> Option<Usd> {
    let text = serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned());
    Usd::parse_usd(&text).ok()
}

#[cfg(test)]
mod tests;
