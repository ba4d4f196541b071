//! Who waits for whom.

use super::{AccountChange, Change, work_through};
use domain::money::wallet::Wallet;
use domain::{AgentId, Timestamp};
use std::sync::Mutex;
use std::time::Duration;
use tokio::sync::Barrier;

const PATIENCE: Duration = Duration::from_secs(10);

fn of(agent: u8) -> Change {
    let wallet = Wallet { address: format!("0x{}", "ab".repeat(20)), from: Timestamp::from_millis(0), before: None };
    Change::Account(AccountChange::WithdrawalAddress(AgentId::from_bytes([agent; 16]), wallet))
}

#[tokio::test]
async fn two_agents_do_not_wait_for_each_other_and_an_agents_changes_come_in_order() {
    let (both, done) = (Barrier::new(2), Mutex::new(Vec::new()));
    let changes = vec![("a1", of(1)), ("b1", of(2)), ("a2", of(1)), ("b2", of(2))];
    let work = async |name: &'static str, _| {
        // Nobody passes here unless somebody else is under way too.
        both.wait().await;
        done.lock().unwrap().push(name);
        Ok::<(), ()>(())
    };
    let failed = tokio::time::timeout(PATIENCE, work_through(changes, &work)).await.expect("nobody waits for ever");
    assert_eq!(failed, []);
    let done = done.into_inner().unwrap();
    let at = |name: &str| done.iter().position(|it| *it == name).unwrap();
    assert!(at("a1") < at("a2") && at("b1") < at("b2"), "{done:?}");
}
