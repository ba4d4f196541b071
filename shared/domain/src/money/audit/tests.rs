//! Books that are kept well are clean, and every corruption is named.

use super::*;
use crate::agent::Spend;
use crate::example::{AGENT, START, TASK, agent, draft, usd};
use crate::opening;
use crate::task_type::TaskType;

/// One agent with one pending task of $25.
fn books() -> Books {
    let before = agent(usd("100"));
    let opening = opening::open(draft(TaskType::Photo, usd("25")), TASK, [0; 16], &before, START).unwrap();
    let line = |entry: &crate::ledger::Entry| JournalLine {
        id: entry.id,
        at: entry.at,
        kind: entry.kind,
        task: entry.task,
        matures_at: entry.matures_at,
        postings: entry.postings().iter().map(|p| (p.account.clone(), p.micros)).collect(),
        reference: None,
    };
    let paid = crate::money::deposit::expected(crate::ids::PaymentId::from_bytes([8; 16]), AGENT, usd("100"), START);
    let (_, deposit) = crate::money::deposit::credit(&paid).unwrap();
    let total = opening.task.total();
    let after =
        Agent { deposit: before.deposit.checked_sub(total).unwrap(), escrow: total, tasks_created: 1, ..before };
    let _: Spend = after.spend(START);
    Books {
        agents: vec![after],
        journal: vec![line(&deposit), line(&opening.entry)],
        tasks: vec![opening.task],
        ..Books::default()
    }
}

#[test]
fn books_that_are_kept_well_are_clean() {
    assert_eq!(books().audit(START).violations, vec![]);
}

#[test]
fn each_corruption_is_named() {
    type Corruption = fn(&mut Books);
    let corruptions: [(Corruption, &str); 7] = [
        (|b| b.agents[0].deposit = usd("1"), STORED),
        (|b| b.agents[0].escrow = usd("1"), STORED),
        (|b| b.agents[0].revenue = usd("1"), STORED),
        (|b| b.agents[0].tasks_created = 2, "counters equal the tasks"),
        (|b| b.journal[0].postings[0].1 += 1, "I1 entries sum to zero"),
        (|b| drop(b.journal.remove(0)), "I3 no balance is negative"),
        (|b| b.tasks[0].status = Status::Completed, "I3 escrow follows the status"),
    ];
    for (corrupt, invariant) in corruptions {
        let mut books = books();
        corrupt(&mut books);
        let violations = books.audit(START).violations;
        assert!(violations.iter().any(|it| it.invariant == invariant), "{invariant}: {violations:?}");
    }
}
