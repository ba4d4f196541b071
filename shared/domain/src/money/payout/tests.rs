//! What is available can be paid out, and what is pending cannot.

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);

fn wanted(dollars: u32) -> Payout {
    Payout {
        id: PayoutId::from_bytes([9; 16]),
        operator: OperatorId::parse("op_xyz789").unwrap(),
        amount: Usd::dollars(dollars),
        rail: Rail::Base,
        destination: "test".to_owned(),
        fingerprint: Some([1; 16]),
        created_at: NOW,
    }
}

#[test]
fn only_what_is_available_is_paid_out() {
    let vesting = [(NOW.plus_seconds(1), Usd::dollars(30))].into();
    let earnings = Earnings { balance: Usd::dollars(50), vesting, ..Earnings::default() };
    let entry = pay(&wanted(20), &earnings).unwrap();
    assert!(entry.is_balanced());
    let postings: Vec<(String, i64)> = entry.postings().iter().map(|p| (p.account.to_string(), p.micros)).collect();
    assert_eq!(postings[0], ("operator:op_xyz789:earnings".to_owned(), -20_000_000));
    assert_eq!(postings[1], ("world:base".to_owned(), 20_000_000));
    let short = pay(&wanted(21), &earnings);
    let expected = InsufficientEarnings { required: Usd::dollars(21), available: Usd::dollars(20) };
    assert_eq!(short, Err(Unpayable::Short(expected)));
    let vesting = [(NOW.plus_seconds(1), Usd::dollars(51))].into();
    assert_eq!(pay(&wanted(10), &Earnings { vesting, ..earnings }), Err(Unpayable::Unsound));
}

#[test]
fn a_repeated_request_differs_in_its_time_only() {
    let (first, other) = (wanted(20), wanted(21));
    assert!(first.is_repeated_by(&Payout { created_at: NOW.plus_seconds(9), ..first.clone() }));
    assert!(!first.is_repeated_by(&other));
    assert!(!first.is_repeated_by(&Payout { fingerprint: Some([2; 16]), ..first.clone() }));
    let unknown = Payout { fingerprint: None, ..first.clone() };
    assert!(unknown.is_repeated_by(&first) && !unknown.is_repeated_by(&other));
}
