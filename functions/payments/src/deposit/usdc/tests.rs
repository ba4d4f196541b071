//! What a USDC deposit takes, and whose a transaction is.

use super::*;
use axum::response::IntoResponse;

const NOW: Timestamp = Timestamp::from_millis(0);

fn deposit(agent: u8, amount: &str) -> Deposit {
    let hash = TxHash::parse("0xabc...def", Mode::Test).unwrap();
    let (agent, amount) = (AgentId::from_bytes([agent; 16]), Usd::parse_usdc(amount).unwrap());
    let asked = Deposit::asked(Rail::Base, hash.reference(agent), hash.transaction(agent), agent, amount);
    Deposit { at: NOW, ..asked }
}

#[test]
fn ch28_the_body_of_the_reference_works_in_test_mode_only() {
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
        let status = compare(&asked, &held).err().map(|error| error.into_response().status().as_u16());
        assert_eq!(status, refused, "{asked:?}");
    }
}

#[test]
fn what_staff_are_to_look_at_is_held_and_what_they_let_go_confirmed() {
    use DepositStatus::{Completed, Reversed, Suspended};
    for (status, word) in [(Suspended, "held"), (Completed, "confirmed"), (Reversed, "pending")] {
        let shown = reply(&Deposit { status, ..deposit(1, "100") });
        assert_eq!((shown.status, shown.chain), (word, "base"));
    }
    let shown = pending(&deposit(1, "100"));
    assert_eq!((shown.status, shown.transaction_id.0), ("pending", deposit(1, "100").transaction));
}
