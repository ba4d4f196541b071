//! What is available can be paid out, each move is allowed where the table says so and nowhere else, and every history
//! moves the money once.

use super::PayoutStatus::{Broadcast, Completed, Confirmed, Failed, Reserved, Returned, Signed, Submitted};
use super::*;
use crate::example;
use crate::ledger::Posting;
use std::collections::BTreeMap;

const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);
const OPERATOR: &str = "op_xyz789";

fn asked(payee: Payee, dollars: u32, status: PayoutStatus) -> Payout {
    let to = (Rail::Base, "test".to_owned());
    let asked = Payout::asked(PayoutId::from_bytes([9; 16]), payee, Usd::dollars(dollars), to, status, NOW);
    Payout { fingerprint: Some([1; 16]), ..asked }
}

fn operator() -> Payee {
    Payee::Operator(OperatorId::parse(OPERATOR).unwrap())
}

fn wanted(dollars: u32) -> Payout {
    asked(operator(), dollars, Completed)
}

#[test]
fn only_what_is_available_is_paid_out() {
    let vesting = [(NOW.plus_seconds(1), Usd::dollars(30))].into();
    let earnings = Earnings { balance: Usd::dollars(50), vesting, ..Earnings::default() };
    assert_eq!(earned(&wanted(20), &earnings), Ok(()));
    let expected = InsufficientEarnings { required: Usd::dollars(21), available: Usd::dollars(20) };
    assert_eq!(earned(&wanted(21), &earnings), Err(Unpayable::Short(expected)));
    // A second later the rest is there.
    let later = Payout { created_at: NOW.plus_seconds(1), ..wanted(50) };
    assert_eq!(earned(&later, &earnings), Ok(()));
    let vesting = [(NOW.plus_seconds(1), Usd::dollars(51))].into();
    assert_eq!(earned(&wanted(10), &Earnings { vesting, ..earnings }), Err(Unpayable::Unsound));
}

#[test]
fn an_agent_takes_back_only_what_is_neither_held_nor_owed() {
    let id = AgentId::from_bytes([1; 16]);
    let dollars = Usd::dollars;
    let agent = Agent { escrow: dollars(90), owed: dollars(20), ..example::agent(dollars(50)) };
    let withdrawal = |dollars| asked(Payee::Agent(id), dollars, Reserved);
    assert_eq!(deposited(&withdrawal(30), &agent), Ok(()));
    let expected = InsufficientEarnings { required: dollars(31), available: dollars(30) };
    assert_eq!(deposited(&withdrawal(31), &agent), Err(Unpayable::Short(expected)));
    let indebted = Agent { owed: dollars(60), ..agent };
    let expected = InsufficientEarnings { required: dollars(10), available: Usd::ZERO };
    assert_eq!(deposited(&withdrawal(10), &indebted), Err(Unpayable::Short(expected)));
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

/// Where each move leads from each status; everything else is refused. Written out beside the table, so that a slip in
/// one is seen in the other.
const ALLOWED: [(PayoutStatus, PayoutMove, PayoutStatus); 15] = [
    (Reserved, PayoutMove::Sign, Signed),
    (Reserved, PayoutMove::Submit, Submitted),
    (Reserved, PayoutMove::Fail, Failed),
    (Signed, PayoutMove::Broadcast, Broadcast),
    (Signed, PayoutMove::Confirm, Confirmed),
    (Signed, PayoutMove::Fail, Failed),
    (Broadcast, PayoutMove::Broadcast, Broadcast),
    (Broadcast, PayoutMove::Confirm, Confirmed),
    (Broadcast, PayoutMove::Fail, Failed),
    (Submitted, PayoutMove::Submit, Submitted),
    (Submitted, PayoutMove::Complete, Completed),
    (Submitted, PayoutMove::Fail, Failed),
    (Confirmed, PayoutMove::Unconfirm, Broadcast),
    (Confirmed, PayoutMove::Complete, Completed),
    (Completed, PayoutMove::Return, Returned),
];

#[test]
fn each_move_is_allowed_where_the_table_says_so_and_nowhere_else() {
    for status in PayoutStatus::ALL {
        for step in PayoutMove::ALL {
            let allowed = ALLOWED.iter().find(|(from, name, _)| (from, name) == (status, step)).map(|&(_, _, to)| to);
            assert_eq!(status.next(*step), allowed, "{step} from {status}");
            let moved = asked(operator(), 20, *status).moved(*step, NOW.plus_seconds(1)).map(|(after, _)| after);
            assert_eq!(moved.as_ref().map(|after| after.status), allowed, "{step} from {status}");
            assert!(moved.is_none_or(|after| after.version == 2), "{step} from {status}");
        }
        let leads_on = ALLOWED.iter().any(|(from, name, _)| from == status && *name != PayoutMove::Return);
        assert_eq!(status.is_open(), leads_on, "{status}");
    }
}

/// Histories from reserved on, by their moves, and where the money is after them.
const HISTORIES: [(&[PayoutMove], &str); 12] = {
    use PayoutMove::{Broadcast, Complete, Confirm, Fail, Return, Sign, Submit, Unconfirm};
    [
        (&[Sign, Broadcast, Confirm, Complete], "world"),
        (&[Sign, Confirm, Complete], "world"),
        (&[Sign, Broadcast, Broadcast, Broadcast, Confirm, Complete], "world"),
        (&[Sign, Broadcast, Confirm, Unconfirm, Broadcast, Confirm, Complete], "world"),
        (&[Sign, Broadcast, Confirm, Unconfirm, Fail], "payee"),
        (&[Fail], "payee"),
        (&[Sign, Fail], "payee"),
        (&[Sign, Broadcast, Fail], "payee"),
        (&[Submit, Complete], "world"),
        (&[Submit, Submit, Fail], "payee"),
        (&[Submit, Complete, Return], "payee"),
        (&[Sign, Broadcast, Confirm, Complete, Return], "payee"),
    ]
};

/// Applies moves one second after the other; answers the payout and what each of them entered.
fn played(payee: &Payee, moves: &[PayoutMove]) -> (Payout, Vec<Entry>) {
    let mut payout = asked(payee.clone(), 20, Reserved);
    let mut entered = payout.entries();
    for (step, seconds) in moves.iter().zip(1..) {
        let (after, entry) = payout.moved(*step, NOW.plus_seconds(seconds)).unwrap();
        entered.extend(entry);
        payout = after;
    }
    (payout, entered)
}

#[test]
fn every_history_moves_the_money_once_and_leaves_nothing_on_its_way() {
    for payee in [operator(), Payee::Agent(AgentId::from_bytes([1; 16]))] {
        for (moves, place) in HISTORIES {
            let (payout, entered) = played(&payee, moves);
            assert!(!payout.status.is_open(), "{moves:?}");
            let returnable = *moves == [PayoutMove::Submit, PayoutMove::Complete];
            assert_eq!(payout.is_watched(), returnable, "{moves:?}: a provider may still give it back");
            assert_eq!(entered, payout.entries(), "{moves:?}: what the steps enter is what the history says");
            let mut accounts: BTreeMap<String, i64> = BTreeMap::new();
            for Posting { account, micros } in entered.iter().flat_map(Entry::postings) {
                *accounts.entry(account.to_string()).or_default() += micros;
            }
            let at = |account: Account| accounts.remove(&account.to_string()).unwrap_or_default();
            let balances = [payee.account(), Account::World(Rail::Base), Account::InFlight(payout.id)].map(at);
            let expected = if place == "world" { [-20_000_000, 20_000_000, 0] } else { [0, 0, 0] };
            assert_eq!((balances, accounts), (expected, BTreeMap::new()), "{moves:?}");
        }
    }
}

#[test]
fn each_entry_is_balanced_and_has_a_time_and_an_id_of_its_own() {
    for (moves, _) in HISTORIES {
        let (payout, entered) = played(&operator(), moves);
        let mut ids: Vec<EntryId> = entered.iter().map(|entry| entry.id).collect();
        assert_eq!(ids[0].bytes(), payout.id.bytes(), "the first has the payout's bits");
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), entered.len(), "{moves:?}");
        assert!(entered.iter().all(Entry::is_balanced), "{moves:?}");
        assert!(entered.is_sorted_by(|one, next| one.at < next.at), "{moves:?}");
    }
}

#[test]
fn a_payout_that_is_paid_at_once_has_one_entry_and_is_over() {
    let payout = wanted(20);
    let [entry] = &payout.entries()[..] else { panic!("one entry") };
    let postings: Vec<(String, i64)> = entry.postings().iter().map(|p| (p.account.to_string(), p.micros)).collect();
    let account = format!("operator:{OPERATOR}:earnings");
    assert_eq!(postings, [(account, -20_000_000), ("world:base".to_owned(), 20_000_000)]);
    assert!(!payout.status.is_open());
}

#[test]
fn who_signs_sees_the_destination_in_the_books() {
    let payout = wanted(20);
    let other = Payout { destination: "another".to_owned(), ..payout.clone() };
    assert_eq!(payout.journal_reference(), format!("{} test", payout.id));
    assert_ne!(payout.journal_reference(), other.journal_reference());
}

#[test]
fn a_rail_that_nobody_carries_pays_at_once_in_test_mode_and_is_closed_in_live_mode() {
    let usdc = Ways { usdc: true, payoneer: false };
    let payoneer = Ways { usdc: false, payoneer: true };
    for (ways, rail, test, live) in [
        (usdc, Rail::Base, Way::Carried, Way::Carried),
        (usdc, Rail::Payoneer, Way::AtOnce, Way::Closed),
        (payoneer, Rail::Payoneer, Way::Carried, Way::Carried),
        (payoneer, Rail::Base, Way::AtOnce, Way::Closed),
        (Ways::default(), Rail::Base, Way::AtOnce, Way::Closed),
        (Ways { usdc: true, payoneer: true }, Rail::Dlocal, Way::AtOnce, Way::Closed),
    ] {
        assert_eq!([ways.by(rail, Mode::Test), ways.by(rail, Mode::Live)], [test, live], "{ways:?} {rail}");
    }
}
