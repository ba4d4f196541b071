//! What nodes say of a transaction.

use alloy::rpc::json_rpc::ErrorPayload;
use serde_json::json;

use super::{Sent, told};

#[test]
fn the_words_of_nodes_are_understood() {
    let cases = [
        ("already known", Some(Sent::Known)),
        ("ALREADY_EXISTS: already known", Some(Sent::Known)),
        ("transaction already imported", Some(Sent::Known)),
        ("[0x12…] Already imported", Some(Sent::Known)),
        ("known transaction: 12ab", Some(Sent::Known)),
        ("nonce too low", Some(Sent::NonceTooLow)),
        ("nonce too low: next nonce 82, tx nonce 81", Some(Sent::NonceTooLow)),
        ("replacement transaction underpriced", Some(Sent::Underpriced)),
        ("transaction underpriced: gas tip cap 1, minimum needed 1000000", Some(Sent::Underpriced)),
        ("max fee per gas less than block base fee: maxFeePerGas: 1, baseFee: 7", Some(Sent::Underpriced)),
        ("insufficient funds for gas * price + value: balance 0, tx cost 5", Some(Sent::NoGas)),
        ("Insufficient funds for gas * price + value", Some(Sent::NoGas)),
        ("intrinsic gas too low", None),
        ("nonce too high", None),
        ("rate limit exceeded", None),
        ("", None),
    ];
    for (message, expected) in cases {
        let payload: ErrorPayload = serde_json::from_value(json!({ "code": -32000, "message": message })).unwrap();
        assert_eq!(told(&payload), expected, "{message}");
    }
}

#[test]
fn the_better_answer_is_the_lesser() {
    let order = [Sent::Accepted, Sent::Known, Sent::NonceTooLow, Sent::Underpriced, Sent::NoGas];
    assert!(order.is_sorted());
}
