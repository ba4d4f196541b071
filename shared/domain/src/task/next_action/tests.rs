//! Who moves next, until when, and what happens otherwise: one line a state.

use crate::example::{Story, rows};
use crate::task::Task;

/// The task is opened at 12:00 on 5 February and its deadline is 24 hours later; an operator has six.
///
/// moves | what becomes due, when | who does what, until when, or else
const STATES: &str = "
                                           | expire 2026-02-06T12:00:00.000Z  | OPERATOR accept 2026-02-06T12:00:00.000Z CANCELLED
accept                                     | expire 2026-02-05T18:00:00.000Z  | OPERATOR submit 2026-02-05T18:00:00.000Z PENDING
accept @+1h start                          | expire 2026-02-05T18:00:00.000Z  | OPERATOR submit 2026-02-05T18:00:00.000Z PENDING
@deadline-6h accept                        | expire 2026-02-06T12:00:00.000Z  | OPERATOR submit 2026-02-06T12:00:00.000Z CANCELLED
@deadline-1h accept                        | expire 2026-02-06T12:00:00.000Z  | OPERATOR submit 2026-02-06T12:00:00.000Z CANCELLED
accept release                             | expire 2026-02-06T12:00:00.000Z  | OPERATOR accept 2026-02-06T12:00:00.000Z CANCELLED
@+1h accept submit                         | judge 2026-02-05T13:10:00.000Z   | GUARDIAN judge 2026-02-05T13:10:00.000Z MANUAL_REVIEW
@+1h accept submit @+1m review             | review 2026-02-08T13:01:00.000Z  | AGENT verify 2026-02-08T13:01:00.000Z COMPLETED
@+1h accept submit @+1m doubt              | review 2026-02-08T13:01:00.000Z  | AGENT verify 2026-02-08T13:01:00.000Z DISPUTED
@+1h accept submit @due judge              | review 2026-02-08T13:10:00.000Z  | AGENT verify 2026-02-08T13:10:00.000Z DISPUTED
@+1h accept submit @due judge @+5m review  | review 2026-02-08T13:15:00.000Z  | AGENT verify 2026-02-08T13:15:00.000Z COMPLETED
@+1h accept submit @+1m sealed             | review 2026-02-08T13:01:00.000Z  | AGENT verify 2026-02-08T13:01:00.000Z DISPUTED
accept submit @+1m review @+1m CHANGES     | expire 2026-02-06T12:02:00.000Z  | OPERATOR submit 2026-02-06T12:02:00.000Z CANCELLED
accept submit @+1m fail                    | dispute 2026-02-10T12:01:00.000Z | STAFF resolve 2026-02-10T12:01:00.000Z ESCALATED
accept submit @+1m REJECT                  | dispute 2026-02-10T12:01:00.000Z | STAFF resolve 2026-02-10T12:01:00.000Z ESCALATED
accept submit @+1m fail @due escalate      | dispute 2026-02-11T12:01:00.000Z | STAFF resolve 2026-02-11T12:01:00.000Z ESCALATED
accept submit @+1m pass                    | -                                | SYSTEM release_earnings 2026-02-12T12:01:00.000Z AVAILABLE
accept submit @+1m pass @hold-1ms          | -                                | SYSTEM release_earnings 2026-02-12T12:01:00.000Z AVAILABLE
accept submit @+1m pass @hold              | -                                | -
accept submit @+1m pass @hold-1ms dispute  | dispute 2026-02-17T12:00:59.999Z | STAFF resolve 2026-02-17T12:00:59.999Z ESCALATED
accept submit fail RELEASE                 | -                                | -
accept submit fail SPLIT:5000              | -                                | -
accept submit fail REFUND                  | -                                | -
cancel                                     | -                                | -
@deadline expire                           | -                                | -
";

fn due(task: &Task) -> String {
    task.due().map_or("-".to_owned(), |due| format!("{} {}", due.kind, due.at))
}

#[test]
fn each_state_says_who_moves_next_and_what_happens_otherwise() {
    for [words, becomes_due, expected] in rows(STATES) {
        let (story, _) = Story::of(words);
        assert_eq!(due(&story.task), becomes_due, "{words}");
        let next = story.task.next_action(story.now);
        let next = next.map(|next| format!("{} {} {} {}", next.by, next.action, next.due_at, next.on_due));
        assert_eq!(next.unwrap_or("-".to_owned()), expected, "{words}");
    }
}

#[test]
fn what_is_announced_is_what_happens() {
    let table = "
                              | expire   | CANCELLED
        accept                | expire   | PENDING
        accept start          | expire   | PENDING
        @deadline-1h accept   | expire   | CANCELLED
        accept submit         | judge    | MANUAL_REVIEW
        accept submit review  | overdue  | COMPLETED
        accept submit doubt   | overdue  | DISPUTED
        accept submit unseen  | overdue  | DISPUTED
        accept submit sealed  | overdue  | DISPUTED
        accept submit fail    | escalate | ESCALATED
    ";
    for [words, lapse, announced] in rows(table) {
        let (mut story, _) = Story::of(words);
        assert_eq!(story.task.next_action(story.now).unwrap().on_due, announced, "{words}");

        story.tell("@due");
        assert_eq!(story.tell(lapse), "made", "{words}");
        let escalated = story.task.dispute.as_ref().is_some_and(|dispute| dispute.escalated_at == Some(story.now));
        let happened = match story.task.verdict {
            _ if escalated => "ESCALATED",
            Some(_) if story.task.in_manual_review() => "MANUAL_REVIEW",
            _ => story.task.status.word(),
        };
        assert_eq!(happened, announced, "{words}");
    }
}
