//! Which logs are transfers, and of how much.

use alloy::primitives::{Address, B256, Bytes, Log as Logged, LogData, U256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;

use super::{TooMuch, Transfer};
use crate::token::Usdc;

const TOKEN: Address = Address::repeat_byte(0x70);
const FROM: Address = Address::repeat_byte(0x0a);
const TO: Address = Address::repeat_byte(0x0b);

fn log(address: Address, topics: &[B256], data: &[u8]) -> Log {
    let data = LogData::new_unchecked(topics.to_vec(), Bytes::copy_from_slice(data));
    Log { inner: Logged { address, data }, ..Log::default() }
}

#[test]
fn a_log_is_a_transfer_only_if_all_of_it_is() {
    let topics = [Usdc::Transfer::SIGNATURE_HASH, FROM.into_word(), TO.into_word()];
    let dollar = U256::from(1_000_000).to_be_bytes::<32>();
    let used = [Usdc::AuthorizationUsed::SIGNATURE_HASH, FROM.into_word(), TO.into_word()];
    let cases = [
        ("whole", log(TOKEN, &topics, &dollar), true),
        ("another contract", log(FROM, &topics, &dollar), false),
        ("another event", log(TOKEN, &used, &dollar), false),
        ("a topic less", log(TOKEN, &topics[..2], &dollar), false),
        ("a topic more", log(TOKEN, &[topics, topics].concat()[..4], &dollar), false),
        ("no topic", log(TOKEN, &[], &dollar), false),
        ("a byte less", log(TOKEN, &topics, &dollar[1..]), false),
        ("a word more", log(TOKEN, &topics, &[dollar, dollar].concat()), false),
        ("no data", log(TOKEN, &topics, &[]), false),
        ("nothing", log(TOKEN, &topics, &[0; 32]), false),
    ];
    for (case, log, is_transfer) in cases {
        let found = Transfer::of(&log, TOKEN, 3).ok().flatten();
        let whole = Transfer { ordinal: 3, from: FROM, to: TO, micros: 1_000_000 };
        assert_eq!(found, is_transfer.then_some(whole), "{case}");
    }
}

#[test]
fn a_transfer_holds_what_the_books_hold() {
    let topics = [Usdc::Transfer::SIGNATURE_HASH, FROM.into_word(), TO.into_word()];
    let largest = U256::from(i64::MAX);
    for (value, fits) in
        [(largest, true), (largest + U256::ONE, false), (U256::from(u64::MAX), false), (U256::MAX, false)]
    {
        let found = Transfer::of(&log(TOKEN, &topics, &value.to_be_bytes::<32>()), TOKEN, 0);
        match found {
            Ok(Some(transfer)) => assert!(fits && U256::from(transfer.micros) == value),
            Ok(None) => panic!("{value} is a transfer"),
            Err(TooMuch) => assert!(!fits, "{value}"),
        }
    }
}
