//! Who is named after each story.

use crate::example::{Story, rows};

#[test]
fn whoever_decided_last_is_named() {
    let table = "
                                           | nobody
        cancel                             | nobody
        accept @deadline expire            | nobody
        accept submit                      | nobody
        accept submit review               | nobody
        accept submit review CHANGES       | nobody
        accept submit review CHANGES resubmit | nobody
        accept submit pass                 | APPROVED by GUARDIAN
        accept submit fail                 | REJECTED by GUARDIAN
        accept submit APPROVE              | APPROVED by AGENT
        accept submit review APPROVE       | APPROVED by AGENT
        accept submit review REJECT        | REJECTED by AGENT
        accept submit pass dispute         | REJECTED by AGENT
        accept submit review @due overdue  | APPROVED by TIMER
        accept submit doubt @due overdue   | REJECTED by TIMER
        accept submit fail RELEASE         | RELEASED by STAFF
        accept submit fail REFUND          | REFUNDED by STAFF
        accept submit pass dispute SPLIT:1 | SPLIT by STAFF
        accept submit review CHANGES resubmit pass | APPROVED by GUARDIAN
    ";
    for [words, expected] in rows(table) {
        let task = Story::of(words).0.task;
        let said = task.decision().map(|it| format!("{} by {}", it.outcome, it.decided_by));
        assert_eq!(said.as_deref().unwrap_or("nobody"), expected, "{words}");
        assert!(task.decision().is_none_or(|it| it.at == task.moved_at), "{words}");
    }
}
