//! Addresses are those that every wallet derives, and a second derivation agrees with the first.

use super::*;
use hmac::{Hmac, KeyInit as _, Mac as _};
use k256::elliptic_curve::PrimeField as _;
use k256::elliptic_curve::sec1::ToSec1Point as _;
use k256::{ProjectivePoint, PublicKey, Scalar};
use proptest::prelude::*;
use sha2::Sha512;
use std::collections::HashSet;

/// Of m/44'/60'/0' of the words "test test … junk", which every development chain has.
const XPUB: &str =
    "xpub6Ce9NcJvTk36xtLSrJLZqE7wtgA5deCeYs7rSQtreh4cj6ByPtrg9sD7V2FNFLPnf8heNP3FGkeV9qwfzvZNSd54JoNXVsXFYSYwHsnJxqP";

fn keys() -> DepositKeys {
    let pinned = base16ct::lower::encode_string(&XPub::from_str(XPUB).unwrap().fingerprint().0);
    DepositKeys::parse(XPUB, &pinned).unwrap()
}

#[test]
fn ch27_the_first_addresses_are_those_of_every_wallet() {
    for (index, address) in [
        (0, "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"),
        (1, "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"),
        (2, "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc"),
        (9, "0xa0ee7a142d267c1f36714e4a8f75612f20a79720"),
    ] {
        assert_eq!(keys().address(index).as_deref(), Some(address));
    }
    assert_eq!(keys().address(1 << 31), None, "an index that needs the private half");
}

#[test]
fn ch27_a_key_with_another_fingerprint_or_depth_is_refused() {
    let refused = |xpub: &str, pinned: &str| DepositKeys::parse(xpub, pinned).err();
    assert_eq!(refused(XPUB, "00000000"), Some(KeysRefusal::OtherFingerprint));
    assert_eq!(refused(XPUB, ""), Some(KeysRefusal::OtherFingerprint));
    assert_eq!(refused(&XPUB.replace("Jxq", "Jxp"), "00000000"), Some(KeysRefusal::NoAccount), "a checksum");
    let branch = XPub::from_str(XPUB).unwrap().derive_child(0).unwrap().to_base58();
    assert_eq!(refused(&branch, "00000000"), Some(KeysRefusal::NoAccount), "one level below an account");
    assert_eq!(format!("{:?}", keys()), "DepositKeys");
}

/// BIP-32's CKDpub by the book, on curve arithmetic alone.
fn child((point, chain_code): (ProjectivePoint, [u8; 32]), index: u32) -> (ProjectivePoint, [u8; 32]) {
    let key = PublicKey::try_from(point.to_affine()).unwrap();
    let mac = Hmac::<Sha512>::new_from_slice(&chain_code).unwrap();
    let mac = mac.chain_update(key.to_sec1_point(true).as_bytes()).chain_update(index.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let (left, right) = digest.split_at(32);
    let left = Scalar::from_repr(<[u8; 32]>::try_from(left).unwrap().into()).unwrap();
    (ProjectivePoint::GENERATOR * left + point, right.try_into().unwrap())
}

/// The branch of addresses that are given out.
fn branch() -> (ProjectivePoint, [u8; 32]) {
    let account = XPub::from_str(XPUB).unwrap();
    let key: &VerifyingKey = account.as_ref();
    let info: &XKeyInfo = account.as_ref();
    child((ProjectivePoint::from(*key.as_affine()), info.chain_code.0), 0)
}

fn second_opinion(branch: (ProjectivePoint, [u8; 32]), index: u32) -> String {
    let (point, _) = child(branch, index);
    let key = PublicKey::try_from(point.to_affine()).unwrap().to_sec1_point(false);
    let hash = Keccak256::digest(&key.as_bytes()[1..]);
    format!("0x{}", base16ct::lower::encode_string(&hash[12..]))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn ch27_two_derivations_agree_at_every_index(index in 0u32..1 << 31) {
        prop_assert_eq!(keys().address(index), Some(second_opinion(branch(), index)));
    }
}

#[test]
fn ch27_ten_thousand_indexes_in_a_row_agree_and_none_collides() {
    let (keys, branch, mut seen) = (keys(), branch(), HashSet::new());
    for index in 0..10_000 {
        let address = keys.address(index).unwrap();
        assert_eq!(address, second_opinion(branch, index), "{index}");
        assert!(seen.insert(address), "{index}");
    }
}
