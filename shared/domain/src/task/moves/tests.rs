//! Every path of the money, one line a path; then refusals and repetitions; then random stories.

mod random;

use crate::example::{Story, rows};
use crate::status::{Status, TABLE};

/// The agent deposited 100.00; the reward is 25.00, the fee 4.50; the deadline is in a day.
///
/// moves of the task, in order | status then | deposit, escrow, fee held and earned, pending, available
const PATHS: &str = "
                                                   | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept                                             | ACCEPTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept release                                     | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept start                                       | IN_PROGRESS |  70.50 29.50 0.00 0.00  0.00  0.00
accept start release                               | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept start release accept submit                 | SUBMITTED   |  70.50 29.50 0.00 0.00  0.00  0.00
accept start submit                                | SUBMITTED   |  70.50 29.50 0.00 0.00  0.00  0.00

# Approved: the reward is pending for seven days, the fee is held until the end of that day.
accept start submit pass                           | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit pass @hold-1ms                       | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit pass @hold                           | COMPLETED   |  70.50  0.00 4.50 0.00  0.00 25.00
accept submit pass @hold+1d                        | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit APPROVE                              | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit review                               | SUBMITTED   |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit review APPROVE                       | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit review @due overdue                  | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit @due judge                           | SUBMITTED   |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit @due judge APPROVE                   | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
# Silence pays for nothing that nobody saw; what is seen late counts.
accept submit @due judge @due overdue              | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit sealed @due overdue                  | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit @due judge @+5m pass                 | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit @due judge @+5m fail                 | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit @due judge @+5m review @due overdue  | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit @deadline pass                       | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00

# Changes are asked for: the money waits in escrow, for whoever hands in what is approved.
accept submit review CHANGES                       | IN_PROGRESS |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit review CHANGES release               | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit review CHANGES @due expire           | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit review CHANGES resubmit pass         | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00
accept submit review CHANGES resubmit fail REFUND  | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept:bert submit:bert review CHANGES release:bert accept submit pass | COMPLETED | 70.50 0.00 4.50 0.00 25.00 0.00

# Withdrawn: all of it goes back.
cancel                                             | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept cancel                                      | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept release cancel                              | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
@deadline cancel                                   | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
@deadline expire                                   | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept @deadline expire                            | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept start @deadline expire                      | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00

# An operator has six hours: then the task is back in the feed, and another can earn its reward.
accept @due expire                                 | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept start @due expire                           | PENDING     |  70.50 29.50 0.00 0.00  0.00  0.00
accept @due expire @deadline expire                | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept:bert @due expire accept submit pass         | COMPLETED   |  70.50  0.00 4.50 0.00 25.00  0.00

# Disputed before it was paid: reward and fee wait in escrow, and are divided alike.
accept submit fail                                 | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit REJECT                               | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit review REJECT                        | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit doubt @due overdue                   | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit fail @due escalate                   | DISPUTED    |  70.50 29.50 0.00 0.00  0.00  0.00
accept submit fail RELEASE                         | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit fail REFUND                          | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit fail SPLIT:0                         | COMPLETED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit fail SPLIT:1                         | COMPLETED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit fail SPLIT:2                         | COMPLETED   |  99.99  0.00 0.00 0.00  0.00  0.01
accept submit fail SPLIT:3333                      | COMPLETED   |  90.17  0.00 0.00 1.50  0.00  8.33
accept submit fail SPLIT:5000                      | COMPLETED   |  85.25  0.00 0.00 2.25  0.00 12.50
accept submit fail SPLIT:9999                      | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit fail SPLIT:10000                     | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit fail @due escalate REFUND            | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit review REJECT RELEASE                | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit review REJECT REFUND                 | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit review REJECT SPLIT:5000             | COMPLETED   |  85.25  0.00 0.00 2.25  0.00 12.50

# Disputed in the hold: the reward comes back to escrow, the fee is held until it is divided.
accept submit pass dispute                         | DISPUTED    |  70.50 25.00 4.50 0.00  0.00  0.00
accept submit pass @hold-1ms dispute               | DISPUTED    |  70.50 25.00 4.50 0.00  0.00  0.00
accept submit APPROVE dispute                      | DISPUTED    |  70.50 25.00 4.50 0.00  0.00  0.00
accept submit pass dispute RELEASE                 | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit pass dispute REFUND                  | CANCELLED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit pass dispute SPLIT:0                 | COMPLETED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit pass dispute SPLIT:1                 | COMPLETED   | 100.00  0.00 0.00 0.00  0.00  0.00
accept submit pass dispute SPLIT:2                 | COMPLETED   |  99.99  0.00 0.00 0.00  0.00  0.01
accept submit pass dispute SPLIT:3333              | COMPLETED   |  90.17  0.00 0.00 1.50  0.00  8.33
accept submit pass dispute SPLIT:5000              | COMPLETED   |  85.25  0.00 0.00 2.25  0.00 12.50
accept submit pass dispute SPLIT:9999              | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit pass dispute SPLIT:10000             | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
accept submit pass @hold-1ms dispute @+30d RELEASE | COMPLETED   |  70.50  0.00 0.00 4.50  0.00 25.00
";

/// moves of the task, in order, of which only the last may fail | what comes of the last
const LAST: &str = "
# The deadline ends accepting and submitting.
@deadline-1ms accept                        | made
@deadline accept                            | Expired
@deadline-1h accept @deadline-1ms submit    | made
accept @deadline submit                     | Expired
@deadline-1ms expire                        | unchanged
@deadline expire accept                     | Expired
accept @deadline expire accept              | Expired
accept @deadline expire submit              | Expired
accept @deadline expire start               | Expired

# An operator's own time ends its submitting, and nothing else.
accept @due-1ms submit                      | made
accept @due-1ms expire                      | unchanged
accept @due submit                          | WindowOver
accept @due start                           | WindowOver
accept @due accept                          | unchanged
accept @due release                         | made
accept @due cancel                          | made
accept @due expire start                    | not in PENDING
accept @due expire accept                   | made
accept @due expire accept:bert submit       | NotYours

# Changes are asked for in a manual review, twice; a day is what there is for them at least.
accept submit CHANGES                                              | not in SUBMITTED
accept submit pass CHANGES                                         | not in COMPLETED
accept submit review CHANGES CHANGES                               | unchanged
accept submit review CHANGES start                                 | unchanged
accept submit review CHANGES cancel                                | not in IN_PROGRESS
accept submit review CHANGES APPROVE                               | not in IN_PROGRESS
@deadline-1h accept submit review CHANGES @+23h resubmit           | made
@deadline-1h accept submit review CHANGES @+1d resubmit            | Expired
accept submit review CHANGES resubmit review CHANGES               | made
accept submit review CHANGES resubmit review CHANGES submit review CHANGES | NoMoreRevisions
# The hold ends disputing.
accept submit pass @hold-1ms dispute        | made
accept submit pass @hold dispute            | HoldOver
accept submit fail RELEASE dispute          | Resolved
accept submit pass dispute RELEASE dispute  | Resolved

# One operator has it; to others it does not exist.
accept accept                               | unchanged
accept start accept                         | unchanged
accept accept:bert                          | not in ACCEPTED
accept release accept:bert                  | made
accept release accept:bert start            | NotYours
accept start:bert                           | NotYours
accept release:bert                         | NotYours
accept submit:bert                          | NotYours
accept submit submit:bert                   | NotYours
start                                       | not in PENDING
release                                     | not in PENDING
submit                                      | not in PENDING
cancel submit                               | NotYours

# What was done by the same party is not done twice.
accept start start                          | unchanged
accept submit submit                        | unchanged
accept submit resubmit                      | not in SUBMITTED
accept submit accept                        | not in SUBMITTED
accept submit start                         | not in SUBMITTED
accept submit release                       | not in SUBMITTED
cancel cancel                               | unchanged
accept submit APPROVE APPROVE               | unchanged
accept submit REJECT REJECT                 | unchanged
accept submit APPROVE REJECT                | not in COMPLETED
accept submit REJECT APPROVE                | not in DISPUTED
accept submit pass APPROVE                  | not in COMPLETED
accept submit REJECT RELEASE REJECT         | not in COMPLETED
accept submit APPROVE dispute RELEASE APPROVE | not in COMPLETED
accept submit pass dispute dispute          | unchanged
accept submit fail dispute                  | not in DISPUTED
accept submit fail RELEASE RELEASE          | unchanged
accept submit fail REFUND REFUND            | unchanged
accept submit fail SPLIT:3333 SPLIT:3333    | unchanged
accept submit fail SPLIT:3333 SPLIT:3334    | not in COMPLETED
accept submit fail RELEASE REFUND           | not in COMPLETED
accept submit fail REFUND RELEASE           | not in CANCELLED

# The first decision stands.
accept submit review pass                   | unchanged
accept submit review fail                   | unchanged
accept submit APPROVE fail                  | unchanged
accept submit APPROVE review                | unchanged
accept submit REJECT pass                   | unchanged
accept submit pass fail                     | unchanged
accept submit sealed pass                   | unchanged
accept submit unseen unseen                 | unchanged
accept submit review unseen                 | unchanged
accept submit unseen APPROVE fail           | unchanged
accept submit unseen REJECT pass            | unchanged
accept submit unseen @due overdue pass      | unchanged
accept pass                                 | unchanged
pass                                        | unchanged

# Work that was handed in is judged before it is taken back.
accept start cancel                         | not in IN_PROGRESS
accept submit cancel                        | not in SUBMITTED
accept submit pass cancel                   | not in COMPLETED
accept submit fail cancel                   | not in DISPUTED
APPROVE                                     | not in PENDING
accept dispute                              | not in ACCEPTED
accept submit RELEASE                       | not in SUBMITTED

# The sweeper comes too early, too late, or twice.
accept submit @due-1ms judge                | unchanged
accept submit @due judge judge              | unchanged
accept submit @deadline expire              | unchanged
accept submit review @due-1ms overdue       | unchanged
accept submit doubt @due-1ms overdue        | unchanged
accept submit review APPROVE @+30d overdue  | unchanged
accept submit fail @due-1ms escalate        | unchanged
accept submit fail @due escalate escalate   | unchanged
cancel @deadline expire                     | unchanged
@deadline expire expire                     | unchanged
";

#[test]
fn every_path_of_the_money_ends_in_these_balances() {
    for [words, status, money] in rows(PATHS) {
        let (story, outcome) = Story::of(words);
        let money: Vec<&str> = money.split_whitespace().collect();
        assert_eq!((outcome.as_str(), story.task.status.word()), ("made", status), "{words}");
        assert_eq!(story.money(), money.join(" "), "{words}");
    }
}

#[test]
fn the_paths_make_every_move_of_the_table() {
    let made: Vec<_> = rows(PATHS).into_iter().flat_map(|[words, _, _]| Story::of(words).0.made).collect();
    for (step, from, _) in TABLE {
        // VERIFIED is passed through inside one commit, so no task is ever found in it.
        for status in from.iter().filter(|status| **status != Status::Verified) {
            assert!(made.contains(&(*step, *status)), "no path makes {step} from {status}");
        }
    }
}

#[test]
fn a_move_is_made_or_repeated_or_refused() {
    for [words, expected] in rows(LAST) {
        assert_eq!(Story::of(words).1, expected, "{words}");
    }
}

#[test]
fn a_completed_task_was_verified_at_the_same_time() {
    let (story, _) = Story::of("accept @+1h submit @+1m pass");
    let task = story.task;
    assert_eq!(task.verified_at, Some(story.now));
    assert_eq!(task.completed_at, Some(story.now));
    assert_eq!(task.hold_until, Some(story.now.plus_seconds(7 * 86_400)));
}

#[test]
fn a_released_task_forgets_its_operator() {
    let (story, _) = Story::of("accept start release");
    let fresh = Story::of("").0.task;
    assert_eq!(story.task, crate::task::Task { version: 4, ..fresh });
}

#[test]
fn a_refund_says_why_and_how_much() {
    let table = "
        cancel                        | AGENT_CANCELLED  29.50
        accept cancel                 | AGENT_CANCELLED  29.50
        @deadline expire              | EXPIRED          29.50
        accept submit fail REFUND     | DISPUTE_REFUNDED 29.50
        accept submit pass dispute REFUND | DISPUTE_REFUNDED 29.50
    ";
    for [words, expected] in rows(table) {
        let cancellation = Story::of(words).0.task.cancellation.unwrap();
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!([cancellation.reason.word(), &cancellation.refunded.to_string()], expected[..], "{words}");
    }
}

#[test]
fn a_dispute_says_what_led_to_it() {
    let table = "
        accept submit fail               | GUARDIAN
        accept submit REJECT             | AGENT
        accept submit review REJECT      | AGENT
        accept submit doubt @due overdue | REVIEW_OVERDUE
        accept submit pass dispute       | AGENT_IN_HOLD
    ";
    for [words, origin] in rows(table) {
        assert_eq!(Story::of(words).0.task.dispute.unwrap().origin.word(), origin, "{words}");
    }
}

#[test]
fn a_resolution_says_how_and_why() {
    let table = "
        accept submit fail RELEASE            | RELEASE 10000 RELEASE
        accept submit fail REFUND             | REFUND  0     REFUND
        accept submit pass dispute SPLIT:3333 | SPLIT   3333  SPLIT:3333
    ";
    for [words, expected] in rows(table) {
        let resolution = Story::of(words).0.task.resolution.unwrap();
        let share = resolution.operator_share_bps.to_string();
        let expected: Vec<&str> = expected.split_whitespace().collect();
        assert_eq!([resolution.outcome.word(), &share, &resolution.rationale], expected[..], "{words}");
    }
}
