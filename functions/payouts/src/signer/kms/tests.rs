//! KMS at its best and at its worst (PO-10), over the wire.

mod played;

use super::*;
use crate::signer::{Local, Signer};
use alloy::primitives::{U256, keccak256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use played::{Fault, GET_PUBLIC_KEY, KEY, KEY_ID, Played, SIGN};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

/// Of the order of secp256k1; a higher `s` is refused by the chain.
const HALF_ORDER: &str = "0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0";

fn kms(played: &Played) -> Kms {
    Kms::new(played.client(1), KEY_ID).unwrap()
}

fn digest() -> B256 {
    keccak256("humanops")
}

/// Whose signature it is. One with a higher `s` is nobody's.
fn signed_by(signature: Signature, digest: B256) -> Option<Address> {
    assert!(matches!(signature[64], 27 | 28));
    let signature = alloy::primitives::Signature::from_raw_array(&signature).unwrap();
    let is_low = signature.s() <= HALF_ORDER.parse::<U256>().unwrap();
    is_low.then(|| signature.recover_address_from_prehash(&digest).unwrap())
}

#[tokio::test]
async fn po10_signatures_of_one_digest_differ_and_are_all_of_the_key() {
    let played = Played::start().await;
    let (signer, local) = (Signer::Kms(kms(&played)), Local::parse(KEY).unwrap());

    let mut seen = std::collections::HashSet::new();
    for _ in 0..8 {
        let signature = signer.sign(digest()).await.unwrap();
        assert_eq!(signed_by(signature, digest()), Some(local.address()));
        assert!(seen.insert(signature));
    }
    assert_eq!(signer.address().await, Ok(local.address()));
}

#[test]
fn po10_any_digest_is_signed_by_the_same_account_from_kms_and_from_memory() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let played = runtime.block_on(Played::start());
    let signers = [Signer::Kms(kms(&played)), Signer::Local(Local::parse(KEY).unwrap())];
    let account = runtime.block_on(signers[1].address()).unwrap();

    let property = |bytes: [u8; 32]| {
        for signer in &signers {
            let signature = runtime.block_on(signer.sign(bytes.into())).unwrap();
            prop_assert_eq!(signed_by(signature, bytes.into()), Some(account));
        }
        Ok(())
    };
    TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(200) })
        .run(&any::<[u8; 32]>(), property)
        .unwrap();
}

#[tokio::test]
async fn the_public_key_is_asked_for_once() {
    let played = Played::start().await;
    let kms = kms(&played);
    kms.address().await.unwrap();
    kms.sign(digest()).await.unwrap();
    kms.sign(digest()).await.unwrap();
    assert_eq!(played.asked(), [GET_PUBLIC_KEY, SIGN, SIGN]);
}

#[tokio::test]
async fn po10_what_passes_is_told_from_what_lasts_and_neither_is_remembered() {
    let passing = [
        Fault::Code(400, "ThrottlingException"),
        Fault::Code(400, "LimitExceededException"),
        Fault::Code(400, "ExpiredTokenException"),
        Fault::Code(400, "ACodeOfTomorrow"),
        Fault::Code(500, "KMSInternalException"),
        Fault::Code(500, "KeyUnavailableException"),
        Fault::Code(503, "DependencyTimeoutException"),
        Fault::Page(200),
        Fault::Page(502),
    ];
    let lasting = [
        "AccessDeniedException",
        "DisabledException",
        "InvalidKeyUsageException",
        "KMSInvalidStateException",
        "NotFoundException",
        "UnrecognizedClientException",
        "ValidationException",
    ];
    let passing = passing.map(|fault| (fault, false));
    let lasting = lasting.map(|code| (Fault::Code(400, code), true));
    for (fault, is_lasting) in passing.into_iter().chain(lasting) {
        let played = Played::start().await;
        let kms = kms(&played);
        played.fail([fault.clone()]);
        let unknown = kms.address().await.unwrap_err();
        kms.address().await.unwrap();
        played.fail([fault.clone()]);
        let unsigned = kms.sign(digest()).await.unwrap_err();
        kms.sign(digest()).await.unwrap();

        assert_eq!(unknown, unsigned, "{fault:?}");
        assert_eq!(unsigned.is_lasting(), is_lasting, "{fault:?}: {unsigned}");
        assert_eq!(played.asked(), [GET_PUBLIC_KEY, GET_PUBLIC_KEY, SIGN, SIGN], "{fault:?}");
        if let Fault::Code(_, code) = fault {
            assert!(unsigned.to_string().ends_with(code), "{unsigned}");
        }
        assert!(!format!("{unsigned} {unsigned:?}").contains("arn:"), "{unsigned:?}");
    }
}

#[tokio::test]
async fn po10_a_throttled_call_is_tried_again_by_the_client() {
    let played = Played::start().await;
    let kms = Kms::new(played.client(3), KEY_ID).unwrap();
    kms.address().await.unwrap();
    played.fail([Fault::Code(400, "ThrottlingException"), Fault::Code(500, "KMSInternalException")]);
    kms.sign(digest()).await.unwrap();
    assert_eq!(played.asked(), [GET_PUBLIC_KEY, SIGN, SIGN, SIGN]);

    played.fail(vec![Fault::Code(400, "ThrottlingException"); 3]);
    assert_eq!(kms.sign(digest()).await, Err(SignError::Unavailable("ThrottlingException".to_owned())));
}

#[tokio::test]
async fn po10_silence_ends_and_the_next_call_signs() {
    let played = Played::start().await;
    let mut kms = kms(&played);
    kms.operation_max = Duration::from_millis(20);
    played.fail([Fault::Silence]);
    assert_eq!(kms.address().await, Err(SignError::TimedOut));

    kms.operation_max = OPERATION_MAX;
    kms.address().await.unwrap();
    kms.operation_max = Duration::from_millis(20);
    played.fail([Fault::Silence]);
    let late = kms.sign(digest()).await.unwrap_err();
    assert_eq!(late, SignError::TimedOut);
    assert!(!late.is_lasting());

    kms.operation_max = OPERATION_MAX;
    kms.sign(digest()).await.unwrap();
}

#[tokio::test]
async fn po10_kms_out_of_reach_is_passing() {
    let played = Played::start().await;
    let config = played.client(1).config().to_builder().endpoint_url("http://127.0.0.1:1").build();
    let kms = Kms::new(Client::from_conf(config), KEY_ID).unwrap();
    let away = kms.sign(digest()).await.unwrap_err();
    assert!(matches!(away, SignError::Unavailable(_)) && !away.is_lasting(), "{away:?}");
}

#[tokio::test]
async fn po10_a_key_of_another_kind_is_refused_before_it_signs() {
    let other_curve = "3059301306072a8648ce3d020106082a8648ce3d03010703420004d1f308e3e88e42a21036d9fa858969c05a24bdbd1e\
         13eedb81f13d2ba3a8ccfab3b80197be3778f75a8bf7177c7eb785d56189183c28d0b33f1d48bdc22e14e2";
    let other_curve = alloy::primitives::hex::decode(other_curve).unwrap();
    let right = Played::start().await.public_key();
    let right = STANDARD.decode(right["PublicKey"].as_str().unwrap()).unwrap();
    let changed = |at: usize, byte: u8| {
        let mut der = right.clone();
        der[at] = byte;
        der
    };
    let key = |der: &[u8]| json!({ "PublicKey": STANDARD.encode(der) });
    let cases = [
        (json!({ "KeySpec": "ECC_NIST_P256" }), SignError::OtherCurve),
        (json!({ "KeySpec": "RSA_2048" }), SignError::OtherCurve),
        (json!({ "KeySpec": null }), SignError::OtherCurve),
        (json!({ "KeyUsage": "ENCRYPT_DECRYPT" }), SignError::OtherUsage),
        (json!({ "KeyUsage": null }), SignError::OtherUsage),
        (json!({ "PublicKey": null }), SignError::OtherCurve),
        (key(&other_curve), SignError::OtherCurve),
        (key(&right[..87]), SignError::OtherCurve),
        (key(&[&right[..], &[0]].concat()), SignError::OtherCurve),
        // SEC1's hybrid form, and a point beside the curve.
        (key(&changed(23, 0x06)), SignError::OtherCurve),
        (key(&changed(87, right[87] ^ 1)), SignError::OtherCurve),
    ];
    for (fields, error) in cases {
        let played = Played::start().await;
        let kms = kms(&played);
        played.fail([Fault::Fields(fields.clone())]);
        assert_eq!(kms.sign(digest()).await, Err(error.clone()), "{fields}");
        assert!(error.is_lasting());
        assert_eq!(played.asked(), [GET_PUBLIC_KEY], "{fields}");
    }
}

#[tokio::test]
async fn po10_a_signature_of_another_key_or_digest_is_none() {
    let played = Played::start().await;
    let kms = kms(&played);
    kms.address().await.unwrap();

    let der = |signature: ecdsa::Signature| signature.to_der().as_bytes().to_vec();
    let signed = |key: &str, digest: B256| {
        let signature = Local::parse(key).unwrap().sign(digest);
        der(ecdsa::Signature::from_slice(&signature[..64]).unwrap())
    };
    let ours = signed(KEY, digest());
    let foreign = [
        signed(&format!("0x{}", "11".repeat(32)), digest()),
        signed(KEY, keccak256("another")),
        ours[..ours.len() - 1].to_vec(),
        [&ours[..], &[0]].concat(),
        // Zero for both numbers.
        vec![0x30, 0x06, 0x02, 0x01, 0x00, 0x02, 0x01, 0x00],
        vec![0xff; 72],
        vec![],
    ];
    let foreign = foreign.map(|der| json!({ "Signature": STANDARD.encode(der) }));
    for fields in foreign.into_iter().chain([json!({ "Signature": Value::Null })]) {
        played.fail([Fault::Fields(fields.clone())]);
        assert_eq!(kms.sign(digest()).await, Err(SignError::Foreign), "{fields}");
    }
    assert!(SignError::Foreign.is_lasting());

    // Only the case that was meant to be right is.
    played.fail([Fault::Fields(json!({ "Signature": STANDARD.encode(ours) }))]);
    assert_eq!(kms.sign(digest()).await, Ok(Local::parse(KEY).unwrap().sign(digest())));
}

#[tokio::test]
async fn a_key_is_named_by_its_id_or_arn_and_never_by_an_alias() {
    let client = Played::start().await.client(1);
    let arn = |resource: &str| format!("arn:aws:kms:eu-west-1:111122223333:{resource}");
    let cases = [
        (KEY_ID.to_owned(), None),
        ("mrk-1234abcd12ab34cd56ef1234567890ab".to_owned(), None),
        (arn(&format!("key/{KEY_ID}")), None),
        ("alias/payouts".to_owned(), Some(KeyRefusal::Alias)),
        (arn("alias/payouts"), Some(KeyRefusal::Alias)),
        (String::new(), Some(KeyRefusal::NotAKeyId)),
        (format!("key/{KEY_ID}"), Some(KeyRefusal::NotAKeyId)),
        (arn("key/"), Some(KeyRefusal::NotAKeyId)),
        (arn(KEY_ID), Some(KeyRefusal::NotAKeyId)),
        (format!("{KEY_ID}\n"), Some(KeyRefusal::NotAKeyId)),
        ("a".repeat(257), Some(KeyRefusal::NotAKeyId)),
    ];
    for (key_id, refusal) in cases {
        assert_eq!(Kms::new(client.clone(), &key_id).err(), refusal, "{key_id}");
    }
    assert_eq!(format!("{:?}", Kms::new(client, KEY_ID).unwrap()), format!("Kms({KEY_ID})"));
}
