//! Each change of a task has its events, and each event one id.

use super::*;
use crate::example::{Story, TASK, rows};
use crate::ids::{MessageId, OperatorId};
use crate::task::Side;
use std::collections::BTreeSet;

/// moves of the task | events of the last, in order | whether the Guardian is asked
const EVENTS: &str = "
accept                                 | task.accepted                             | no
accept start                           | task.started                              | no
accept release                         | task.released                             | no
accept start release                   | task.released                             | no
accept submit                          | task.submitted                            | asked
accept start submit                    | task.submitted                            | asked
accept submit pass                     | task.verified task.completed              | no
accept submit review                   | task.manual_review                        | no
accept submit @due judge               | task.manual_review                        | no
accept submit fail                     | task.disputed                             | no
accept submit APPROVE                  | task.verified task.completed              | no
accept submit REJECT                   | task.disputed                             | no
accept submit review APPROVE           | task.verified task.completed              | no
accept submit review CHANGES           | task.changes_requested                    | no
accept submit review CHANGES resubmit  | task.submitted                            | asked
accept submit review REJECT            | task.disputed                             | no
accept submit review @due overdue      | task.verified task.completed              | no
accept submit doubt @due overdue       | task.disputed                             | no
accept submit pass dispute             | task.disputed                             | no
accept submit fail @due escalate       |                                           | no
accept submit fail RELEASE             | task.dispute_resolved task.completed      | no
accept submit fail SPLIT:5000          | task.dispute_resolved task.completed      | no
accept submit fail REFUND              | task.dispute_resolved task.cancelled      | no
accept submit pass dispute REFUND      | task.dispute_resolved task.cancelled      | no
cancel                                 | task.cancelled                            | no
accept cancel                          | task.cancelled                            | no
@deadline expire                       | task.expired                              | no
accept @deadline expire                | task.expired                              | no
accept start @deadline expire          | task.expired                              | no
accept @due expire                     | task.released                             | no
accept start @due expire               | task.released                             | no
accept submit @due judge review        | task.manual_review                        | no
accept submit @due judge pass          | task.verified task.completed              | no
";

#[test]
fn each_change_has_its_events() {
    for [words, expected, judgement] in rows(EVENTS) {
        let (story, _) = Story::of(words);
        let before = story.before.as_ref();
        let names: Vec<&str> = between(before, &story.task).into_iter().map(EventName::word).collect();
        assert_eq!(names.join(" "), expected, "{words}");
        assert_eq!(asks_for_judgement(before, &story.task), judgement == "asked", "{words}");
    }
}

#[test]
fn a_new_task_was_created_and_an_unchanged_one_was_not_touched() {
    let task = Story::of("").0.task;
    assert_eq!(between(None, &task), [EventName::Created]);
    for words in ["", "accept", "accept submit", "accept submit review", "accept submit fail", "cancel"] {
        let task = Story::of(words).0.task;
        assert_eq!(between(Some(&task), &task), [], "{words}");
        assert!(!asks_for_judgement(Some(&task), &task), "{words}");
    }
}

#[test]
fn every_event_is_told_by_some_change() {
    let told: BTreeSet<&str> = rows(EVENTS).into_iter().flat_map(|[_, names, _]| names.split_whitespace()).collect();
    for name in EventName::ALL {
        // A task has none before it is new, and a message changes none.
        let is_other = matches!(name, EventName::Created | EventName::Message);
        assert!(is_other || told.contains(name.word()), "{name}");
    }
}

#[test]
fn each_message_has_an_event_of_its_own() {
    let message = |id: u8, task: u8| Message {
        id: MessageId::from_bytes([id; 16]),
        task: TaskId::from_bytes([task; 16]),
        operator: OperatorId::parse("op_test").expect("an operator id"),
        sender: Side::Operator,
        body: String::new(),
        at: Timestamp::from_millis(0),
    };
    let ids = [(1, 1), (2, 1), (1, 2)].map(|(id, task)| of_message(&message(id, task)));
    assert_eq!(ids[0], of_message(&message(1, 1)));
    assert!(ids[0] != ids[1] && ids[0] != ids[2] && ids[1] != ids[2]);
}

#[test]
fn the_default_events_are_the_three_of_the_reference() {
    let words: Vec<&str> = EventName::DEFAULT.iter().map(|name| name.word()).collect();
    assert_eq!(words, ["task.verified", "task.disputed", "task.manual_review"]);
}

#[test]
fn an_event_has_the_same_id_each_time_and_no_other_has_it() {
    let mut ids = BTreeSet::new();
    for task in [TASK, TaskId::from_bytes([9; 16])] {
        for version in 1..=20 {
            for name in EventName::ALL {
                let id = name.id(task, version);
                assert_eq!(id, name.id(task, version));
                assert!(ids.insert(id), "{name} of version {version} of {task}");
            }
        }
    }
}

/// They are stored.
#[test]
fn the_bit_of_a_name_is_never_another_names() {
    let bits: Vec<String> = EventName::ALL.iter().map(|name| format!("{} {name}", EventName::bits(&[*name]))).collect();
    let expected = "1 task.verified, 2 task.disputed, 4 task.manual_review, 8 task.created, 16 task.accepted, \
        32 task.started, 64 task.released, 128 task.submitted, 256 task.changes_requested, 512 task.message, \
        1024 task.completed, 2048 task.cancelled, 4096 task.expired, 8192 task.dispute_resolved";
    assert_eq!(bits.join(", "), expected);
    assert_eq!(EventName::of_bits(u16::MAX), EventName::ALL);
    for names in [&[][..], &[EventName::Expired, EventName::Verified], EventName::ALL] {
        let mut sorted = names.to_vec();
        sorted.sort();
        assert_eq!(EventName::of_bits(EventName::bits(names)), sorted);
    }
}
