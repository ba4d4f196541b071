//! GET /agents/deposits: what was credited, newest first.

use crate::tx_hash;
use axum::extract::State;
use domain::TransactionId;
use domain::ledger::{Account, Rail};
use serde::Serialize;
use store::deposits::cursor_of;
use store::item::journal::Line;
use store::{Key, StoreError};
use web::paging::{self, Page};
use web::{AgentCaller, Answer, Gate, Json, Money, Query};

pub(crate) async fn handle(caller: AgentCaller, State(gate): State<Gate>, Query(mut query): Query) -> Answer<Reply> {
    let window = paging::window(&mut query);
    let parsed = query.finish();

    let store = gate.store();
    let (agent, mut found, lines) =
        caller.enter_with(|agent| ([Key::agent(agent)], store.deposits(agent, &window))).await?;
    parsed?;

    let account = found.agent(agent)?;
    let total = account.map_or(0, |account| usize::try_from(account.deposits).unwrap_or(usize::MAX));
    let deposits = lines.into_iter().map(Credited::of).collect::<Result<Vec<_>, _>>()?;

    Ok(Json::ok(Page::new(deposits, &window, total, |deposit| deposit.place.clone(), |deposit| deposit.view)))
}

type Reply = Page<View>;

#[derive(Serialize)]
pub(crate) struct View {
    transaction_id: String,
    amount_usd: Money,
    status: &'static str,
    rail: &'static str,
    tx_hash: Option<String>,
    payment_id: Option<String>,
    created_at: String,
}

/// A deposit and its place in the list.
struct Credited {
    place: String,
    view: View,
}

impl Credited {
    fn of(line: Line) -> Result<Self, StoreError> {
        let moved = line.postings.iter().find_map(|(account, micros)| match account {
            Account::World(rail) => Some((*rail, micros.checked_neg().and_then(domain::Usd::from_micros)?)),
            Account::Deposit(_) | Account::Escrow(_) | Account::Revenue(_) | Account::Earnings(_) => None,
        });
        let (rail, amount) =
            moved.ok_or_else(|| StoreError::Corrupt(format!("{} is no deposit from outside", line.id)))?;
        let place = cursor_of(&line);
        let (tx_hash, payment_id) = match rail {
            Rail::Base => (line.reference.as_deref().map(tx_hash::shown), None),
            Rail::Dlocal | Rail::Payoneer => (None, line.reference),
        };
        let view = View {
            transaction_id: TransactionId::from_bytes(line.id.bytes()).to_string(),
            amount_usd: Money(amount),
            status: "confirmed",
            rail: rail.word(),
            tx_hash,
            payment_id,
            created_at: line.at.to_string(),
        };
        Ok(Self { place, view })
    }
}
