//! Trap 18: words, and which of them are the last.

use super::{Payment, Reversal, Status};
use domain::Usd;

#[test]
fn fx_only_known_words_are_final() {
    for (word, status, is_final) in [
        ("PENDING", Status::Pending, false),
        ("AUTHORIZED", Status::Authorized, false),
        ("VERIFIED", Status::Verified, false),
        ("PAID", Status::Paid, true),
        ("COMPLETED", Status::Paid, true),
        ("REJECTED", Status::Rejected, true),
        ("CANCELLED", Status::Cancelled, true),
        ("EXPIRED", Status::Expired, true),
        ("paid", Status::Unknown("paid".to_owned()), false),
        ("PAID ", Status::Unknown("PAID ".to_owned()), false),
        ("200", Status::Unknown("200".to_owned()), false),
        ("", Status::Unknown(String::new()), false),
    ] {
        assert_eq!(Status::of(word), status);
        assert_eq!(status.is_final(), is_final, "{word:?}");
    }
}

#[test]
fn fx_a_payment_is_ours_by_order_currency_and_amount() {
    let paid = Payment {
        id: "D-4-1".to_owned(),
        order_id: "pay_1".to_owned(),
        amount: Usd::dollars(72),
        currency: "USD".to_owned(),
        status: Status::Paid,
    };
    assert!(paid.is_of("pay_1", Usd::dollars(72)));
    assert!(!paid.is_of("pay_2", Usd::dollars(72)));
    assert!(!paid.is_of("pay_1", Usd::dollars(73)));
    let reais = Payment { currency: "BRL".to_owned(), ..paid };
    assert!(!reais.is_of("pay_1", Usd::dollars(72)));
}

#[test]
fn fx_a_chargeback_has_the_money_until_it_is_won() {
    for (word, executed) in [
        ("PENDING", false),
        ("INQUIRY", false),
        ("DISPUTE_RECEIVED", false),
        ("COMPLETED", true),
        ("SUCCESS", true),
        ("IN_DISPUTE", true),
        ("DISPUTE_LOST", true),
        ("REVERSAL", false),
        ("REJECTED", false),
    ] {
        let reversal = Reversal {
            id: "CHAR1".to_owned(),
            payment_id: "D-4-1".to_owned(),
            amount: Usd::dollars(1),
            currency: "USD".to_owned(),
            word: word.to_owned(),
        };
        assert_eq!(reversal.is_executed(), executed, "{word}");
    }
}
