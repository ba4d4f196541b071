//! Fees to the cent, tiers to the cent, and every reward there is against fractions.

use super::*;
use crate::example::{rows, usd};

#[test]
fn the_fee_is_the_rate_of_the_reward_and_two_dollars_at_least() {
    let table = "
        # reward | 18 %    | 15 %    | 12 %
        10.00    | 2.00    | 2.00    | 2.00
        11.11    | 2.00    | 2.00    | 2.00
        11.12    | 2.00    | 2.00    | 2.00
        11.13    | 2.00    | 2.00    | 2.00
        11.14    | 2.01    | 2.00    | 2.00
        13.33    | 2.40    | 2.00    | 2.00
        13.34    | 2.40    | 2.00    | 2.00
        13.37    | 2.41    | 2.01    | 2.00
        13.50    | 2.43    | 2.03    | 2.00
        16.66    | 3.00    | 2.50    | 2.00
        16.71    | 3.01    | 2.51    | 2.01
        25.00    | 4.50    | 3.75    | 3.00
        49.90    | 8.98    | 7.49    | 5.99
        50.25    | 9.05    | 7.54    | 6.03
        10000.00 | 1800.00 | 1500.00 | 1200.00
    ";
    for [reward, standard, growth, enterprise] in rows(table) {
        for (tier, expected) in Tier::ALL.iter().zip([standard, growth, enterprise]) {
            assert_eq!(fee(usd(reward), tier.rate_bps()), usd(expected), "{tier} fee of {reward}");
        }
    }
}

#[test]
fn the_fee_of_every_reward_is_the_one_that_fractions_give() {
    for tier in Tier::ALL {
        for cents in 1_000_i64..=1_000_000 {
            let (numerator, denominator) = (i128::from(cents) * i128::from(tier.rate_bps()), 10_000_i128);
            let half_up = i128::from(numerator % denominator * 2 >= denominator);
            let expected = (numerator / denominator + half_up).max(200);
            let charged = fee(Usd::from_micros(cents * 10_000).unwrap(), tier.rate_bps());
            assert_eq!(i128::from(charged.micros()), expected * 10_000, "{tier} fee of {cents} cents");
        }
    }
}

#[test]
fn the_tier_follows_the_spend() {
    let table = "
        # spend      | tier       | basis points | next tier from
        0.00         | STANDARD   | 1800 | 5000.00
        4999.99      | STANDARD   | 1800 | 5000.00
        4999.999999  | STANDARD   | 1800 | 5000.00
        5000.00      | GROWTH     | 1500 | 25000.01
        25000.00     | GROWTH     | 1500 | 25000.01
        25000.000001 | ENTERPRISE | 1200 | -
        25000.01     | ENTERPRISE | 1200 | -
        1000000.00   | ENTERPRISE | 1200 | -
    ";
    for [spend, word, rate_bps, next] in rows(table) {
        let tier = Tier::of(usd(spend));
        assert_eq!(tier.word(), word, "at {spend}");
        assert_eq!(tier.rate_bps().to_string(), rate_bps, "at {spend}");
        assert_eq!(tier.next_at().map_or("-".to_owned(), |amount| amount.to_string()), next, "at {spend}");
    }
}
