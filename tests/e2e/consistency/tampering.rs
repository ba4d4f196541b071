//! The audit notices: whatever is changed behind the ledger's back is found and named.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use harness::{Api, World};
use humanops::Options;
use humanops::engine::{self, Engine};
use humanops::system::Rig;

/// A number of one item, set to another.
struct Tampering<'a> {
    table: &'a str,
    pk: &'a str,
    sk: &'a str,
    set: &'a str,
    to: i64,
}

async fn tamper(client: &Client, tampering: &Tampering<'_>) {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    client
        .update_item()
        .table_name(tampering.table)
        .key("pk", text(tampering.pk))
        .key("sk", text(tampering.sk))
        .update_expression(format!("SET {} = :to", tampering.set))
        .expression_attribute_values(":to", AttributeValue::N(tampering.to.to_string()))
        .send()
        .await
        .unwrap();
}

/// The sort key of the only journal entry in a partition that begins with `prefix`.
async fn entry(client: &Client, pk: &str, prefix: &str) -> String {
    let answer = client
        .query()
        .table_name("humanops-ledger")
        .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
        .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
        .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
        .send()
        .await
        .unwrap();
    answer.items()[0]["sk"].as_s().unwrap().clone()
}

#[tokio::test]
async fn every_change_behind_the_ledger_is_found_and_named() {
    let (ledger, core) = ("humanops-ledger", "humanops-core");
    for case in 0..8 {
        let engine = Engine::start(None).await.unwrap();
        let client = engine::client(&engine.endpoint);
        let rig = Rig { engine: Some(engine), ..Rig::default() };
        let world = World::with(Options::ephemeral(), rig).await;
        let agent = world.agent("100.00").await;
        let operator = world.operator("Jane Doe").await;
        world.judged(&agent, &operator, "guardian:approve").await;
        let open = world.task(&agent, "25").await;
        world.audit().await;

        let deposit = entry(&client, &agent.id, "D#").await;
        let (tampering, invariant, subject) = match case {
            0 => (Tampering { table: ledger, pk: &agent.id, sk: "$", set: "dep", to: 1 }, "I3", "deposit"),
            1 => (Tampering { table: ledger, pk: &agent.id, sk: "$", set: "rev", to: 1 }, "I3", "revenue"),
            2 => (Tampering { table: ledger, pk: &operator.0, sk: "$", set: "bal", to: 26_000_000 }, "I3", "earnings"),
            3 => (Tampering { table: ledger, pk: &agent.id, sk: &deposit, set: "ps[0].m", to: 1 }, "I1", "entry_"),
            4 => (Tampering { table: ledger, pk: &agent.id, sk: "$", set: "ncr", to: 7 }, "counters", &*agent.id),
            5 => (Tampering { table: ledger, pk: &agent.id, sk: "$", set: "spt", to: 7 }, "spend", &*agent.id),
            6 => (Tampering { table: ledger, pk: &agent.id, sk: "$", set: "esc", to: -1 }, "readable", &*agent.id),
            _ => (Tampering { table: core, pk: &open, sk: "S", set: "rw", to: 24_000_000 }, "I3", &*open),
        };
        tamper(&client, &tampering).await;

        let reply = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
        assert_eq!(reply["clean"], false, "case {case}");
        let violations = reply["violations"].as_array().unwrap();
        let found = violations.iter().any(|violation| {
            let says = |field: &str, part: &str| violation[field].as_str().unwrap().contains(part);
            says("invariant", invariant) && says("subject", subject)
        });
        assert!(found, "case {case}: {}", reply.text);
    }
}
