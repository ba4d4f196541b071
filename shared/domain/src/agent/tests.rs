//! The trailing spend at its edges, and the tier that follows from it.

use crate::example::{START, after, agent, rows, usd};
use crate::time::Timestamp;

/// The first moment of the day on which the tables begin.
fn midnight() -> Timestamp {
    Timestamp::from_millis(START.day() * 86_400_000)
}

/// Rewards by day, as `day amount` from the first day on | now | trailing, stale, stale days, tier
const SPENDS: &str = "
                                 | +0ms      | 0.00     0.00    0 STANDARD
0 10.00                          | +0ms      | 10.00    0.00    0 STANDARD
0 10.00                          | +30d      | 10.00    0.00    0 STANDARD
0 10.00                          | +31d -1ms | 10.00    0.00    0 STANDARD
0 10.00                          | +31d      | 0.00     10.00   1 STANDARD
0 10.00, 1 20.00                 | +31d      | 20.00    10.00   1 STANDARD
0 10.00, 1 20.00                 | +32d -1ms | 20.00    10.00   1 STANDARD
0 10.00, 1 20.00                 | +32d      | 0.00     30.00   2 STANDARD
0 10.00, 1 20.00, 31 5.00        | +31d      | 25.00    10.00   1 STANDARD
0 4999.99                        | +30d      | 4999.99  0.00    0 STANDARD
0 2500.00, 30 2500.00            | +30d      | 5000.00  0.00    0 GROWTH
0 2500.00, 30 2500.00            | +31d      | 2500.00  2500.00 1 STANDARD
0 5000.00, 1 10000.00, 2 10000.00 | +2d      | 25000.00 0.00    0 GROWTH
0 5000.01, 1 10000.00, 2 10000.00 | +2d      | 25000.01 0.00    0 ENTERPRISE
0 5000.01, 1 10000.00, 2 10000.00 | +31d     | 20000.00 5000.01 1 GROWTH
";

#[test]
fn a_task_counts_to_the_end_of_the_thirtieth_day_after_its_own() {
    for [days, now, expected] in rows(SPENDS) {
        let mut agent = agent(usd("0"));
        for line in days.split(',').filter(|line| !line.is_empty()) {
            let (day, amount) = line.trim().split_once(' ').unwrap();
            agent.spend_by_day.insert(midnight().day() + day.parse::<i64>().unwrap(), usd(amount));
        }
        let spend = agent.spend(now.split_whitespace().fold(midnight(), after));

        let told = format!("{} {} {} {}", spend.trailing, spend.stale, spend.stale_days.len(), spend.tier());
        assert_eq!(told, expected.split_whitespace().collect::<Vec<_>>().join(" "), "{days} at {now}");
    }
}

#[test]
fn the_stale_days_are_those_that_no_longer_count() {
    let today = START.day();
    let mut agent = agent(usd("0"));
    agent.spend_by_day = (-33..=0).map(|ago| (today + ago, usd("1"))).collect();
    let spend = agent.spend(START);
    let days: Vec<i64> = spend.stale_days.iter().map(|(day, _)| *day).collect();
    assert_eq!(days, [today - 33, today - 32, today - 31]);
    assert_eq!((spend.trailing, spend.stale), (usd("31"), usd("3")));
}
