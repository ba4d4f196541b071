//! The events of an account: deposits, keys, endpoints that are no longer tried. No callback tells them.

use contract::webhooks::{AccountEvent, DepositFacts, EndpointFacts, KeyFacts, WalletFacts, WithdrawalFacts};
use contract::wire::{Id, Moment, Money, Word};
use domain::agent::event::{AgentEvent, EventType};
use domain::money::deposit::DepositStatus;
use domain::money::payout::{Payee, Payout, PayoutStatus};
use domain::{AgentId, Timestamp};
use store::change::AccountChange;
use store::events::Event;
use store::events::endpoints::{Reason, Standing};
use store::people::api_keys::KeyRecord;

/// The event of a change that is relayed at `now`: when a key was revoked is not kept anywhere, so it is told by the first
/// who relays it.
pub(crate) fn event(change: &AccountChange, now: Timestamp) -> Event {
    match change {
        AccountChange::KeyCreated(agent, key) => of_key(AgentEvent::KeyCreated, *agent, key, key.created_at),
        AccountChange::KeyRevoked(agent, key) => of_key(AgentEvent::KeyRevoked, *agent, key, now),
        AccountChange::Deposited(deposit) => {
            let subject = deposit.transaction.to_string();
            let (name, subject) = match (deposit.status, deposit.steps.len()) {
                (DepositStatus::Reversed, nth) => (AgentEvent::DepositReversed, format!("{subject} {nth}")),
                (_, 0 | 1) => (AgentEvent::DepositConfirmed, subject),
                // It came, was taken back or looked at, and is there again.
                (_, nth) => (AgentEvent::DepositConfirmed, format!("{subject} {nth}")),
            };
            let mut told = blank(name, &subject, deposit.at);
            told.deposit = Some(DepositFacts {
                transaction_id: Id(deposit.transaction),
                amount_usd: Money(deposit.amount),
                rail: Word(deposit.rail),
            });
            recorded(deposit.agent, told)
        }
        AccountChange::WithdrawalAddress(agent, wallet) => {
            let subject = format!("{agent} {} {}", wallet.address, wallet.from.millis());
            let mut told = blank(AgentEvent::WithdrawalAddressChanged, &subject, now);
            told.withdrawal_address = Some(WalletFacts { address: &wallet.address, usable_at: Moment(wallet.from) });
            recorded(*agent, told)
        }
        AccountChange::EndpointDisabled(agent, standing) => of_endpoint(*agent, standing, now),
    }
}

/// What a step of a payout is to the agent who is paid; nothing to an operator.
pub(crate) fn of_withdrawal(payout: &Payout) -> Option<Event> {
    let Payee::Agent(agent) = payout.payee else { return None };
    let name = match payout.status {
        PayoutStatus::Reserved => AgentEvent::WithdrawalRequested,
        PayoutStatus::Completed => AgentEvent::WithdrawalCompleted,
        PayoutStatus::Failed => AgentEvent::WithdrawalFailed,
        PayoutStatus::Signed
        | PayoutStatus::Broadcast
        | PayoutStatus::Submitted
        | PayoutStatus::Confirmed
        | PayoutStatus::Returned => return None,
    };
    let at = payout.steps.last().map_or(payout.created_at, |&(_, at)| at);
    let mut told = blank(name, &payout.id.to_string(), at);
    told.withdrawal = Some(WithdrawalFacts {
        withdrawal_id: Id(payout.id),
        amount_usd: Money(payout.amount),
        address: &payout.destination,
        failure: payout.failure.map(Word),
    });
    Some(recorded(agent, told))
}

fn of_endpoint(agent: AgentId, standing: &Standing, now: Timestamp) -> Event {
    let (at, reason) = standing.disabled.unwrap_or((now, Reason::Failing));
    // It may be enabled, and disabled once more.
    let subject = format!("{agent} {} {}", standing.endpoint, at.millis());
    let mut told = blank(AgentEvent::EndpointDisabled, &subject, at);
    let failing_since = Moment(standing.failing_since);
    told.endpoint = Some(EndpointFacts { endpoint: &standing.endpoint, failing_since, reason: reason.word() });
    recorded(agent, told)
}

fn of_key(name: AgentEvent, agent: AgentId, key: &KeyRecord, at: Timestamp) -> Event {
    let mut told = blank(name, &key.id.to_string(), at);
    told.key = Some(KeyFacts { id: Id(key.id), key_prefix: &key.prefix, name: &key.name });
    recorded(agent, told)
}

fn blank<'a>(name: AgentEvent, subject: &str, at: Timestamp) -> AccountEvent<'a> {
    AccountEvent::blank(name, at, name.id(subject))
}

fn recorded(agent: AgentId, told: AccountEvent<'_>) -> Event {
    let body = serde_json::to_string(&told).expect("a struct of texts and amounts is JSON");
    let (Word(name), Moment(at), Id(id)) = (told.event, told.timestamp, told.id);
    Event { id, agent, task: None, name: EventType::Agent(name), at, body, callback: None }
}
