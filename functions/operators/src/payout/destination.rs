//! Where a payout may go. A wallet that takes another's place waits for 24 hours: who has got hold of a session can't be
//! faster than its owner.

use crate::Operators;
use contract::Code;
use contract::operator::payout::Body;
use domain::ledger::Rail;
use domain::limits::PAYOUT_ADDRESS_HOLD_S;
use domain::money::payout::Payee;
use domain::money::wallet::Wallet;
use serde_json::json;
use store::{Found, Key};
use web::ApiError;

/// What [`usable`] looks at.
pub(super) fn keys(payee: &Payee, body: &Body) -> Vec<Key> {
    match (body.rail, &body.destination) {
        (Rail::Base, Some(address)) => vec![Key::wallet(payee), Key::owner_of(&address.to_ascii_lowercase())],
        (Rail::Base, None) | (Rail::Payoneer | Rail::Dlocal, _) => Vec::new(),
    }
}

/// The destination, if money may go there now.
pub(super) async fn usable(
    operators: &Operators,
    payee: &Payee,
    (rail, named): (Rail, Option<String>),
    found: &mut Found,
) -> Result<String, ApiError> {
    match (rail, named) {
        (Rail::Base, Some(address)) => wallet(operators, payee, address, found).await,
        (Rail::Base, None) => Err(field("wallet_address", "is required: the wallet on Base that you are paid at")),
        // Payoneer knows its payees by ids of ours. Another id is somebody else's.
        (Rail::Payoneer, Some(named)) if named == payee.to_string() => Ok(named),
        (Rail::Payoneer | Rail::Dlocal, _) => {
            Err(field("payoneer_payee_id", &format!("must be {payee}: Payoneer knows you by that")))
        }
    }
}

async fn wallet(operators: &Operators, payee: &Payee, address: String, found: &mut Found) -> Result<String, ApiError> {
    let (store, now) = (operators.gate.store(), operators.gate.store().now());
    let is_own = operators.own.iter().any(|own| own.eq_ignore_ascii_case(&address));
    if is_own || found.owner_of(&address.to_ascii_lowercase())?.is_some() {
        return Err(field("wallet_address", "must be a wallet of yours, not one of ours"));
    }
    let earlier = found.wallet(payee)?;
    let is_same = |known: &str| known.eq_ignore_ascii_case(&address);
    let wallet = match earlier {
        Some(earlier) if earlier.usable(now).is_some_and(is_same) => return Ok(address),
        Some(earlier) if is_same(&earlier.address) => earlier,
        earlier => {
            // The first counts at once: there is nobody whose place it could take.
            let hold_s = if earlier.is_some() { PAYOUT_ADDRESS_HOLD_S } else { 0 };
            let wallet = Wallet::following(earlier.as_ref(), address.clone(), now.plus_seconds(hold_s), now);
            store.set_wallet(payee, earlier.as_ref(), &wallet).await?
        }
    };
    match wallet.usable(now) {
        Some(usable) if usable.eq_ignore_ascii_case(&address) => Ok(address),
        Some(_) | None => Err(ApiError::of(Code::AddressHold).with(json!({ "usable_at": wallet.from.to_string() }))),
    }
}

fn field(name: &str, problem: &str) -> ApiError {
    ApiError::fields(&[(name.to_owned(), problem.to_owned())])
}
