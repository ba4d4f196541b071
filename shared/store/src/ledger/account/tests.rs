//! What is added to is what is stored.

use super::*;
use std::collections::BTreeSet;

#[test]
fn commits_add_to_attributes_that_an_account_has() {
    let id = AgentId::from_bytes([1; 16]);
    let operator = OperatorId::parse("op_00000000000000000000000001").unwrap();
    let agent =
        agent_item(&Agent::new(id, "Zoë".to_owned(), "zoe@example.com".to_owned(), None, Timestamp::from_millis(0)));
    let fixed = ["pk", "sk", "nm", "em", "ca"];
    let added = |item: Item| item.into_keys().filter(|name| !fixed.contains(&name.as_str())).collect::<BTreeSet<_>>();
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<String>>();
    use attribute::*;
    let of_agent = [
        DEPOSIT,
        ESCROW,
        SUSPENDED,
        OWED,
        IN_FLIGHT,
        REVENUE,
        WITHHELD,
        FEES_BY_DAY,
        TASKS_CREATED,
        TASKS_COMPLETED,
        TASKS_CANCELLED,
        TASKS_REFUNDED,
        RATINGS,
        RATINGS_SUM,
        DEPOSITS,
        SPEND_BY_DAY,
        VERSION,
    ];
    assert_eq!(added(agent), names(&of_agent));
    let record = [ACCEPTED, AT_WORK, COMPLETED, RELEASED, NO_SHOWS, DISPUTES_LOST];
    let of_operator = [&[BALANCE, TOTAL, VESTING, IN_FLIGHT, RATINGS, RATINGS_SUM, VERSION][..], &record].concat();
    assert_eq!(added(earnings_item(&operator)), names(&of_operator));
}
