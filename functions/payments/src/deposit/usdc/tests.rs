//! What a USDC deposit takes, and whose a transaction is.

use super::*;
use axum::response::IntoResponse;

fn deposit(agent: u8, amount: &str) -> Deposit {
    let hash = TxHash::parse("0xabc...def", Mode::Test).unwrap();
    let body = Body { hash, amount: Usd::parse_usdc(amount).unwrap() };
    body.deposit(AgentId::from_bytes([agent; 16]), Timestamp::from_millis(0))
}

#[test]
fn the_body_of_the_reference_works_in_test_mode_only() {
    let body = br#"{"tx_hash": "0xabc...def", "amount_usdc": "100.00"}"#;
    let parsed = parse(body, &IdempotencyKey::none(), Mode::Test).unwrap();
    assert_eq!(parsed.hash, TxHash::parse("0xabc...def", Mode::Test).unwrap());
    assert_eq!(parsed.amount, Usd::dollars(100));
    assert!(parse(body, &IdempotencyKey::none(), Mode::Live).is_err());
}

#[test]
fn an_amount_is_five_to_ten_thousand_with_six_decimals() {
    let cases = [
        ("5", true),
        (r#""5.000000""#, true),
        ("9999.999999", true),
        (r#""10000""#, true),
        ("4.999999", false),
        (r#""10000.000001""#, false),
        (r#""5.0000000""#, false),
        (r#""5,00""#, false),
        (r#"" 5""#, false),
        ("-5", false),
        ("5e1", false),
        ("null", false),
    ];
    for (amount, good) in cases {
        let body = format!(r#"{{"tx_hash": "0xabc...def", "amount_usdc": {amount}}}"#);
        assert_eq!(parse(body.as_bytes(), &IdempotencyKey::none(), Mode::Test).is_ok(), good, "{amount}");
    }
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
