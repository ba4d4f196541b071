//! What one of many does: whoever the store gave it to has it, also when the answer was lost on the way, and nobody else.

use crate::admin::payouts::{earner, reserved};
use domain::geo::Point;
use domain::next_action::DueKind;
use domain::{AgentId, EventId};
use futures::future::{join, join_all};
use harness::Fault::{self, BreakAnswer, Hold, LoseAnswer, Pass};
use harness::{Api, Inbox, Proxy, World};
use humanops::Options;
use store::StoreError;
use store::engine::schema::DUE_SHARDS;
use store::events::deliveries::Delivery;
use store::task::due::DueEntry;

const ANSWERS: [Fault; 3] = [Pass, LoseAnswer, BreakAnswer];

/// The one that is due.
async fn due(world: &World, kind: DueKind) -> DueEntry {
    let pages = (0..DUE_SHARDS).map(|shard| world.system.store.due(kind, shard, world.now(), None));
    let mut entries: Vec<_> = join_all(pages).await.into_iter().flat_map(|page| page.unwrap().entries).collect();
    assert_eq!(entries.len(), 1, "{entries:?}");
    entries.remove(0)
}

/// Whoever comes first, whose answer may be lost, is given it, and whoever comes at the same time is not.
async fn check(proxy: &Proxy, answer: Fault, take: impl AsyncFn() -> Result<bool, StoreError>) {
    proxy.inject("UpdateItem", &[answer]);
    assert!(take().await.unwrap(), "{answer:?}");
    assert_eq!(proxy.unmet(), 0, "{answer:?}");
    assert!(!take().await.unwrap(), "{answer:?}");
}

#[tokio::test]
async fn a_retry_and_a_payout_are_taken_on_once() {
    for answer in ANSWERS {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let store = &world.system.store;
        let operator = earner(&world).await;
        reserved(&world, &operator).await;
        let delivery = Delivery {
            event: EventId::from_bytes([1; 16]),
            agent: AgentId::from_bytes([2; 16]),
            task: None,
            sequence: 1,
            at: world.now(),
            attempt: 2,
        };
        store.plan_retry(&delivery, world.now()).await.unwrap();

        let until = world.now().plus_seconds(60);
        let (retry, payout) = (due(&world, DueKind::Callback).await, due(&world, DueKind::Payout).await);
        check(&proxy, answer, async || {
            let taken = store.lease_retry(&retry, until).await?;
            assert!(taken.iter().all(|taken| *taken == delivery), "{taken:?}");
            Ok(taken.is_some())
        })
        .await;
        check(&proxy, answer, async || Ok(store.lease_payout(&payout, until).await?.is_some())).await;
        world.audit().await;
    }
}

#[tokio::test]
async fn a_silent_host_is_asked_by_one() {
    for answer in ANSWERS {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let until = world.now().plus_seconds(60);
        check(&proxy, answer, async || world.system.store.probe("example.com", None, until).await).await;
    }
}

#[tokio::test]
async fn a_browser_that_subscribes_is_found_and_told_once() {
    for answer in ANSWERS {
        let (proxy, world) = Proxy::world(Options::ephemeral()).await;
        let (inbox, jane) = (Inbox::open().await, world.operator("Jane Doe").await);
        proxy.inject("PutItem", &[answer]);
        world.subscribe(&jane, inbox.subscription_near(40.7, -74.0, 5)).await.expect(200);
        assert_eq!(proxy.unmet(), 0, "{answer:?}");

        let (store, now) = (&world.system.store, world.now());
        let nearby = store.nearby(Point::parse("40.7128", "-74.006").unwrap(), now).await.unwrap();
        assert_eq!(nearby.len(), 1, "{answer:?}");
        check(&proxy, answer, async || store.claim_nearby(&nearby[0], now).await).await;
    }
}

/// The list as it was read again has both, and nobody has placed the first.
#[tokio::test]
async fn a_browser_whose_answer_is_lost_is_found_although_another_subscribes_before_it_is_sent_again() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let (first, second) = join(Inbox::open(), Inbox::open()).await;
    let jane = world.operator("Jane Doe").await;
    let subscribe = |inbox: &Inbox| world.subscribe(&jane, inbox.subscription_near(40.7, -74.0, 5));
    proxy.inject("PutItem", &[LoseAnswer, Hold]);
    let (lost, other) = join(subscribe(&first), async {
        proxy.held().await;
        let other = subscribe(&second).await;
        proxy.release();
        other
    })
    .await;
    lost.expect(200);
    other.expect(200);

    let nearby = world.system.store.nearby(Point::parse("40.7128", "-74.006").unwrap(), world.now()).await;
    assert_eq!((nearby.unwrap().len(), proxy.unmet()), (2, 0));
}
