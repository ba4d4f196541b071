//! The bytes of each event. What is stored and sent is tested end to end.

use super::*;
use domain::agent::Agent;
use domain::guardian::Verdict;
use domain::guardian::{Observation, rule};
use domain::money::Usd;
use domain::moves::{self, Lapse};
use domain::opening::{Draft, open};
use domain::operator::record::Record;
use domain::task::{Assignee, Brief, Manual, Outcome};
use domain::task_type::TaskType;
use domain::{AgentId, OperatorId, ProofId, StaffName, TaskId, Timestamp};

/// 2026-02-05T12:00:00.000Z.
const START: Timestamp = Timestamp::from_millis(1_770_292_800_000);
const TASK: TaskId = TaskId::from_bytes([2; 16]);

/// A new digital task, due in ten minutes.
fn new_task() -> Task {
    let agent = Agent {
        deposit: Usd::dollars(100),
        ..Agent::new(AgentId::from_bytes([1; 16]), String::new(), String::new(), None, START)
    };
    let draft = Draft {
        task_type: TaskType::FormFilling,
        proof_type: None,
        title: "Fill in a form".to_owned(),
        description: "With care.".to_owned(),
        requirements: vec!["Screenshot".to_owned()],
        point: None,
        address: None,
        reward: Usd::dollars(25),
        deadline: minute(10),
        work_window_s: 3_600,
        callback: None,
        brief: Brief::default(),
    };
    open(draft, TASK, [0; 16], &agent, START).unwrap().task
}

fn minute(count: i64) -> Timestamp {
    START.plus_seconds(60 * count)
}

/// The Guardian's verdict when the observer is so sure; from 100 on when it does not answer.
fn verdict(confidence: u8) -> Verdict {
    match confidence {
        0..100 => rule(Observation::Told { confidence, checks: Vec::new() }, 1),
        100.. => rule(Observation::Unavailable { sealed: false, checks: Vec::new() }, 1),
    }
}

/// Plays `story`, one word a minute, and returns the last two versions and the verdict.
fn played(story: &str) -> (Option<Task>, Task, Option<Verdict>) {
    let anna = Assignee { id: OperatorId::parse("op_anna").unwrap(), public_name: "Anna".to_owned() };
    let (mut before, mut task, mut found) = (None, new_task(), None);
    for (word, now) in story.split_whitespace().zip((1..).map(minute)) {
        let mut judged = |confidence: u8| {
            let verdict = found.insert(verdict(confidence));
            moves::judge(&task, task.proof.unwrap(), verdict, now)
        };
        let change = match word {
            "accept" => moves::accept(&task, &anna, &Record::default(), now),
            "start" => moves::start(&task, &anna.id, now),
            "release" => moves::release(&task, &anna.id, now),
            "submit" => moves::submit(&task, &anna.id, ProofId::from_bytes([3; 16]), now),
            "pass" => judged(95),
            "review" => judged(70),
            "fail" => judged(20),
            "late" => judged(100),
            "approve" => moves::verify(&task, Manual::Approve, now),
            "reject" => moves::verify(&task, Manual::Reject, now),
            "changes" => moves::verify(&task, Manual::RequestChanges, now),
            "dispute" => moves::dispute(&task, now),
            "refund" => moves::resolve(&task, Outcome::Refund, 0, "seen", &StaffName::admin(), now),
            "split" => moves::resolve(&task, Outcome::Split, 5_000, "seen", &StaffName::admin(), now),
            "cancel" => moves::cancel(&task, now),
            "expire" => moves::lapse(&task, &Lapse::Expire, minute(11)),
            other => panic!("no such move: {other}"),
        };
        let after = change.unwrap().after;
        assert_ne!(after.version, task.version, "{word} of: {story}");
        before = Some(std::mem::replace(&mut task, after));
    }
    (before, task, found)
}

const PASSED: &str = r#"{"decision":"APPROVE","confidence":95,"reasoning":"All proof requirements met."}"#;
const DOUBTED: &str = r#"{"decision":"MANUAL_REVIEW","confidence":70,"reasoning":"The proof leaves doubt: please review it yourself.","review_reason":"LOW_CONFIDENCE"}"#;
const FAILED: &str = r#"{"decision":"REJECT","confidence":20,"reasoning":"The proof does not meet the requirements."}"#;
const LATE: &str = concat!(
    r#"{"decision":"MANUAL_REVIEW","confidence":50,"#,
    r#""reasoning":"Automated verification was unavailable: please review the proof yourself.","review_reason":"AUTOMATED_VERIFICATION_UNAVAILABLE"}"#
);

/// What an event says: name, minute, status.
type Events = &'static [(&'static str, i64, &'static str)];

/// Moves, one a minute | the events of the last | what the Guardian said | who decided, and why.
const EVENTS: [(&str, Events, &str, &str); 18] = [
    ("", &[("task.created", 0, "PENDING")], "", ""),
    ("accept", &[("task.accepted", 1, "ACCEPTED")], "", ""),
    ("accept start", &[("task.started", 2, "IN_PROGRESS")], "", ""),
    ("accept release", &[("task.released", 2, "PENDING")], "", ""),
    ("accept start release", &[("task.released", 3, "PENDING")], "", ""),
    ("accept submit", &[("task.submitted", 2, "SUBMITTED")], "", ""),
    (
        "accept submit pass",
        &[("task.verified", 3, "COMPLETED"), ("task.completed", 3, "COMPLETED")],
        PASSED,
        r#""APPROVED","decided_by":"GUARDIAN","reason":"All proof requirements met.""#,
    ),
    ("accept submit review", &[("task.manual_review", 3, "SUBMITTED")], DOUBTED, ""),
    ("accept submit review changes", &[("task.changes_requested", 4, "IN_PROGRESS")], "", ""),
    ("accept submit late", &[("task.manual_review", 3, "SUBMITTED")], LATE, ""),
    (
        "accept submit fail",
        &[("task.disputed", 3, "DISPUTED")],
        FAILED,
        r#""REJECTED","decided_by":"GUARDIAN","reason":"The proof does not meet the requirements.""#,
    ),
    (
        "accept submit approve",
        &[("task.verified", 3, "COMPLETED"), ("task.completed", 3, "COMPLETED")],
        "",
        r#""APPROVED","decided_by":"AGENT","reason":null"#,
    ),
    (
        "accept submit review reject",
        &[("task.disputed", 4, "DISPUTED")],
        DOUBTED,
        r#""REJECTED","decided_by":"AGENT","reason":"The wrong shop.""#,
    ),
    (
        "accept submit pass dispute",
        &[("task.disputed", 4, "DISPUTED")],
        PASSED,
        r#""REJECTED","decided_by":"AGENT","reason":"The wrong shop.""#,
    ),
    (
        "accept submit fail split",
        &[("task.dispute_resolved", 4, "COMPLETED"), ("task.completed", 4, "COMPLETED")],
        FAILED,
        r#""SPLIT","decided_by":"STAFF","reason":"seen""#,
    ),
    (
        "accept submit pass dispute refund",
        &[("task.dispute_resolved", 5, "CANCELLED"), ("task.cancelled", 5, "CANCELLED")],
        PASSED,
        r#""REFUNDED","decided_by":"STAFF","reason":"seen""#,
    ),
    ("accept cancel", &[("task.cancelled", 2, "CANCELLED")], "", ""),
    ("accept expire", &[("task.expired", 11, "CANCELLED")], "", ""),
];

#[test]
fn each_event_has_the_bytes_of_the_reference() {
    let task_id = TASK.to_string();
    for (story, expected, guardian, decided) in EVENTS {
        let (before, after, verdict) = played(story);
        let told = Told {
            reasoning: verdict.filter(|_| after.verdict.is_some()).map(|verdict| verdict.reasoning),
            objection: Some("The wrong shop.".to_owned()),
        };
        let names = between(before.as_ref(), &after).into_iter();
        let told: Vec<Event> = names.map(|name| event(&after, body(name, &after, &told).unwrap())).collect();
        let result = if guardian.is_empty() { String::new() } else { format!(r#""guardian_result":{guardian},"#) };
        let expected: Vec<Event> = expected
            .iter()
            .map(|(word, minutes, status)| {
                let name = EventName::parse(word).unwrap();
                let (id, at) = (name.id(TASK, after.version), minute(*minutes));
                let decision =
                    if decided.is_empty() { String::new() } else { format!(r#","decision":{{"outcome":{decided},"at":"{at}"}}"#) };
                let next = NextAction::of(&after, at).map(|next| serde_json::to_string(&next).unwrap());
                let next = next.map(|next| format!(r#","next_action":{next}"#)).unwrap_or_default();
                let body = format!(
                    r#"{{"event":"{word}","task_id":"{task_id}",{result}"timestamp":"{at}","id":"{id}","status":"{status}"{decision}{next}}}"#
                );
                Event { id, agent: after.agent, task: Some(TASK), name: EventType::Task(name), at, body, callback: None }
            })
            .collect();
        assert_eq!(told, expected, "{story}");
    }
}

#[test]
fn every_event_is_in_the_table() {
    let told: Vec<&str> = EVENTS.iter().flat_map(|(_, events, ..)| events.iter().map(|(word, ..)| *word)).collect();
    // What is written is no change of a task; its bytes are tested where it is written.
    for name in EventName::ALL.iter().filter(|name| **name != EventName::Message) {
        assert!(told.contains(&name.word()), "{name}");
    }
}

fn reasoning(words: &str) -> Told {
    Told { reasoning: Some(words.to_owned()), objection: None }
}

#[test]
fn what_was_decided_is_told_as_the_task_has_it() {
    let (_, after, _) = played("accept submit pass");
    let reasoning = reasoning(&verdict(20).reasoning);
    let told = event(&after, body(EventName::Verified, &after, &reasoning).unwrap());
    assert!(told.body.contains(r#""decision":"APPROVE","confidence":95,"#), "{}", told.body);
}

#[test]
fn a_ruling_without_its_verdict_is_an_error_that_names_the_task() {
    let (_, after, _) = played("accept submit pass");
    let error = body(EventName::Verified, &after, &Told::default()).unwrap_err();
    assert_eq!(error.to_string(), format!("corrupt item: task.verified of {TASK} without its verdict"));
}
