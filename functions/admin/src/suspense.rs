//! `/admin/suspense`: deposits that staff are to look at before anybody spends them.

use axum::extract::State;
use contract::Code;
use contract::admin::suspense::{List, Suspended};
use contract::wire::{Id, Moment, Money, Window, Word};
use domain::TransactionId;
use domain::money::deposit::{Deposit, DepositMove, DepositStatus};
use web::{AdminCaller, Answer, ApiError, Gate, Json, PathId, Query, paging};

pub(crate) async fn list(State(gate): State<Gate>, caller: AdminCaller, query: Query) -> Answer<List> {
    caller.authenticate().await?;
    let window = paging::window(query.read::<Window>()?);

    let deposits = gate.store().all_suspended().await?;
    let total = deposits.len();
    Ok(Json::ok(paging::page(window.cut(deposits, place), &window, total, place, shown)))
}

pub(crate) async fn release(
    State(gate): State<Gate>,
    caller: AdminCaller,
    PathId(id): PathId<TransactionId>,
) -> Answer<Suspended> {
    let by = caller.authenticate().await?;
    let missing = || ApiError::not_found("Deposit");

    let store = gate.store();
    let deposit = store.suspended(id.ok_or_else(missing)?).await?.ok_or_else(missing)?;
    if !matches!(deposit.status, DepositStatus::Suspended | DepositStatus::Completed) {
        return Err(ApiError::of(Code::NotSuspended));
    }
    let at = store.now();
    let (released, replayed) = store.book(Deposit { at, ..deposit }, DepositMove::Release).await?.split();
    if !replayed {
        tracing::info!(transaction.id = %released.transaction, staff = %by, "a deposit was released");
    }
    Ok(Json::ok(shown(released)).replayed(replayed))
}

fn place(deposit: &Deposit) -> String {
    format!("{:013}#{}", deposit.at.millis(), deposit.transaction)
}

fn shown(deposit: Deposit) -> Suspended {
    let evidence = deposit.evidence;
    let senders = evidence.iter().flat_map(|it| it.transfers.iter().map(|transfer| transfer.from.clone()));
    Suspended {
        transaction_id: Id(deposit.transaction),
        agent_id: Id(deposit.agent),
        amount_usd: Money(deposit.amount),
        reason: deposit.suspicion.map(Word),
        status: Word(deposit.status),
        senders: senders.collect(),
        tx_hash: evidence.map(|evidence| evidence.tx_hash),
        at: Moment(deposit.at),
    }
}
