//! `vectors/webcrypto.json`: 20 encryptions by Node 20 WebCrypto with throw-away keys, made for
//! this project.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use super::{ALGORITHM, Envelope};
use crate::PublicKey;

const VECTORS: &str = include_str!("../../vectors/webcrypto.json");

/// Agent key raw, agent key SPKI, ephemeral key, IV and ciphertext of each vector.
fn vectors() -> Vec<[String; 5]> {
    let parsed: serde_json::Value = serde_json::from_str(VECTORS).unwrap();
    let text = |vector: &serde_json::Value, name: &str| vector[name].as_str().unwrap().to_owned();
    let vectors: Vec<_> = parsed
        .as_array()
        .unwrap()
        .iter()
        .map(|v| ["agent_raw", "agent_spki", "eph_raw", "iv", "ct"].map(|name| text(v, name)))
        .collect();
    assert_eq!(vectors.len(), 20);
    vectors
}

/// The fields that `check` refuses, joined by spaces.
fn refused(ciphertext: &str, iv: &str, ephemeral: &str, algorithm: &str) -> String {
    let [agent, ..] = &vectors()[0];
    let agent = PublicKey::parse(agent).unwrap();
    match Envelope::check(ciphertext, iv, ephemeral, algorithm, &agent) {
        Ok(_) => String::new(),
        Err(fields) => {
            assert!(fields.iter().all(|(_, sentence)| sentence.starts_with("must ")));
            fields.iter().map(|(field, _)| *field).collect::<Vec<_>>().join(" ")
        }
    }
}

#[test]
fn what_web_crypto_seals_passes_unchanged() {
    for [agent_raw, agent_spki, ephemeral_public_key, iv, ciphertext] in vectors() {
        let agent = PublicKey::parse(&agent_raw).unwrap();
        assert_eq!(PublicKey::parse(&agent_spki), Ok(agent));
        let checked = Envelope::check(&ciphertext, &iv, &ephemeral_public_key, ALGORITHM, &agent);
        assert_eq!(checked, Ok(Envelope { ciphertext, iv, ephemeral_public_key }));
    }
}

#[test]
fn url_safe_base64_is_stored_as_standard() {
    let [agent, _, ephemeral_public_key, iv, ciphertext] = &vectors()[0];
    let agent = PublicKey::parse(agent).unwrap();
    let [sealed, nonce, key] =
        [ciphertext, iv, ephemeral_public_key].map(|text| URL_SAFE_NO_PAD.encode(STANDARD.decode(text).unwrap()));
    let checked = Envelope::check(&sealed, &nonce, &key, ALGORITHM, &agent).unwrap();
    let stored = [checked.ciphertext, checked.iv, checked.ephemeral_public_key];
    assert_eq!(stored.each_ref(), [ciphertext, iv, ephemeral_public_key]);
}

#[test]
fn each_bad_field_is_named() {
    let [agent_raw, agent_spki, ephemeral, iv, ciphertext] = &vectors()[0];
    let [_, spki_of_another, ..] = &vectors()[1];
    let of = |bytes: usize| STANDARD.encode(vec![7; bytes]);
    let compressed = STANDARD.encode([&[2], &STANDARD.decode(ephemeral).unwrap()[1..33]].concat());

    for bytes in [17, 18, 65_535, 65_536] {
        assert_eq!(refused(&of(bytes), iv, ephemeral, ALGORITHM), "", "{bytes}");
    }
    for bad in ["", "?", &of(16), &of(65_537), &of(65_538), &of(1_000_000)] {
        assert_eq!(refused(bad, iv, ephemeral, ALGORITHM), "ciphertext", "{:.9}", bad);
    }
    for bad in ["", "?", &of(11), &of(13), &of(16)] {
        assert_eq!(refused(ciphertext, bad, ephemeral, ALGORITHM), "iv", "{bad}");
    }
    for bad in ["", "?", agent_raw, agent_spki, spki_of_another, &compressed, &of(65)] {
        let fields = refused(ciphertext, iv, bad, ALGORITHM);
        assert_eq!(fields, "ephemeralPublicKey", "{bad}");
    }
    for bad in ["", "AES-256-GCM", "ecdh-p256-aes-256-gcm", "ECDH-P256-AES-256-GCM "] {
        assert_eq!(refused(ciphertext, iv, ephemeral, bad), "algorithm", "{bad}");
    }
}

#[test]
fn all_bad_fields_are_named_at_once() {
    assert_eq!(refused("", "", "", ""), "ciphertext iv ephemeralPublicKey algorithm");
}
