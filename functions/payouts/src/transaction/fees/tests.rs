//! Raises, by their numbers and for any.

use super::*;
use proptest::prelude::*;

fn fees(max_fee_wei: u128, max_priority_fee_wei: u128) -> Fees {
    Fees::new(max_fee_wei, max_priority_fee_wei).unwrap()
}

#[test]
fn a_priority_fee_above_the_whole_is_no_fee() {
    assert_eq!(Fees::new(1, 2), None);
    assert!(Fees::new(2, 2).is_some());
}

#[test]
fn raises_are_an_eighth_rounded_up_within_the_cap() {
    let cases = [
        (fees(80, 8), 0, 80, Some(fees(80, 8))),
        (fees(80, 8), 0, 79, None),
        (fees(80, 8), 1, 90, Some(fees(90, 9))),
        (fees(80, 8), 1, 89, None),
        (fees(80, 8), 2, 102, Some(fees(102, 11))),
        (fees(80, 8), 2, 101, None),
        (fees(81, 9), 1, 1_000, Some(fees(92, 11))),
        // Nothing is raised to something.
        (fees(80, 0), 1, 90, Some(fees(90, 1))),
        (fees(0, 0), 3, 3, Some(fees(3, 3))),
        (fees(1, 1), u32::MAX, u128::MAX, None),
        (fees(u128::MAX, 1), 0, u128::MAX, Some(fees(u128::MAX, 1))),
        (fees(u128::MAX, 1), 1, u128::MAX, None),
    ];
    for (first, attempt, cap, expected) in cases {
        assert_eq!(bumped(first, attempt, cap), expected, "{first:?} {attempt} {cap}");
    }
}

/// `next` is the least that is an eighth more than `before`, and more.
fn is_least_raise(before: u128, next: u128) -> bool {
    let suffices = |wei: u128| wei > before && wei * 8 >= before * 9;
    suffices(next) && !suffices(next - 1)
}

proptest! {
    #[test]
    fn each_attempt_raises_both_fees_by_an_eighth_until_the_cap_forbids_it(
        max in 0..=1_u128 << 100, share in any::<u128>(), attempt in 0..60_u32, room in 0..=1_u128 << 104,
    ) {
        let (first, cap) = (fees(max, share % (max + 1)), max.saturating_add(room));
        let Some(before) = bumped(first, attempt, cap) else {
            prop_assert_eq!(bumped(first, attempt + 1, cap), None);
            return Ok(());
        };
        match bumped(first, attempt + 1, cap) {
            Some(next) => {
                prop_assert!(is_least_raise(before.max_fee_wei, next.max_fee_wei));
                prop_assert!(is_least_raise(before.max_priority_fee_wei, next.max_priority_fee_wei));
                prop_assert!(next.max_priority_fee_wei <= next.max_fee_wei && next.max_fee_wei <= cap);
                // Counted from the attempt before, it is the same.
                prop_assert_eq!(bumped(before, 1, cap), Some(next));
            }
            // The cap itself would not have been enough.
            None => prop_assert!(cap <= before.max_fee_wei || cap * 8 < before.max_fee_wei * 9),
        }
    }
}
