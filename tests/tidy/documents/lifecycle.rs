//! `docs/LIFECYCLE.md` against `domain`: the statuses, the table of moves and the timers.

use crate::repository::text;
use domain::limits;
use domain::status::{Status, TABLE};
use domain::time::{DAY_S, HOUR_S, MINUTE_S};

const MOVES: &str = "| Move | From | To |";
const TIMERS: &str = "| Timer | Length | What it does |";

/// Name, value and unit of each timer that the document explains.
const TIMER_VALUES: &[(&str, i64, i64, &str)] = &[
    ("DEADLINE_MIN_S", limits::DEADLINE_MIN_S, MINUTE_S, "minutes"),
    ("DEADLINE_MAX_S", limits::DEADLINE_MAX_S, DAY_S, "days"),
    ("WORK_WINDOW_S", limits::WORK_WINDOW_S, HOUR_S, "hours"),
    ("WORK_WINDOW_MIN_S", limits::WORK_WINDOW_MIN_S, MINUTE_S, "minutes"),
    ("WORK_WINDOW_MAX_S", limits::WORK_WINDOW_MAX_S, DAY_S, "days"),
    ("JUDGE_S", limits::JUDGE_S, MINUTE_S, "minutes"),
    ("REVIEW_S", limits::REVIEW_S, HOUR_S, "hours"),
    ("REVISION_S", limits::REVISION_S, HOUR_S, "hours"),
    ("DISPUTE_S", limits::DISPUTE_S, DAY_S, "days"),
    ("ESCALATION_S", limits::ESCALATION_S, HOUR_S, "hours"),
    ("HOLD_S", limits::HOLD_S, DAY_S, "days"),
];

fn document() -> String {
    text("docs/LIFECYCLE.md")
}

/// The rows below a table's header and its rule.
fn rows(document: &str, header: &str) -> Vec<String> {
    let below = document.lines().skip_while(|line| *line != header).skip(2);
    below.take_while(|line| line.starts_with('|')).map(str::to_owned).collect()
}

#[test]
fn the_table_of_moves_is_the_one_in_the_code() {
    let words = |statuses: &[Status]| statuses.iter().map(|it| it.word()).collect::<Vec<_>>().join(", ");
    let moves = TABLE.iter().map(|(step, from, to)| format!("| {step} | {} | {to} |", words(from)));
    let expected: Vec<String> = moves.collect();
    let found = rows(&document(), MOVES);
    assert_eq!(found, expected, "docs/LIFECYCLE.md must have exactly these rows:\n{}\n", expected.join("\n"));
}

#[test]
fn each_status_is_explained_in_one_sentence() {
    let document = document();
    let explained: Vec<(&str, &str)> =
        document.lines().filter_map(|line| line.strip_prefix("- **")?.split_once("**: ")).collect();
    let names: Vec<&str> = explained.iter().map(|(name, _)| *name).collect();
    let expected: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
    assert_eq!(names, expected, "docs/LIFECYCLE.md: a line `- **STATUS**: …` for each status, in order");
    for (name, sentence) in explained {
        let stops = sentence.matches(". ").count() + usize::from(sentence.ends_with('.'));
        assert_eq!(stops, 1, "docs/LIFECYCLE.md: {name} is explained in one sentence");
    }
}

#[test]
fn the_timers_have_the_lengths_of_the_code() {
    let render = |(name, value, unit, word): &(&str, i64, i64, &str)| {
        assert_eq!(value % unit, 0, "{name} is a whole number of {word}");
        format!("| `{name}` | {} {word} |", value / unit)
    };
    let expected: Vec<String> = TIMER_VALUES.iter().map(render).collect();
    let found: Vec<String> = rows(&document(), TIMERS).iter().map(|row| first_two_cells(row)).collect();
    assert_eq!(found, expected, "docs/LIFECYCLE.md: the timers of domain::limits");
}

fn first_two_cells(row: &str) -> String {
    row.split_inclusive('|').take(3).collect()
}
