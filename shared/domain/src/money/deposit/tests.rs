//! A deposit moves as its table says and in no other way, and what its entries leave in the accounts is where it stands.

use super::*;
use std::collections::BTreeMap;

const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);
const AGENT: AgentId = AgentId::from_bytes([1; 16]);

fn fresh() -> Deposit {
    expected(PaymentId::from_bytes([7; 16]), AGENT, Usd::dollars(5), None, NOW)
}

fn on_chain() -> Deposit {
    let reference = reference(8453, "0xab", AGENT);
    let transaction = transaction(&reference);
    Deposit::asked(Rail::Base, reference, transaction, AGENT, Usd::dollars(100))
}

/// Every move that is allowed, and nothing else.
const ALLOWED: [(DepositStatus, DepositMove, DepositStatus); 9] = [
    (Pending, Credit, Completed),
    (Pending, Suspend, Suspended),
    (Pending, Reject, Rejected),
    (Rejected, Credit, Completed),
    (Suspended, Release, Completed),
    (Suspended, Reverse, Reversed),
    (Completed, Reverse, Reversed),
    (Reversed, Restore, Completed),
    (Reversed, Suspend, Suspended),
];

#[test]
fn each_move_is_allowed_where_the_table_says_so_and_nowhere_else() {
    for status in DepositStatus::ALL {
        for step in DepositMove::ALL {
            let allowed = ALLOWED.iter().find(|(from, name, _)| (from, name) == (status, step)).map(|&(_, _, to)| to);
            assert_eq!(status.next(*step), allowed, "{step} from {status}");
            let before = Deposit { status: *status, ..on_chain() };
            let moved = before.moved(*step, Usd::ZERO, NOW);
            assert_eq!(moved.as_ref().map(|(after, _)| (after.status, after.at)), allowed.map(|to| (to, NOW)));
            let moves_money = moved.is_some_and(|(_, entry)| entry.is_some());
            assert_eq!(moves_money, allowed.is_some() && *step != Reject, "{step} from {status}");
        }
    }
}

/// What a history leaves in each account, in dollars, by its moves with what each of them does not find.
type Left = &'static [(&'static str, i64)];
const HISTORIES: [(&[(DepositMove, i64)], Left); 12] = [
    (&[(Credit, 0)], &[("balance", 100), ("world", -100)]),
    (&[(Reject, 0)], &[]),
    (&[(Reject, 0), (Credit, 0)], &[("balance", 100), ("world", -100)]),
    (&[(Suspend, 0)], &[("suspense", 100), ("world", -100)]),
    (&[(Suspend, 0), (Release, 0)], &[("balance", 100), ("world", -100)]),
    (&[(Suspend, 0), (Reverse, 0)], &[]),
    (&[(Suspend, 0), (Release, 0), (Reverse, 0)], &[]),
    (&[(Credit, 0), (Reverse, 30)], &[("balance", 30), ("owed", -30)]),
    (&[(Credit, 0), (Reverse, 100)], &[("balance", 100), ("owed", -100)]),
    (&[(Credit, 0), (Reverse, 30), (Restore, 0)], &[("balance", 100), ("world", -100)]),
    (&[(Credit, 0), (Reverse, 30), (Restore, 0), (Reverse, 0), (Restore, 0)], &[("balance", 100), ("world", -100)]),
    (&[(Credit, 0), (Reverse, 30), (Suspend, 0), (Release, 0)], &[("balance", 130), ("owed", -30), ("world", -100)]),
];

fn name(account: &Account, deposit: &Deposit) -> &'static str {
    match account {
        Account::World(rail) if *rail == deposit.rail => "world",
        Account::Deposit(agent) if *agent == deposit.agent => "balance",
        Account::Suspense(transaction) if *transaction == deposit.transaction => "suspense",
        Account::Receivable(agent) if *agent == deposit.agent => "owed",
        Account::Capital => "capital",
        other => panic!("{other} has nothing to do with it"),
    }
}

/// Moves a deposit; answers what each account has by all of its entries.
fn left(mut deposit: Deposit, moves: &[(DepositMove, i64)]) -> BTreeMap<&'static str, i64> {
    let mut told = Vec::new();
    for (nth, (step, owed)) in (0..).zip(moves) {
        let owed = Usd::from_micros(owed * 1_000_000).unwrap();
        let (after, entry) = deposit.moved(*step, owed, NOW.plus_seconds(nth)).unwrap();
        told.extend(entry);
        deposit = after;
    }
    assert_eq!(deposit.entries(), told, "what was told move by move is what the deposit says of itself");
    let mut ids: Vec<EntryId> = told.iter().map(|entry| entry.id).collect();
    assert!(ids.first().is_none_or(|id| id.bytes() == deposit.transaction.bytes()));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), told.len(), "two entries have one id");

    let mut left = BTreeMap::new();
    for entry in told {
        assert!(entry.is_balanced(), "{entry:?}");
        for posting in entry.postings() {
            *left.entry(name(&posting.account, &deposit)).or_default() += posting.micros / 1_000_000;
        }
    }
    left.retain(|_, dollars| *dollars != 0);
    left
}

#[test]
fn every_history_leaves_the_money_where_the_deposit_stands() {
    for (moves, expected) in HISTORIES {
        assert_eq!(left(on_chain(), moves), expected.iter().copied().collect(), "{moves:?}");
    }
}

#[test]
fn what_one_of_our_own_addresses_sent_comes_out_of_our_own_money_and_the_rest_from_outside() {
    let sent = |dollars| Evidence {
        chain_id: 8453,
        tx_hash: "0xab".to_owned(),
        block: 7,
        block_hash: "0xcd".to_owned(),
        transfers: Vec::new(),
        inside: Usd::dollars(dollars),
    };
    let own = |dollars| Deposit { evidence: Some(sent(dollars)), ..on_chain() };
    assert_eq!(left(own(100), &[(Suspend, 0)]), [("capital", -100), ("suspense", 100)].into());
    assert_eq!(left(own(100), &[(Suspend, 0), (Release, 0)]), [("balance", 100), ("capital", -100)].into());
    assert_eq!(left(own(40), &[(Suspend, 0)]), [("capital", -40), ("suspense", 100), ("world", -60)].into());
    for inside in [0, 40, 100] {
        assert_eq!(left(own(inside), &[(Suspend, 0), (Reverse, 0)]), [].into(), "{inside}");
        let taken_back = left(own(inside), &[(Suspend, 0), (Release, 0), (Reverse, 100)]);
        assert_eq!(taken_back, [("balance", 100), ("owed", -100)].into(), "{inside}");
        let restored = left(own(inside), &[(Suspend, 0), (Release, 0), (Reverse, 30), (Restore, 0)]);
        let expected = [("balance", 100), ("capital", -i64::from(inside)), ("world", i64::from(inside) - 100)];
        assert_eq!(restored, expected.into_iter().filter(|(_, dollars)| *dollars != 0).collect(), "{inside}");
    }
}

#[test]
fn a_deposit_that_comes_back_with_another_amount_keeps_the_entries_it_has() {
    let (credited, first) = on_chain().moved(Credit, Usd::ZERO, NOW).unwrap();
    let (reversed, second) = credited.moved(Reverse, Usd::dollars(80), NOW).unwrap();
    let smaller = Deposit { amount: Usd::dollars(60), ..reversed };
    let (restored, third) = smaller.moved(Restore, Usd::ZERO, NOW).unwrap();
    assert_eq!(restored.entries(), [first, second, third].map(Option::unwrap));
    let owed: i64 = restored
        .entries()
        .iter()
        .flat_map(Entry::postings)
        .filter(|it| it.account == Account::Receivable(AGENT))
        .map(|it| it.micros)
        .sum();
    assert_eq!(owed, -20_000_000, "of the 80 that are owed, 60 are settled");
    let (again, _) = restored.moved(Reverse, Usd::ZERO, NOW).unwrap();
    assert!(again.entries().iter().all(Entry::is_balanced));
}

#[test]
fn what_is_suspicious_is_an_amount_out_of_bounds_or_too_many_transfers() {
    let micros = |micros| Usd::from_micros(micros).unwrap();
    for (amount, transfers, expected) in [
        (micros(4_999_999), 1, Some(Suspicion::BelowMinimum)),
        (micros(5_000_000), 1, None),
        (micros(10_000_000_000), 30, None),
        (micros(10_000_000_001), 1, Some(Suspicion::AboveMaximum)),
        (micros(10_000_000), 31, Some(Suspicion::TooManyTransfers)),
        (micros(1), 31, Some(Suspicion::TooManyTransfers)),
    ] {
        assert_eq!(suspicion(amount, transfers), expected, "{amount} by {transfers}");
    }
    assert!(is_credited_at_safe(Usd::dollars(1_000)));
    assert!(!is_credited_at_safe(micros(1_000_000_001)));
}

#[test]
fn a_payment_and_its_transaction_are_the_same_bits() {
    let deposit = fresh();
    assert_eq!(deposit.transaction.bytes(), [7; 16]);
    assert_eq!(deposit.reference, PaymentId::from_bytes([7; 16]).to_string());
    assert_eq!(deposit.status, Pending);
}

#[test]
fn a_transaction_is_another_deposit_for_another_agent_or_on_another_chain() {
    let references = [
        reference(8453, "0xab", AGENT),
        reference(84532, "0xab", AGENT),
        reference(8453, "0xac", AGENT),
        reference(8453, "0xab", AgentId::from_bytes([2; 16])),
    ];
    let distinct: std::collections::BTreeSet<_> = references.iter().map(|it| transaction(it)).collect();
    assert_eq!(distinct.len(), references.len());
    assert_eq!(transaction(&references[0]), transaction(&references[0]));
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
