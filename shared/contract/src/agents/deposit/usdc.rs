//! `POST /agents/deposit/usdc`: credits a transaction on Base, once.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Currency, Fields, Read, money, pattern};
use crate::wire::{Id, Money};
use domain::limits::{DEPOSIT_MAX, DEPOSIT_MIN};
use domain::{TransactionId, Usd};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "depositUsdc",
    Route::post("/agents/deposit/usdc", Caller::Agent),
    "Confirm a USDC deposit on Base",
)
.about(
    "Send USDC to the agent's deposit address, then the transaction's hash here. A hash is credited once; the same \
     request again gives the same answer. In test mode the funds are there at once. On a chain, 202 and `pending` says \
     that it is not final enough yet: it is credited without another call, as is a deposit that nobody confirms. \
     `held` says that staff are to look at it.",
)
.body::<Body>()
.idempotent()
.may_take_longer()
.errors(&[
    Code::NotFound,
    Code::AmountMismatch,
    Code::PaymentMethodUnavailable,
    Code::DepositAlreadyCredited,
    Code::IdempotencyKeyReused,
])
.example(
    r#"{"tx_hash": "0xabc...def", "amount_usdc": "100.00"}"#,
    r#"{"transaction_id": "txn_01kh3w5v8g3w2f7d5r6n8p9q0s", "amount_usd": 100.00, "status": "confirmed",
        "chain": "base", "message": "USDC deposit confirmed"}"#,
);

/// Hexadecimal digits of a hash.
const DIGITS: usize = 64;
/// What the example has in place of a hash. Test mode credits it too, once an agent.
pub const PLACEHOLDER: &str = "0xabc...def";

pub struct Body {
    /// Lower-case, with `0x`; [`PLACEHOLDER`], which the mode may refuse, or a hash.
    pub tx_hash: String,
    pub amount: Usd,
}

impl Read for Body {
    const NAME: &'static str = "DepositUsdc";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let about =
            "The transaction on Base: 0x and 64 hexadecimal digits. Test mode also takes 0xabc...def, once an agent.";
        let tx_hash = fields.required("tx_hash", about, tx_hash());
        let amount = money(Currency::Usdc).within(DEPOSIT_MIN..=DEPOSIT_MAX);
        let amount = fields.required("amount_usdc", "USDC, with at most six decimals.", amount);
        Some(Self { tx_hash: tx_hash?, amount: amount? })
    }
}

/// What is wrong with a text that is none.
pub const NO_HASH: &str = "must be a transaction hash: 0x and 64 hexadecimal digits";

/// A transaction hash, or the one text that stands for one.
pub const fn tx_hash() -> impl crate::read::Form<Value = String> {
    const FORM: &str = r"^0[xX]([0-9a-fA-F]{64}|[aA][bB][cC]\.\.\.[dD][eE][fF])$";
    pattern(NO_HASH, || json_schema!({ "type": "string", "pattern": FORM }), canonical)
}

/// The one way to write it: lower-case, without space around it.
pub fn canonical(text: &str) -> Option<String> {
    let canonical = text.trim().to_ascii_lowercase();
    let digits = canonical.strip_prefix("0x")?;
    let is_hash = digits.len() == DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit());
    (is_hash || canonical == PLACEHOLDER).then_some(canonical)
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UsdcDeposit")]
pub struct Reply {
    pub transaction_id: Id<TransactionId>,
    pub amount_usd: Money,
    /// `confirmed`, `pending` or `held`.
    pub status: &'static str,
    pub chain: &'static str,
    pub message: &'static str,
}

#[cfg(test)]
mod tests;
