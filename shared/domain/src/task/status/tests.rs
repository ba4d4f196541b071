//! The table of moves once more, as the contract tells it: every pair, allowed or not.

use super::*;
use crate::example::rows;

/// `-` is not allowed.
const EXPECTED: &str = "
# move                                      | PENDING   | ACCEPTED    | IN_PROGRESS | SUBMITTED | VERIFIED  | COMPLETED | DISPUTED  | CANCELLED
accept                                      | ACCEPTED  | -           | -           | -         | -         | -         | -         | -
start                                       | -         | IN_PROGRESS | -           | -         | -         | -         | -         | -
release                                     | -         | PENDING     | PENDING     | -         | -         | -         | -         | -
submit                                      | -         | SUBMITTED   | SUBMITTED   | -         | -         | -         | -         | -
guardian passes (confidence >= 90)          | -         | -           | -           | COMPLETED | -         | -         | -         | -
guardian asks for review (confidence 50-89) | -         | -           | -           | SUBMITTED | -         | -         | -         | -
guardian fails (confidence < 50)            | -         | -           | -           | DISPUTED  | -         | -         | -         | -
verify APPROVE                              | -         | -           | -           | COMPLETED | COMPLETED | -         | -         | -
verify REJECT                               | -         | -           | -           | DISPUTED  | DISPUTED  | -         | -         | -
verify REQUEST_CHANGES                      | -         | -           | -           | IN_PROGRESS | -       | -         | -         | -
cancel                                      | CANCELLED | CANCELLED   | -           | -         | -         | -         | -         | -
expire                                      | CANCELLED | CANCELLED   | CANCELLED   | -         | -         | -         | -         | -
work window over                            | -         | PENDING     | PENDING     | -         | -         | -         | -         | -
review overdue, seen and nothing wrong      | -         | -           | -           | COMPLETED | -         | -         | -         | -
review overdue, otherwise                   | -         | -           | -           | DISPUTED  | -         | -         | -         | -
dispute                                     | -         | -           | -           | -         | -         | DISPUTED  | -         | -
resolve RELEASE                             | -         | -           | -           | -         | -         | -         | COMPLETED | -
resolve REFUND                              | -         | -           | -           | -         | -         | -         | CANCELLED | -
resolve SPLIT                               | -         | -           | -           | -         | -         | -         | COMPLETED | -
";

#[test]
fn a_move_is_allowed_where_the_contract_says_so_and_nowhere_else() {
    let expected = rows::<9>(EXPECTED);
    assert_eq!(expected.len(), Move::ALL.len(), "a line for each move");
    for [step, cells @ ..] in expected {
        let step = Move::parse(step).unwrap_or_else(|| panic!("no such move: {step}"));
        assert_eq!(cells.len(), Status::ALL.len(), "a cell for each status");
        for (from, cell) in Status::ALL.iter().zip(cells) {
            assert_eq!(from.next(step).map_or("-", Status::word), cell, "{step} from {from}");
        }
    }
}

#[test]
fn the_table_has_each_move_once() {
    let moves: Vec<Move> = TABLE.iter().map(|(step, _, _)| *step).collect();
    assert_eq!(moves, Move::ALL);
}

#[test]
fn there_is_no_way_out_of_cancelled_and_one_out_of_completed() {
    let ways = |from: Status| -> Vec<Move> { Move::ALL.iter().copied().filter(|m| from.next(*m).is_some()).collect() };
    assert_eq!(ways(Status::Cancelled), []);
    assert_eq!(ways(Status::Completed), [Move::Dispute]);
}

#[test]
fn every_status_but_verified_is_reached_from_pending() {
    let mut reached = vec![Status::Pending];
    while let Some(next) = TABLE.iter().find_map(|(_, from, to)| {
        (from.iter().any(|status| reached.contains(status)) && !reached.contains(to)).then_some(*to)
    }) {
        reached.push(next);
    }
    reached.sort_unstable();
    let expected: Vec<Status> = Status::ALL.iter().copied().filter(|status| *status != Status::Verified).collect();
    assert_eq!(reached, expected);
}

#[test]
fn a_word_is_read_exactly_as_it_is_written() {
    for status in Status::ALL {
        assert_eq!(Status::parse(status.word()), Some(*status));
        assert_eq!(Status::parse(&status.word().to_lowercase()), None);
        assert_eq!(status.is_final(), ["COMPLETED", "CANCELLED"].contains(&status.word()), "{status}");
    }
    assert_eq!(Status::parse(""), None);
    assert_eq!(Status::parse("COMPLETED "), None);
}
