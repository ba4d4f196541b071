//! `GET /agents/deposits`: what was credited.

use crate::agents::deposit::usdc::{credit, hash};
use harness::{Api, START, World};
use serde_json::json;

#[tokio::test]
async fn deposits_are_listed_newest_first_page_by_page() {
    let world = World::new().await;
    let (agent, other) = (world.agent("0").await, world.agent("77").await);
    let empty = world.get(&agent, "/agents/deposits").await.expect(200);
    assert_eq!(empty.text, r#"{"data":[],"pagination":{"limit":20,"offset":0,"total":0,"next_cursor":null}}"#);
    let oldest = credit(&world, &agent, &hash(0xA1).to_uppercase(), "5").await.expect(200).text_of("transaction_id");
    world.pass(1);
    let body = json!({ "amount_usd": 6, "payment_method": "card" });
    let payment = world.post(&agent, "/agents/deposit", body).await.expect(200).text_of("payment_id");
    world.pass(1);
    credit(&world, &agent, &hash(0xA3), "7").await.expect(200);

    let first = world.get(&agent, "/agents/deposits?limit=2").await.expect(200);
    assert_eq!(first["data"][0]["tx_hash"], hash(0xA3));
    assert_eq!(first["data"][1]["payment_id"], payment);
    assert_eq!(first["data"][1]["tx_hash"], json!(null));
    assert_eq!(first["pagination"]["total"], 3);
    let cursor = first["pagination"]["next_cursor"].as_str().unwrap();
    // The cursor wins over the offset.
    let second = world.get(&agent, &format!("/agents/deposits?limit=2&offset=1&cursor={cursor}")).await.expect(200);
    let expected = format!(
        r#"{{"data":[{{"transaction_id":"{oldest}","amount_usd":5.00,"status":"confirmed","rail":"base","tx_hash":"{}","payment_id":null,"created_at":"{START}"}}],"pagination":{{"limit":2,"offset":0,"total":3,"next_cursor":null}}}}"#,
        hash(0xA1)
    );
    assert_eq!(second.text, expected);
    let skipped = world.get(&agent, "/agents/deposits?limit=2&offset=2").await.expect(200);
    assert_eq!(skipped["data"], second["data"]);

    // A page of one, until there is no other.
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let page = world.get(&agent, &format!("/agents/deposits?limit=1{next}")).await.expect(200);
        seen.extend(page["data"].as_array().unwrap().iter().map(|line| line["amount_usd"].as_f64().unwrap()));
        let Some(cursor) = page["pagination"]["next_cursor"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert_eq!(seen, [7.0, 6.0, 5.0]);

    let others = world.get(&other, "/agents/deposits").await.expect(200);
    assert_eq!(others["pagination"]["total"], 1);
    assert_eq!(others.amount("amount_usd"), "77.00");
}
