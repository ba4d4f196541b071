//! The operations of the API, from its description. Written by `cargo xtask openapi`, not by hand.

use crate::client::Client;
use crate::request::Request;
use crate::request::operation::{Credential, Method, Operation};
use crate::types::*;

/// `POST /agents/register`.
pub const REGISTER_AGENT: Operation =
    Operation::new("registerAgent", Method::Post, "/agents/register", Credential::Staff).once();

/// `GET /agents/me`.
pub const GET_AGENT: Operation =
    Operation::new("getAgent", Method::Get, "/agents/me", Credential::Agent);

/// `PATCH /agents/me`.
pub const UPDATE_AGENT: Operation =
    Operation::new("updateAgent", Method::Patch, "/agents/me", Credential::Agent);

/// `GET /agents/balance`.
pub const GET_BALANCE: Operation =
    Operation::new("getBalance", Method::Get, "/agents/balance", Credential::Agent);

/// `POST /agents/keys`.
pub const CREATE_API_KEY: Operation =
    Operation::new("createApiKey", Method::Post, "/agents/keys", Credential::Agent).once();

/// `GET /agents/keys`.
pub const LIST_API_KEYS: Operation =
    Operation::new("listApiKeys", Method::Get, "/agents/keys", Credential::Agent);

/// `DELETE /agents/keys/{id}`.
pub const REVOKE_API_KEY: Operation =
    Operation::new("revokeApiKey", Method::Delete, "/agents/keys/{id}", Credential::Agent);

/// `GET /agents/deposit-address`.
pub const GET_DEPOSIT_ADDRESS: Operation =
    Operation::new("getDepositAddress", Method::Get, "/agents/deposit-address", Credential::Agent);

/// `POST /agents/deposit/usdc`.
pub const DEPOSIT_USDC: Operation =
    Operation::new("depositUsdc", Method::Post, "/agents/deposit/usdc", Credential::Agent);

/// `POST /agents/deposit`.
pub const DEPOSIT_FIAT: Operation =
    Operation::new("depositFiat", Method::Post, "/agents/deposit", Credential::Agent);

/// `GET /agents/deposit/status`.
pub const GET_DEPOSIT_STATUS: Operation =
    Operation::new("getDepositStatus", Method::Get, "/agents/deposit/status", Credential::Agent);

/// `POST /agents/deposit/status`.
pub const GET_DEPOSIT_STATUS_BY_POST: Operation =
    Operation::new("getDepositStatusByPost", Method::Post, "/agents/deposit/status", Credential::Agent);

/// `GET /agents/deposits`.
pub const LIST_DEPOSITS: Operation =
    Operation::new("listDeposits", Method::Get, "/agents/deposits", Credential::Agent);

/// `PUT /agents/withdrawal-address`.
pub const SET_WITHDRAWAL_ADDRESS: Operation =
    Operation::new("setWithdrawalAddress", Method::Put, "/agents/withdrawal-address", Credential::Agent);

/// `GET /agents/withdrawal-address`.
pub const GET_WITHDRAWAL_ADDRESS: Operation =
    Operation::new("getWithdrawalAddress", Method::Get, "/agents/withdrawal-address", Credential::Agent);

/// `POST /agents/withdrawals`.
pub const REQUEST_WITHDRAWAL: Operation =
    Operation::new("requestWithdrawal", Method::Post, "/agents/withdrawals", Credential::Agent);

/// `GET /agents/withdrawals`.
pub const LIST_WITHDRAWALS: Operation =
    Operation::new("listWithdrawals", Method::Get, "/agents/withdrawals", Credential::Agent);

/// `GET /agents/withdrawals/{id}`.
pub const GET_WITHDRAWAL: Operation =
    Operation::new("getWithdrawal", Method::Get, "/agents/withdrawals/{id}", Credential::Agent);

/// `POST /tasks`.
pub const CREATE_TASK: Operation =
    Operation::new("createTask", Method::Post, "/tasks", Credential::Agent);

/// `GET /tasks`.
pub const LIST_TASKS: Operation =
    Operation::new("listTasks", Method::Get, "/tasks", Credential::Agent);

/// `GET /tasks/{id}`.
pub const GET_TASK: Operation =
    Operation::new("getTask", Method::Get, "/tasks/{id}", Credential::Agent);

/// `POST /tasks/{id}/cancel`.
pub const CANCEL_TASK: Operation =
    Operation::new("cancelTask", Method::Post, "/tasks/{id}/cancel", Credential::Agent);

/// `POST /tasks/{id}/verify`.
pub const VERIFY_TASK: Operation =
    Operation::new("verifyTask", Method::Post, "/tasks/{id}/verify", Credential::Agent);

/// `POST /tasks/{id}/dispute`.
pub const DISPUTE_TASK: Operation =
    Operation::new("disputeTask", Method::Post, "/tasks/{id}/dispute", Credential::Agent);

/// `POST /tasks/{id}/statement`.
pub const STATE_AS_AGENT: Operation =
    Operation::new("stateAsAgent", Method::Post, "/tasks/{id}/statement", Credential::Agent);

/// `GET /tasks/{id}/messages`.
pub const LIST_MESSAGES: Operation =
    Operation::new("listMessages", Method::Get, "/tasks/{id}/messages", Credential::Agent);

/// `POST /tasks/{id}/messages`.
pub const SEND_MESSAGE: Operation =
    Operation::new("sendMessage", Method::Post, "/tasks/{id}/messages", Credential::Agent);

/// `POST /tasks/{id}/rating`.
pub const RATE_OPERATOR: Operation =
    Operation::new("rateOperator", Method::Post, "/tasks/{id}/rating", Credential::Agent);

/// `POST /tasks/{id}/callback-secret`.
pub const REPLACE_CALLBACK_SECRET: Operation =
    Operation::new("replaceCallbackSecret", Method::Post, "/tasks/{id}/callback-secret", Credential::Agent);

/// `GET /tasks/{id}/retrieve-credential`.
pub const RETRIEVE_CREDENTIAL: Operation =
    Operation::new("retrieveCredential", Method::Get, "/tasks/{id}/retrieve-credential", Credential::Agent);

/// `POST /tasks/{id}/retrieve-credential`.
pub const RETRIEVE_CREDENTIAL_BY_POST: Operation =
    Operation::new("retrieveCredentialByPost", Method::Post, "/tasks/{id}/retrieve-credential", Credential::Agent);

/// `GET /task-types`.
pub const LIST_TASK_TYPES: Operation =
    Operation::new("listTaskTypes", Method::Get, "/task-types", Credential::None);

/// `GET /events`.
pub const LIST_EVENTS: Operation =
    Operation::new("listEvents", Method::Get, "/events", Credential::Agent);

/// `POST /events/{id}/redeliver`.
pub const REDELIVER_EVENT: Operation =
    Operation::new("redeliverEvent", Method::Post, "/events/{id}/redeliver", Credential::Agent).once();

/// `POST /events/test`.
pub const SEND_TEST_EVENT: Operation =
    Operation::new("sendTestEvent", Method::Post, "/events/test", Credential::Agent).once();

/// `GET /events/endpoints`.
pub const LIST_ENDPOINTS: Operation =
    Operation::new("listEndpoints", Method::Get, "/events/endpoints", Credential::Agent);

/// `POST /events/endpoints/enable`.
pub const ENABLE_ENDPOINT: Operation =
    Operation::new("enableEndpoint", Method::Post, "/events/endpoints/enable", Credential::Agent);

/// `POST /operator/register`.
pub const REGISTER_OPERATOR: Operation =
    Operation::new("registerOperator", Method::Post, "/operator/register", Credential::Operator);

/// `GET /operator/me`.
pub const GET_OPERATOR: Operation =
    Operation::new("getOperator", Method::Get, "/operator/me", Credential::Operator);

/// `PATCH /operator/me`.
pub const UPDATE_OPERATOR: Operation =
    Operation::new("updateOperator", Method::Patch, "/operator/me", Credential::Operator);

/// `GET /operator/push`.
pub const GET_PUSH: Operation =
    Operation::new("getPush", Method::Get, "/operator/push", Credential::Operator);

/// `PUT /operator/push`.
pub const SUBSCRIBE_TO_PUSH: Operation =
    Operation::new("subscribeToPush", Method::Put, "/operator/push", Credential::Operator);

/// `DELETE /operator/push/{id}`.
pub const UNSUBSCRIBE_FROM_PUSH: Operation =
    Operation::new("unsubscribeFromPush", Method::Delete, "/operator/push/{id}", Credential::Operator);

/// `GET /operator/tasks`.
pub const BROWSE_TASKS: Operation =
    Operation::new("browseTasks", Method::Get, "/operator/tasks", Credential::Operator);

/// `GET /operator/tasks/mine`.
pub const LIST_OPERATOR_TASKS: Operation =
    Operation::new("listOperatorTasks", Method::Get, "/operator/tasks/mine", Credential::Operator);

/// `GET /operator/tasks/{id}`.
pub const GET_OPERATOR_TASK: Operation =
    Operation::new("getOperatorTask", Method::Get, "/operator/tasks/{id}", Credential::Operator);

/// `POST /operator/tasks/{id}/accept`.
pub const ACCEPT_TASK: Operation =
    Operation::new("acceptTask", Method::Post, "/operator/tasks/{id}/accept", Credential::Operator);

/// `POST /operator/tasks/{id}/start`.
pub const START_TASK: Operation =
    Operation::new("startTask", Method::Post, "/operator/tasks/{id}/start", Credential::Operator);

/// `POST /operator/tasks/{id}/release`.
pub const RELEASE_TASK: Operation =
    Operation::new("releaseTask", Method::Post, "/operator/tasks/{id}/release", Credential::Operator);

/// `GET /operator/tasks/{id}/messages`.
pub const LIST_OPERATOR_MESSAGES: Operation =
    Operation::new("listOperatorMessages", Method::Get, "/operator/tasks/{id}/messages", Credential::Operator);

/// `POST /operator/tasks/{id}/messages`.
pub const SEND_OPERATOR_MESSAGE: Operation =
    Operation::new("sendOperatorMessage", Method::Post, "/operator/tasks/{id}/messages", Credential::Operator);

/// `POST /operator/tasks/{id}/rating`.
pub const RATE_AGENT: Operation =
    Operation::new("rateAgent", Method::Post, "/operator/tasks/{id}/rating", Credential::Operator);

/// `POST /operator/upload`.
pub const CREATE_UPLOAD: Operation =
    Operation::new("createUpload", Method::Post, "/operator/upload", Credential::Operator);

/// `POST /operator/tasks/{id}/check`.
pub const CHECK_PHOTOS: Operation =
    Operation::new("checkPhotos", Method::Post, "/operator/tasks/{id}/check", Credential::Operator);

/// `POST /operator/tasks/{id}/submit`.
pub const SUBMIT_TASK: Operation =
    Operation::new("submitTask", Method::Post, "/operator/tasks/{id}/submit", Credential::Operator);

/// `POST /operator/tasks/{id}/statement`.
pub const STATE_AS_OPERATOR: Operation =
    Operation::new("stateAsOperator", Method::Post, "/operator/tasks/{id}/statement", Credential::Operator);

/// `GET /operator/earnings`.
pub const GET_EARNINGS: Operation =
    Operation::new("getEarnings", Method::Get, "/operator/earnings", Credential::Operator);

/// `POST /operator/payout`.
pub const REQUEST_PAYOUT: Operation =
    Operation::new("requestPayout", Method::Post, "/operator/payout", Credential::Operator);

/// `GET /operator/payout/status/{id}`.
pub const GET_PAYOUT_STATUS: Operation =
    Operation::new("getPayoutStatus", Method::Get, "/operator/payout/status/{id}", Credential::Operator);

/// `GET /operator/payouts`.
pub const LIST_PAYOUTS: Operation =
    Operation::new("listPayouts", Method::Get, "/operator/payouts", Credential::Operator);

/// `GET /operators/search`.
pub const SEARCH_OPERATORS: Operation =
    Operation::new("searchOperators", Method::Get, "/operators/search", Credential::Agent);

/// `GET /admin/operators`.
pub const LIST_OPERATORS: Operation =
    Operation::new("listOperators", Method::Get, "/admin/operators", Credential::Staff);

/// `GET /admin/operators/{id}`.
pub const GET_OPERATOR_AS_STAFF: Operation =
    Operation::new("getOperatorAsStaff", Method::Get, "/admin/operators/{id}", Credential::Staff);

/// `POST /admin/operators/{id}/kyc`.
pub const SET_KYC: Operation =
    Operation::new("setKyc", Method::Post, "/admin/operators/{id}/kyc", Credential::Staff);

/// `GET /admin/agents/{id}`.
pub const GET_AGENT_AS_STAFF: Operation =
    Operation::new("getAgentAsStaff", Method::Get, "/admin/agents/{id}", Credential::Staff);

/// `GET /admin/disputes`.
pub const LIST_DISPUTES: Operation =
    Operation::new("listDisputes", Method::Get, "/admin/disputes", Credential::Staff);

/// `GET /admin/tasks/{id}`.
pub const GET_TASK_AS_STAFF: Operation =
    Operation::new("getTaskAsStaff", Method::Get, "/admin/tasks/{id}", Credential::Staff);

/// `POST /admin/tasks/{id}/resolve`.
pub const RESOLVE_DISPUTE: Operation =
    Operation::new("resolveDispute", Method::Post, "/admin/tasks/{id}/resolve", Credential::Staff);

/// `GET /admin/suspense`.
pub const LIST_SUSPENSE: Operation =
    Operation::new("listSuspense", Method::Get, "/admin/suspense", Credential::Staff);

/// `POST /admin/suspense/{id}/release`.
pub const RELEASE_SUSPENSE: Operation =
    Operation::new("releaseSuspense", Method::Post, "/admin/suspense/{id}/release", Credential::Staff);

/// `GET /admin/payouts`.
pub const LIST_STUCK_PAYOUTS: Operation =
    Operation::new("listStuckPayouts", Method::Get, "/admin/payouts", Credential::Staff);

/// `GET /admin/ledger/audit`.
pub const AUDIT_LEDGER: Operation =
    Operation::new("auditLedger", Method::Get, "/admin/ledger/audit", Credential::Staff);

/// `GET /health`.
pub const GET_HEALTH: Operation =
    Operation::new("getHealth", Method::Get, "/health", Credential::None);

/// `GET /openapi.json`.
pub const GET_OPEN_API: Operation =
    Operation::new("getOpenApi", Method::Get, "/openapi.json", Credential::None);

/// `GET /test/clock`.
pub const GET_TEST_CLOCK: Operation =
    Operation::new("getTestClock", Method::Get, "/test/clock", Credential::None);

/// `POST /test/clock/advance`.
pub const ADVANCE_TEST_CLOCK: Operation =
    Operation::new("advanceTestClock", Method::Post, "/test/clock/advance", Credential::None).once();

/// `POST /test/clock/reset`.
pub const RESET_TEST_CLOCK: Operation =
    Operation::new("resetTestClock", Method::Post, "/test/clock/reset", Credential::None);

/// Each operation of the API under its name.
impl Client {
    /// Register an agent: `POST /agents/register`.
    ///
    /// The key is shown once, in this answer. In live mode this needs the `X-Admin-Key` header.
    pub fn register_agent(&self, body: &RegisterAgent) -> Request<RegisteredAgent> {
        self.request(REGISTER_AGENT).body(body)
    }

    /// Show the agent's profile and fee tier: `GET /agents/me`.
    pub fn get_agent(&self) -> Request<Agent> {
        self.request(GET_AGENT)
    }

    /// Change the agent's profile: `PATCH /agents/me`.
    ///
    /// What is left out stays as it is.
    pub fn update_agent(&self, body: &UpdateAgent) -> Request<Agent> {
        self.request(UPDATE_AGENT).body(body)
    }

    /// Show deposit and escrow balances: `GET /agents/balance`.
    pub fn get_balance(&self) -> Request<Balance> {
        self.request(GET_BALANCE)
    }

    /// Generate an additional API key: `POST /agents/keys`.
    ///
    /// An agent has at most 20 active keys. The key is shown once, in this answer.
    pub fn create_api_key(&self, body: &CreateApiKey) -> Request<CreatedApiKey> {
        self.request(CREATE_API_KEY).body(body)
    }

    /// List active API keys: `GET /agents/keys`.
    pub fn list_api_keys(&self) -> Request<ApiKeys> {
        self.request(LIST_API_KEYS)
    }

    /// Permanently revoke an API key: `DELETE /agents/keys/{id}`.
    ///
    /// It is dead at once, and cannot be brought back. A key may revoke itself, but not the last one.
    pub fn revoke_api_key(&self, id: &str) -> Request<RevokedApiKey> {
        self.request(REVOKE_API_KEY).id(id)
    }

    /// Show the agent's deposit address on Base: `GET /agents/deposit-address`.
    pub fn get_deposit_address(&self) -> Request<DepositAddress> {
        self.request(GET_DEPOSIT_ADDRESS)
    }

    /// Confirm a USDC deposit on Base: `POST /agents/deposit/usdc`.
    ///
    /// Send USDC to the agent's deposit address, then the transaction's hash here. A hash is credited once; the same request again gives the same answer. In test mode the funds are there at once. On a chain, 202 and `pending` says that it is not final enough yet: it is credited without another call, as is a deposit that nobody confirms. `held` says that staff are to look at it.
    pub fn deposit_usdc(&self, body: &DepositUsdc) -> Request<UsdcDeposit> {
        self.request(DEPOSIT_USDC).body(body)
    }

    /// Add funds by card or bank transfer: `POST /agents/deposit`.
    ///
    /// Through dLocal, where the deployment has it. In test mode the funds are there at once; else 202, and the payer goes on at `redirect_url`.
    pub fn deposit_fiat(&self, body: &DepositFiat) -> Request<FiatDeposit> {
        self.request(DEPOSIT_FIAT).body(body)
    }

    /// Check the status of a fiat payment: `GET /agents/deposit/status`.
    pub fn get_deposit_status(&self, query: &GetDepositStatus) -> Request<PaymentStatus> {
        self.request(GET_DEPOSIT_STATUS).query(query)
    }

    /// Check the status of a fiat payment: `POST /agents/deposit/status`.
    ///
    /// The same as GET.
    pub fn get_deposit_status_by_post(&self, body: &Payment) -> Request<PaymentStatus> {
        self.request(GET_DEPOSIT_STATUS_BY_POST).body(body)
    }

    /// List credited deposits: `GET /agents/deposits`.
    ///
    /// What was taken back, by a reorganisation of the chain or by a chargeback, is a line of its own.
    pub fn list_deposits(&self, query: &ListDeposits) -> Request<DepositPage> {
        self.request(LIST_DEPOSITS).query(query)
    }

    /// Say where the agent's own money goes when it leaves: `PUT /agents/withdrawal-address`.
    ///
    /// It counts after 48 hours, and so does any address that takes its place; the one of before counts until then. The event `withdrawal_address.changed` tells whoever else has a key.
    pub fn set_withdrawal_address(&self, body: &SetWithdrawalAddress) -> Request<WithdrawalAddress> {
        self.request(SET_WITHDRAWAL_ADDRESS).body(body)
    }

    /// Show where the agent's own money goes when it leaves: `GET /agents/withdrawal-address`.
    pub fn get_withdrawal_address(&self) -> Request<WithdrawalAddress> {
        self.request(GET_WITHDRAWAL_ADDRESS)
    }

    /// Take the agent's own money back: `POST /agents/withdrawals`.
    ///
    /// To the withdrawal address, in USDC on Base. Only what is neither in escrow nor owed; at least $10, $10,000 at the most. `GET /agents/withdrawals/{id}` shows each step.
    pub fn request_withdrawal(&self, body: &RequestWithdrawal) -> Request<Withdrawal> {
        self.request(REQUEST_WITHDRAWAL).body(body)
    }

    /// List the agent's withdrawals, newest first: `GET /agents/withdrawals`.
    pub fn list_withdrawals(&self, query: &ListWithdrawals) -> Request<WithdrawalPage> {
        self.request(LIST_WITHDRAWALS).query(query)
    }

    /// Show a withdrawal, step by step: `GET /agents/withdrawals/{id}`.
    pub fn get_withdrawal(&self, id: &str) -> Request<Withdrawal> {
        self.request(GET_WITHDRAWAL).id(id)
    }

    /// Create a task and escrow its funds: `POST /tasks`.
    ///
    /// Reward and platform fee go from the deposit balance into escrow. Send an `Idempotency-Key`, and the same one on retries: the task is created once. The deadline is 5 minutes to 90 days ahead; rewards are bounded by type (`GET /task-types`). Physical tasks need a location, credential tasks an `agent_public_key`.
    pub fn create_task(&self, body: &CreateTask) -> Request<CreatedTask> {
        self.request(CREATE_TASK).body(body)
    }

    /// List the agent's tasks, newest first: `GET /tasks`.
    pub fn list_tasks(&self, query: &ListTasks) -> Request<TaskLinePage> {
        self.request(LIST_TASKS).query(query)
    }

    /// Show a task with proof and verdict: `GET /tasks/{id}`.
    ///
    /// Links to photos are fresh with each answer, and work for 15 minutes.
    pub fn get_task(&self, id: &str) -> Request<Task> {
        self.request(GET_TASK).id(id)
    }

    /// Cancel a task and refund its escrow: `POST /tasks/{id}/cancel`.
    ///
    /// While it is PENDING or ACCEPTED. All of the escrow, reward and fee, goes back to the deposit balance.
    pub fn cancel_task(&self, id: &str) -> Request<CancelledTask> {
        self.request(CANCEL_TASK).id(id)
    }

    /// Approve or reject a submission, or ask for changes: `POST /tasks/{id}/verify`.
    ///
    /// For tasks that the Guardian leaves to the agent, and before it has decided. APPROVE pays the operator; REJECT makes a dispute, and the money stays in escrow until staff decide. REQUEST_CHANGES, twice at most and in a manual review only, gives it back to its operator, who has a day at least.
    pub fn verify_task(&self, id: &str, body: &VerifyTask) -> Request<VerifiedTask> {
        self.request(VERIFY_TASK).id(id).body(body)
    }

    /// Dispute a completed task inside the hold: `POST /tasks/{id}/dispute`.
    ///
    /// The reward goes back into escrow until staff resolve the dispute; the fee stays.
    pub fn dispute_task(&self, id: &str, body: &DisputeTask) -> Request<DisputedTask> {
        self.request(DISPUTE_TASK).id(id).body(body)
    }

    /// Make a statement in a dispute, as agent: `POST /tasks/{id}/statement`.
    ///
    /// Staff read it before they decide. Another one takes its place, as long as they have not.
    pub fn state_as_agent(&self, id: &str, body: &MakeStatement) -> Request<StatedTask> {
        self.request(STATE_AS_AGENT).id(id).body(body)
    }

    /// List the messages of a task, oldest first: `GET /tasks/{id}/messages`.
    ///
    /// The agent sees what it and each operator of the task wrote to each other.
    pub fn list_messages(&self, id: &str, query: &ListMessages) -> Request<MessagePage> {
        self.request(LIST_MESSAGES).id(id).query(query)
    }

    /// Write to the operator of a task: `POST /tasks/{id}/messages`.
    ///
    /// From the acceptance until the hold or the dispute is over; at most 100 messages of the agent while the task has the same operator.
    pub fn send_message(&self, id: &str, body: &SendMessage) -> Request<Message> {
        self.request(SEND_MESSAGE).id(id).body(body)
    }

    /// Rate the operator's work: `POST /tasks/{id}/rating`.
    ///
    /// Once, within 14 days of the task's completion. The same rating again gives the same answer.
    pub fn rate_operator(&self, id: &str, body: &RateTask) -> Request<TaskRating> {
        self.request(RATE_OPERATOR).id(id).body(body)
    }

    /// Replace the secret that signs a task's callbacks: `POST /tasks/{id}/callback-secret`.
    ///
    /// For 24 hours `webhook-signature` has two signatures, by the new secret and by the one before; `X-HumanOps-Signature` is by the new one at once. Replacing it again within that time replaces the new one: the one before signs to its end.
    pub fn replace_callback_secret(&self, id: &str, body: &ReplaceCallbackSecret) -> Request<ReplacedCallbackSecret> {
        self.request(REPLACE_CALLBACK_SECRET).id(id).body(body)
    }

    /// Retrieve the encrypted credential of a task: `GET /tasks/{id}/retrieve-credential`.
    ///
    /// When the task is COMPLETED, or waits for the agent to try the credential. Only the holder of the private key to the task's `agent_public_key` can open it.
    pub fn retrieve_credential(&self, id: &str) -> Request<RetrievedCredential> {
        self.request(RETRIEVE_CREDENTIAL).id(id)
    }

    /// Retrieve the encrypted credential of a task: `POST /tasks/{id}/retrieve-credential`.
    ///
    /// The same as GET.
    pub fn retrieve_credential_by_post(&self, id: &str) -> Request<RetrievedCredential> {
        self.request(RETRIEVE_CREDENTIAL_BY_POST).id(id)
    }

    /// List the task types and their limits: `GET /task-types`.
    pub fn list_task_types(&self) -> Request<TaskTypes> {
        self.request(LIST_TASK_TYPES)
    }

    /// List what happened, in order: `GET /events`.
    ///
    /// Events of an agent are numbered 1, 2, 3 … without a gap, in an order that never changes, and are kept for 30 days. Keep `next_after` and send it as `after`: whoever does misses none. With `wait_s` an empty answer waits for an event.
    pub fn list_events(&self, query: &ListEvents) -> Request<Events> {
        self.request(LIST_EVENTS).query(query)
    }

    /// Send an event to its callback once more: `POST /events/{id}/redeliver`.
    ///
    /// Within a minute or so, with the same bytes and id, whether it has arrived before or was given up. `GET /events` shows the attempt. Asking twice at once sends it once.
    pub fn redeliver_event(&self, id: &str) -> Request<Redelivery> {
        self.request(REDELIVER_EVENT).id(id)
    }

    /// Send a signed `test.ping` to a URL: `POST /events/test`.
    ///
    /// Once, within a minute or so, signed like a callback where there is a secret. The event is in `GET /events`, with what the URL answered.
    pub fn send_test_event(&self, body: &SendTestEvent) -> Request<TestEvent> {
        self.request(SEND_TEST_EVENT).body(body)
    }

    /// List where callbacks do not arrive: `GET /events/endpoints`.
    ///
    /// An endpoint is the origin of your URLs (scheme, host, port). Where nothing arrived for five days it is disabled: nobody tries any more. A task whose URL answered 410 is disabled at once, by itself. What works is not listed; a hundred are at most.
    pub fn list_endpoints(&self) -> Request<Endpoints> {
        self.request(LIST_ENDPOINTS)
    }

    /// Have callbacks to an endpoint tried again: `POST /events/endpoints/enable`.
    ///
    /// From the next event on. What was not sent meanwhile is in `GET /events`; `POST /events/{id}/redeliver` sends it. Safe to repeat, also for an endpoint that was never disabled.
    pub fn enable_endpoint(&self, body: &EnableEndpoint) -> Request<EnabledEndpoint> {
        self.request(ENABLE_ENDPOINT).body(body)
    }

    /// Register a human operator: `POST /operator/register`.
    ///
    /// In live mode the caller is signed in and KYC starts as PENDING. In test mode KYC is VERIFIED at once; without `X-Operator-Id` there is one operator per e-mail address. The same details again give the same answer.
    pub fn register_operator(&self, body: &RegisterOperator) -> Request<RegisteredOperator> {
        self.request(REGISTER_OPERATOR).body(body)
    }

    /// Show the operator's profile: `GET /operator/me`.
    pub fn get_operator(&self) -> Request<Operator> {
        self.request(GET_OPERATOR)
    }

    /// Change the operator's profile: `PATCH /operator/me`.
    ///
    /// What is left out stays as it is. Who has a task is shown by the name that was theirs when they accepted it. In live mode whoever is VERIFIED and takes another name is PENDING until that was checked.
    pub fn update_operator(&self, body: &UpdateOperator) -> Request<Operator> {
        self.request(UPDATE_OPERATOR).body(body)
    }

    /// Show in which browsers the operator is notified, and how one subscribes: `GET /operator/push`.
    pub fn get_push(&self) -> Request<Push> {
        self.request(GET_PUSH)
    }

    /// Notify the operator in this browser: `PUT /operator/push`.
    ///
    /// The fields are those of the browser's `PushSubscription`. Sent again it is renewed, for 60 days, and says anew whether new tasks are told of: those within `near`, at most one in 15 minutes. Of five browsers the one that was renewed longest ago makes room for a sixth. A message says the event, the task's id and its title, and nothing else.
    pub fn subscribe_to_push(&self, body: &Subscription) -> Request<SubscribedBrowser> {
        self.request(SUBSCRIBE_TO_PUSH).body(body)
    }

    /// Notify the operator in this browser no longer: `DELETE /operator/push/{id}`.
    pub fn unsubscribe_from_push(&self, id: &str) -> Request<RemovedBrowser> {
        self.request(UNSUBSCRIBE_FROM_PUSH).id(id)
    }

    /// Browse available tasks: `GET /operator/tasks`.
    ///
    /// Pending tasks whose deadline has not passed. The total counts to 1,000 of each type, and may be a minute old where there are many; the tasks never are.
    pub fn browse_tasks(&self, query: &BrowseTasks) -> Request<AvailableTaskPage> {
        self.request(BROWSE_TASKS).query(query)
    }

    /// List the tasks that the operator has accepted: `GET /operator/tasks/mine`.
    pub fn list_operator_tasks(&self, query: &ListOperatorTasks) -> Request<AcceptedTaskLinePage> {
        self.request(LIST_OPERATOR_TASKS).query(query)
    }

    /// Show a pending task, or one of the operator's own: `GET /operator/tasks/{id}`.
    pub fn get_operator_task(&self, id: &str) -> Request<OperatorTask> {
        self.request(GET_OPERATOR_TASK).id(id)
    }

    /// Claim a pending task: `POST /operator/tasks/{id}/accept`.
    ///
    /// Of many at once, exactly one operator gets it.
    pub fn accept_task(&self, id: &str) -> Request<AcceptedTask> {
        self.request(ACCEPT_TASK).id(id)
    }

    /// Say that work has begun: `POST /operator/tasks/{id}/start`.
    ///
    /// From then on the agent can no longer cancel.
    pub fn start_task(&self, id: &str) -> Request<StartedTask> {
        self.request(START_TASK).id(id)
    }

    /// Give a task back to the feed: `POST /operator/tasks/{id}/release`.
    ///
    /// Somebody else may accept it then.
    pub fn release_task(&self, id: &str) -> Request<ReleasedTask> {
        self.request(RELEASE_TASK).id(id)
    }

    /// List the messages of the operator's task, oldest first: `GET /operator/tasks/{id}/messages`.
    ///
    /// What was written to or by another operator of the task is not among them.
    pub fn list_operator_messages(&self, id: &str, query: &ListOperatorMessages) -> Request<MessagePage> {
        self.request(LIST_OPERATOR_MESSAGES).id(id).query(query)
    }

    /// Write to the agent of the operator's task: `POST /operator/tasks/{id}/messages`.
    ///
    /// From the acceptance until the hold or the dispute is over; at most 100 messages of the operator for a task.
    pub fn send_operator_message(&self, id: &str, body: &SendMessage) -> Request<Message> {
        self.request(SEND_OPERATOR_MESSAGE).id(id).body(body)
    }

    /// Rate the agent of a task: `POST /operator/tasks/{id}/rating`.
    ///
    /// Once, within 14 days of the task's completion. The same rating again gives the same answer.
    pub fn rate_agent(&self, id: &str, body: &RateTask) -> Request<TaskRating> {
        self.request(RATE_AGENT).id(id).body(body)
    }

    /// Get a signed address to upload a photo to: `POST /operator/upload`.
    ///
    /// For a task that the operator works on. Send the file with `method` to `upload_url` within five minutes, with these `headers` and exactly the announced bytes; then name `photo_url` in the submission. 412 says that they have arrived already. At most ten different photos for a task; announcing the same again gives a fresh address.
    pub fn create_upload(&self, body: &CreateUpload) -> Request<Upload> {
        self.request(CREATE_UPLOAD).body(body)
    }

    /// Check photos before submitting them: `POST /operator/tasks/{id}/check`.
    ///
    /// Makes the checks of the Guardian that need no model, so that a photo can be taken again: whether it can be read, is in focus and large enough, contradicts neither place nor time, and was not handed in before. Nothing is handed in, and nothing is promised: what the photos show is judged when they are. At most five different lists of photos for a task; checking the same again does not count.
    pub fn check_photos(&self, id: &str, body: &CheckPhotos) -> Request<CheckedPhotos> {
        self.request(CHECK_PHOTOS).id(id).body(body)
    }

    /// Submit proof of completion: `POST /operator/tasks/{id}/submit`.
    ///
    /// PHOTO and SCREENSHOT need at least one photo, CONFIRMATION needs `confirmation_text`, credential tasks need `encrypted_credential`. Photos are `photo_url` values of `POST /operator/upload` for this task, whose files have arrived in the bucket. Each is read: JPEG, PNG or WebP, complete, not animated, at most 120 megapixels and 240 as a JPEG, no picture twice. A picture belongs to the task for which it was handed in first.
    pub fn submit_task(&self, id: &str, body: &SubmitTask) -> Request<SubmittedTask> {
        self.request(SUBMIT_TASK).id(id).body(body)
    }

    /// Make a statement in a dispute, as operator: `POST /operator/tasks/{id}/statement`.
    ///
    /// Staff read it before they decide. Another one takes its place, as long as they have not.
    pub fn state_as_operator(&self, id: &str, body: &MakeStatement) -> Request<StatedTask> {
        self.request(STATE_AS_OPERATOR).id(id).body(body)
    }

    /// Show pending and available earnings: `GET /operator/earnings`.
    ///
    /// Earnings become available seven days after a task's completion.
    pub fn get_earnings(&self) -> Request<Earnings> {
        self.request(GET_EARNINGS)
    }

    /// Withdraw available earnings: `POST /operator/payout`.
    ///
    /// At least $10, $10,000 at the most. Test mode pays at once and needs no destination, unless it has a chain. On a chain the answer is 202 and `reserved`, and `GET /operator/payout/status/{id}` shows each step; another wallet than the last one counts after 24 hours. With a sign-in token its owner must have shown a password or code within the last ten minutes.
    pub fn request_payout(&self, body: &RequestPayout) -> Request<RequestedPayout> {
        self.request(REQUEST_PAYOUT).body(body)
    }

    /// Check the status of a payout: `GET /operator/payout/status/{id}`.
    pub fn get_payout_status(&self, id: &str) -> Request<PayoutState> {
        self.request(GET_PAYOUT_STATUS).id(id)
    }

    /// List the operator's payouts: `GET /operator/payouts`.
    pub fn list_payouts(&self, query: &ListPayouts) -> Request<PayoutPage> {
        self.request(LIST_PAYOUTS).query(query)
    }

    /// Find verified operators near a place: `GET /operators/search`.
    ///
    /// Where operators live is kept to two kilometres at best, and distances are told in steps of five: so the radius is rounded up to a multiple of five too. Who has not said where they live is not found.
    pub fn search_operators(&self, query: &SearchOperators) -> Request<FoundOperators> {
        self.request(SEARCH_OPERATORS).query(query)
    }

    /// List operators by the result of their identity check, earliest registration first: `GET /admin/operators`.
    pub fn list_operators(&self, query: &ListOperators) -> Request<OperatorLinePage> {
        self.request(LIST_OPERATORS).query(query)
    }

    /// Show an operator to staff, with record, earnings, payouts and latest tasks: `GET /admin/operators/{id}`.
    pub fn get_operator_as_staff(&self, id: &str) -> Request<StaffOperator> {
        self.request(GET_OPERATOR_AS_STAFF).id(id)
    }

    /// Record the result of an identity check: `POST /admin/operators/{id}/kyc`.
    pub fn set_kyc(&self, id: &str, body: &SetKyc) -> Request<OperatorKyc> {
        self.request(SET_KYC).id(id).body(body)
    }

    /// Show an agent to staff, with its balances, withdrawals and latest tasks: `GET /admin/agents/{id}`.
    pub fn get_agent_as_staff(&self, id: &str) -> Request<StaffAgent> {
        self.request(GET_AGENT_AS_STAFF).id(id)
    }

    /// List disputed tasks: `GET /admin/disputes`.
    pub fn list_disputes(&self, query: &ListDisputes) -> Request<DisputedTaskLinePage> {
        self.request(LIST_DISPUTES).query(query)
    }

    /// Show a task to staff, with proof, findings, statements and what each outcome would pay: `GET /admin/tasks/{id}`.
    ///
    /// Links to photos are fresh with each answer, and work for 15 minutes.
    pub fn get_task_as_staff(&self, id: &str, query: &GetTaskAsStaff) -> Request<StaffTask> {
        self.request(GET_TASK_AS_STAFF).id(id).query(query)
    }

    /// Resolve a dispute: `POST /admin/tasks/{id}/resolve`.
    ///
    /// RELEASE pays the operator at once and the platform its fee. REFUND gives everything back to the agent. SPLIT gives the operator `operator_share_bps` of the reward, the platform the same share of the fee, the agent the rest.
    pub fn resolve_dispute(&self, id: &str, body: &ResolveDispute) -> Request<ResolvedDispute> {
        self.request(RESOLVE_DISPUTE).id(id).body(body)
    }

    /// List deposits in suspense, newest first: `GET /admin/suspense`.
    pub fn list_suspense(&self, query: &ListSuspense) -> Request<SuspendedDepositPage> {
        self.request(LIST_SUSPENSE).query(query)
    }

    /// Credit a deposit that is in suspense: `POST /admin/suspense/{id}/release`.
    pub fn release_suspense(&self, id: &str) -> Request<SuspendedDeposit> {
        self.request(RELEASE_SUSPENSE).id(id)
    }

    /// List payouts that need a person, newest first: `GET /admin/payouts`.
    ///
    /// Those that are open and have made no step for an hour, or for three days where a provider has them; and those that could not be handled, which nobody tries any more. What failed is over: its money is back with who asked for it.
    pub fn list_stuck_payouts(&self, query: &ListStuckPayouts) -> Request<StuckPayoutPage> {
        self.request(LIST_STUCK_PAYOUTS).query(query)
    }

    /// Audit the ledger: `GET /admin/ledger/audit`.
    ///
    /// Reads everything: for staff, not for a loop.
    pub fn audit_ledger(&self) -> Request<LedgerAudit> {
        self.request(AUDIT_LEDGER)
    }

    /// Say that it lives: `GET /health`.
    pub fn get_health(&self) -> Request<Health> {
        self.request(GET_HEALTH)
    }

    /// Get the API's description as OpenAPI 3.1: `GET /openapi.json`.
    pub fn get_open_api(&self) -> Request<serde_json::Value> {
        self.request(GET_OPEN_API)
    }

    /// Read the test clock: `GET /test/clock`.
    ///
    /// A local system in test mode has this; no deployment does.
    pub fn get_test_clock(&self) -> Request<TestClock> {
        self.request(GET_TEST_CLOCK)
    }

    /// Move the test clock forward, and do what becomes due: `POST /test/clock/advance`.
    ///
    /// A local system in test mode has this; no deployment does. Where it listens on other than loopback addresses, it takes the admin key. The answer comes when what became due is done; a customer's server that does not answer for three seconds is not waited for, and nothing is for more than fifteen.
    pub fn advance_test_clock(&self, body: &AdvanceTestClock) -> Request<TestClock> {
        self.request(ADVANCE_TEST_CLOCK).body(body)
    }

    /// Set the test clock back to the system's time: `POST /test/clock/reset`.
    ///
    /// A local system in test mode has this; no deployment does. Where it listens on other than loopback addresses, it takes the admin key. Only while no money has moved at a later time.
    pub fn reset_test_clock(&self) -> Request<TestClock> {
        self.request(RESET_TEST_CLOCK)
    }
}
