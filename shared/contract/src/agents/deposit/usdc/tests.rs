//! What a USDC deposit takes.

use super::*;
use crate::read::tests::read;

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
        assert_eq!(read::<Body>(&body).is_ok(), good, "{amount}");
    }
}
