//! What each story leaves in the record of the operator it is about.

use super::*;
use crate::example::{Story, rows};

#[test]
fn a_story_leaves_its_mark() {
    // The window is six hours, the deadline in a day. accepted, at work, completed, released, no-shows, disputes lost
    let table = "
                                      | 0 0 0 0 0 0
        accept                        | 1 1 0 0 0 0
        accept start                  | 1 1 0 0 0 0
        accept release                | 1 0 0 1 0 0
        accept release accept start   | 2 1 0 1 0 0
        accept start release          | 1 0 0 1 0 0
        accept submit                 | 1 0 0 0 0 0
        accept submit review APPROVE  | 1 0 1 0 0 0
        accept submit review CHANGES  | 1 1 0 0 0 0
        accept submit review CHANGES release       | 1 0 0 1 0 0
        accept submit review CHANGES @due expire   | 1 0 0 0 1 0
        accept submit review CHANGES resubmit pass | 1 0 1 0 0 0
        accept submit pass            | 1 0 1 0 0 0
        accept submit pass dispute    | 1 0 0 0 0 0
        accept submit fail            | 1 0 0 0 0 0
        accept submit fail RELEASE    | 1 0 1 0 0 0
        accept submit fail SPLIT:5000 | 1 0 1 0 0 0
        accept submit fail REFUND     | 1 0 0 0 0 1
        accept cancel                 | 1 0 0 0 0 0
        # Late is late, whether the operator gives it back, the sweeper takes it, or its agent cancels.
        accept @due expire            | 1 0 0 0 1 0
        accept start @due expire      | 1 0 0 0 1 0
        accept @due+1m release        | 1 0 0 0 1 0
        accept @due cancel            | 1 0 0 0 1 0
        @deadline-1h accept @deadline expire       | 1 0 0 0 1 0
        accept:bert release:bert accept            | 1 1 0 0 0 0
        accept @due expire accept submit pass      | 2 0 1 0 1 0
    ";
    for [words, expected] in rows(table) {
        let Record { accepted, at_work, completed, released, no_shows, disputes_lost } =
            Story::of(words).0.earnings.record;
        let counts = [accepted, at_work, completed, released, no_shows, disputes_lost];
        assert_eq!(counts.map(|count| count.to_string()).join(" "), expected, "{words}");
    }
}

#[test]
fn five_tasks_at_once_until_ten_are_completed_and_twenty_then() {
    let record = |completed, at_work| Record { completed, at_work, ..Record::default() };
    for (completed, room_at) in [(0, 4), (9, 4), (10, 19), (1_000, 19)] {
        assert!(record(completed, room_at).has_room(), "{completed} completed");
        assert!(!record(completed, room_at + 1).has_room(), "{completed} completed");
    }
}
