//! What is sent to us and by us without being asked: dLocal's notifications, and the callbacks of a task.

use crate::endpoint::{Caller, Code, Endpoint, Input, Route};
use crate::tasks::messages::Message;
use crate::wire::{Decision, Id, Moment, Money, NextAction, Word};
use domain::agent::event::AgentEvent;
use domain::event::EventName;
use domain::guardian::{self, ReviewReason};
use domain::ledger::Rail;
use domain::money::payout::Failure;
use domain::status::Status;
use domain::{EventId, KeyId, PayoutId, TaskId, Timestamp, TransactionId};
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub(crate) const ENDPOINTS: &[Endpoint] = &[DLOCAL];

pub const DLOCAL: Endpoint = Endpoint {
    input: Input::Foreign(SchemaGenerator::subschema_for::<Notice<'static>>),
    ..Endpoint::new::<Received>(
        "receiveDlocalNotice",
        Route::post("/webhooks/dlocal", Caller::Provider),
        "Receive a payment notification from dLocal",
    )
    .about("Credits what was expected, never what the notification says.")
    .errors(&[Code::NotFound, Code::PaymentAmountMismatch])
    .example(
        r#"{"status": "PAID", "order_id": "pay_01kh3w5v8g3w2f7d5r6n8p9q0s", "amount": 100}"#,
        r#"{"received": true, "status": "completed"}"#,
    )
};

/// A notification as dLocal sends it; it may have any further fields.
#[derive(Debug, Deserialize, JsonSchema)]
#[schemars(rename = "DlocalNotice")]
pub struct Notice<'a> {
    pub status: String,
    /// Our payment id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
    /// A number or a decimal text.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<serde_json::Value>")]
    pub amount: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReceivedNotice")]
pub struct Received {
    pub received: bool,
    /// `completed` or `ignored`.
    pub status: &'static str,
}

/// The body of a callback, in the order of the reference; `id` and `status` are ours.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TaskEvent")]
pub struct TaskEvent<'a> {
    pub event: Word<EventName>,
    pub task_id: Id<TaskId>,
    /// Left out when nothing was judged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub guardian_result: Option<GuardianResult<'a>>,
    /// When it happened.
    pub timestamp: Moment,
    /// The same however often it is sent.
    pub id: Id<EventId>,
    /// The task's status after the event.
    pub status: Word<Status>,
    /// Who decided on the submission, and what. Left out while nobody has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Who moves next. Left out once the money is where it stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_action: Option<NextAction>,
    /// Of `task.message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "TaskEventGuardianResult")]
pub struct GuardianResult<'a> {
    pub decision: Word<guardian::Decision>,
    /// 0 to 100.
    #[schemars(range(max = 100))]
    pub confidence: u8,
    pub reasoning: &'a str,
    /// Present with MANUAL_REVIEW.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_reason: Option<Word<ReviewReason>>,
}

/// What an event of an account says; it is in `GET /events` only.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEvent")]
pub struct AccountEvent<'a> {
    pub event: Word<AgentEvent>,
    /// Of `deposit.confirmed` and `deposit.reversed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deposit: Option<DepositFacts>,
    /// Of `withdrawal.requested`, `withdrawal.completed` and `withdrawal.failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalFacts<'a>>,
    /// Of `withdrawal_address.changed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawal_address: Option<WalletFacts<'a>>,
    /// Of `key.created` and `key.revoked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyFacts<'a>>,
    /// Of `endpoint.disabled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<EndpointFacts<'a>>,
    /// When it happened.
    pub timestamp: Moment,
    pub id: Id<EventId>,
}

impl AccountEvent<'_> {
    /// What all have: a name, when it happened, and an id that is the same however often it is told.
    pub const fn blank(name: AgentEvent, at: Timestamp, id: EventId) -> Self {
        Self {
            event: Word(name),
            deposit: None,
            withdrawal: None,
            withdrawal_address: None,
            key: None,
            endpoint: None,
            timestamp: Moment(at),
            id: Id(id),
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEventDeposit")]
pub struct DepositFacts {
    pub transaction_id: Id<TransactionId>,
    pub amount_usd: Money,
    /// The way in.
    pub rail: Word<Rail>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEventWithdrawal")]
pub struct WithdrawalFacts<'a> {
    pub withdrawal_id: Id<PayoutId>,
    pub amount_usd: Money,
    pub address: &'a str,
    /// Why it failed, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Word<Failure>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEventWithdrawalAddress")]
pub struct WalletFacts<'a> {
    pub address: &'a str,
    /// From here on money can go there.
    pub usable_at: Moment,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEventKey")]
pub struct KeyFacts<'a> {
    pub id: Id<KeyId>,
    /// The beginning of the key, to recognise it by.
    pub key_prefix: &'a str,
    pub name: &'a str,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "AccountEventEndpoint")]
pub struct EndpointFacts<'a> {
    /// The origin of URLs, or the task whose URL is gone.
    pub endpoint: &'a str,
    /// Nothing has arrived since.
    pub failing_since: Moment,
    /// `failing` for five days, or `gone`: 410.
    pub reason: &'static str,
}
