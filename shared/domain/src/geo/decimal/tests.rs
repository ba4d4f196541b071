//! Numbers as the languages print them.

use super::*;
use crate::example::rows;

#[test]
fn a_number_is_rounded_to_the_units_that_are_asked_for() {
    let table = "
        # text            | decimals | units, and whether nothing was lost
        5e-05             | 7 | 500
        5E-5              | 7 | 500
        4.07128e1         | 7 | 407128000
        -7.4006E+1        | 7 | -740060000
        1e2               | 0 | 100
        1.5e1             | 0 | 15
        100e-2            | 0 | 1
        0.00000019        | 7 | 2 about
        -0.00000015       | 7 | -2 about
        0.00000004        | 7 | 0 about
        12.5              | 0 | 13 about
        12.49999999999999 | 0 | 12 about
        3.0000000000000000000000000001 | 0 | 3 about
        0                 | 7 | 0
        -0.0e9            | 7 | 0
        0e999999999999999999999 | 7 | 0
        1e-99999999999999999999 | 7 | 0 about
        007.50            | 1 | 75
        999999999999999999 | 0 | 999999999999999999
        1000000000000000000 | 0 | refused
        1e18              | 0 | refused
        1e99999999999999999999 | 0 | refused
                          | 0 | refused
        -                 | 0 | refused
        +5                | 0 | refused
        .5                | 0 | refused
        5.                | 0 | refused
        5e                | 0 | refused
        e5                | 0 | refused
        5e+-1             | 0 | refused
        5e1.0             | 0 | refused
        1_000             | 0 | refused
        0x10              | 0 | refused
        Infinity          | 0 | refused
        NaN               | 0 | refused
        ５                | 0 | refused
    ";
    for [text, decimals, expected] in rows(table) {
        let told = match scaled(text, decimals.parse().unwrap()) {
            Some(Scaled { units, exact: true }) => units.to_string(),
            Some(Scaled { units, exact: false }) => format!("{units} about"),
            None => "refused".to_owned(),
        };
        assert_eq!(told, expected, "{text} to {decimals} decimals");
    }
}
