//! The count against cargo test's own lines.

use super::*;

const GREEN: &str = "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.01s";
const RED: &str = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s";

fn counted(lines: &[&str], outcome: Result<(), String>) -> Count {
    let mut count = Count::default();
    for line in lines {
        count.read(line);
    }
    count.tests(outcome);
    count
}

#[test]
fn result_lines_are_summed_and_nothing_else_is() {
    let noise = ["running 12 tests", "test a_test ... ok", "say: test result: ok. 9 passed; 9 failed;", ""];
    let failed = || Err("exit status: 101".to_owned());
    let cases: [(&[&str], Result<(), String>, &str); 6] = [
        (&[GREEN], Ok(()), "12 passed, 0 failed"),
        (&[GREEN, GREEN], Ok(()), "24 passed, 0 failed"),
        (&[GREEN, RED], failed(), "15 passed, 2 failed"),
        (&[GREEN], failed(), "12 passed, 1 failed"),
        (&[], failed(), "0 passed, 1 failed"),
        (&noise, Ok(()), "0 passed, 1 failed"),
    ];
    for (lines, outcome, expected) in cases {
        assert_eq!(counted(lines, outcome).to_string(), expected, "{lines:?}");
    }
}

#[test]
fn a_failed_gate_makes_the_run_fail() {
    let mut count = counted(&[GREEN], Ok(()));
    assert_eq!(count.finish(), ExitCode::SUCCESS);
    count.gate(Ok(()));
    assert_eq!(count.to_string(), "12 passed, 0 failed");
    count.gate(Err("formatting".into()));
    assert_eq!(count.sentences, ["formatting"]);
    assert_eq!(count.to_string(), "12 passed, 1 failed");
    assert_eq!(count.finish(), ExitCode::FAILURE);
}
