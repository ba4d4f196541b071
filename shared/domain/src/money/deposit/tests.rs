//! A deposit is credited once, by what it is.

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);

fn fresh() -> Deposit {
    expected(PaymentId::from_bytes([7; 16]), AgentId::from_bytes([1; 16]), Usd::dollars(5), None, NOW)
}

#[test]
fn a_payment_and_its_transaction_are_the_same_bits() {
    let deposit = fresh();
    assert_eq!(deposit.transaction.bytes(), [7; 16]);
    assert_eq!(deposit.reference, PaymentId::from_bytes([7; 16]).to_string());
    assert_eq!(deposit.status, DepositStatus::Pending);
}

#[test]
fn a_deposit_is_credited_once_with_balanced_postings() {
    let (credited, entry) = credit(&fresh()).unwrap();
    assert_eq!(credited.status, DepositStatus::Completed);
    assert!(entry.is_balanced());
    let postings: Vec<(String, i64)> = entry.postings().iter().map(|p| (p.account.to_string(), p.micros)).collect();
    let account = Account::Deposit(credited.agent).to_string();
    assert_eq!(postings, [("world:dlocal".to_owned(), -5_000_000), (account, 5_000_000)]);
    assert_eq!(credit(&credited), None);
}

#[test]
fn a_repeated_request_has_the_same_amount_and_fingerprint() {
    let asked = |fingerprint, dollars| Deposit { fingerprint, amount: Usd::dollars(dollars), ..fresh() };
    let first = asked(Some([1; 16]), 5);
    for (other, same) in [
        (asked(Some([1; 16]), 5), true),
        (asked(Some([2; 16]), 5), false),
        (asked(Some([1; 16]), 6), false),
        (asked(None, 5), false),
    ] {
        assert_eq!(first.is_repeated_by(&other), same, "{other:?}");
    }
    assert!(asked(None, 5).is_repeated_by(&first), "it was kept before fingerprints were");
}
