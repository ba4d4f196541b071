//! Amounts and their texts.

use super::*;
use proptest::prelude::*;

#[test]
fn amounts_are_read_and_written_exactly() {
    for (text, micros, written) in [
        ("25", 25_000_000, "25.00"),
        ("25.5", 25_500_000, "25.50"),
        ("0.000001", 1, "0.000001"),
        ("-4.50", -4_500_000, "-4.50"),
        ("10000.1000000000", 10_000_100_000, "10000.10"),
        ("90071992547.409931", 90_071_992_547_409_931, "90071992547.409931"),
    ] {
        let usd: Usd = text.parse().expect(text);
        assert_eq!((usd.micros(), usd.to_string()), (micros, written.to_owned()));
        assert_eq!(serde_json::from_str::<Usd>(text).expect(text), usd);
        assert_eq!(serde_json::to_string(&usd).expect(text), written);
    }
    for text in ["", "-", ".5", "5.", "1e3", "0.0000001", "+1", "1,5", "99999999999999", "NaN"] {
        assert_eq!(text.parse::<Usd>(), Err(NotAnAmount), "{text}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(micros in any::<i64>().prop_filter("the sign has a digit more", |n| *n != i64::MIN)) {
        let usd = Usd::from_micros(micros);
        prop_assert_eq!(usd.to_string().parse::<Usd>(), Ok(usd));
        prop_assert_eq!(serde_json::from_str::<Usd>(&serde_json::to_string(&usd).expect("a number")).ok(), Some(usd));
    }
}
