//! The accounts that everybody knows.

use alloy::primitives::{Address, hex, keccak256};
use coins_bip32::ecdsa::{SigningKey, VerifyingKey};
use coins_bip32::xkeys::{Parent, XPub};

use super::anvil;
use crate::accounts::{ADDRESSES, PRIVATE_KEYS, XPUB};

fn address(key: &VerifyingKey) -> Address {
    Address::from_slice(&keccak256(&key.to_sec1_point(false).as_bytes()[1..])[12..])
}

#[test]
fn the_addresses_lie_below_the_xpub_and_have_the_keys() {
    let account: XPub = XPUB.parse().unwrap();
    for (index, (expected, digits)) in (0..).zip(ADDRESSES.into_iter().zip(PRIVATE_KEYS)) {
        let derived = account.derive_child(0).unwrap().derive_child(index).unwrap();
        assert_eq!(address(derived.as_ref()), expected);
        let key = SigningKey::from_slice(&hex::decode(digits).unwrap()).unwrap();
        assert_eq!(address(key.verifying_key()), expected);
    }
}

#[tokio::test]
async fn a_chain_begins_with_them() {
    let anvil = anvil().await;
    assert_eq!(anvil.rpc().call::<Vec<Address>>("eth_accounts", ()).await.unwrap(), ADDRESSES);
}
