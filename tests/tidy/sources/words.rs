//! Words that must not occur in some of the sources. They are put together here, or this file would contain them.

use crate::repository::{obey, sources};

/// The word may not stand in files for which the function says yes.
type Ban = (&'static str, fn(&str) -> bool);

const UNFINISHED: &[Ban] = &[
    (concat!("to", "do!"), everywhere),
    (concat!("unimple", "mented!"), everywhere),
    (concat!("#[ig", "nore"), everywhere),
    (concat!("db", "g!"), everywhere),
    (concat!("FIX", "ME"), everywhere),
    (concat!("TO", "DO"), everywhere),
];
const SLEEP: &[Ban] =
    &[(concat!("thread::sl", "eep"), tests), (concat!("time::sl", "eep"), tests), (concat!("sl", "eep("), tests)];
const FLOAT: &[Ban] = &[(concat!("f", "32"), money), (concat!("f", "64"), money)];
const WORLD: &[Ban] =
    &[(concat!("System", "Time"), rules), (concat!("Ins", "tant"), rules), (concat!("std::", "env"), rules)];
const STATUS_CODE: &[Ban] = &[(concat!("Status", "Code"), ignorant_of_http)];
const LAMBDA: &[Ban] = &[(concat!("lambda", "_http"), inside), (concat!("lambda", "_runtime"), inside)];

fn everywhere(_path: &str) -> bool {
    true
}

fn tests(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

/// Everywhere but where a number is no money: distances and coordinates, values of metrics, measured times and shares,
/// drawings.
fn money(path: &str) -> bool {
    let others = [
        "shared/evidence/src/",
        "shared/runtime/src/meter.rs",
        "infra/bench/",
        "infra/eval/",
        "infra/soak/src/measure.rs",
        "clients/rust/src/draft.rs",
        "clients/rust/src/generated/",
        "shared/contract/src/openapi/rust/",
    ];
    !others.iter().any(|start| path.starts_with(start)) && !tests(path)
}

fn rules(path: &str) -> bool {
    path.starts_with("shared/domain/src/")
}

/// Tests may play an HTTP peer. What a node answers to us is no answer of ours.
fn ignorant_of_http(path: &str) -> bool {
    let knows = [
        "shared/web/src/error.rs",
        "shared/web/src/envelope.rs",
        "shared/web/src/answer.rs",
        "shared/chain/src/transport.rs",
    ];
    (path.starts_with("shared/") || path.starts_with("functions/")) && !knows.contains(&path) && !tests(path)
}

fn inside(path: &str) -> bool {
    !path.starts_with("shared/runtime/") && !path.ends_with("/main.rs")
}

/// `path:line` of each banned word.
fn complaints(bans: &[Ban], path: &str, text: &str) -> Vec<String> {
    let bans: Vec<&str> = bans.iter().filter(|(_, applies)| applies(path)).map(|(word, _)| *word).collect();
    let lines = text.lines().enumerate();
    let found = lines.flat_map(|(index, line)| bans.iter().map(move |word| (index + 1, line, *word)));
    let found = found.filter(|(_, line, word)| contains(line, word));
    found.map(|(number, _, word)| format!("{path}:{number} says `{word}`")).collect()
}

/// As a word of its own where it ends or begins like one: `1_f64` is found, `Gruf64a` is not.
fn contains(line: &str, word: &str) -> bool {
    let wordy = |c: char| c.is_ascii_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        let begins = !before.is_some_and(|c| c.is_ascii_alphabetic()) || !word.starts_with(wordy);
        let ends = !after.is_some_and(wordy) || !word.ends_with(wordy);
        begins && ends
    })
}

#[track_caller]
fn nowhere(rule: &str, bans: &[Ban]) {
    let all: Vec<String> = sources().flat_map(|file| complaints(bans, &file.path, &file.text)).collect();
    obey(rule, &all);
}

#[test]
fn nothing_is_left_unfinished_or_switched_off() {
    nowhere("finish it, or do not begin it", UNFINISHED);
}

#[test]
fn no_test_sleeps() {
    nowhere("a test moves the clock or waits for a signal", SLEEP);
}

#[test]
fn no_float_comes_near_money() {
    nowhere("money and its rules are integers", FLOAT);
}

#[test]
fn the_rules_read_no_clock_and_no_environment() {
    nowhere("who needs \"now\" is given it", WORLD);
}

#[test]
fn only_web_knows_http_status_codes() {
    nowhere("answers are made with `web::json` and `web::Error`", STATUS_CODE);
}

#[test]
fn only_the_outermost_file_knows_lambda() {
    nowhere("a router does not know what hosts it", LAMBDA);
}

#[test]
fn a_banned_word_is_found_where_it_is_banned() {
    let cases: [(&[Ban], &str, String, bool); 25] = [
        (UNFINISHED, "xtask/src/main.rs", format!("{}()", UNFINISHED[0].0), false),
        (UNFINISHED, "tests/e2e/main.rs", format!("{} = \"slow\"]", UNFINISHED[2].0), false),
        (UNFINISHED, "shared/web/src/lib.rs", format!("// {}: later", UNFINISHED[5].0), false),
        (UNFINISHED, "shared/web/src/lib.rs", "let method = \"mastodon\";".into(), true),
        (SLEEP, "shared/web/src/limit/tests.rs", format!("{}(one);", SLEEP[0].0), false),
        (SLEEP, "tests/e2e/tasks/create.rs", format!("tokio::{}(one).await;", SLEEP[1].0), false),
        (SLEEP, "tests/e2e/tasks/create.rs", format!("{}one).await;", SLEEP[2].0), false),
        (SLEEP, "shared/store/src/commit.rs", format!("tokio::{}(one).await;", SLEEP[1].0), true),
        (FLOAT, "shared/domain/src/money.rs", format!("x as {}", FLOAT[1].0), false),
        (FLOAT, "functions/payments/src/lib.rs", format!("let x = 1_{};", FLOAT[0].0), false),
        (FLOAT, "shared/domain/src/geo.rs", format!("\"9c{}a\"", FLOAT[1].0), true),
        (FLOAT, "shared/web/src/fields.rs", format!("text.parse::<{}>()", FLOAT[1].0), false),
        (FLOAT, "functions/operators/src/payout.rs", format!("value.as_{}()", FLOAT[1].0), false),
        (FLOAT, "xtask/src/main.rs", format!("x as {}", FLOAT[0].0), false),
        (FLOAT, "tests/e2e/budget.rs", format!("x as {}", FLOAT[1].0), true),
        (FLOAT, "shared/evidence/src/check.rs", format!("x as {}", FLOAT[1].0), true),
        (WORLD, "shared/domain/src/time.rs", format!("{}::now()", WORLD[0].0), false),
        (WORLD, "shared/store/src/clock.rs", format!("{}::now()", WORLD[0].0), true),
        (STATUS_CODE, "functions/tasks/src/create.rs", format!("{}::OK", STATUS_CODE[0].0), false),
        (STATUS_CODE, "functions/guardian/src/tests/world.rs", format!("{}::OK", STATUS_CODE[0].0), true),
        (STATUS_CODE, "shared/web/src/error.rs", format!("{}::OK", STATUS_CODE[0].0), true),
        (STATUS_CODE, "infra/local/src/objects.rs", format!("{}::OK", STATUS_CODE[0].0), true),
        (LAMBDA, "functions/tasks/src/lib.rs", format!("use {}::run;", LAMBDA[0].0), false),
        (LAMBDA, "functions/tasks/src/main.rs", format!("use {}::run;", LAMBDA[0].0), true),
        (LAMBDA, "shared/runtime/src/lib.rs", format!("use {}::run;", LAMBDA[1].0), true),
    ];
    for (bans, path, line, fine) in cases {
        assert_eq!(complaints(bans, path, &line).is_empty(), fine, "{path}: {line}");
    }
}
