//! Degrees are what was written.

use super::*;
use crate::example::rows;
use proptest::prelude::*;

#[test]
fn degrees_are_numbers_within_their_range() {
    let table = "
        # text         | within | shown
        40.7128        |  90 | 40.7128
        -74.006        | 180 | -74.006
        -74.0060       | 180 | -74.006
        0              |  90 | 0
        -0             |  90 | 0
        0.0            |  90 | 0
        -0.5           |  90 | -0.5
        0.0000001      |  90 | 0.0000001
        -0.0000001     |  90 | -0.0000001
        # The eighth decimal is a millimetre: rounded.
        0.00000019     |  90 | 0.0000002
        12.34567890123 |  90 | 12.3456789
        # As languages print small and large numbers.
        5e-05          |  90 | 0.00005
        -1.5E+1        |  90 | -15
        1e1            |  90 | 10
        9e1            |  90 | 90
        9.1e1          |  90 | refused
        1e400          |  90 | refused
        90.00000001    |  90 | 90
        0001           | 180 | 1
        0.000000000000000000000 | 90 | 0
        007.5          |  90 | 7.5
        90             |  90 | 90
        90.0000000     |  90 | 90
        -90            |  90 | -90
        90.0000001     |  90 | refused
        -90.0000001    |  90 | refused
        91             |  90 | refused
        180            |  90 | refused
        180            | 180 | 180
        -180           | 180 | -180
        180.0000001    | 180 | refused
        999            | 180 | refused
        1000           | 180 | refused
                       |  90 | refused
        -              |  90 | refused
        .5             |  90 | refused
        5.             |  90 | refused
        -.5            |  90 | refused
        +5             |  90 | refused
        --5            |  90 | refused
        5.-5           |  90 | refused
        1.2.3          |  90 | refused
        40,7128        |  90 | refused
        4 0            |  90 | refused
        NaN            |  90 | refused
        ４０           |  90 | refused
    ";
    for [text, max, shown] in rows(table) {
        let read = Degrees::parse(text, max.parse().unwrap());
        assert_eq!(read.map_or("refused".to_owned(), |degrees| degrees.to_string()), shown, "{text} within {max}");
    }
}

#[test]
fn latitude_and_longitude_have_their_own_ranges() {
    assert!(Point::parse("90", "180").is_some());
    assert!(Point::parse("-90", "-180").is_some());
    assert_eq!(Point::parse("180", "90"), None);
    assert_eq!(Point::parse("0", "180.0000001"), None);
    assert_eq!(Point::parse("0", ""), None);
}

proptest! {
    #[test]
    fn degrees_that_are_shown_are_read_as_the_same(scaled in -1_800_000_000..=1_800_000_000_i32) {
        let degrees = Degrees::from_scaled(scaled);
        prop_assert_eq!(Degrees::parse(&degrees.to_string(), 180), Some(degrees));
        prop_assert_eq!(degrees.scaled(), scaled);
    }
}
