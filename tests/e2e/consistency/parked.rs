//! What is due and fails each time: put aside if that will never end, and tried for as long as an outage lasts.

use harness::Fault::{self, Conflict, Fail, Invalid, Lacking, Refuse};
use harness::{Api, Proxy, World};
use humanops::Options;
use std::convert::Infallible;
use std::time::Duration;
use store::events::job::Job;

/// Attempts of one sweep, and more.
const MANY: usize = 60;

/// One sweep of all that is due.
async fn sweep(world: &World) {
    let carry = |_: Vec<Job>| std::future::ready(Ok::<_, Infallible>(()));
    sweeper::sweep(&world.system.store, Duration::ZERO, carry).await.unwrap();
}

/// A task that waits for its refund after five sweeps in which the write of it met this fault, and after one without.
async fn refunded_after_five_times(fault: Fault) -> bool {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("100").await;
    let task = world.task(&agent, "25").await;
    world.settle().await;
    world.pass(2 * harness::DAY_S);

    for _ in 0..5 {
        proxy.inject("TransactWriteItems", &[fault; MANY]);
        sweep(&world).await;
        assert!(proxy.unmet() < MANY, "{fault:?} was met");
        assert_eq!(world.show(&agent, &task).await["status"], "PENDING", "{fault:?}");
    }
    sweep(&world).await;
    world.audit().await;
    world.show(&agent, &task).await["status"] == "CANCELLED"
}

#[tokio::test]
async fn what_the_store_will_never_do_is_put_aside_after_five_times() {
    for refusal in [Refuse("ValidationException"), Invalid] {
        assert!(!refunded_after_five_times(refusal).await, "{refusal:?}");
    }
}

#[tokio::test]
async fn an_outage_puts_nothing_aside_however_often_it_is_tried() {
    for outage in [
        Fail,
        Conflict,
        Lacking("humanops-ledger"),
        Refuse("ThrottlingException"),
        Refuse("AccessDeniedException"),
        Refuse("ResourceNotFoundException"),
    ] {
        assert!(refunded_after_five_times(outage).await, "{outage:?}");
    }
}
