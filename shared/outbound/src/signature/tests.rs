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

/// Of the Rust library, of the libraries in other languages, and of the specification.
#[test]
fn the_standard_signature_is_that_of_the_three_published_vectors() {
    for (secret, id, sent_at, body, expected) in [
        (
            WHSEC,
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
        (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
        (
            "whsec_plJ3nmyCDGBKInavdOK15jsl",
            "msg_loFOjxBNrRLzqYUf",
            1_731_705_121,
            r#"{"event_type":"ping","data":{"success":true}}"#,
            "v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=",
        ),
    ] {
        assert_eq!(standard(secret, id, sent_at, body.as_bytes()), expected);
    }
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
