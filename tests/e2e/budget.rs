//! The store's budget: what each endpoint and worker may cost in DynamoDB calls, serial phases and
//! units. The figures are the plan's; where the contract asks for more, the table says why.

mod cost;
mod meter;
mod scale;
mod table;
mod walk;

use domain::TaskId;
use harness::{Api, Proxy, World};
use humanops::Options;
use meter::Meter;
use serde_json::json;
use store::Key;
use store::engine::item::size_bytes;
use store::task::state::state_item;
use table::{BUDGETS, Budget, Cost};

/// Units of an item that fits into one write unit.
const STATE_BYTES_MAX: usize = 1_024;
/// Write units of one task from creation to callback, without rate limit and event log. Two of them claim its photo in
/// the transaction that hands it in; one did when the Guardian claimed it, and came too late.
const HAPPY_PATH_WRU_MAX: f64 = 43.0;

/// Complaints about a measured cost. An allowance beyond the plan must be needed in full, so that the
/// table cannot go stale.
fn complaints(budget: &Budget, measured: Cost) -> Vec<String> {
    let figures = |cost: Cost| [("calls", cost.calls), ("phases", cost.phases), ("WRU", cost.wru), ("RRU", cost.rru)];
    let mut complaints = Vec::new();
    for (((name, planned), (_, allowed)), (_, measured)) in
        figures(budget.plan).into_iter().zip(figures(budget.allowed)).zip(figures(measured))
    {
        let what = format!("{}: {measured} {name}", budget.name);
        if measured > allowed {
            complaints.push(format!("{what}, {allowed} are allowed"));
        } else if allowed > planned && measured < allowed {
            complaints.push(format!("{what}, so an allowance of {allowed} is more than is needed"));
        }
        if allowed > planned && budget.because.is_empty() {
            complaints.push(format!("{}: more {name} than planned, and no reason", budget.name));
        }
    }
    complaints
}

/// Every endpoint and worker, measured once.
async fn measured() -> (Meter, World) {
    let options = Options { dlocal_secret: Some(walk::DLOCAL_SECRET.to_owned()), ..Options::ephemeral() };
    let (proxy, world) = Proxy::world(options).await;
    let mut meter = Meter::new(proxy);

    walk::agents(&mut meter, &world).await;
    walk::operators(&mut meter, &world).await;
    walk::tasks(&mut meter, &world).await;
    walk::ends(&mut meter, &world).await;
    walk::workers(&mut meter, &world).await;
    walk::events(&mut meter, &world).await;
    walk::pushes(&mut meter, &world).await;
    (meter, world)
}

#[tokio::test]
async fn no_endpoint_and_no_worker_costs_more_than_its_budget() {
    let (meter, world) = measured().await;

    let heading = ["", "plan", "measured", "units"];
    println!("{:<38} {:<20} {:<20} {}", heading[0], heading[1], heading[2], heading[3]);
    let mut wrong = Vec::new();
    for budget in BUDGETS {
        let Some((_, measured, units)) = meter.measured.iter().find(|(name, ..)| *name == budget.name) else {
            wrong.push(format!("{} was not measured", budget.name));
            continue;
        };
        println!("{:<38} {:<20} {:<20} {units}", budget.name, budget.plan.to_string(), measured.to_string());
        wrong.extend(complaints(budget, *measured));
    }
    let unplanned = meter.measured.iter().filter(|(name, ..)| BUDGETS.iter().all(|budget| budget.name != *name));
    wrong.extend(unplanned.map(|(name, ..)| format!("{name} has no budget")));
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    world.audit().await;
}

#[tokio::test]
async fn a_task_that_goes_well_stays_within_its_write_units() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let mut meter = Meter::new(proxy);
    let total = walk::Total::of(&walk::happy_path(&mut meter, &world).await.0);

    println!("{total:?}");
    assert!(total.domain <= HAPPY_PATH_WRU_MAX, "{total:?}");
    world.audit().await;
}

#[tokio::test]
async fn a_state_item_fits_into_one_write_unit_all_its_life() {
    let world = World::new().await;
    let (agent, operator) = (world.agent("1000").await, world.operator("Maximiliana Featherstonehaugh").await);
    let mut body = world.task_body("9.99");
    body["reward_usd"] = json!("25");
    body["description"] = json!("d".repeat(384));
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    let id = TaskId::parse(&task).unwrap();
    let check = async |state: &str| {
        let stored = world.system.store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap();
        let bytes = size_bytes(&state_item(&stored));
        println!("{state:<14} {bytes}");
        assert!(bytes <= STATE_BYTES_MAX, "{bytes} bytes when {state}");
    };

    check("PENDING").await;
    world.accept(&operator, &task).await;
    check("ACCEPTED").await;
    world.post(&operator, &format!("/operator/tasks/{task}/start"), json!({})).await.expect(200);
    check("IN_PROGRESS").await;
    world.submit(&operator, &task, "guardian:review").await;
    check("SUBMITTED").await;
    world.settle().await;
    check("MANUAL_REVIEW").await;
    world.post(&agent, &format!("/tasks/{task}/verify"), json!({ "decision": "APPROVE" })).await.expect(200);
    check("COMPLETED").await;
    world.post(&agent, &format!("/tasks/{task}/dispute"), json!({})).await.expect(200);
    check("DISPUTED").await;
    world.advance(6 * 86_400).await;
    check("escalated").await;
}

#[test]
fn a_cost_above_or_needlessly_below_its_budget_is_complained_about() {
    let cost = |calls: f64| Cost { calls, phases: 1.0, wru: 1.0, rru: 1.0 };
    let budget = |because| Budget { name: "x", plan: cost(2.0), allowed: cost(3.0), because };
    for (because, measured, complained) in
        [("so", 3.0, 0), ("so", 4.0, 1), ("so", 2.0, 1), ("so", 1.0, 1), ("", 3.0, 1)]
    {
        assert_eq!(complaints(&budget(because), cost(measured)).len(), complained, "{because} {measured}");
    }
    let as_planned = Budget { allowed: cost(2.0), ..budget("") };
    assert!(complaints(&as_planned, cost(1.0)).is_empty(), "better than planned is fine");
}
