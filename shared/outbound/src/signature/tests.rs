//! Signatures against published and computed vectors.

use super::{humanops, standard, verify_hex};

const BODY: &[u8] = br#"{"event":"task.verified","task_id":"task_abc123"}"#;
const WHSEC: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
/// Node's `createHmac("sha256", WHSEC).update(BODY).digest("hex")`.
const NODE: &str = "0974c3493d5245ffe6bb7f4bf7fbb5c0937b0817056e273ee51387588aff3a6d";

#[test]
fn the_humanops_signature_is_what_node_computes() {
    assert_eq!(humanops(WHSEC, BODY), NODE);
    assert_eq!(
        humanops("key", b"The quick brown fox jumps over the lazy dog"),
        "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"
    );
}

#[test]
fn the_standard_signature_is_the_published_vector() {
    let body = br#"{"email":"test@example.com","username":"test_user"}"#;
    let id = "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk";
    let expected = "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=";
    assert_eq!(standard(WHSEC, id, 1_649_367_553, body), expected);
}

#[test]
fn a_secret_that_is_not_base64_signs_as_its_own_bytes() {
    // Python's hmac over "evt_1.1700000000." + BODY.
    let expected = "v1,jW5cIV1xudO0B6zJ5oBH0mNPhEnXMsWestOtRCR0k4Y=";
    assert_eq!(standard("a plain secret", "evt_1", 1_700_000_000, BODY), expected);

    let odd = standard("whsec_not base64!", "evt_1", 0, BODY);
    assert_ne!(odd, standard("not base64!", "evt_1", 0, BODY));
    assert_ne!(odd, standard("", "evt_1", 0, BODY));
}

#[test]
fn every_part_of_the_standard_message_is_signed() {
    let signed = standard(WHSEC, "evt_1", 1, BODY);
    assert_ne!(signed, standard(WHSEC, "evt_2", 1, BODY));
    assert_ne!(signed, standard(WHSEC, "evt_1", 2, BODY));
    assert_ne!(signed, standard(WHSEC, "evt_1", 1, b"{}"));
}

#[test]
fn only_the_right_hex_of_the_right_body_verifies() {
    assert!(verify_hex(WHSEC, BODY, NODE));
    assert!(verify_hex(WHSEC, BODY, &NODE.to_uppercase()));

    let flipped = NODE.replacen('0', "1", 1);
    let longer = format!("{NODE}00");
    let wide = format!("{}é", &NODE[..62]);
    let signed = format!("+{}", &NODE[1..]);
    for wrong in ["", "00", &flipped, &longer, &NODE[..62], &wide, &signed] {
        assert!(!verify_hex(WHSEC, BODY, wrong), "{wrong}");
    }
    assert!(!verify_hex(WHSEC, b"{}", NODE));
    assert!(!verify_hex("another", BODY, NODE));
}
