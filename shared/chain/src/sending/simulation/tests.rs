//! Circle's reasons, as nodes pass them on.

use alloy::rpc::json_rpc::ErrorPayload;
use serde_json::json;

use super::{Refusal, is_revert, refusal};

fn payload(code: i64, message: &str, data: &str) -> ErrorPayload {
    serde_json::from_value(json!({ "code": code, "message": message, "data": data })).unwrap()
}

/// `Error("Pausable: paused")` as a contract reverts with it.
const PAUSED: &str = "0x08c379a0000000000000000000000000000000000000000000000000000000000000002000000000000000000000000\
    000000000000000000000000000000000000000105061757361626c653a2070617573656400000000000000000000000000000000";

#[test]
fn reasons_are_read_from_data_or_else_from_the_message() {
    let cases = [
        ("execution reverted", PAUSED, Refusal::Paused),
        ("execution reverted: Pausable: paused", "0x", Refusal::Paused),
        ("execution reverted: Blacklistable: account is blacklisted", "0x", Refusal::Blacklisted),
        ("execution reverted: ERC20: transfer amount exceeds balance", "0x", Refusal::Balance),
        ("execution reverted: FiatTokenV2: authorization is used or canceled", "0x", Refusal::Used),
        ("execution reverted: FiatTokenV2: authorization is expired", "0x", Refusal::Expired),
        ("execution reverted: FiatTokenV2: authorization is not yet valid", "0x", Refusal::NotYetValid),
        ("execution reverted: FiatTokenV2: invalid signature", "0x", Refusal::Signature),
        ("execution reverted: ECRecover: invalid signature 's' value", "0x", Refusal::Signature),
        ("execution reverted: something new", "0x", Refusal::Other),
        ("VM Exception: revert", "0x", Refusal::Other),
    ];
    for (message, data, expected) in cases {
        let payload = payload(3, message, data);
        assert!(is_revert(&payload), "{message}");
        assert_eq!(refusal(&payload), expected, "{message}");
    }
}

#[test]
fn a_node_that_is_busy_says_nothing_of_the_call() {
    for (code, message) in [(-32005, "limit exceeded"), (-32000, "header not found"), (-32603, "internal error")] {
        assert!(!is_revert(&payload(code, message, "0x")), "{message}");
    }
}
