//! Against what another implementation, eth-account, signs with the same key.

use super::*;
use crate::signer::Signer;
use alloy::primitives::{address, b256};

/// The first account of every anvil: its key is public.
const ANVIL: &str = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

#[tokio::test]
async fn a_known_key_has_its_known_address_and_signature() {
    let signer = Signer::Local(Local::parse(ANVIL).unwrap());
    assert_eq!(signer.address().await, Ok(address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266")));

    let digest = b256!("b7da0ded765156d88072688c33d4c9d9d7dbe52c31fd6016834bb09567dd5cc0");
    let signature = signer.sign(digest).await.unwrap();
    assert_eq!(
        hex::encode(signature),
        "4ea8fd6b8fdf328db82a335c02abc46af68e1198cee9fe126ed4f130c7599f14\
         3ec55db187620e5650a1aaaf765187383b8ee7f4ce020d08c260709e4d4d73d81c"
    );
    let signature = alloy::primitives::Signature::from_raw_array(&signature).unwrap();
    assert_eq!(signature.recover_address_from_prehash(&digest).ok(), signer.address().await.ok());
}

#[test]
fn a_key_of_either_case_is_the_same() {
    let upper = format!("0x{}", ANVIL[2..].to_uppercase());
    assert_eq!(Local::parse(&upper).unwrap().address(), Local::parse(ANVIL).unwrap().address());
}

#[test]
fn what_is_no_key_is_refused_and_not_repeated() {
    let order = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
    let cases = [
        (String::new(), KeyRefusal::NotHexadecimal),
        ("0x".to_owned(), KeyRefusal::NotHexadecimal),
        (ANVIL[2..].to_owned(), KeyRefusal::NotHexadecimal),
        (ANVIL[..65].to_owned(), KeyRefusal::NotHexadecimal),
        (format!("{ANVIL}0"), KeyRefusal::NotHexadecimal),
        (format!("{ANVIL}\n"), KeyRefusal::NotHexadecimal),
        (format!(" {ANVIL}"), KeyRefusal::NotHexadecimal),
        (format!("0X{}", &ANVIL[2..]), KeyRefusal::NotHexadecimal),
        (format!("0x0x{}", &ANVIL[4..]), KeyRefusal::NotHexadecimal),
        (format!("0x{ANVIL}"), KeyRefusal::NotHexadecimal),
        (format!("{}g", &ANVIL[..65]), KeyRefusal::NotHexadecimal),
        (format!("{}é", &ANVIL[..64]), KeyRefusal::NotHexadecimal),
        (format!("0x{}", "0".repeat(64)), KeyRefusal::OutOfRange),
        (format!("0x{order}"), KeyRefusal::OutOfRange),
        (format!("0x{}", "f".repeat(64)), KeyRefusal::OutOfRange),
    ];
    for (text, refusal) in cases {
        assert_eq!(Local::parse(&text).unwrap_err(), refusal, "{text:?}");
    }
}

#[test]
fn a_key_is_shown_as_its_address() {
    let signer = Signer::Local(Local::parse(ANVIL).unwrap());
    assert_eq!(format!("{signer:?}"), "Local(Local(0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266))");
    assert!(!format!("{signer:#?}").contains(&ANVIL[2..10]));
}
