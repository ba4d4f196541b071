//! `GET /agents/deposits`: what was credited, and what was taken back, newest first.

use crate::tx_hash;
use axum::extract::State;
use contract::agents::deposits::{Deposit, Reply};
use contract::wire::{Id, Moment, Money, Window, Word};
use domain::ledger::{Account, EntryKind, Rail};
use domain::money::audit::JournalLine;
use domain::{TransactionId, Usd};
use store::ledger::deposits::cursor_of;
use store::{Key, StoreError};
use web::{AgentCaller, Answer, Gate, Json, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AgentCaller, query: Query) -> Answer<Reply> {
    let store = gate.store();
    let window = query.read::<Window>().map(paging::window);

    let lines = async |agent| match &window {
        Ok(window) => store.deposits(agent, window).await,
        Err(_) => Ok(Vec::new()),
    };
    let (agent, mut found, lines) = caller.authenticate_beside(|agent| [Key::agent(agent)], lines).await?;
    let window = window?;

    let account = found.agent(agent)?;
    let total = account.map_or(0, |account| usize::try_from(account.deposits).unwrap_or(usize::MAX));
    let deposits = lines.into_iter().map(Told::of).collect::<Result<Vec<_>, _>>()?;

    Ok(Json::ok(paging::page(deposits, &window, total, |deposit| deposit.place.clone(), |deposit| deposit.view)))
}

/// A line and its place in the list.
struct Told {
    place: String,
    view: Deposit,
}

impl Told {
    fn of(line: JournalLine) -> Result<Self, StoreError> {
        let nothing = || StoreError::Corrupt(format!("{} moves no deposit", line.id));
        let micros = line.postings.iter().filter(|(account, _)| is_the_agents(account)).map(|(_, micros)| micros).sum();
        let amount = i64::checked_abs(micros).and_then(Usd::from_micros).filter(|amount| *amount > Usd::ZERO);
        let outside = line.postings.iter().find_map(|(account, _)| match account {
            Account::World(rail) => Some(*rail),
            _ => None,
        });
        // What staff let go came out of suspense, by the only rail that has one.
        let rail = outside.unwrap_or(Rail::Base);
        let place = cursor_of(&line);
        let (tx_hash, payment_id) = match rail {
            Rail::Base => (line.reference.as_deref().map(tx_hash::shown), None),
            Rail::Dlocal | Rail::Payoneer => (None, line.reference),
        };
        let view = Deposit {
            transaction_id: Id(TransactionId::from_bytes(line.id.bytes())),
            amount_usd: Money(amount.ok_or_else(nothing)?),
            status: if line.kind == EntryKind::Reverse { "reversed" } else { "confirmed" },
            rail: Word(rail),
            tx_hash,
            payment_id,
            created_at: Moment(line.at),
        };
        Ok(Self { place, view })
    }
}

/// The agent's side of an entry: what it has, and what it owes.
const fn is_the_agents(account: &Account) -> bool {
    matches!(account, Account::Deposit(_) | Account::Receivable(_))
}
