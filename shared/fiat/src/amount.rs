//! Amounts as both providers write them: JSON numbers of dollars and cents, read and written by their text.

use domain::Usd;
use serde_json::value::RawValue;

const CENT_MICROS: i64 = 10_000;

/// With its two decimals: `29.50`. `None` for nothing at all, and for fractions of a cent.
pub(crate) fn number(amount: Usd) -> Option<Box<RawValue>> {
    if amount == Usd::ZERO || amount.micros() % CENT_MICROS != 0 {
        return None;
    }
    Some(RawValue::from_string(amount.to_string()).expect("digits around a point are a JSON number"))
}

/// A number, or a text that reads as one. `None` for exponents, signs and fractions of a cent.
pub(crate) fn read(raw: &RawValue) -> Option<Usd> {
    let text = serde_json::from_str::<String>(raw.get()).unwrap_or_else(|_| raw.get().to_owned());
    Usd::parse_usd(&text).ok()
}

#[cfg(test)]
mod tests;
