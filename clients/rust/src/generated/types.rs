//! What goes in and out, from the API's description. Written by `cargo xtask openapi`, not by hand.

use crate::request::items::listed;
use crate::words::words;
use crate::{Moment, Secret, Usd};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AcceptedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub accepted_at: Option<Moment>,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AcceptedTaskLine {
    pub task_id: String,
    pub title: String,
    pub status: TaskStatus,
    pub task_type: TaskType,
    pub location: Place,
    pub reward_usd: Usd,
    pub deadline: Moment,
    pub accepted_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    pub created_at: Moment,
    pub agent: RatedAgent,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AcceptedTaskLinePage {
    pub data: Vec<AcceptedTaskLine>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AdvanceTestClock {
    /// By how much.
    pub seconds: u64,
}

impl AdvanceTestClock {
    /// With what must be there; the rest can be set on it.
    pub fn new(seconds: u64) -> Self {
        Self { seconds }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Agent {
    pub agent_id: String,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub mode: Mode,
    pub fee_tier: FeeTier,
    pub created_at: Moment,
}

/// How many tasks it has, by what became of them.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AgentTasks {
    /// Ever.
    pub created: u64,
    /// Now COMPLETED.
    pub completed: u64,
    /// Now CANCELLED.
    pub cancelled: u64,
    /// Of these, refunded by staff.
    pub refunded: u64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApiKey {
    pub id: String,
    /// The beginning of the key, to recognise it by.
    #[serde(rename = "keyPrefix")]
    pub key_prefix: String,
    pub name: String,
    /// Noted at most every ten minutes.
    #[serde(rename = "lastUsed")]
    pub last_used: Option<Moment>,
    #[serde(rename = "createdAt")]
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ApiKeys {
    pub data: Vec<ApiKey>,
}

/// Who does it, or did.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Assignee {
    pub id: String,
    /// First name and initial.
    pub name: String,
}

/// What was looked at.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Audited {
    pub accounts: u64,
    pub entries: u64,
    pub tasks: u64,
    /// Accounts that money moved through each time they were looked at: nothing is said of them.
    pub busy: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Authorization {
    /// One's own account, or on behalf of its owner.
    pub basis: AuthorizationBasis,
    /// In the agent's words.
    pub statement: String,
}

impl Authorization {
    /// With what must be there; the rest can be set on it.
    pub fn new(basis: AuthorizationBasis, statement: impl Into<String>) -> Self {
        Self { basis, statement: statement.into() }
    }
}

words! {
    AuthorizationBasis {
        Owner = "OWNER",
        Authorized = "AUTHORIZED",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AvailableTask {
    pub task_id: String,
    pub title: String,
    pub description: String,
    pub task_type: TaskType,
    pub location: Place,
    pub reward_usd: Usd,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub created_at: Moment,
    pub agent: RatedAgent,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct AvailableTaskPage {
    pub data: Vec<AvailableTask>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Balance {
    /// Can be spent, but for what is owed.
    pub deposit_balance: Usd,
    /// Held for open tasks.
    pub escrow_balance: Usd,
    pub currency: String,
    /// Withdrawals on their way. Left out where there are none.
    pub in_flight_balance: Option<Usd>,
    /// Deposits that were taken back after they were spent: it comes off what can be spent. Left out where it is nothing.
    pub owed_usd: Option<Usd>,
    /// Deposits that staff are to look at. Left out where there are none.
    pub suspended_balance: Option<Usd>,
}

words! {
    CancelReason {
        AgentCancelled = "AGENT_CANCELLED",
        Expired = "EXPIRED",
        DisputeRefunded = "DISPUTE_REFUNDED",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Cancellation {
    pub reason: CancelReason,
    pub cancelled_at: Moment,
    /// Reward and fee.
    pub refunded_usd: Usd,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CancelledTask {
    pub task_id: String,
    pub status: TaskStatus,
    /// Reward and fee.
    pub refunded_usd: Usd,
    pub next_action: Option<NextAction>,
}

/// A deterministic check of the proof.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Check {
    pub check: CheckName,
    pub status: CheckStatus,
    pub detail: String,
}

words! {
    CheckName {
        ImageDecodes = "image_decodes",
        ImageAsAnnounced = "image_as_announced",
        ImageNotReused = "image_not_reused",
        ImageNotSimilar = "image_not_similar",
        ImageNotUniform = "image_not_uniform",
        ImageSize = "image_size",
        ImageSharp = "image_sharp",
        ImageNotEdited = "image_not_edited",
        ImageNotScreenshot = "image_not_screenshot",
        ImageOrigin = "image_origin",
        CapturePosition = "capture_position",
        CapturePositionGiven = "capture_position_given",
        CaptureTime = "capture_time",
        CaptureTimeGiven = "capture_time_given",
        CredentialEnvelope = "credential_envelope",
        ConfirmationText = "confirmation_text",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CheckPhotos {
    /// `photo_url` values, each once.
    pub photos: Vec<String>,
}

impl CheckPhotos {
    /// With what must be there; the rest can be set on it.
    pub fn new(photos: Vec<String>) -> Self {
        Self { photos }
    }
}

words! {
    CheckStatus {
        Pass = "PASS",
        Fail = "FAIL",
        Skipped = "SKIPPED",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CheckedPhotos {
    pub task_id: String,
    /// Whether every photo could be looked at and no check failed.
    pub passed: bool,
    /// In the order of the photos; where there are several, each detail says which it is about.
    pub checks: Vec<Check>,
    /// How many other lists of photos can be checked for this task.
    pub checks_left: u8,
}

/// What can be expected of the area.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Coverage {
    /// Operators whom the search matches, returned or not. It looks at 1,000 of each 200 kilometres square, and with
    /// `min_rating` at the nearest 200.
    pub eligible: u64,
    /// How long tasks had waited since they were created when the nearest 20 of these operators accepted them: the last
    /// ten of each in 30 days, of `task_type` if that is given. Null if there are fewer than five.
    pub accept_seconds_p50: Option<i64>,
    pub accept_seconds_p90: Option<i64>,
    pub sample_size: u64,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct CreateApiKey {
    /// A label; `default` without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreateTask {
    /// What kind of work it is.
    pub task_type: TaskType,
    /// A short title.
    pub title: String,
    /// Detailed instructions for the operator.
    pub description: String,
    /// What the proof must show.
    pub proof_requirements: Vec<String>,
    /// What the operator earns, in US dollars.
    pub reward_usd: Usd,
    /// Accept and submit must happen before.
    pub deadline: Moment,
    /// P-256 public key, base64 of the 65 bytes of an uncompressed point, to which the credential is sealed. Required for credential tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_public_key: Option<String>,
    /// On what authority a restricted type is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Authorization>,
    /// Which events are sent: `["*"]` for all. The reference's three without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_events: Option<Vec<CreateTaskCallbackEvents>>,
    /// Signs the callbacks (recommended). Behind `whsec_` it is base64, anything else is taken as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_secret: Option<Secret>,
    /// Where events are sent, https.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
    /// Instructions specific to digital tasks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digital_instructions: Option<String>,
    /// Where it is. Required for physical tasks, with all three fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<TaskLocation>,
    /// What the operator hands in; each type has a default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof_type: Option<ProofType>,
    /// Refuse this task with 409 `probable_duplicate` when the same one was created within so many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reject_duplicate_within_s: Option<u64>,
    /// Follows from the type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_domain: Option<TaskDomain>,
    /// How far the Guardian may decide on what is handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<WantedVerification>,
    /// Seconds that an operator has from accepting to submitting, at most until the deadline; then the task is in the feed again. 259200 (72 hours) without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_window_s: Option<u64>,
}

impl CreateTask {
    /// With what must be there; the rest can be set on it.
    pub fn new(task_type: TaskType, title: impl Into<String>, description: impl Into<String>, proof_requirements: Vec<String>, reward_usd: Usd, deadline: Moment) -> Self {
        Self { task_type, title: title.into(), description: description.into(), proof_requirements, reward_usd, deadline, agent_public_key: None, authorization: None, callback_events: None, callback_secret: None, callback_url: None, digital_instructions: None, location: None, proof_type: None, reject_duplicate_within_s: None, task_domain: None, verification: None, work_window_s: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreateUpload {
    /// The task.
    pub task_id: String,
    /// What the file is; `image/jpg` will do, in any case of letters.
    pub content_type: CreateUploadContentType,
    /// Bytes of the file.
    pub size_bytes: u64,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

impl CreateUpload {
    /// With what must be there; the rest can be set on it.
    pub fn new(task_id: impl Into<String>, content_type: CreateUploadContentType, size_bytes: u64, sha256: impl Into<String>) -> Self {
        Self { task_id: task_id.into(), content_type, size_bytes, sha256: sha256.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreatedApiKey {
    /// The secret: send it as `X-API-Key`.
    pub api_key: Secret,
    /// Its beginning, to recognise it by.
    pub key_prefix: String,
    pub name: String,
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct CreatedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub reward_usd: Usd,
    pub platform_fee: Usd,
    /// Reward and fee.
    pub total_escrow: Usd,
    pub deadline: Moment,
    pub created_at: Moment,
    pub next_action: Option<NextAction>,
}

words! {
    Decider {
        Guardian = "GUARDIAN",
        Agent = "AGENT",
        Staff = "STAFF",
        Timer = "TIMER",
    }
}

words! {
    DecisionOutcome {
        Approved = "APPROVED",
        Rejected = "REJECTED",
        Released = "RELEASED",
        Refunded = "REFUNDED",
        Split = "SPLIT",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Delivery {
    /// 1 for the first.
    pub attempt: u32,
    pub at: Moment,
    /// What your server answered; null where it did not.
    pub status: Option<u16>,
    /// Why there was no answer: `dns_failed`, `blocked`, `timeout`, `tls`, `connect` or `protocol`; `endpoint_disabled`,
    /// `secret_unreadable` or `too_late` where nobody asked.
    pub error: Option<String>,
    /// For when the next attempt was planned; null when there is to be none.
    pub next_at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Deposit {
    pub transaction_id: String,
    pub amount_usd: Usd,
    /// `confirmed` or `reversed`.
    pub status: String,
    /// The way in.
    pub rail: Rail,
    /// Of a deposit in USDC.
    pub tx_hash: Option<String>,
    /// Of a deposit in fiat.
    pub payment_id: Option<String>,
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DepositAddress {
    pub chain: String,
    pub chain_id: u64,
    pub token: String,
    pub token_contract: String,
    /// The same whenever this agent asks.
    pub address: String,
    pub min_deposit_usdc: String,
    pub max_deposit_usdc: String,
    /// For wallets, as a link or a QR code (EIP-681).
    pub payment_link: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DepositFiat {
    /// US dollars.
    pub amount_usd: Usd,
    /// How it is paid.
    pub payment_method: PaymentMethod,
    /// Of the payer, as in ISO 3166: two letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Where the payer goes afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<String>,
}

impl DepositFiat {
    /// With what must be there; the rest can be set on it.
    pub fn new(amount_usd: Usd, payment_method: PaymentMethod) -> Self {
        Self { amount_usd, payment_method, country: None, return_url: None }
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DepositPage {
    pub data: Vec<Deposit>,
    pub pagination: Pagination,
}

words! {
    DepositStatus {
        Pending = "pending",
        Suspended = "suspended",
        Completed = "completed",
        Reversed = "reversed",
        Rejected = "rejected",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DepositUsdc {
    /// The transaction on Base: 0x and 64 hexadecimal digits. Test mode also takes 0xabc...def, once an agent.
    pub tx_hash: String,
    /// USDC, with at most six decimals.
    pub amount_usdc: Usd,
}

impl DepositUsdc {
    /// With what must be there; the rest can be set on it.
    pub fn new(tx_hash: impl Into<String>, amount_usdc: Usd) -> Self {
        Self { tx_hash: tx_hash.into(), amount_usdc }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Dispute {
    pub origin: DisputeOrigin,
    pub opened_at: Moment,
    /// When staff were reminded.
    pub escalated_at: Option<Moment>,
    /// In the agent's words, if it said why.
    pub reason: Option<String>,
}

words! {
    DisputeOrigin {
        Guardian = "GUARDIAN",
        Agent = "AGENT",
        AgentInHold = "AGENT_IN_HOLD",
        ReviewOverdue = "REVIEW_OVERDUE",
    }
}

words! {
    DisputeOutcome {
        Release = "RELEASE",
        Refund = "REFUND",
        Split = "SPLIT",
    }
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct DisputeTask {
    /// Why: operator and staff read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DisputedTask {
    pub task_id: String,
    pub status: TaskStatus,
    /// The reward.
    pub held_usd: Usd,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DisputedTaskLine {
    pub task_id: String,
    pub title: String,
    pub task_type: TaskType,
    pub reward_usd: Usd,
    pub agent_id: Option<String>,
    pub operator: Option<Assignee>,
    pub created_at: Moment,
    pub deadline: Moment,
    /// Null where it is over already.
    pub dispute: Option<Dispute>,
    pub statements: Statements,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct DisputedTaskLinePage {
    pub data: Vec<DisputedTaskLine>,
    pub pagination: Pagination,
}

/// A notification as dLocal sends it; it may have any further fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DlocalNotice {
    pub status: String,
    /// A number or a decimal text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    /// Our payment id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
}

impl DlocalNotice {
    /// With what must be there; the rest can be set on it.
    pub fn new(status: impl Into<String>) -> Self {
        Self { status: status.into(), amount: None, currency: None, order_id: None }
    }
}

/// What an operator has earned.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Earned {
    /// On hold.
    pub pending_balance: Usd,
    /// Can be withdrawn.
    pub available_balance: Usd,
    /// On its way out.
    pub in_flight_balance: Usd,
    /// Ever.
    pub total_earned: Usd,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EarnedTask {
    pub task_id: String,
    pub title: String,
    pub reward_usd: Usd,
    pub status: TaskStatus,
    pub completed_at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Earnings {
    pub pending_balance: Usd,
    /// Can be withdrawn.
    pub available_balance: Usd,
    /// Ever, less what disputes took back.
    pub total_earned: Usd,
    pub currency: String,
    /// When the next pending amount becomes available.
    pub next_available_at: Option<Moment>,
    pub recent_tasks: Vec<EarnedTask>,
    /// Payouts on their way. Left out where there are none.
    pub in_flight_balance: Option<Usd>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EnableEndpoint {
    /// The origin of URLs, or a task.
    pub endpoint: String,
}

impl EnableEndpoint {
    /// With what must be there; the rest can be set on it.
    pub fn new(endpoint: impl Into<String>) -> Self {
        Self { endpoint: endpoint.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EnabledEndpoint {
    pub endpoint: String,
    pub enabled: bool,
}

/// A sealed envelope: nothing in this system can open it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct EncryptedCredential {
    /// Base64, the 16 bytes of the tag at its end.
    pub ciphertext: String,
    /// Base64 of 12 bytes.
    pub iv: String,
    /// Base64 of the 65 bytes of a P-256 point.
    #[serde(rename = "ephemeralPublicKey")]
    pub ephemeral_public_key: String,
    pub algorithm: String,
    /// When it was delivered.
    #[serde(rename = "createdAt")]
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Endpoints {
    pub data: Vec<FailingEndpoint>,
}

/// Every error's form.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Error {
    /// One sentence for people, with what to do next.
    pub error: String,
    /// Stable: what a program decides by.
    pub code: String,
    /// Names the request in the logs.
    pub request_id: String,
    /// More, by code; `fields` names each bad field.
    pub details: Map<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Event {
    pub id: String,
    /// Its place in the stream.
    pub sequence: u64,
    #[serde(rename = "type")]
    pub kind: EventType,
    /// Null for what happened to the account.
    pub task_id: Option<String>,
    /// When it happened.
    pub timestamp: Moment,
    /// The body of the callback, whether one is sent or not.
    pub payload: Map<String, Value>,
    /// Attempts to send it to the task's callback, oldest first. Empty where none was made.
    pub deliveries: Vec<Delivery>,
}

words! {
    EventName {
        TaskVerified = "task.verified",
        TaskDisputed = "task.disputed",
        TaskManualReview = "task.manual_review",
        TaskCreated = "task.created",
        TaskAccepted = "task.accepted",
        TaskStarted = "task.started",
        TaskReleased = "task.released",
        TaskSubmitted = "task.submitted",
        TaskChangesRequested = "task.changes_requested",
        TaskMessage = "task.message",
        TaskCompleted = "task.completed",
        TaskCancelled = "task.cancelled",
        TaskExpired = "task.expired",
        TaskDisputeResolved = "task.dispute_resolved",
    }
}

words! {
    EventType {
        TaskVerified = "task.verified",
        TaskDisputed = "task.disputed",
        TaskManualReview = "task.manual_review",
        TaskCreated = "task.created",
        TaskAccepted = "task.accepted",
        TaskStarted = "task.started",
        TaskReleased = "task.released",
        TaskSubmitted = "task.submitted",
        TaskChangesRequested = "task.changes_requested",
        TaskMessage = "task.message",
        TaskCompleted = "task.completed",
        TaskCancelled = "task.cancelled",
        TaskExpired = "task.expired",
        TaskDisputeResolved = "task.dispute_resolved",
        DepositConfirmed = "deposit.confirmed",
        DepositReversed = "deposit.reversed",
        WithdrawalRequested = "withdrawal.requested",
        WithdrawalCompleted = "withdrawal.completed",
        WithdrawalFailed = "withdrawal.failed",
        WithdrawalAddressChanged = "withdrawal_address.changed",
        KeyCreated = "key.created",
        KeyRevoked = "key.revoked",
        EndpointDisabled = "endpoint.disabled",
        TestPing = "test.ping",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Events {
    pub data: Vec<Event>,
    /// What to send as `after` next.
    pub next_after: u64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FailingEndpoint {
    /// An origin, or the id of a task whose URL is gone.
    pub endpoint: String,
    /// Nothing has arrived since.
    pub failing_since: Moment,
    /// Null while it is still tried.
    pub disabled_at: Option<Moment>,
    /// `failing` for five days, or `gone`: 410. Null while it is still tried.
    pub reason: Option<String>,
}

words! {
    Failure {
        AddressBlocked = "address_blocked",
        AddressRefused = "address_refused",
        Expired = "expired",
        Cancelled = "cancelled",
        Declined = "declined",
        PayeeNotRegistered = "payee_not_registered",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FeeTier {
    pub tier: FeeTierName,
    /// Of the reward; at least $2.00 a task.
    pub rate_percent: u32,
    /// Rewards of tasks completed in the last 30 days, less what disputes gave back.
    pub trailing_30d_spend_usd: Usd,
    /// The spend at which the next tier begins; null in the highest.
    pub next_tier_at_usd: Option<Usd>,
}

words! {
    FeeTierName {
        Standard = "STANDARD",
        Growth = "GROWTH",
        Enterprise = "ENTERPRISE",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FiatDeposit {
    pub transaction_id: String,
    pub amount_usd: Usd,
    pub status: String,
    pub message: String,
    /// For `GET /agents/deposit/status`.
    pub payment_id: String,
    /// Where the payer goes on. Left out where there is nothing left to pay.
    pub redirect_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FoundOperator {
    pub operator_id: String,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub completed_tasks: u64,
    /// Of the tasks that have come to an end for this operator, the share that it completed; null before the first.
    pub completion_rate: Option<f64>,
    /// What it wants to do; empty if it has not said.
    pub task_types: Vec<TaskType>,
    pub location: Town,
    /// Rounded up to a multiple of five.
    pub distance_km: u64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct FoundOperators {
    /// The nearest first.
    pub data: Vec<FoundOperator>,
    pub coverage: Coverage,
}

words! {
    GuardianDecision {
        Approve = "APPROVE",
        ManualReview = "MANUAL_REVIEW",
        Reject = "REJECT",
    }
}

/// The Guardian's result.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct GuardianResult {
    pub decision: GuardianDecision,
    /// 0 to 100.
    pub confidence: u8,
    pub reasoning: String,
    /// Present with MANUAL_REVIEW.
    pub review_reason: Option<ReviewReason>,
    pub requirement_results: Vec<RequirementResult>,
    pub checks: Vec<Check>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Health {
    pub status: String,
    pub mode: Mode,
}

/// Where the operator lives.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Home {
    pub city: Option<String>,
    pub country: Option<String>,
    /// The centre of the cell of two kilometres in which agents find the operator; null while it is not known.
    pub lat: Option<f64>,
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct IdentityCheck {
    /// Whose admin key it was.
    pub by: String,
    pub at: Moment,
}

words! {
    Kyc {
        Pending = "PENDING",
        Verified = "VERIFIED",
        Rejected = "REJECTED",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct LedgerAudit {
    pub clean: bool,
    pub checked: Audited,
    pub violations: Vec<Violation>,
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ListedOperator {
    pub id: String,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MakeStatement {
    /// In your own words.
    pub text: String,
}

impl MakeStatement {
    /// With what must be there; the rest can be set on it.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

words! {
    ManualDecision {
        Approve = "APPROVE",
        Reject = "REJECT",
        RequestChanges = "REQUEST_CHANGES",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Message {
    pub message_id: String,
    pub sender: Side,
    pub body: String,
    pub created_at: Moment,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct MessagePage {
    pub data: Vec<Message>,
    pub pagination: Pagination,
}

words! {
    Mode {
        Test = "test",
        Live = "live",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Near {
    /// The centre of a cell of two kilometres.
    pub lat: f64,
    pub lng: f64,
    pub radius_km: u64,
}

/// Who moves next, until when, and what happens if they do not.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct NextAction {
    pub by: Party,
    /// A verb of the API where there is one.
    pub action: String,
    pub due_at: Moment,
    /// What becomes of the task then.
    pub on_due: String,
    /// How, where that is not plain. Left out otherwise.
    pub hint: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Operator {
    pub operator_id: String,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub location: Home,
    pub skills: Vec<TaskType>,
    /// Only VERIFIED operators may accept tasks and withdraw.
    pub kyc_status: Kyc,
    pub record: Record,
    /// Mean of its ratings by agents, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OperatorKyc {
    pub operator_id: String,
    pub kyc_status: Kyc,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OperatorLine {
    pub operator_id: String,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub location: Home,
    pub skills: Vec<TaskType>,
    pub kyc_status: Kyc,
    /// What staff did last about it; null where nobody has yet.
    pub checked: Option<IdentityCheck>,
    pub created_at: Moment,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OperatorLinePage {
    pub data: Vec<OperatorLine>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct OperatorLocation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OperatorTask {
    pub task_id: String,
    pub title: String,
    pub description: String,
    pub status: TaskStatus,
    pub task_type: TaskType,
    pub task_domain: TaskDomain,
    pub proof_type: ProofType,
    pub location: Place,
    pub reward_usd: Usd,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    /// For the operator who has the task; null before.
    pub digital_instructions: Option<String>,
    /// To which a credential is sealed. For the operator who has the task; null before.
    pub agent_public_key: Option<String>,
    /// What the operator handed in last. Links to photos work for 15 minutes.
    pub proof: Option<Proof>,
    /// What the Guardian said of it; null before.
    pub guardian_result: Option<GuardianResult>,
    /// Who decided on it, and what; null while nobody has.
    pub decision: Option<TaskDecision>,
    /// The latest changes that the agent asked for.
    pub revision: Option<Revision>,
    pub dispute: Option<Dispute>,
    /// The operator's own statement in the dispute.
    pub statement: Option<Statement>,
    pub resolution: Option<Resolution>,
    pub accepted_at: Option<Moment>,
    pub started_at: Option<Moment>,
    pub submitted_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    pub created_at: Moment,
    pub agent: RatedAgent,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct OutcomePayment {
    pub outcome: DisputeOutcome,
    /// The operator's share of the reward in basis points.
    pub operator_share_bps: u32,
    pub operator_usd: Usd,
    /// The fee.
    pub platform_usd: Usd,
    /// Back to its deposit.
    pub agent_usd: Usd,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Pagination {
    pub limit: u64,
    pub offset: u64,
    /// Entries in all.
    pub total: u64,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

words! {
    Party {
        Agent = "AGENT",
        Operator = "OPERATOR",
        Guardian = "GUARDIAN",
        Staff = "STAFF",
        System = "SYSTEM",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Past {
    pub event: EventName,
    pub at: Moment,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Payment {
    /// As the deposit answered it.
    pub payment_id: String,
}

impl Payment {
    /// With what must be there; the rest can be set on it.
    pub fn new(payment_id: impl Into<String>) -> Self {
        Self { payment_id: payment_id.into() }
    }
}

words! {
    PaymentMethod {
        Card = "card",
        BankTransfer = "bank_transfer",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PaymentStatus {
    pub payment_id: String,
    pub status: DepositStatus,
    pub amount_usd: Usd,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Payout {
    pub payout_id: String,
    pub status: PayoutStatus,
    pub amount_usd: Usd,
    /// The way out.
    pub rail: Rail,
    /// Wallet or payee.
    pub destination: String,
    pub created_at: Moment,
}

words! {
    PayoutMethod {
        Usdc = "usdc",
        Payoneer = "payoneer",
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PayoutPage {
    pub data: Vec<Payout>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PayoutState {
    pub payout_id: String,
    pub status: PayoutStatus,
    pub amount_usd: Usd,
    /// How it went. Left out where it was paid at once, as in test mode.
    pub way: Option<PayoutWay>,
}

words! {
    PayoutStatus {
        Reserved = "reserved",
        Signed = "signed",
        Broadcast = "broadcast",
        Submitted = "submitted",
        Confirmed = "confirmed",
        Completed = "completed",
        Failed = "failed",
        Returned = "returned",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PayoutStep {
    pub status: PayoutStatus,
    pub at: Moment,
}

/// How a payout goes, or went.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct PayoutWay {
    pub rail: Rail,
    /// Wallet or payee.
    pub destination: String,
    /// How it came to stand where it does.
    pub steps: Vec<PayoutStep>,
    /// The transaction that carries it, once there is one.
    pub tx_hash: Option<String>,
    /// The block that the transaction is in, once the chain shows it.
    pub confirmed_in_block: Option<u64>,
    /// Blocks that the transaction had behind it at the last step, its own included.
    pub confirmations: Option<u64>,
    /// Why it failed, if it did: the money is back in your balance.
    pub failure: Option<Failure>,
    /// Where to open an account at the provider, when there was none to pay to. Then ask for the payout again.
    pub registration_url: Option<String>,
}

/// A place; digital tasks have words only.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Place {
    pub address: Option<String>,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Proof {
    /// Links that work for 15 minutes.
    pub photos: Vec<String>,
    pub notes: Option<String>,
    #[serde(rename = "submittedAt")]
    pub submitted_at: Moment,
    pub confirmation_text: Option<String>,
    /// As given; never fetched.
    pub reference_url: Option<String>,
    pub location: Option<Whereabouts>,
    /// Whether a credential was delivered: see `retrieve-credential`.
    pub encrypted_credential: bool,
}

words! {
    ProofType {
        Photo = "PHOTO",
        Screenshot = "SCREENSHOT",
        Confirmation = "CONFIRMATION",
        Artifact = "ARTIFACT",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Push {
    /// `applicationServerKey` for the browser; null where no notifications are sent.
    pub public_key: Option<String>,
    /// Those that were renewed in the last 60 days.
    pub browsers: Vec<SubscribedBrowser>,
}

words! {
    Rail {
        Base = "base",
        Dlocal = "dlocal",
        Payoneer = "payoneer",
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RateTask {
    /// 5 is the best.
    pub score: u64,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl RateTask {
    /// With what must be there; the rest can be set on it.
    pub fn new(score: u64) -> Self {
        Self { score, comment: None }
    }
}

/// What operators see of the agent of a task.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RatedAgent {
    /// Mean of its ratings by operators, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    /// Of its tasks that were submitted and decided on, the share that is COMPLETED; null before the first. The others
    /// were refunded by staff.
    pub approval_rate: Option<f64>,
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RatedOperator {
    pub id: String,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub completed_tasks: u64,
    /// Of the tasks that have come to an end for this operator, the share that it completed; null before the first.
    pub completion_rate: Option<f64>,
    /// The share that it neither submitted nor gave back in time.
    pub no_show_rate: Option<f64>,
    /// The share that staff refunded.
    pub dispute_loss_rate: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Rating {
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReceivedNotice {
    pub received: bool,
    /// `completed` or `ignored`.
    pub status: String,
}

/// What the operator's tasks came to.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Record {
    /// Ever accepted.
    pub accepted: u64,
    /// Now ACCEPTED or IN_PROGRESS.
    pub at_work: u64,
    /// How many may be at once.
    pub at_work_max: u64,
    /// Now COMPLETED.
    pub completed: u64,
    /// Given back in time.
    pub released: u64,
    /// Neither submitted nor given back in time.
    pub no_shows: u64,
    /// Refunded to the agent by staff.
    pub disputes_lost: u64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Redelivery {
    pub id: String,
    /// Which attempt it will be.
    pub attempt: u32,
    pub next_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RegisterAgent {
    /// What the agent is called.
    pub name: String,
    /// Where its people can be reached.
    pub email: String,
    /// Whose agent it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
}

impl RegisterAgent {
    /// With what must be there; the rest can be set on it.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: email.into(), company: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RegisterOperator {
    /// Agents see first name and initial.
    pub name: String,
    /// Where the operator can be reached.
    pub email: String,
    /// Where the operator lives. Of `lat` and `lng` only a cell of two kilometres is kept; without them the city is looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<OperatorLocation>,
    /// A telephone number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Task types that the operator wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<TaskType>>,
}

impl RegisterOperator {
    /// With what must be there; the rest can be set on it.
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: email.into(), location: None, phone: None, skills: None }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RegisteredAgent {
    pub agent_id: String,
    /// The secret of the account: send it as `X-API-Key`.
    pub api_key: Secret,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RegisteredOperator {
    pub operator_id: String,
    pub name: String,
    pub kyc_status: Kyc,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReleasedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RemovedBrowser {
    pub removed: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReplaceCallbackSecret {
    /// Behind `whsec_` it is base64, anything else is taken as it is.
    pub callback_secret: Secret,
}

impl ReplaceCallbackSecret {
    /// With what must be there; the rest can be set on it.
    pub fn new(callback_secret: impl Into<Secret>) -> Self {
        Self { callback_secret: callback_secret.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ReplacedCallbackSecret {
    pub task_id: String,
    /// Until when the secret before signs too; null where there was none.
    pub previous_until: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RequestPayout {
    /// US dollars, at least 10.
    pub amount_usd: Usd,
    /// `usdc`; `payoneer` when only a payee is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<PayoutMethod>,
    /// Whom Payoneer pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payoneer_payee_id: Option<String>,
    /// Where USDC on Base goes; mixed case must be its checksum (EIP-55).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wallet_address: Option<String>,
}

impl RequestPayout {
    /// With what must be there; the rest can be set on it.
    pub fn new(amount_usd: Usd) -> Self {
        Self { amount_usd, method: None, payoneer_payee_id: None, wallet_address: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RequestWithdrawal {
    /// US dollars, with at most six decimals.
    pub amount_usd: Usd,
}

impl RequestWithdrawal {
    /// With what must be there; the rest can be set on it.
    pub fn new(amount_usd: Usd) -> Self {
        Self { amount_usd }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RequestedPayout {
    pub payout_id: String,
    pub status: PayoutStatus,
    pub amount_usd: Usd,
    pub message: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RequirementResult {
    pub requirement: String,
    pub verdict: RequirementVerdict,
    /// In this verdict, 0 to 100; 0 where nobody looked.
    pub confidence: u8,
    /// What was seen, or why nobody looked.
    pub reasoning: String,
    /// The photo that shows it, counted from 1.
    pub photo: Option<u8>,
}

words! {
    RequirementVerdict {
        Met = "MET",
        NotMet = "NOT_MET",
        Unclear = "UNCLEAR",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Resolution {
    pub outcome: DisputeOutcome,
    /// The operator's share of the reward in basis points.
    pub operator_share_bps: u32,
    pub resolved_at: Moment,
    /// In the words of staff.
    pub rationale: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ResolveDispute {
    /// Who gets the money.
    pub outcome: DisputeOutcome,
    /// Why, in the words of staff.
    pub rationale: String,
    /// The operator's share in basis points. Required for SPLIT, refused otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_share_bps: Option<u64>,
}

impl ResolveDispute {
    /// With what must be there; the rest can be set on it.
    pub fn new(outcome: DisputeOutcome, rationale: impl Into<String>) -> Self {
        Self { outcome, rationale: rationale.into(), operator_share_bps: None }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct ResolvedDispute {
    pub task_id: String,
    pub status: TaskStatus,
    pub outcome: DisputeOutcome,
    pub operator_share_bps: u32,
    /// Whose admin key it was.
    pub resolved_by: String,
    pub resolved_at: Moment,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RetrievedCredential {
    pub task_id: String,
    pub encrypted_credential: EncryptedCredential,
}

words! {
    ReviewReason {
        LowConfidence = "LOW_CONFIDENCE",
        E2eeAgentConfirmation = "E2EE_AGENT_CONFIRMATION",
        AutomatedVerificationUnavailable = "AUTOMATED_VERIFICATION_UNAVAILABLE",
        VerificationModeAgent = "VERIFICATION_MODE_AGENT",
    }
}

/// Changes that the agent asked for.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Revision {
    /// 1 for the first.
    pub count: u8,
    /// More often it cannot ask.
    pub max: u8,
    /// In the agent's words.
    pub reason: Option<String>,
    /// Until when they are to be handed in; null once they are.
    pub due_at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct RevokedApiKey {
    pub revoked: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SendMessage {
    /// For the other side of the task to read.
    pub body: String,
}

impl SendMessage {
    /// With what must be there; the rest can be set on it.
    pub fn new(body: impl Into<String>) -> Self {
        Self { body: body.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SendTestEvent {
    /// As a `callback_url`.
    pub url: String,
    /// As a `callback_secret`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
}

impl SendTestEvent {
    /// With what must be there; the rest can be set on it.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), secret: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SetKyc {
    /// The result.
    pub status: Kyc,
}

impl SetKyc {
    /// With what must be there; the rest can be set on it.
    pub fn new(status: Kyc) -> Self {
        Self { status }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SetWithdrawalAddress {
    /// A wallet on Base; mixed case must be its checksum (EIP-55).
    pub address: String,
}

impl SetWithdrawalAddress {
    /// With what must be there; the rest can be set on it.
    pub fn new(address: impl Into<String>) -> Self {
        Self { address: address.into() }
    }
}

words! {
    Side {
        Agent = "AGENT",
        Operator = "OPERATOR",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StaffAgent {
    pub agent_id: String,
    pub name: String,
    pub email: String,
    pub company: Option<String>,
    pub created_at: Moment,
    /// Mean of its ratings by operators, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub balance: Balance,
    pub tasks: AgentTasks,
    /// The latest twenty, newest first.
    pub withdrawals: Vec<Withdrawal>,
    /// The latest twenty, newest first.
    pub recent_tasks: Vec<StaffTaskLine>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StaffOperator {
    /// As the operator sees it.
    pub profile: Operator,
    /// What staff did last about the identity; null where nobody has yet.
    pub checked: Option<IdentityCheck>,
    pub earnings: Earned,
    /// The latest twenty, newest first.
    pub payouts: Vec<Payout>,
    /// The latest twenty, latest accepted first.
    pub recent_tasks: Vec<StaffTaskLine>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StaffTask {
    pub task_id: String,
    pub title: String,
    pub description: String,
    pub status: TaskStatus,
    pub task_type: TaskType,
    pub proof_type: ProofType,
    pub location: Place,
    pub reward_usd: Usd,
    pub platform_fee_usd: Usd,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub digital_instructions: Option<String>,
    pub agent_id: String,
    pub operator: Option<Assignee>,
    /// What the operator handed in last.
    pub proof: Option<Proof>,
    pub guardian_result: Option<GuardianResult>,
    pub decision: Option<TaskDecision>,
    pub revision: Option<Revision>,
    pub dispute: Option<Dispute>,
    pub statements: Statements,
    pub resolution: Option<Resolution>,
    /// Whose admin key it was that resolved it.
    pub resolved_by: Option<String>,
    pub cancellation: Option<Cancellation>,
    /// What the task as it stands says of its past, in order.
    pub history: Vec<Past>,
    /// What each resolution would pay to whom; none when there is nothing to resolve.
    pub outcomes: Vec<OutcomePayment>,
    pub next_action: Option<NextAction>,
}

/// A task of an agent or an operator.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StaffTaskLine {
    pub task_id: String,
    pub title: String,
    pub task_type: TaskType,
    pub status: TaskStatus,
    pub reward_usd: Usd,
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StartedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub started_at: Option<Moment>,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StatedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub statement: Statement,
    pub next_action: Option<NextAction>,
}

/// What a side says in a dispute.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Statement {
    pub text: String,
    pub stated_at: Moment,
}

/// What the sides say in a dispute.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Statements {
    pub agent: Option<Statement>,
    pub operator: Option<Statement>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StuckPayout {
    pub payout_id: String,
    /// Who is paid; null where it is an agent.
    pub operator_id: Option<String>,
    /// Who takes money back; null where it is an operator.
    pub agent_id: Option<String>,
    pub status: PayoutStatus,
    pub amount_usd: Usd,
    /// The way out.
    pub rail: Rail,
    /// Wallet or payee.
    pub destination: String,
    pub created_at: Moment,
    /// When it came to stand where it does.
    pub since: Moment,
    /// It could not be handled, and nobody tries any more.
    pub parked: bool,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct StuckPayoutPage {
    pub data: Vec<StuckPayout>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct SubmitTask {
    /// The result in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmation_text: Option<String>,
    /// The credential, sealed to the task's `agent_public_key`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encrypted_credential: Option<SubmittedCredential>,
    /// Where the operator was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<SubmittedWhereabouts>,
    /// For the Guardian and the agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// `photo_url` values, each once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub photos: Option<Vec<String>>,
    /// A source; it is never fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubmittedCredential {
    /// Base64, the tag at its end.
    pub ciphertext: String,
    /// Base64 of 12 bytes.
    pub iv: String,
    /// Base64 of the 65 bytes of a P-256 point.
    #[serde(rename = "ephemeralPublicKey")]
    pub ephemeral_public_key: String,
    /// ECDH-P256-AES-256-GCM.
    pub algorithm: String,
    /// Replaced by the time of delivery.
    #[serde(rename = "createdAt")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Moment>,
    /// The profile's version.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub v: Option<u64>,
}

impl SubmittedCredential {
    /// With what must be there; the rest can be set on it.
    pub fn new(ciphertext: impl Into<String>, iv: impl Into<String>, ephemeral_public_key: impl Into<String>, algorithm: impl Into<String>) -> Self {
        Self { ciphertext: ciphertext.into(), iv: iv.into(), ephemeral_public_key: ephemeral_public_key.into(), algorithm: algorithm.into(), created_at: None, v: None }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SubmittedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub submitted_at: Option<Moment>,
    pub message: String,
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct SubmittedWhereabouts {
    /// Radius in metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accuracy_m: Option<f64>,
    /// When the position was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured_at: Option<Moment>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SubscribedBrowser {
    pub id: String,
    /// Where it is told of new tasks; null if it is not.
    pub near: Option<Near>,
    /// Renew it before.
    pub until: Moment,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Subscription {
    /// Where the browser's push service takes messages: a public https URL.
    pub endpoint: String,
    /// What messages to the browser are sealed with.
    pub keys: SubscriptionKeys,
    /// Tell of new tasks around this place too. Only the cell of two kilometres that it is in is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<SubscriptionArea>,
}

impl Subscription {
    /// With what must be there; the rest can be set on it.
    pub fn new(endpoint: impl Into<String>, keys: SubscriptionKeys) -> Self {
        Self { endpoint: endpoint.into(), keys, near: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubscriptionArea {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
    /// How far away at the most, rounded up to a multiple of five.
    pub radius_km: f64,
}

impl SubscriptionArea {
    /// With what must be there; the rest can be set on it.
    pub fn new(lat: f64, lng: f64, radius_km: f64) -> Self {
        Self { lat, lng, radius_km }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubscriptionKeys {
    /// The browser's public key, base64url of 65 bytes.
    pub p256dh: String,
    /// The secret that the browser made for this, base64url of 16 bytes.
    pub auth: String,
}

impl SubscriptionKeys {
    /// With what must be there; the rest can be set on it.
    pub fn new(p256dh: impl Into<String>, auth: impl Into<String>) -> Self {
        Self { p256dh: p256dh.into(), auth: auth.into() }
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SuspendedDeposit {
    pub transaction_id: String,
    pub agent_id: String,
    pub amount_usd: Usd,
    /// Why it was suspended.
    pub reason: Option<Suspicion>,
    pub status: DepositStatus,
    pub tx_hash: Option<String>,
    /// Whose tokens they were.
    pub senders: Vec<String>,
    /// When it came to stand where it does.
    pub at: Moment,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct SuspendedDepositPage {
    pub data: Vec<SuspendedDeposit>,
    pub pagination: Pagination,
}

words! {
    Suspicion {
        BelowMinimum = "below_minimum",
        AboveMaximum = "above_maximum",
        TooManyTransfers = "too_many_transfers",
        SanctionedSender = "sanctioned_sender",
        OwnAddress = "own_address",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Task {
    pub task_id: String,
    pub title: String,
    pub description: String,
    pub status: TaskStatus,
    pub task_type: TaskType,
    pub task_domain: TaskDomain,
    pub proof_type: ProofType,
    pub location: Place,
    pub reward_usd: Usd,
    /// Fixed when the task was created.
    pub platform_fee_usd: Usd,
    pub deadline: Moment,
    pub proof_requirements: Vec<String>,
    pub digital_instructions: Option<String>,
    /// How far the Guardian may decide.
    pub verification: Verification,
    /// What the operator handed in; null before.
    pub proof: Option<Proof>,
    /// What the Guardian said of it; null before.
    pub guardian_result: Option<GuardianResult>,
    /// Who decided on it, and what; null while nobody has.
    pub decision: Option<TaskDecision>,
    /// The latest changes that were asked for.
    pub revision: Option<Revision>,
    pub operator: Option<RatedOperator>,
    /// The newest 20, the oldest of them first; `GET /tasks/{id}/messages` has all.
    pub messages: Vec<Message>,
    pub callback_url: Option<String>,
    pub agent_public_key: Option<String>,
    pub accepted_at: Option<Moment>,
    pub started_at: Option<Moment>,
    pub submitted_at: Option<Moment>,
    pub verified_at: Option<Moment>,
    pub completed_at: Option<Moment>,
    /// Until when the agent may dispute; then the operator can withdraw.
    pub hold_until: Option<Moment>,
    pub dispute: Option<Dispute>,
    /// The agent's own statement in the dispute.
    pub statement: Option<Statement>,
    pub resolution: Option<Resolution>,
    pub cancellation: Option<Cancellation>,
    pub created_at: Moment,
    /// Null once the money is where it stays.
    pub next_action: Option<NextAction>,
}

/// The latest decision on a submission; staff's is final.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskDecision {
    pub outcome: DecisionOutcome,
    pub decided_by: Decider,
    /// In the words of whoever decided; null where there are none.
    pub reason: Option<String>,
    pub at: Moment,
}

words! {
    TaskDomain {
        Physical = "PHYSICAL",
        Digital = "DIGITAL",
    }
}

/// The body of a callback, in the order of the reference; `id` and `status` are ours.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskEvent {
    pub event: EventName,
    pub task_id: String,
    /// When it happened.
    pub timestamp: Moment,
    /// The same however often it is sent.
    pub id: String,
    /// The task's status after the event.
    pub status: TaskStatus,
    /// Who decided on the submission, and what. Left out while nobody has.
    pub decision: Option<TaskDecision>,
    /// Left out when nothing was judged.
    pub guardian_result: Option<TaskEventGuardianResult>,
    /// Of `task.message`.
    pub message: Option<Message>,
    /// Who moves next. Left out once the money is where it stays.
    pub next_action: Option<NextAction>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskEventGuardianResult {
    pub decision: GuardianDecision,
    /// 0 to 100.
    pub confidence: u8,
    pub reasoning: String,
    /// Present with MANUAL_REVIEW.
    pub review_reason: Option<ReviewReason>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskLine {
    pub task_id: String,
    pub title: String,
    pub status: TaskStatus,
    pub task_type: TaskType,
    pub reward_usd: Usd,
    pub operator: Option<ListedOperator>,
    pub created_at: Moment,
    pub deadline: Moment,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskLinePage {
    pub data: Vec<TaskLine>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct TaskLocation {
    /// In words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Degrees north.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    /// Degrees east.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskRating {
    pub task_id: String,
    pub score: u8,
    pub comment: Option<String>,
    pub created_at: Moment,
}

words! {
    TaskStatus {
        Pending = "PENDING",
        Accepted = "ACCEPTED",
        InProgress = "IN_PROGRESS",
        Submitted = "SUBMITTED",
        Verified = "VERIFIED",
        Completed = "COMPLETED",
        Disputed = "DISPUTED",
        Cancelled = "CANCELLED",
    }
}

words! {
    TaskType {
        Verification = "VERIFICATION",
        Photo = "PHOTO",
        Delivery = "DELIVERY",
        Inspection = "INSPECTION",
        CaptchaSolving = "CAPTCHA_SOLVING",
        FormFilling = "FORM_FILLING",
        BrowserInteraction = "BROWSER_INTERACTION",
        ContentReview = "CONTENT_REVIEW",
        DataValidation = "DATA_VALIDATION",
        AccountCreation = "ACCOUNT_CREATION",
        ApiKeyProcurement = "API_KEY_PROCUREMENT",
        PhoneVerification = "PHONE_VERIFICATION",
        SubscriptionSetup = "SUBSCRIPTION_SETUP",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskTypeLimits {
    pub task_type: TaskType,
    pub task_domain: TaskDomain,
    /// 2 for credential tasks.
    pub tier: u8,
    pub min_reward_usd: Usd,
    pub max_reward_usd: Usd,
    pub default_proof_type: ProofType,
    pub default_proof_requirements: Vec<String>,
    pub requires_location: bool,
    pub requires_agent_public_key: bool,
    /// How this deployment treats the type.
    pub policy: TaskTypePolicy,
}

words! {
    TaskTypePolicy {
        Open = "open",
        Attested = "attested",
        Disabled = "disabled",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TaskTypes {
    pub data: Vec<TaskTypeLimits>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TestClock {
    pub now: Moment,
    /// How far the clock is ahead of the system's time.
    pub ahead_seconds: i64,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct TestEvent {
    pub id: String,
    /// Its place in the stream.
    pub sequence: u64,
    pub next_at: Moment,
}

/// As the operator wrote it.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Town {
    pub city: Option<String>,
    pub country: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct UpdateAgent {
    /// Whose agent it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// Where its people can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What the agent is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct UpdateOperator {
    /// Where the operator can be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Where the operator lives. Of `lat` and `lng` only a cell of two kilometres is kept; without them the city is looked up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<OperatorLocation>,
    /// Agents see first name and initial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// A telephone number, in E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Task types that the operator wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<TaskType>>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Upload {
    pub upload_id: String,
    pub method: String,
    pub upload_url: String,
    /// To be sent with the file.
    pub headers: Map<String, Value>,
    /// What `submit` takes in `photos`.
    pub photo_url: String,
    pub expires_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct UsdcDeposit {
    pub transaction_id: String,
    pub amount_usd: Usd,
    /// `confirmed`, `pending` or `held`.
    pub status: String,
    pub chain: String,
    pub message: String,
}

/// How far the agent lets the Guardian decide.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Verification {
    pub mode: VerificationMode,
    /// What an approval by the Guardian needs, in percent.
    pub min_confidence: u8,
}

words! {
    VerificationMode {
        Auto = "AUTO",
        Agent = "AGENT",
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct VerifiedTask {
    pub task_id: String,
    pub status: TaskStatus,
    pub message: String,
    pub next_action: Option<NextAction>,
    /// With REQUEST_CHANGES.
    pub revision: Option<Revision>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VerifyTask {
    /// The agent's decision.
    pub decision: ManualDecision,
    /// Why not: 10 characters at least for REQUEST_CHANGES, where it is required. Refused with APPROVE.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl VerifyTask {
    /// With what must be there; the rest can be set on it.
    pub fn new(decision: ManualDecision) -> Self {
        Self { decision, reason: None }
    }
}

/// Something that must not be.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Violation {
    pub invariant: String,
    /// An account, an entry, a task or an item.
    pub subject: String,
    pub detail: String,
}

#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct WantedVerification {
    /// What an approval by the Guardian needs, in percent; below it you review. 90 without it, and it is never more than 95 sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<u64>,
    /// AUTO, as without it: the Guardian decides where it is sure. AGENT: you do, always, with its findings as advice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<VerificationMode>,
}

/// Where the operator says they were.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Whereabouts {
    pub lat: f64,
    pub lng: f64,
    /// Radius in metres.
    pub accuracy_m: Option<u32>,
    pub captured_at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Withdrawal {
    pub withdrawal_id: String,
    pub status: PayoutStatus,
    pub amount_usd: Usd,
    pub address: String,
    /// How it came to stand where it does.
    pub steps: Vec<PayoutStep>,
    /// The transaction that carries it, once there is one.
    pub tx_hash: Option<String>,
    /// The block that the transaction is in, once the chain shows it.
    pub confirmed_in_block: Option<u64>,
    /// Blocks that the transaction had behind it at the last step, its own included.
    pub confirmations: Option<u64>,
    /// Why it failed, if it did: the money is back in the deposit balance.
    pub failure: Option<Failure>,
    pub created_at: Moment,
}

#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WithdrawalAddress {
    pub address: String,
    /// From here on money can go there.
    pub usable_at: Moment,
    /// The address that counts now: this one, the one of before, or none.
    pub usable_now: Option<String>,
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[non_exhaustive]
pub struct WithdrawalPage {
    pub data: Vec<Withdrawal>,
    pub pagination: Pagination,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListDisputes {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListOperators {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// The result; PENDING, who waits for it, unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kyc_status: Option<Kyc>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListStuckPayouts {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListSuspense {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct GetTaskAsStaff {
    /// The operator's share in basis points for which `outcomes` shows a SPLIT; 5000 if it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_share_bps: Option<u64>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GetDepositStatus {
    /// As the deposit answered it.
    pub payment_id: String,
}

impl GetDepositStatus {
    /// With what must be there; the rest can be set on it.
    pub fn new(payment_id: impl Into<String>) -> Self {
        Self { payment_id: payment_id.into() }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListDeposits {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListWithdrawals {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListEvents {
    /// `next_after` of the answer before; 0, as without it, for the first event that is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    /// Only events of this task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// Only events of this type.
    #[serde(rename = "type")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<EventType>,
    /// Events to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Seconds to wait for an event where there is none; 0 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_s: Option<u64>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListPayouts {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct BrowseTasks {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Only tasks of this type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_type: Option<TaskType>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListOperatorTasks {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListOperatorMessages {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SearchOperators {
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lng: f64,
    /// How far away; 25 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub radius_km: Option<f64>,
    /// Only operators who want such tasks, or have not said which they want.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_type: Option<TaskType>,
    /// Only operators who are rated so at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_rating: Option<f64>,
    /// Operators to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

impl SearchOperators {
    /// With what must be there; the rest can be set on it.
    pub fn new(lat: f64, lng: f64) -> Self {
        Self { lat, lng, radius_km: None, task_type: None, min_rating: None, limit: None }
    }
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListTasks {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// A status; MANUAL_REVIEW finds the SUBMITTED tasks that wait for `verify`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<ListTasksStatus>,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
#[non_exhaustive]
pub struct ListMessages {
    /// Entries to return; 20 unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Entries to skip.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
    /// `next_cursor` of the page before; wins over `offset`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

words! {
    /// Which events are sent: `["*"]` for all. The reference's three without it.
    CreateTaskCallbackEvents {
        All = "*",
        TaskVerified = "task.verified",
        TaskDisputed = "task.disputed",
        TaskManualReview = "task.manual_review",
        TaskCreated = "task.created",
        TaskAccepted = "task.accepted",
        TaskStarted = "task.started",
        TaskReleased = "task.released",
        TaskSubmitted = "task.submitted",
        TaskChangesRequested = "task.changes_requested",
        TaskMessage = "task.message",
        TaskCompleted = "task.completed",
        TaskCancelled = "task.cancelled",
        TaskExpired = "task.expired",
        TaskDisputeResolved = "task.dispute_resolved",
    }
}

words! {
    /// What the file is; `image/jpg` will do, in any case of letters.
    CreateUploadContentType {
        ImageJpeg = "image/jpeg",
        ImagePng = "image/png",
        ImageWebp = "image/webp",
    }
}

words! {
    /// A status; MANUAL_REVIEW finds the SUBMITTED tasks that wait for `verify`.
    ListTasksStatus {
        Pending = "PENDING",
        Accepted = "ACCEPTED",
        InProgress = "IN_PROGRESS",
        Submitted = "SUBMITTED",
        Verified = "VERIFIED",
        Completed = "COMPLETED",
        Disputed = "DISPUTED",
        Cancelled = "CANCELLED",
        ManualReview = "MANUAL_REVIEW",
    }
}

words! {
    /// Why a request was refused: docs/ERRORS.md says what to do.
    ErrorCode {
        InvalidRequest = "invalid_request",
        InvalidJson = "invalid_json",
        BrokenBody = "broken_body",
        BadRequest = "bad_request",
        PhotoUnreadable = "photo_unreadable",
        AmountMismatch = "amount_mismatch",
        PaymentMethodUnavailable = "payment_method_unavailable",
        ClockTooFar = "clock_too_far",
        UnknownHost = "unknown_host",
        MissingApiKey = "missing_api_key",
        InvalidApiKey = "invalid_api_key",
        WrongMode = "wrong_mode",
        MissingOperator = "missing_operator",
        InvalidOperatorId = "invalid_operator_id",
        HeaderNotAccepted = "header_not_accepted",
        InvalidToken = "invalid_token",
        InvalidSignature = "invalid_signature",
        InsufficientBalance = "insufficient_balance",
        InsufficientAvailableBalance = "insufficient_available_balance",
        AdminKeyRequired = "admin_key_required",
        OperatorNotRegistered = "operator_not_registered",
        KycRequired = "kyc_required",
        ConfirmationRequired = "confirmation_required",
        AddressHold = "address_hold",
        TaskTypeDisabled = "task_type_disabled",
        AttestationRequired = "attestation_required",
        TooManyActiveTasks = "too_many_active_tasks",
        NotFound = "not_found",
        NoSuchEndpoint = "no_such_endpoint",
        MethodNotAllowed = "method_not_allowed",
        TaskStateConflict = "task_state_conflict",
        TaskAlreadyAccepted = "task_already_accepted",
        HoldOver = "hold_over",
        AlreadyResolved = "already_resolved",
        RevisionLimitReached = "revision_limit_reached",
        ChatClosed = "chat_closed",
        ChatFull = "chat_full",
        RatingClosed = "rating_closed",
        AlreadyRated = "already_rated",
        CredentialNotReady = "credential_not_ready",
        ProbableDuplicate = "probable_duplicate",
        IdempotencyKeyReused = "idempotency_key_reused",
        NoCallback = "no_callback",
        EndpointDisabled = "endpoint_disabled",
        LastKey = "last_key",
        TooManyKeys = "too_many_keys",
        PhotoNotUploaded = "photo_not_uploaded",
        TooManyUploads = "too_many_uploads",
        TooManyChecks = "too_many_checks",
        OperatorExists = "operator_exists",
        PushUnavailable = "push_unavailable",
        DepositAlreadyCredited = "deposit_already_credited",
        NoWithdrawalAddress = "no_withdrawal_address",
        NotSuspended = "not_suspended",
        PaymentAmountMismatch = "payment_amount_mismatch",
        ClockInUse = "clock_in_use",
        TaskExpired = "task_expired",
        WorkWindowOver = "work_window_over",
        BodyTooLarge = "body_too_large",
        UnsupportedMediaType = "unsupported_media_type",
        RateLimited = "rate_limited",
        InternalError = "internal_error",
    }
}

listed! {
    AcceptedTaskLinePage of AcceptedTaskLine by pagination
    AvailableTaskPage of AvailableTask by pagination
    DepositPage of Deposit by pagination
    DisputedTaskLinePage of DisputedTaskLine by pagination
    Events of Event by next_after
    MessagePage of Message by pagination
    OperatorLinePage of OperatorLine by pagination
    PayoutPage of Payout by pagination
    StuckPayoutPage of StuckPayout by pagination
    SuspendedDepositPage of SuspendedDeposit by pagination
    TaskLinePage of TaskLine by pagination
    WithdrawalPage of Withdrawal by pagination
}
