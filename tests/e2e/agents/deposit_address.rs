//! `GET /agents/deposit-address`: where an agent sends USDC.

use harness::{Api, World};
use serde_json::json;

#[tokio::test]
async fn a_deposit_address_belongs_to_one_agent_for_good() {
    let world = World::new().await;
    let (a, b) = (world.agent("0").await, world.agent("0").await);
    let first = world.get(&a, "/agents/deposit-address").await.expect(200);
    let address = first.text_of("address");
    let expected = json!({
        "chain": "base", "chain_id": 84532, "token": "USDC",
        "token_contract": "0x036CbD53842c5426634e7929541eC2318f3dCF7e", "address": address,
        "min_deposit_usdc": "5.00", "max_deposit_usdc": "10000.00",
        "payment_link":
            format!("ethereum:0x036CbD53842c5426634e7929541eC2318f3dCF7e@84532/transfer?address={address}"),
    });
    assert_eq!(first.json, expected);
    assert!(address.len() == 42 && address.starts_with("0x"), "{address}");
    world.pass(60 * 60);
    assert_eq!(world.get(&a, "/agents/deposit-address").await.expect(200).text, first.text);
    assert_ne!(world.get(&b, "/agents/deposit-address").await.expect(200).text_of("address"), address);
}
