//! Earnings ripen by the millisecond; agents see a first name and an initial.

use super::*;
use crate::example::{START, after, rows, usd};

/// What vests, as `moment amount` from the start on | now | balance | pending available next
const VESTING: &str = "
                    | +0ms     |  0.00 |  0.00  0.00 -
                    | +0ms     | 25.00 |  0.00 25.00 -
7d 25.00            | +0ms     | 25.00 | 25.00  0.00 7d
7d 25.00            | +7d -1ms | 25.00 | 25.00  0.00 7d
7d 25.00            | +7d      | 25.00 |  0.00 25.00 -
7d 25.00            | +7d +1ms | 25.00 |  0.00 25.00 -
7d 25.00, 8d 10.00  | +7d -1ms | 40.00 | 35.00  5.00 7d
7d 25.00, 8d 10.00  | +7d      | 40.00 | 10.00 30.00 8d
7d 25.00, 8d 10.00  | +8d      | 40.00 |  0.00 40.00 -
# A dispute took back what was vesting first.
7d 0.00, 8d 10.00   | +0ms     | 10.00 | 10.00  0.00 8d
# A payout took what was available.
7d 25.00, 8d 10.00  | +7d      | 10.00 | 10.00  0.00 8d
# What cannot be: more vests than there is. All of it waits.
7d 25.00            | +0ms     | 10.00 | 10.00  0.00 7d
";

#[test]
fn pending_becomes_available_by_time_alone() {
    for [vests, now, balance, expected] in rows(VESTING) {
        let lines = vests.split(',').filter(|line| !line.is_empty()).map(|line| {
            let (moment, amount) = line.trim().split_once(' ').unwrap();
            (after(START, moment), usd(amount))
        });
        let earnings = Earnings { balance: usd(balance), vesting: lines.collect(), ..Earnings::default() };
        let now = now.split_whitespace().fold(START, after);

        let next = match expected.split_whitespace().last().unwrap() {
            "-" => None,
            moment => Some(after(START, moment)),
        };
        let told = format!("{} {}", earnings.pending(now), earnings.available(now));
        let expected: Vec<&str> = expected.split_whitespace().take(2).collect();
        assert_eq!(told, expected.join(" "), "{vests} at {now}");
        assert_eq!(earnings.next_available_at(now), next, "{vests} at {now}");
        let past = |moment: &&Timestamp| **moment <= now;
        assert_eq!(earnings.matured(now), earnings.vesting.keys().filter(past).copied().collect::<Vec<_>>());
    }
}

#[test]
fn what_matured_is_no_longer_pending() {
    let vesting = [(after(START, "7d"), usd("25")), (after(START, "8d"), usd("10"))];
    let mut earnings = Earnings { balance: usd("35"), vesting: vesting.into(), ..Earnings::default() };
    let now = after(START, "7d");
    let before = (earnings.pending(now), earnings.available(now));
    assert_eq!(earnings.matured(now), [now]);

    earnings.vesting.remove(&now);
    assert_eq!((earnings.pending(now), earnings.available(now)), before);
}

#[test]
fn agents_see_a_first_name_and_an_initial_and_no_name_whole() {
    let table = "
        Jane Doe         | Jane D.
        Jane van der Doe | Jane D.
        jane doe         | jane D.
        Jane             | J.
                         |
        Émile Zola       | Émile Z.
        Anna émile       | Anna É.
        李 小龙          | 李 小.
        Jane D.          | Jane D.
        Anne-Marie O'Neill | Anne-Marie O.
        田中太郎         | 田.
        田中 太郎        | 田中 太.
        jane@example.com | J.
        jane@example.com Doe | jane D.
        4711 Doe         | D.
        @ Doe            | D.
    ";
    for [name, expected] in rows(table) {
        assert_eq!(public_name(name), expected, "{name}");
    }
    assert_eq!(public_name("  Jane \t Doe \n"), "Jane D.");
    assert_eq!(public_name(&"x".repeat(180)), "X.");
    assert_eq!(public_name(&format!("{} Doe", "x".repeat(180))), format!("{} D.", "x".repeat(20)));
}
