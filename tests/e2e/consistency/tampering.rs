//! The audit notices: whatever is changed behind the ledger's back is found and named.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use harness::{Api, DAY_S, Step, World};
use humanops::Options;
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::json;
use std::collections::HashMap;

type Item = HashMap<String, AttributeValue>;

const LEDGER: &str = "humanops-ledger";
const CORE: &str = "humanops-core";

/// What becomes of an item: an attribute is set, or it goes.
enum Change {
    Set(&'static str, AttributeValue),
    Delete,
}
use Change::{Delete, Set};

/// Table, item, what becomes of it; the invariant that names it, and what it is named.
type Tampering = (&'static str, Item, Change, &'static str, String);

fn key(pk: &str, sk: &str) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    Item::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))])
}

fn text<'a>(item: &'a Item, name: &str) -> &'a str {
    item[name].as_s().unwrap()
}

fn micros(micros: i64) -> AttributeValue {
    AttributeValue::N(micros.to_string())
}

/// The only item of a partition whose sort key begins with `prefix`; of `task`, if one is named.
async fn only(client: &Client, table: &str, pk: &str, (prefix, task): (&str, Option<&str>)) -> Item {
    let answer = client
        .query()
        .table_name(table)
        .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
        .expression_attribute_values(":pk", AttributeValue::S(pk.to_owned()))
        .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
        .send()
        .await
        .unwrap();
    let of_task = |item: &&Item| task.is_none_or(|task| item.get("tk").is_some_and(|tk| tk.as_s().unwrap() == task));
    let items: Vec<&Item> = answer.items().iter().filter(of_task).collect();
    assert_eq!(items.len(), 1, "{prefix} of {pk}");
    items[0].clone()
}

/// Does it; answers the item as it was.
async fn tamper(client: &Client, table: &str, name: Item, change: &Change) -> Item {
    let was = client.get_item().table_name(table).set_key(Some(name.clone())).send().await.unwrap().item.unwrap();
    match change {
        Set(attribute, value) => {
            let update = client.update_item().table_name(table).set_key(Some(name));
            let update = update.update_expression(format!("SET {attribute} = :to"));
            update.expression_attribute_values(":to", value.clone()).send().await.unwrap();
        }
        Delete => drop(client.delete_item().table_name(table).set_key(Some(name)).send().await.unwrap()),
    }
    was
}

/// An agent and an operator to whom everything has happened: a deposit, a task that was paid and the reward
/// withdrawn, one in its hold, one that is open; and what can be done to that.
async fn everything(world: &World, client: &Client) -> Vec<Tampering> {
    let play = world.play(&[Step::Accept, Step::Submit("guardian:approve"), Step::Advance(7 * DAY_S)]).await;
    let (agent, operator) = (&*play.agent.id, &*play.operator.0);
    world.post(&play.operator, "/operator/payout", json!({ "amount_usd": 10 })).await.expect(200);
    let held = world.judged(&play.agent, &play.operator, "guardian:approve").await;
    let open = world.task(&play.agent, "10").await;

    let deposit = only(client, LEDGER, agent, ("D#", None)).await;
    let lock = format!("D#base#{}", text(&deposit, "rf"));
    let opened = only(client, LEDGER, agent, ("J#", Some(&open))).await;
    let paid_out = only(client, LEDGER, operator, ("J#", None)).await;
    let payout = only(client, CORE, operator, ("Y#", None)).await;
    let name = |item: &Item| key(text(item, "pk"), text(item, "sk"));
    let none = || AttributeValue::M(HashMap::new());
    let own = |of: &str, part: &str| format!("{of} {part}");
    let word = |word: &str| AttributeValue::S(word.to_owned());
    const STORED: &str = "I3 stored";
    vec![
        (LEDGER, key(agent, "$"), Set("dep", micros(1)), STORED, own(agent, "deposit")),
        (LEDGER, key(agent, "$"), Set("rev", micros(1)), STORED, own(agent, "revenue")),
        (LEDGER, key(agent, "$"), Set("wth", micros(1)), STORED, own(agent, "withheld")),
        (LEDGER, key(agent, "$"), Set("fd", none()), STORED, own(agent, "fees")),
        (LEDGER, key(agent, "$"), Set("sp", none()), STORED, own(agent, "spend")),
        (LEDGER, key(agent, "$"), Set("ncr", micros(7)), "counters", agent.to_owned()),
        (LEDGER, key(agent, "$"), Set("esc", micros(-1)), "readable", agent.to_owned()),
        (LEDGER, key(agent, "$"), Delete, "owners have an account", agent.to_owned()),
        (LEDGER, key(operator, "$"), Set("bal", micros(26_000_000)), STORED, own(operator, "earnings")),
        (LEDGER, key(operator, "$"), Set("ern", micros(1)), STORED, own(operator, "total")),
        (LEDGER, key(operator, "$"), Set("vb", none()), STORED, own(operator, "pending")),
        (LEDGER, key(operator, "$"), Set("nwk", micros(1)), "an operator's record", operator.to_owned()),
        (LEDGER, key(operator, "$"), Set("nac", micros(1)), "an operator's record", operator.to_owned()),
        (LEDGER, name(&deposit), Set("ps[0].m", micros(1)), "I1", text(&deposit, "id").to_owned()),
        (LEDGER, name(&deposit), Delete, "each step of a deposit", lock.clone()),
        (LEDGER, key(&lock, "$"), Delete, "each step of a deposit", text(&deposit, "id").to_owned()),
        (LEDGER, key(&lock, "$"), Set("am", micros(1)), "each step of a deposit", text(&deposit, "id").to_owned()),
        (LEDGER, name(&opened), Delete, "tasks are opened", open.clone()),
        (LEDGER, name(&paid_out), Delete, "each step of a payout", text(&payout, "sk").replace("Y#", "")),
        (CORE, name(&payout), Delete, "each step of a payout", text(&paid_out, "id").to_owned()),
        (CORE, key(&open, "S"), Set("rw", micros(24_000_000)), "I3 escrow", open.clone()),
        (CORE, key(&held, "S"), Set("st", word("PENDING")), "I3 escrow", held.clone()),
        (CORE, key(&open, "S"), Delete, "what was opened", open.clone()),
    ]
}

#[tokio::test]
async fn every_change_behind_the_ledger_is_found_and_named() {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    let rig = Rig { engine: Some(engine), ..Rig::default() };
    let world = World::with(Options::ephemeral(), rig).await;
    for (case, (table, name, change, invariant, subject)) in everything(&world, &client).await.into_iter().enumerate() {
        world.audit().await;
        let was = tamper(&client, table, name, &change).await;

        let reply = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);

        assert_eq!(reply["clean"], false, "case {case}, {invariant}");
        let found = reply["violations"].as_array().unwrap().iter().any(|violation| {
            let says = |field: &str, part: &str| violation[field].as_str().unwrap().contains(part);
            says("invariant", invariant) && says("subject", &subject)
        });
        assert!(found, "case {case}, {invariant} of {subject}: {}", reply.text);
        client.put_item().table_name(table).set_item(Some(was)).send().await.unwrap();
    }
    world.audit().await;
}

#[tokio::test]
async fn who_has_less_than_what_vests_sees_it_wait_and_withdraws_nothing() {
    let engine = Engine::open(None).unwrap();
    let client = engine.client();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine), ..Rig::default() }).await;
    let agent = world.agent("100.00").await;
    let (jane, john) = (world.operator("Jane Doe").await, world.operator("John Roe").await);
    for operator in [&jane, &john] {
        world.judged(&agent, operator, "guardian:approve").await;
    }
    world.advance(7 * DAY_S).await;
    world.judged(&agent, &jane, "guardian:approve").await;
    // Twenty-five have matured and twenty-five vest: of twenty, neither can be true.
    tamper(&client, LEDGER, key(&jane.0, "$"), &Set("bal", micros(20_000_000))).await;

    let earnings = world.get(&jane, "/operator/earnings").await.expect(200);
    let told = ["pending_balance", "available_balance"].map(|field| earnings.amount(field));
    assert_eq!(told, ["20.00", "0.00"]);
    let payout = json!({ "amount_usd": 10, "wallet_address": format!("0x{}", "ab".repeat(20)) });
    world.post(&jane, "/operator/payout", payout.clone()).await.expect_error(500, "internal_error");
    world.post(&john, "/operator/payout", payout).await.expect(200);
    let reply = world.get(world.admin(), "/admin/ledger/audit").await.expect(200);
    assert_eq!(reply["clean"], false);
}
