//! What is signed and sent, against Circle's constants.

use alloy::primitives::{Address, B256, address, b256};
use alloy::sol_types::SolStruct;

use super::{Authorization, calldata, payout_nonce};
use crate::Network;
use crate::token::TransferWithAuthorization;

const FROM: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

fn authorization() -> Authorization {
    Authorization {
        from: FROM,
        to: Address::repeat_byte(0x0b),
        micros: 25_000_000,
        valid_after_s: 1,
        valid_before_s: 2_000_000_000,
        nonce: B256::repeat_byte(0x22),
    }
}

#[test]
fn the_message_has_circles_type() {
    let circles = b256!("7c7c6cdb67a18743f49ec6fa9b35f50d52ed05cbed4cc592e13b44501c1a2267");
    let typed = TransferWithAuthorization::eip712_encode_type();
    assert_eq!(alloy::primitives::keccak256(typed.as_bytes()), circles);
}

#[test]
fn calldata_is_the_selector_and_nine_words_in_circles_order() {
    let mut signature = [0x33; 65];
    signature[32..64].fill(0x44);
    signature[64] = 28;

    let data = calldata(&authorization(), signature);

    assert_eq!(data[..4], [0xe3, 0xee, 0x16, 0x0e]);
    let words: Vec<B256> = data[4..].chunks(32).map(B256::from_slice).collect();
    let number = |number: u64| B256::from(alloy::primitives::U256::from(number));
    let expected = [
        FROM.into_word(),
        Address::repeat_byte(0x0b).into_word(),
        number(25_000_000),
        number(1),
        number(2_000_000_000),
        B256::repeat_byte(0x22),
        number(28),
        B256::repeat_byte(0x33),
        B256::repeat_byte(0x44),
    ];
    assert_eq!(words, expected);
}

#[test]
fn the_digest_changes_with_every_field_and_network() {
    let network = Network::BASE;
    let good = authorization();
    let others = [
        Authorization { from: good.to, ..good.clone() },
        Authorization { to: good.from, ..good.clone() },
        Authorization { micros: 25_000_001, ..good.clone() },
        Authorization { valid_after_s: 2, ..good.clone() },
        Authorization { valid_before_s: 2_000_000_001, ..good.clone() },
        Authorization { nonce: B256::repeat_byte(0x23), ..good.clone() },
    ];
    for other in others {
        assert_ne!(other.digest(&network), good.digest(&network), "{other:?}");
    }
    assert_ne!(good.digest(&Network::BASE_SEPOLIA), good.digest(&network));
}

#[test]
fn a_payouts_nonce_is_bound_to_chain_token_and_payout() {
    let token = Network::BASE.token;
    let nonce = payout_nonce(8453, token, "po_1");
    // Of the 18 + 32 + 20 + 4 bytes, hashed by another implementation.
    assert_eq!(nonce, b256!("349838e3d29e1ccf583b2aeb3be5ba26afd16e784ce10f66c2c0016249a75ce3"));
    for other in
        [payout_nonce(84532, token, "po_1"), payout_nonce(8453, FROM, "po_1"), payout_nonce(8453, token, "po_2")]
    {
        assert_ne!(other, nonce);
    }
}
