//! `GET /agents/deposits`: what was credited, newest first.

use crate::tx_hash;
use axum::extract::State;
use contract::agents::deposits::{Deposit, Reply};
use contract::wire::{Id, Moment, Money, Window, Word};
use domain::TransactionId;
use domain::ledger::{Account, Rail};
use domain::money::audit::JournalLine;
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
    let deposits = lines.into_iter().map(Credited::of).collect::<Result<Vec<_>, _>>()?;

    Ok(Json::ok(paging::page(deposits, &window, total, |deposit| deposit.place.clone(), |deposit| deposit.view)))
}

/// A deposit and its place in the list.
struct Credited {
    place: String,
    view: Deposit,
}

impl Credited {
    fn of(line: JournalLine) -> Result<Self, StoreError> {
        let moved = line.postings.iter().find_map(|(account, micros)| match account {
            Account::World(rail) => Some((*rail, micros.checked_neg().and_then(domain::Usd::from_micros)?)),
            // What staff let go came by the only rail that has a suspense.
            Account::Suspense(_) => Some((Rail::Base, micros.checked_neg().and_then(domain::Usd::from_micros)?)),
            Account::Deposit(_)
            | Account::Escrow(_)
            | Account::Revenue(_)
            | Account::Fee(_)
            | Account::Earnings(_)
            | Account::InFlight(_)
            | Account::Receivable(_)
            | Account::Capital => None,
        });
        let (rail, amount) =
            moved.ok_or_else(|| StoreError::Corrupt(format!("{} is no deposit from outside", line.id)))?;
        let place = cursor_of(&line);
        let (tx_hash, payment_id) = match rail {
            Rail::Base => (line.reference.as_deref().map(tx_hash::shown), None),
            Rail::Dlocal | Rail::Payoneer => (None, line.reference),
        };
        let view = Deposit {
            transaction_id: Id(TransactionId::from_bytes(line.id.bytes())),
            amount_usd: Money(amount),
            status: "confirmed",
            rail: Word(rail),
            tx_hash,
            payment_id,
            created_at: Moment(line.at),
        };
        Ok(Self { place, view })
    }
}
