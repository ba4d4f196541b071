//! Nearest ranks.

use super::Spread;

#[test]
fn a_spread_is_made_of_values_that_were_measured() {
    let hundred = (1..=100).rev().map(f64::from).collect();
    assert_eq!(Spread::of(hundred), Spread { p10: 10.0, median: 50.0, p90: 90.0 });
    assert_eq!(Spread::of(vec![3.0, 1.0, 2.0]), Spread { p10: 1.0, median: 2.0, p90: 3.0 });
    assert_eq!(Spread::of(vec![7.0]), Spread { p10: 7.0, median: 7.0, p90: 7.0 });
}
