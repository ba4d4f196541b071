//! Percentiles of small samples.

use super::{Waiting, waiting};

#[test]
fn a_percentile_is_a_value_of_the_sample_and_needs_five() {
    for (seconds, expected) in [
        (vec![], None),
        (vec![9, 1, 2, 3], None),
        (vec![9, 1, 2, 3, 4], Some((3, 9))),
        ((1..=10).rev().collect(), Some((5, 9))),
        ((1..=100).collect(), Some((50, 90))),
        (vec![7; 6], Some((7, 7))),
    ] {
        assert_eq!(waiting(seconds.clone()), expected.map(|(p50_s, p90_s)| Waiting { p50_s, p90_s }), "{seconds:?}");
    }
}
