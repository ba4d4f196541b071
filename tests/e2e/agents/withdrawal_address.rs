//! `/agents/withdrawal-address`: an agent's money goes where it said two days ago.

use harness::{Api, DAY_S, World};
use serde_json::json;

const FIRST: &str = "0x52908400098527886E0F7030069857D2E4169EE7";
const SECOND: &str = "0x8617E340B3D01FA5F11F306F4090FD50E238070D";

#[tokio::test]
async fn an_address_counts_after_two_days_and_the_one_before_until_then() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    world.get(&agent, "/agents/withdrawal-address").await.expect_error(409, "no_withdrawal_address");
    let set = async |address: &str| {
        world.request(&agent, "PUT", "/agents/withdrawal-address", &[], Some(json!({ "address": address }))).await
    };
    let usable = async || world.get(&agent, "/agents/withdrawal-address").await.expect(200)["usable_now"].clone();

    let said = set(FIRST).await.expect(200);
    assert_eq!(said.json, json!({ "address": FIRST, "usable_at": "2026-02-07T12:00:00.000Z", "usable_now": null }));
    world.pass(2 * DAY_S - 1);
    assert_eq!(usable().await, json!(null));
    assert_eq!(set(FIRST).await.expect(200).text, said.text, "said again it waits no longer");
    world.pass(1);
    assert_eq!(usable().await, json!(FIRST));

    set(SECOND).await.expect(200);
    assert_eq!(usable().await, json!(FIRST));
    world.advance(2 * DAY_S).await;
    assert_eq!(usable().await, json!(SECOND));
    let told = world.get(&agent, "/events?type=withdrawal_address.changed").await.expect(200);
    let told: Vec<_> =
        told["data"].as_array().unwrap().iter().map(|event| &event["payload"]["withdrawal_address"]).collect();
    assert_eq!(told.iter().map(|it| &it["address"]).collect::<Vec<_>>(), [&json!(FIRST), &json!(SECOND)]);
}

#[tokio::test]
async fn an_address_of_ours_or_of_nobody_is_refused() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let ours = world.get(&agent, "/agents/deposit-address").await.expect(200).text_of("address");
    for address in [ours.as_str(), "0x0000000000000000000000000000000000000000", &FIRST.to_lowercase()[2..], "0x12"] {
        let body = Some(json!({ "address": address }));
        world.request(&agent, "PUT", "/agents/withdrawal-address", &[], body).await.expect_fields(&["address"]);
    }
    world.get(&agent, "/agents/withdrawal-address").await.expect_error(409, "no_withdrawal_address");
}
