//! Entries balance whatever is transferred, and an account has one name.

use super::*;
use crate::example::{AGENT, START, TASK, assignee, rows, usd};
use proptest::prelude::*;

fn account(name: &str) -> Account {
    match name {
        "deposit" => Account::Deposit(AGENT),
        "escrow" => Account::Escrow(TASK),
        "revenue" => Account::Revenue(AGENT),
        "fee" => Account::Fee(TASK),
        "earnings" => Account::Earnings(assignee("anna").id),
        "base" => Account::World(Rail::Base),
        other => panic!("no such account: {other}"),
    }
}

fn entry() -> Entry {
    Entry::new(EntryId::from_bytes([5; 16]), START, EntryKind::Settle, Some(TASK))
}

#[test]
fn an_entry_has_one_posting_for_each_account_that_changes() {
    let table = "
        # transfers                                                     | postings
                                                                        |
        base>deposit 5.00                                               | base -5.00, deposit 5.00
        base>deposit 0.000001                                           | base -0.000001, deposit 0.000001
        deposit>escrow 0.00                                             |
        deposit>escrow 29.50                                            | deposit -29.50, escrow 29.50
        escrow>earnings 25.00, escrow>revenue 4.50                      | escrow -29.50, earnings 25.00, revenue 4.50
        escrow>earnings 8.33, escrow>deposit 16.67, fee>deposit 3.00 | escrow -25.00, earnings 8.33, deposit 19.67, fee -3.00
        deposit>escrow 1.00, escrow>revenue 1.00                        | deposit -1.00, revenue 1.00
        deposit>escrow 1.00, escrow>deposit 1.00                        |
        escrow>escrow 1.00                                              |
    ";
    for [transfers, expected] in rows(table) {
        let entry = transfers.split(',').filter(|t| !t.is_empty()).fold(entry(), |entry, transfer| {
            let (accounts, amount) = transfer.trim().split_once(' ').unwrap();
            let (from, to) = accounts.split_once('>').unwrap();
            entry.transfer(account(from), account(to), usd(amount))
        });
        let expected: Vec<Posting> = expected
            .split(',')
            .filter(|posting| !posting.is_empty())
            .map(|posting| {
                let (name, amount) = posting.trim().split_once(' ').unwrap();
                let micros = match amount.strip_prefix('-') {
                    Some(amount) => -usd(amount).micros(),
                    None => usd(amount).micros(),
                };
                Posting { account: account(name), micros }
            })
            .collect();
        assert_eq!(entry.postings(), expected, "{transfers}");
        assert!(entry.is_balanced(), "{transfers}");
    }
}

#[test]
fn an_entry_that_was_tampered_with_does_not_balance() {
    let mut entry = entry().transfer(account("deposit"), account("escrow"), usd("29.50"));
    entry.postings[1].micros += 1;
    assert!(!entry.is_balanced());
}

#[test]
fn an_account_is_read_as_it_is_written() {
    for name in ["deposit", "escrow", "revenue", "fee", "earnings", "base"] {
        let account = account(name);
        assert_eq!(Account::parse(&account.to_string()), Some(account));
    }
    assert_eq!(account("earnings").to_string(), "operator:op_anna:earnings");
    assert_eq!(account("base").to_string(), "world:base");
    assert_eq!(account("deposit").to_string(), format!("agent:{AGENT}:deposit"));
}

#[test]
fn other_texts_are_no_account() {
    let (agent, task) = (AGENT, TASK);
    for text in [
        String::new(),
        "world".to_owned(),
        "world:".to_owned(),
        "world:mars".to_owned(),
        "world:base:deposit".to_owned(),
        format!("agent:{agent}"),
        format!("agent:{agent}:escrow"),
        format!("agent:{agent}:deposit:"),
        format!("agent:{agent}:deposit:more"),
        format!("agent:{task}:deposit"),
        format!("task:{task}:deposit"),
        format!("task:{agent}:escrow"),
        "operator:op_a:earnings".to_owned(),
        "operator:anna:earnings".to_owned(),
        "Operator:op_anna:earnings".to_owned(),
    ] {
        assert_eq!(Account::parse(&text), None, "{text}");
    }
}

proptest! {
    #[test]
    fn any_transfers_balance(
        transfers in prop::collection::vec((0..5_usize, 0..5_usize, 0..1_000_000_000_000_i64), 0..12),
    ) {
        let accounts = ["deposit", "escrow", "revenue", "earnings", "base"].map(account);
        let entry = transfers.into_iter().fold(entry(), |entry, (from, to, micros)| {
            entry.transfer(accounts[from].clone(), accounts[to].clone(), Usd::from_micros(micros).unwrap())
        });
        prop_assert!(entry.is_balanced());
        prop_assert!(entry.postings().iter().all(|posting| posting.micros != 0));
        for account in &accounts {
            prop_assert!(entry.postings().iter().filter(|posting| posting.account == *account).count() <= 1);
        }
    }
}
