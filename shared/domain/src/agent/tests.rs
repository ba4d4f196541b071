//! The trailing spend and the held fees at the edges of their days, and the tier that follows from the spend.

use crate::example::{START, after, agent, rows, usd};
use crate::pricing::Tier;
use crate::time::Timestamp;

/// The first moment of the day on which the tables begin.
fn midnight() -> Timestamp {
    Timestamp::from_millis(START.day() * 86_400_000)
}

/// Rewards by day, as `day amount` from the first day on | now | trailing, days without use, tier
const SPENDS: &str = "
                                 | +0ms      | 0.00     0 STANDARD
0 10.00                          | +0ms      | 10.00    0 STANDARD
0 10.00                          | +30d      | 10.00    0 STANDARD
0 10.00                          | +31d -1ms | 10.00    0 STANDARD
0 10.00                          | +31d      | 0.00     0 STANDARD
0 10.00                          | +32d -1ms | 0.00     0 STANDARD
0 10.00                          | +32d      | 0.00     1 STANDARD
0 10.00, 1 20.00                 | +31d      | 20.00    0 STANDARD
0 10.00, 1 20.00                 | +32d      | 0.00     1 STANDARD
0 10.00, 1 20.00                 | +33d      | 0.00     2 STANDARD
0 10.00, 1 20.00, 31 5.00        | +31d      | 25.00    0 STANDARD
0 4999.99                        | +30d      | 4999.99  0 STANDARD
0 2500.00, 30 2500.00            | +30d      | 5000.00  0 GROWTH
0 2500.00, 30 2500.00            | +31d      | 2500.00  0 STANDARD
0 5000.00, 1 10000.00, 2 10000.00 | +2d      | 25000.00 0 GROWTH
0 5000.01, 1 10000.00, 2 10000.00 | +2d      | 25000.01 0 ENTERPRISE
0 5000.01, 1 10000.00, 2 10000.00 | +31d     | 20000.00 0 GROWTH
";

fn lines(text: &str) -> impl Iterator<Item = (i64, crate::money::Usd)> {
    text.split(',').filter(|line| !line.is_empty()).map(|line| {
        let (day, amount) = line.trim().split_once(' ').unwrap();
        (midnight().day() + day.parse::<i64>().unwrap(), usd(amount))
    })
}

#[test]
fn a_task_counts_to_the_end_of_the_thirtieth_day_after_its_settlement() {
    for [days, now, expected] in rows(SPENDS) {
        let mut agent = agent(usd("0"));
        agent.spend_by_day = lines(days).collect();
        let moment = now.split_whitespace().fold(midnight(), after);
        let spend = agent.spend(moment);

        let told = format!("{spend} {} {}", agent.outdated(moment).spend.len(), Tier::of(spend));
        assert_eq!(told, expected.split_whitespace().collect::<Vec<_>>().join(" "), "{days} at {now}");
    }
}

/// Fees by the day in which their hold ends | now | held, days without use
const FEES: &str = "
                | +0ms     | 0.00 0
7 4.50          | +0ms     | 4.50 0
7 4.50          | +7d      | 4.50 0
7 4.50          | +8d -1ms | 4.50 0
7 4.50          | +8d      | 0.00 0
7 4.50          | +9d -1ms | 0.00 0
7 4.50          | +9d      | 0.00 1
7 4.50, 8 2.00  | +8d      | 2.00 0
7 0.00, 8 2.00  | +9d      | 0.00 1
";

#[test]
fn a_fee_is_earned_when_the_day_is_over_in_which_its_hold_ends() {
    for [days, now, expected] in rows(FEES) {
        let mut agent = agent(usd("0"));
        agent.fees_by_day = lines(days).collect();
        let moment = now.split_whitespace().fold(midnight(), after);

        let told = format!("{} {}", agent.fees_held(moment), agent.outdated(moment).fees.len());
        assert_eq!(told, expected, "{days} at {now}");
    }
}
