//! The main job once, so that everything else has something to stand on.

use crate::harness::World;

#[tokio::test]
async fn a_task_is_paid_for_done_judged_and_earned() {
    let world = World::new().await;
    let agent = world.agent("100.00").await;
    let operator = world.operator("Jane Doe").await;
    let task = world.task(&agent, "25").await;
    world.assert_balances(&agent, "deposit 70.50 escrow 29.50 revenue 0.00").await;

    world.accept(&operator, &task).await;
    world.submit(&operator, &task, "guardian:approve").await;
    world.settle().await;

    assert_eq!(world.show(&agent, &task).await["status"], "COMPLETED");
    world.assert_balances(&agent, "deposit 70.50 escrow 0.00 revenue 4.50").await;
    world.assert_earnings(&operator, "pending 25.00 available 0.00 total 25.00").await;
    world.audit().await;
}
