//! Means of ratings.

use super::Ratings;

#[test]
fn a_mean_is_rounded_half_up_and_needs_three() {
    for (count, sum, tenths) in [
        (0, 0, None),
        (1, 5, None),
        (2, 10, None),
        (3, 15, Some(50)),
        (3, 3, Some(10)),
        (3, 14, Some(47)),
        (3, 13, Some(43)),
        (4, 17, Some(43)),
        (20, 87, Some(44)),
        (1_000_000_000, 4_849_999_999, Some(48)),
        (1_000_000_000, 4_850_000_000, Some(49)),
    ] {
        assert_eq!(Ratings { count, sum }.mean_tenths(), tenths, "{sum} of {count}");
    }
}
