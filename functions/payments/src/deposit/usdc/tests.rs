//! What a USDC deposit takes, and whose a transaction is.

use super::*;
use axum::response::IntoResponse;

fn deposit(agent: u8, amount: &str) -> Deposit {
    let hash = TxHash::parse("0xabc...def", Mode::Test).unwrap();
    let body = Claim { hash, amount: Usd::parse_usdc(amount).unwrap() };
    body.deposit(AgentId::from_bytes([agent; 16]), Timestamp::from_millis(0))
}

#[test]
fn the_body_of_the_reference_works_in_test_mode_only() {
    let payload = Payload::from(br#"{"tx_hash": "0xabc...def", "amount_usdc": "100.00"}"#.as_slice());
    let claim = read(&payload, &IdempotencyKey::none(), Mode::Test).unwrap();
    assert_eq!(claim.hash, TxHash::parse("0xabc...def", Mode::Test).unwrap());
    assert_eq!(claim.amount, Usd::dollars(100));
    assert!(read(&payload, &IdempotencyKey::none(), Mode::Live).is_err());
}

#[test]
fn a_transaction_belongs_to_one_agent_with_one_amount() {
    let held = deposit(1, "100");
    let cases = [
        (deposit(1, "100"), None),
        (deposit(1, "100.000001"), Some(400)),
        (deposit(2, "100"), Some(409)),
        // Another agent does not learn the amount.
        (deposit(2, "50"), Some(409)),
    ];
    for (asked, refused) in cases {
        let status = claim(&asked, &held).err().map(|error| error.into_response().status().as_u16());
        assert_eq!(status, refused, "{asked:?}");
    }
}
