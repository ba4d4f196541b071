//! The stack in live mode.

use crate::targets::signed_in::Live;
use harness::Clerk;
use harness::clerk::ISSUER;
use harness::deployed::Deployed;

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_in_is_verified_works_talks_and_is_rated() {
    let stack = Deployed::open_live().await;
    // The stack has its first key, and asks nobody.
    let clerk = Clerk::open().await.named(ISSUER);
    let live = Live { api: &stack, clerk: &clerk, admin_key: &stack.admin_key };
    let agent = live.agent().await;
    agent.fund(&stack.store, 100).await;
    live.an_operator_signs_in_is_verified_works_talks_and_is_rated(&agent).await;
    assert_eq!(clerk.asked(), 0);
}
