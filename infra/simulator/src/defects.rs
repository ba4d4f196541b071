//! Defects that a careless change would make, each one edit of the sources: by them the tests are tested. `cargo xtask
//! defects` makes them one after the other, in a copy, and says who finds each.

/// An edit, and what the system does wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Defect {
    pub wrong: &'static str,
    /// From the root of the repository.
    pub file: &'static str,
    /// What stands there, once.
    pub right: &'static str,
    pub edit: &'static str,
    pub found_by: FoundBy,
}

/// Who finds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundBy {
    /// A minute of `cargo xtask sim`.
    Simulator,
    /// The end-to-end tests whose names begin so: what it does is not of the simulator's kind.
    Tests(&'static str),
}

use FoundBy::{Simulator, Tests};

pub const DEFECTS: [Defect; 25] = [
    Defect {
        wrong: "a balance may go below zero",
        file: "shared/store/src/engine/update.rs",
        right: r#"            self.require(&format!("{attribute} >= :{attribute}_min"));"#,
        edit: r#"            self.require(&format!("{attribute} > :{attribute} OR {attribute} <= :{attribute}_min OR {attribute} >= :{attribute}_min"));"#,
        found_by: Simulator,
    },
    Defect {
        wrong: "an idempotency key makes another thing each time",
        file: "shared/web/src/idempotency.rs",
        right: "            Some(digest) => derived(digest),",
        edit: "            Some(_) => fresh(now, store::random_bits()),",
        found_by: Simulator,
    },
    Defect {
        wrong: "a deposit is credited as often as it is claimed",
        file: "shared/store/src/ledger/deposits.rs",
        right: "        let put = self.put_in(&self.tables.ledger, lock_item(&after), unmoved(before));",
        edit: "        let put = self.put_always(&self.tables.ledger, lock_item(&after));",
        found_by: Simulator,
    },
    Defect {
        wrong: "what is on hold can be paid out",
        file: "shared/domain/src/operator.rs",
        right: "        self.balance.checked_sub(self.pending(now)).unwrap_or(Usd::ZERO)",
        edit: "        let _ = now;\n        self.balance",
        found_by: Simulator,
    },
    Defect {
        wrong: "of two moves of a task the later one overwrites the other",
        file: "shared/store/src/task.rs",
        right: "        let state = (Role::State, self.put_version(item, before.version));",
        edit: "        let state = (Role::State, self.put_always(&self.tables.core, item));",
        found_by: Simulator,
    },
    Defect {
        wrong: "the fee of a cancelled task is kept",
        file: "shared/domain/src/task/moves.rs",
        right: "    let entry = after.entry(EntryKind::Refund, now).transfer(escrow, deposit, total);",
        edit: "    let entry = after.entry(EntryKind::Refund, now).transfer(escrow, deposit, task.reward);",
        found_by: Simulator,
    },
    Defect {
        wrong: "a transaction that met a conflict counts as done",
        file: "shared/store/src/engine/commit.rs",
        right: "                if attempt < ATTEMPTS {\n                    back_off(attempt).await;\n                    token = hex(&crate::random_bits());\n                    continue;\n                }\n            } else if",
        edit: "                return Ok(());\n            } else if",
        found_by: Simulator,
    },
    Defect {
        wrong: "a failed condition is believed beside a conflict",
        file: "shared/store/src/engine/commit.rs",
        right: "            if reasons.iter().any(|reason| is_for_now(reason.code())) {",
        edit: "            if reasons.iter().all(|reason| is_for_now(reason.code())) {",
        found_by: Tests("consistency::mixed"),
    },
    Defect {
        wrong: "earnings can be withdrawn after six days",
        file: "shared/domain/src/task/moves.rs",
        right: "    let hold_until = now.plus_seconds(HOLD_S);",
        edit: "    let hold_until = now.plus_seconds(HOLD_S - 86_400);",
        found_by: Simulator,
    },
    Defect {
        wrong: "nothing is recorded of a task without a callback",
        file: "functions/relay/src/lib.rs",
        right: "    let numbers = store.record_events(events).await?;",
        edit: "    if task.called_back.is_empty() {\n        return Ok(Vec::new());\n    }\n    let numbers = store.record_events(events).await?;",
        found_by: Simulator,
    },
    Defect {
        wrong: "what is relayed again is recorded again",
        file: "shared/store/src/events/log.rs",
        right: "            let marked = found.mark(event.id)?.map(|(_, sequence)| sequence);\n            numbers.push(marked.or(head.number(event.id)?));",
        edit: "            let marked = found.mark(event.id)?.map(|(_, sequence)| sequence);\n            let _ = marked;\n            numbers.push(head.number(event.id)?);",
        found_by: Simulator,
    },
    Defect {
        wrong: "a callback that failed is not tried again",
        file: "functions/callbacks/src/schedule.rs",
        right: "        Some(after_s) => Next::Again { after_s: after_s.max(asked_s) },",
        edit: "        Some(_) if asked_s >= 0 => Next::Exhausted,\n        Some(after_s) => Next::Again { after_s: after_s.max(asked_s) },",
        found_by: Simulator,
    },
    Defect {
        wrong: "a callback that was refused counts as taken",
        file: "functions/callbacks/src/schedule.rs",
        right: "status: 200..=299,",
        edit: "status: 200..=599,",
        found_by: Simulator,
    },
    Defect {
        wrong: "a quarter of what is due is never looked at",
        file: "functions/sweeper/src/lib.rs",
        right: "(0..DUE_SHARDS)",
        edit: "(1..DUE_SHARDS)",
        found_by: Simulator,
    },
    Defect {
        wrong: "what is given back stays on the operator's record as work",
        file: "shared/domain/src/operator/record.rs",
        right: "            at_work: working(after) - working(before),",
        edit: "            at_work: (working(after) - working(before)).max(i64::from(back) - 1),",
        found_by: Simulator,
    },
    Defect {
        wrong: "a task can be cancelled while it is worked on",
        file: "shared/domain/src/task/status.rs",
        right: "    (M::Cancel, &[S::Pending, S::Accepted], S::Cancelled),",
        edit: "    (M::Cancel, &[S::Pending, S::Accepted, S::InProgress, S::Submitted], S::Cancelled),",
        found_by: Simulator,
    },
    Defect {
        wrong: "a revoked key stays",
        file: "shared/store/src/people/api_keys.rs",
        right: "        match self.transact(vec![(Role::State, delete.build()), (Role::OtherKey, stays.build())]).await {",
        edit: "        let _ = delete;\n        match self.transact(vec![(Role::OtherKey, stays.build())]).await {",
        found_by: Simulator,
    },
    Defect {
        wrong: "what the database left unread counts as missing",
        file: "shared/store/src/engine/read.rs",
        right: "            if left.is_empty() {\n                return Ok(());\n            }",
        edit: "            if left.is_empty() || round == 0 {\n                return Ok(());\n            }",
        found_by: Simulator,
    },
    Defect {
        wrong: "a completed task can be disputed for ever",
        file: "shared/domain/src/task/moves/disputes.rs",
        right: "task.hold_until.filter(|until| now < *until)",
        edit: "task.hold_until.filter(|until| now < until.plus_seconds(90 * 86_400))",
        found_by: Simulator,
    },
    Defect {
        wrong: "of a divided cent nobody gets the half",
        file: "shared/domain/src/money.rs",
        right: "        let cents = (i128::from(self.0) * i128::from(bps) + CENT_BPS / 2) / CENT_BPS;",
        edit: "        let cents = i128::from(self.0) * i128::from(bps) / CENT_BPS;",
        found_by: Simulator,
    },
    Defect {
        wrong: "a task that expires keeps its money",
        file: "shared/domain/src/task/moves/lapse.rs",
        right: "            refunded(task, step(task, Move::Expire, now)?, CancelReason::Expired, now)",
        edit: "            let advance = refunded(task, step(task, Move::Expire, now)?, CancelReason::Expired, now)?;\n            Ok(super::Advance { entry: None, ..advance })",
        found_by: Simulator,
    },
    Defect {
        wrong: "work is taken after the deadline",
        file: "shared/domain/src/task/moves.rs",
        right: "        _ if now >= task.deadline => Err(Refusal::Expired),\n        Some(until) if now >= until => Err(Refusal::WindowOver),",
        edit: "        Some(until) if now >= until && now < task.deadline => Err(Refusal::WindowOver),",
        found_by: Simulator,
    },
    Defect {
        wrong: "a completed task is in no list",
        file: "shared/store/src/task/index.rs",
        right: r#"    let mut keys = vec![("g1p", agent_partition(task.agent, task.status)), ("g1s", created.clone())];"#,
        edit: r#"    let mut keys = vec![("g1p", agent_partition(task.agent, task.status)), ("g1s", created.clone())];
    keys.retain(|_| task.status != Status::Completed);"#,
        found_by: Simulator,
    },
    Defect {
        wrong: "a verdict that comes late decides what was decided",
        file: "shared/domain/src/task/moves.rs",
        right: "    if !task.awaits_verdict() || task.proof != Some(proof) || !news {",
        edit: "    if task.proof != Some(proof) || !news {",
        found_by: Simulator,
    },
    Defect {
        wrong: "callbacks follow redirects",
        file: "shared/outbound/src/lib.rs",
        right: "Policy::none()",
        edit: "Policy::limited(3)",
        found_by: Tests("callbacks::retries"),
    },
];
