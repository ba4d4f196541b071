//! PO-20 without a wire: texts of amounts.

use super::{number, read};
use domain::Usd;
use serde_json::value::RawValue;

fn micros(micros: i64) -> Usd {
    Usd::from_micros(micros).unwrap()
}

#[test]
fn po20_an_amount_is_written_with_its_cents() {
    let sum = Usd::parse_usd("0.10").unwrap().checked_add(Usd::parse_usd("0.20").unwrap()).unwrap();
    for (amount, text) in [
        (sum, "0.30"),
        (micros(10_000), "0.01"),
        (micros(10_100_000), "10.10"),
        (micros(9_999_990_000), "9999.99"),
        (Usd::dollars(50), "50.00"),
        // One cent more than a float could tell apart.
        (micros(999_999_999_999_990_000), "999999999999.99"),
    ] {
        assert_eq!(number(amount).unwrap().get(), text);
        assert_eq!(read(&number(amount).unwrap()), Some(amount));
    }
}

#[test]
fn po20_nothing_and_fractions_of_a_cent_are_not_written() {
    for amount in [0, 1, 9_999, 10_001, 25_005_000] {
        assert!(number(micros(amount)).is_none(), "{amount}");
    }
}

#[test]
fn po20_only_plain_decimals_are_read() {
    for (text, expected) in [
        ("100", Some(Usd::dollars(100))),
        ("100.5", Some(micros(100_500_000))),
        ("72.00", Some(Usd::dollars(72))),
        ("\"72.00\"", Some(Usd::dollars(72))),
        ("1e2", None),
        ("-5", None),
        ("25.005", None),
        ("\"\"", None),
        ("\"NaN\"", None),
        ("null", None),
        ("{}", None),
        ("9007199254740993", None),
    ] {
        let raw = RawValue::from_string(text.to_owned()).unwrap();
        assert_eq!(read(&raw), expected, "{text}");
    }
}
