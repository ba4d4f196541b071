//! What is an amount, what is not, and the cent that an amount is rounded to.

use super::*;
use crate::example::{rows, usd};
use proptest::prelude::*;

/// text | as dollars (2 decimals) | as USDC (6 decimals)
const TEXTS: &str = "
0                      | 0.00               | 0.00
0.0                    | 0.00               | 0.00
25                     | 25.00              | 25.00
25.5                   | 25.50              | 25.50
25.50                  | 25.50              | 25.50
0.01                   | 0.01               | 0.01
007                    | 7.00               | 7.00
999999999999.99        | 999999999999.99    | 999999999999.99
000999999999999        | 999999999999.00    | 999999999999.00
25.005                 | has more than 2 decimals | 25.005
25.500                 | has more than 2 decimals | 25.50
0.000001               | has more than 2 decimals | 0.000001
999999999999.999999    | has more than 2 decimals | 999999999999.999999
0.0000001              | has more than 2 decimals | has more than 6 decimals
1000000000000          | is too large       | is too large
9007199254740993       | is too large       | is too large
90071992547409.93      | is too large       | is too large
9223372036854775808    | is too large       | is too large
1234567890123456789012345678901234567890 | is too large | is too large
";

/// None of these is a plain decimal number.
const NOT_DECIMAL: &[&str] = &[
    "", " ", ".", ".5", "5.", "+5", "-5", "-0", "1e2", "1E2", "1.5e1", "NaN", "inf", "Infinity", "null", "0x10",
    "1,000", "1,50", "1_000", " 5", "5 ", "5\n", "$5", "5 USD", "1.2.3", "..", "1..2", "--1", "1.-5", "1.+5", "２５",
    "25.５", "٢٥", "²", "5\0",
];

fn shown(parsed: Result<Usd, MoneyError>) -> String {
    parsed.map_or_else(|error| error.to_string(), |amount| amount.to_string())
}

#[test]
fn an_amount_is_read_exactly_or_refused() {
    for [text, dollars, usdc] in rows(TEXTS) {
        assert_eq!(shown(Usd::parse_usd(text)), dollars, "{text} as dollars");
        assert_eq!(shown(Usd::parse_usdc(text)), usdc, "{text} as USDC");
    }
}

#[test]
fn only_a_plain_decimal_number_is_an_amount() {
    for text in NOT_DECIMAL {
        assert_eq!(Usd::parse_usd(text), Err(MoneyError::NotDecimal), "{text:?} as dollars");
        assert_eq!(Usd::parse_usdc(text), Err(MoneyError::NotDecimal), "{text:?} as USDC");
    }
}

#[test]
fn ten_cents_and_twenty_are_thirty() {
    assert_eq!(usd("0.1").checked_add(usd("0.2")), Some(usd("0.3")));
    assert_eq!(usd("0.3").checked_sub(usd("0.1")), Some(usd("0.2")));
}

#[test]
fn no_amount_is_negative_or_overflows() {
    let most = Usd::from_micros(i64::MAX).unwrap();
    let least = Usd::from_micros(1).unwrap();
    assert_eq!(Usd::from_micros(-1), None);
    assert_eq!(Usd::ZERO.checked_sub(least), None);
    assert_eq!(most.checked_add(least), None);
    assert_eq!(most.checked_add(Usd::ZERO), Some(most));
    assert_eq!(most.to_string(), "9223372036854.775807");
    assert_eq!(Usd::dollars(u32::MAX).to_string(), "4294967295.00");
}

#[test]
fn a_share_is_rounded_half_up_to_the_cent() {
    let table = "
        # amount | basis points | share
        25.00    |  1800 | 4.50
        25.00    |     0 | 0.00
        25.00    | 10000 | 25.00
        0.00     |  5000 | 0.00
        0.01     |  4999 | 0.00
        0.01     |  5000 | 0.01
        0.03     |  5000 | 0.02
        25.00    |     1 | 0.00
        25.00    |     2 | 0.01
        4.50     |  3333 | 1.50
        10000.00 |  9999 | 9999.00
        999999999999.99 | 9999 | 999899999999.99
        0.004999 | 10000 | 0.00
        0.005    | 10000 | 0.01
    ";
    for [amount, bps, share] in rows(table) {
        assert_eq!(usd(amount).share_to_the_cent(bps.parse().unwrap()), usd(share), "{bps} of {amount}");
    }
}

proptest! {
    #[test]
    fn what_is_shown_is_read_as_the_same(micros in 0..=999_999_999_999_999_999_i64) {
        let amount = Usd::from_micros(micros).unwrap();
        prop_assert_eq!(Usd::parse_usdc(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn cents_are_shown_with_two_decimals(cents in 0..=99_999_999_999_999_i64) {
        let amount = Usd::from_micros(cents * 10_000).unwrap();
        prop_assert_eq!(amount.to_string(), format!("{}.{:02}", cents / 100, cents % 100));
        prop_assert_eq!(Usd::parse_usd(&amount.to_string()), Ok(amount));
    }

    #[test]
    fn no_text_is_read_as_something_else(text in "[0-9.+\\-e,x ]{0,12}") {
        if let Ok(amount) = Usd::parse_usd(&text) {
            let padded = if text.contains('.') { format!("{text}00") } else { format!("{text}.00") };
            let (whole, fraction) = padded.split_once('.').unwrap();
            let cents: i64 = format!("{whole}{}", &fraction[..2]).parse().unwrap();
            prop_assert_eq!(amount.micros(), cents * 10_000);
        }
    }

    #[test]
    fn both_shares_of_an_amount_differ_from_it_by_a_cent_at_most(cents in 0..=1_000_000_i64, bps in 0..=10_000_u32) {
        let amount = Usd::from_micros(cents * 10_000).unwrap();
        let both = amount.share_to_the_cent(bps).micros() + amount.share_to_the_cent(10_000 - bps).micros();
        prop_assert!(both == amount.micros() || both == amount.micros() + 10_000);
        prop_assert!(amount.share_to_the_cent(bps) <= amount);
    }
}
