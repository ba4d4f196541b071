//! Against what another implementation, eth-account, makes of the same calls.

use super::*;
use crate::signer::Local;
use alloy::consensus::{Transaction as _, TxEnvelope};
use alloy::eips::eip2718::Decodable2718 as _;
use alloy::primitives::{address, b256, hex};

const BASE_SEPOLIA: u64 = 84_532;
const ACCOUNT: Address = address!("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
const USDC: Address = address!("036CbD53842c5426634e7929541eC2318f3dCF7e");

fn signer() -> Signer {
    let key = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    Signer::Local(Local::parse(key).unwrap())
}

fn sender(sent: &TxEnvelope) -> Option<Address> {
    sent.signature().recover_address_from_prehash(&sent.signature_hash()).ok()
}

fn call() -> Call {
    Call {
        chain_id: BASE_SEPOLIA,
        nonce: 7,
        to: USDC,
        input: Bytes::from_static(&[0xa9, 0x05, 0x9c, 0xbb]),
        gas_limit: 120_000,
        fees: Fees::new(1_500_000_000, 1_000_000).unwrap(),
    }
}

#[tokio::test]
async fn a_call_is_signed_to_its_known_bytes_and_hash() {
    let signed = raw(&signer(), call()).await.unwrap();
    assert_eq!(
        hex::encode(&signed.raw),
        "02f87183014a3407830f42408459682f008301d4c094036cbd53842c5426634e7929541ec2318f3dcf7e8084a9059cbbc001\
         a052d476ce49c7d66fb115b1e4cb496de85deb0d806610de1e55b3ac6e4466a07e\
         a041f06aeaec0f8169942d94e6e445ed6f0793dab9022c5c5132a4a1bfaf184b62"
    );
    assert_eq!(signed.hash, b256!("c67e0b6ed8caaf0c13e4e8567c77f86f2fe5c4060982f132d308fb15b6ef1abb"));
}

#[tokio::test]
async fn what_is_signed_decodes_to_the_call_of_its_sender() {
    let signed = raw(&signer(), call()).await.unwrap();
    let decoded = TxEnvelope::decode_2718_exact(&signed.raw).unwrap();
    assert_eq!(sender(&decoded), Some(ACCOUNT));
    assert_eq!(*decoded.hash(), signed.hash);
    assert_eq!((decoded.chain_id(), decoded.nonce()), (Some(BASE_SEPOLIA), 7));
    assert_eq!((decoded.to(), decoded.value()), (Some(USDC), U256::ZERO));
    assert_eq!((decoded.input(), decoded.gas_limit()), (&call().input, 120_000));
    assert_eq!(decoded.max_fee_per_gas(), 1_500_000_000);
    assert_eq!(decoded.max_priority_fee_per_gas(), Some(1_000_000));
    assert!(decoded.access_list().is_none_or(|list| list.is_empty()));
}

#[tokio::test]
async fn a_transfer_to_oneself_moves_nothing() {
    let signed = self_transfer(&signer(), BASE_SEPOLIA, 8, call().fees).await.unwrap();
    assert_eq!(signed.hash, b256!("179883ba4ea18cb4a6f0f85a7f3f63583c01da6d117e5809de600e74ab352e1a"));
    let decoded = TxEnvelope::decode_2718_exact(&signed.raw).unwrap();
    assert_eq!((decoded.to(), decoded.value(), decoded.input().len()), (Some(ACCOUNT), U256::ZERO, 0));
    assert_eq!((decoded.nonce(), decoded.gas_limit()), (8, 21_000));
    assert_eq!(sender(&decoded), Some(ACCOUNT));
}
