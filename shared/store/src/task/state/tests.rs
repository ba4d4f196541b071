//! The stored form of a task: its bytes, and what half a thing is.

use super::*;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::Usd;
use domain::geo::Point;
use std::collections::BTreeMap;

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_millis(1_770_292_800_000).plus_seconds(seconds)
}

/// A task with everything that a task can have, in one that no life leads to.
fn full() -> Task {
    Task {
        id: TaskId::from_bytes([2; 16]),
        agent: AgentId::from_bytes([1; 16]),
        version: 7,
        status: Status::Disputed,
        task_type: TaskType::Photo,
        proof_type: ProofType::Photo,
        title: "t".to_owned(),
        description: "d".to_owned(),
        requirements: vec!["r".to_owned()],
        abridged: true,
        point: Point::parse("40.7128", "-74.006"),
        address: "a".to_owned(),
        reward: Usd::dollars(25),
        fee: Usd::dollars(4),
        rate_bps: 1_800,
        deadline: at(86_400),
        work_window_s: 3_600,
        created_at: at(0),
        moved_at: at(6),
        fingerprint: [3; 16],
        called_back: vec![EventName::Verified, EventName::Message],
        operator: OperatorId::parse("op_xyz789").map(|id| Assignee { id, public_name: "Jane D.".to_owned() }),
        accepted_at: Some(at(1)),
        started_at: Some(at(2)),
        submitted_at: Some(at(3)),
        proof: Some(ProofId::from_bytes([4; 16])),
        verdict: Some(Ruling {
            decision: Decision::ManualReview,
            confidence: 70,
            review_reason: Some(ReviewReason::LowConfidence),
            finding: Finding::Clean,
            at: at(4),
        }),
        manual: Some(Manual::Approve),
        revision: Some(Revision { count: 1, at: at(4) }),
        verified_at: Some(at(5)),
        completed_at: Some(at(5)),
        hold_until: Some(at(7)),
        dispute: Some(Dispute { origin: DisputeOrigin::AgentInHold, at: at(6), escalated_at: Some(at(8)) }),
        resolution: Some(Resolution {
            outcome: Outcome::Split,
            operator_share_bps: 5_000,
            rationale: "w".to_owned(),
            by: StaffName::admin(),
            at: at(9),
        }),
        cancellation: Some(Cancellation { reason: CancelReason::Agent, at: at(9), refunded: Usd::dollars(29) }),
    }
}

fn shown(value: &AttributeValue) -> String {
    match value {
        AttributeValue::S(text) => format!("{text:?}"),
        AttributeValue::N(number) => number.clone(),
        AttributeValue::Bool(flag) => flag.to_string(),
        AttributeValue::L(list) => format!("[{}]", list.iter().map(shown).collect::<Vec<_>>().join(", ")),
        other => format!("{other:?}"),
    }
}

/// Older deployments read these items, and newer ones theirs.
#[test]
fn the_stored_bytes_are_these() {
    let item: BTreeMap<_, _> = state_item(&full()).into_iter().collect();
    let lines: Vec<String> = item.iter().map(|(name, value)| format!("{name} {}", shown(value))).collect();
    assert_eq!(lines.join("\n"), include_str!("golden.txt").trim_end());
}

#[test]
fn what_was_written_is_read_back() {
    let full = full();
    assert_eq!(task_of(state_item(&full)).unwrap(), full);
    let mut older = state_item(&full);
    older.remove("cw");
    assert_eq!(task_of(older).unwrap().called_back, EventName::ALL, "it did not say which");
    let fresh = Task {
        operator: None,
        verdict: None,
        revision: None,
        dispute: None,
        resolution: None,
        cancellation: None,
        requirements: Vec::new(),
        abridged: false,
        point: None,
        called_back: Vec::new(),
        ..full
    };
    assert_eq!(task_of(state_item(&fresh)).unwrap(), fresh);
}

#[test]
fn half_a_stored_thing_is_corrupt() {
    let parts: [(&str, &[&str]); 7] = [
        ("a place", &["la", "lo"]),
        ("an operator", &["op", "on"]),
        ("a verdict", &["gd", "gc", "gw", "gt"]),
        ("a revision", &["rc", "rt"]),
        ("a dispute", &["di", "da"]),
        ("a resolution", &["ro", "rb", "rn", "ra"]),
        ("a cancellation", &["cr", "cn", "cf"]),
    ];
    for (part, names) in parts {
        for name in names {
            let mut item = state_item(&full());
            item.remove(*name);
            let error = task_of(item).unwrap_err().to_string();
            assert!(error.contains(&format!("half of {part}")), "without {name}: {error}");
        }
    }
    let mut item = state_item(&full());
    item.retain(|name, _| !["gd", "gc", "gw", "gt"].contains(&name.as_str()));
    let error = task_of(item).unwrap_err().to_string();
    assert!(error.contains("half of a verdict"), "with what is looked at alone: {error}");
}

#[test]
fn what_must_be_there_and_is_not_is_corrupt() {
    for name in ["v", "st", "ag", "ty", "pt", "ti", "ds", "ad", "rw", "fe", "bp", "dl", "ww", "ca", "mv", "fp"] {
        let mut item = state_item(&full());
        item.remove(name);
        assert!(matches!(task_of(item), Err(StoreError::Corrupt(_))), "without {name}");
    }
}
