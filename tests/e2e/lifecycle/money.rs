//! Where the money is at the end of each way through: of a $25 task with its $4.50 fee, on a $100 deposit.

use harness::Step::{Accept, Advance, Cancel, Dispute, HandIn, Release, Resolve, Start, Submit, Verify};
use harness::{DAY_S, HOUR_S, Step, World};

const TWO_DAYS_S: u32 = 2 * DAY_S;
const THREE_DAYS_S: u32 = 72 * HOUR_S;
const HOLD_S: u32 = 7 * DAY_S;

const FULL: &str = "deposit 100.00 escrow 0.00 revenue 0.00";
const HELD: &str = "deposit 70.50 escrow 29.50 revenue 0.00";
const PAID: &str = "deposit 70.50 escrow 0.00 revenue 4.50";
const NOTHING: &str = "pending 0.00 available 0.00 total 0.00";
const PENDING: &str = "pending 25.00 available 0.00 total 25.00";
const AVAILABLE: &str = "pending 0.00 available 25.00 total 25.00";

/// Steps, the status that they lead to, the agent's balances, the operator's.
type Way = (&'static [Step], &'static str, &'static str, &'static str);

async fn check(ways: &[Way]) {
    let world = World::new().await;
    for (steps, status, balances, earnings) in ways {
        // For whoever reads a failure below.
        println!("{steps:?}");
        let play = world.play(steps).await;
        assert_eq!(world.show(&play.agent, &play.task).await["status"], *status, "{steps:?}");
        world.assert_balances(&play.agent, balances).await;
        world.assert_earnings(&play.operator, earnings).await;
    }
    world.audit().await;
}

#[tokio::test]
async fn until_something_is_handed_in() {
    check(&[
        (&[], "PENDING", HELD, NOTHING),
        (&[Accept], "ACCEPTED", HELD, NOTHING),
        (&[Accept, Start], "IN_PROGRESS", HELD, NOTHING),
        (&[Accept, Release], "PENDING", HELD, NOTHING),
        (&[Accept, Start, Release, Accept], "ACCEPTED", HELD, NOTHING),
        (&[Cancel], "CANCELLED", FULL, NOTHING),
        (&[Accept, Cancel], "CANCELLED", FULL, NOTHING),
        (&[Accept, Start, Release, Cancel], "CANCELLED", FULL, NOTHING),
        (&[Advance(TWO_DAYS_S)], "CANCELLED", FULL, NOTHING),
        (&[Accept, Advance(TWO_DAYS_S)], "CANCELLED", FULL, NOTHING),
        (&[Accept, Start, Advance(TWO_DAYS_S)], "CANCELLED", FULL, NOTHING),
    ])
    .await;
}

#[tokio::test]
async fn after_the_guardian_and_the_agent() {
    check(&[
        (&[Accept, HandIn("")], "SUBMITTED", HELD, NOTHING),
        (&[Accept, Submit("guardian:approve")], "COMPLETED", PAID, PENDING),
        (&[Accept, Start, Submit("guardian:approve")], "COMPLETED", PAID, PENDING),
        (&[Accept, Submit("guardian:review")], "SUBMITTED", HELD, NOTHING),
        (&[Accept, Submit("guardian:review"), Verify("APPROVE")], "COMPLETED", PAID, PENDING),
        (&[Accept, Submit("guardian:review"), Verify("REJECT")], "DISPUTED", HELD, NOTHING),
        (&[Accept, Submit("guardian:review"), Advance(THREE_DAYS_S)], "COMPLETED", PAID, PENDING),
        (&[Accept, Submit("guardian:reject")], "DISPUTED", HELD, NOTHING),
        (&[Accept, HandIn("guardian:reject"), Verify("APPROVE")], "COMPLETED", PAID, PENDING),
        (&[Accept, Submit("guardian:approve"), Advance(HOLD_S - 1)], "COMPLETED", PAID, PENDING),
        (&[Accept, Submit("guardian:approve"), Advance(HOLD_S)], "COMPLETED", PAID, AVAILABLE),
        // Nobody loses money by waiting.
        (&[Accept, Submit("guardian:reject"), Advance(60 * TWO_DAYS_S)], "DISPUTED", HELD, NOTHING),
    ])
    .await;
}

/// A third of the reward, to the cent, and of the fee; the agent has the rest.
const THIRD: &str = "deposit 90.17 escrow 0.00 revenue 1.50";
const EARNED_THIRD: &str = "pending 0.00 available 8.33 total 8.33";

#[tokio::test]
async fn after_staff_have_resolved_a_dispute_about_the_proof() {
    const REJECTED: Step = Submit("guardian:reject");
    check(&[
        (&[Accept, REJECTED, Resolve("RELEASE", None)], "COMPLETED", PAID, AVAILABLE),
        (&[Accept, REJECTED, Resolve("REFUND", None)], "CANCELLED", FULL, NOTHING),
        (&[Accept, REJECTED, Resolve("SPLIT", Some(3_333))], "COMPLETED", THIRD, EARNED_THIRD),
        (&[Accept, REJECTED, Resolve("SPLIT", Some(0))], "COMPLETED", FULL, NOTHING),
        (&[Accept, REJECTED, Resolve("SPLIT", Some(10_000))], "COMPLETED", PAID, AVAILABLE),
        (
            &[Accept, Submit("guardian:review"), Verify("REJECT"), Resolve("SPLIT", Some(3_333))],
            "COMPLETED",
            THIRD,
            EARNED_THIRD,
        ),
        // Five days later staff have been reminded; they may still decide.
        (&[Accept, REJECTED, Advance(HOLD_S), Resolve("REFUND", None)], "CANCELLED", FULL, NOTHING),
    ])
    .await;
}

#[tokio::test]
async fn after_staff_have_resolved_a_dispute_inside_the_hold() {
    const PASSED: Step = Submit("guardian:approve");
    check(&[
        (&[Accept, PASSED, Dispute], "DISPUTED", "deposit 70.50 escrow 25.00 revenue 4.50", NOTHING),
        (&[Accept, PASSED, Dispute, Resolve("RELEASE", None)], "COMPLETED", PAID, AVAILABLE),
        (&[Accept, PASSED, Dispute, Resolve("REFUND", None)], "CANCELLED", FULL, NOTHING),
        (&[Accept, PASSED, Dispute, Resolve("SPLIT", Some(3_333))], "COMPLETED", THIRD, EARNED_THIRD),
        (&[Accept, PASSED, Dispute, Resolve("SPLIT", Some(0))], "COMPLETED", FULL, NOTHING),
        (&[Accept, PASSED, Advance(HOLD_S - 1), Dispute, Resolve("RELEASE", None)], "COMPLETED", PAID, AVAILABLE),
        (&[Accept, PASSED, Dispute, Advance(HOLD_S), Resolve("REFUND", None)], "CANCELLED", FULL, NOTHING),
    ])
    .await;
}
