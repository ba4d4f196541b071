//! `GET /admin/payouts`: what is on its way for too long, and what nobody carries any more.

use domain::ledger::Rail;
use domain::money::payout::{Payee, Payout, PayoutStatus};
use domain::next_action::DueKind;
use domain::{OperatorId, PayoutId, Usd};
use harness::{Api, Caller, DAY_S, OperatorKey, World};
use serde_json::json;
use store::Key;
use store::engine::schema::DUE_SHARDS;
use store::ledger::payouts::Purse;

const WALLET: &str = "0x52908400098527886E0F7030069857D2E4169EE7";

/// An operator who can withdraw $25.
pub(crate) async fn earner(world: &World) -> OperatorKey {
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    world.judged(&agent, &operator, "guardian:approve").await;
    world.advance(7 * DAY_S).await;
    operator
}

/// $10 set aside for a chain that is not there; answers the payout's id.
pub(crate) async fn reserved(world: &World, operator: &OperatorKey) -> String {
    let (store, now, id) = (&world.system.store, world.now(), OperatorId::parse(&operator.0).unwrap());
    let earnings = store.read([Key::earnings(&id)]).await.unwrap().earnings(&id).unwrap().unwrap();
    let way = (Rail::Base, WALLET.to_owned());
    let payout = PayoutId::new(now, store::random_bits());
    let asked = Payout::asked(payout, Payee::Operator(id), Usd::dollars(10), way, PayoutStatus::Reserved, now);
    store.pay_out(asked, Purse::Earnings(earnings)).await.unwrap();
    payout.to_string()
}

#[tokio::test]
async fn a_payout_without_a_step_for_an_hour_needs_a_person_until_it_is_over() {
    let world = World::new().await;
    let operator = earner(&world).await;
    let payout = reserved(&world, &operator).await;
    let created_at = world.now().to_string();
    world.pass(3_599);
    let listed = world.get(world.admin(), "/admin/payouts").await.expect(200);
    assert_eq!((&listed["data"], &listed["pagination"]["total"]), (&json!([]), &json!(0)));

    world.pass(1);
    let listed = world.get(world.admin(), "/admin/payouts").await.expect(200);
    let line = json!({
        "payout_id": payout, "operator_id": operator.0, "agent_id": null, "status": "reserved", "amount_usd": 10.0,
        "rail": "base", "destination": WALLET, "created_at": created_at, "since": created_at, "parked": false,
    });
    assert_eq!(listed["data"], json!([line]));

    // One that is paid at once is over.
    world.post(&operator, "/operator/payout", json!({ "amount_usd": 10 })).await.expect(200);
    world.pass(3_600);
    assert_eq!(world.get(world.admin(), "/admin/payouts").await.expect(200)["pagination"]["total"], 1);
    world.get(Caller::Nobody, "/admin/payouts").await.expect_error(403, "admin_key_required");
    world.audit().await;
}

#[tokio::test]
async fn what_was_put_aside_needs_a_person_at_once() {
    let world = World::new().await;
    let operator = earner(&world).await;
    let first = reserved(&world, &operator).await;
    world.pass(1);
    let second = reserved(&world, &operator).await;
    let store = &world.system.store;
    for shard in 0..DUE_SHARDS {
        for entry in store.due(DueKind::Payout, shard, world.now(), None).await.unwrap().entries {
            for _ in 0..5 {
                store.count_failure(&entry).await.unwrap();
            }
        }
    }
    let page = |query: &'static str| world.get(world.admin(), query);
    let listed = page("/admin/payouts?limit=1").await.expect(200);
    assert_eq!((&listed["data"][0]["payout_id"], &listed["data"][0]["parked"]), (&json!(second), &json!(true)));
    assert_eq!(listed["pagination"]["total"], 2);
    let rest = page("/admin/payouts?limit=1&offset=1").await.expect(200);
    assert_eq!((&rest["data"][0]["payout_id"], &rest["pagination"]["next_cursor"]), (&json!(first), &json!(null)));
}
