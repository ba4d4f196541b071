//! The closed list of errors: each code with its status, its sentence, and what to do about it.

/// Declares [`Code`]: `Name = status "code": sentence => what to do`.
macro_rules! codes {
    ($($name:ident = $status:literal $word:literal: $sentence:literal => $remedy:literal;)+) => {
        /// Why a request was refused: `code` of the answer. Stable; new ones may be added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $sentence] $name),+ }

        impl Code {
            /// Every code, in the order of the statuses.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// As on the wire.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status),+ }
            }

            /// What it means, where the answer has nothing more exact to say.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence),+ }
            }

            /// What the caller can do.
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy),+ }
            }
        }
    };
}

codes! {
    InvalidRequest = 400 "invalid_request": "One or more fields are missing, wrong or unknown."
        => "Mend what `details.fields` names: it names every bad field at once. Nothing was changed.";
    InvalidJson = 400 "invalid_json": "The body is not a JSON object."
        => "Send one JSON object; `error` says where it breaks off.";
    BrokenBody = 400 "broken_body": "The request body ended early. Send it again."
        => "Send it again; nothing was changed.";
    BadRequest = 400 "bad_request": "The request is malformed."
        => "Check method, path and headers against the description.";
    PhotoUnreadable = 400 "photo_unreadable": "Photos that you name can not be read."
        => "`details.photos` says of each what is wrong with it: upload another file in its place, which does not count as one more, and submit again. Nothing was changed.";
    AmountMismatch = 400 "amount_mismatch": "This transaction was credited with another amount."
        => "Send the amount in `details.credited_usdc`, or in `details.onchain_usdc` where nothing was credited yet.";
    PaymentMethodUnavailable = 400 "payment_method_unavailable": "This payment method is not available here yet. Ask the operator of this deployment how to pay."
        => "Use another way of paying, or ask whoever runs the deployment. No money moved.";
    ClockTooFar = 400 "clock_too_far": "The clock goes ten years ahead at most."
        => "Take a smaller step, or start afresh on an empty data folder.";
    UnknownHost = 400 "unknown_host": "This server is not known by that name. Speak to its address or to localhost, or start it with --hosts and the name."
        => "Speak to the embedded server's address or to `localhost`, or start it with `--hosts` and the name; other servers never answer so.";
    MissingApiKey = 401 "missing_api_key": "Send your API key in the X-API-Key header."
        => "Send the header `X-API-Key`.";
    InvalidApiKey = 401 "invalid_api_key": "This API key is not valid, or was revoked."
        => "Check that it was copied whole; otherwise make a new one with another key, or register.";
    WrongMode = 401 "wrong_mode": "This key is for a deployment in the other mode."
        => "`ho_test_…` keys are for test deployments, `ho_live_…` keys for live ones: use the right one, or the other address.";
    MissingOperator = 401 "missing_operator": "Sign in, and send who you are."
        => "In test mode send `X-Operator-Id`; else sign in and send `Authorization: Bearer <token>`.";
    InvalidOperatorId = 401 "invalid_operator_id": "X-Operator-Id must be op_ and 4 to 64 letters and digits."
        => "Send the `operator_id` that registration answered.";
    HeaderNotAccepted = 401 "header_not_accepted": "X-Operator-Id is not accepted here."
        => "Sign in and send `Authorization: Bearer <token>`.";
    InvalidToken = 401 "invalid_token": "This sign-in token is not valid."
        => "Send a fresh session token of the application's Clerk instance; `error` says what is wrong with this one.";
    InvalidSignature = 401 "invalid_signature": "X-Signature must be the hex HMAC-SHA256 of the body with the secret shared with this deployment."
        => "Sign the raw body with the shared secret.";
    InsufficientBalance = 402 "insufficient_balance": "Insufficient balance for escrow. Deposit the shortfall and send the request again."
        => "Deposit `details.shortfall_usd` and send the same request with the same Idempotency-Key.";
    InsufficientAvailableBalance = 402 "insufficient_available_balance": "Insufficient available balance. Pending earnings become available 7 days after completion."
        => "Ask for at most `details.available_usd`, or wait; `GET /operator/earnings` says until when.";
    AdminKeyRequired = 403 "admin_key_required": "This needs a valid X-Admin-Key header."
        => "Only staff can do this.";
    OperatorNotRegistered = 403 "operator_not_registered": "Register first: POST /api/v1/operator/register."
        => "Register, then send the request again.";
    KycRequired = 403 "kyc_required": "KYC verification is required."
        => "Wait until your identity was checked; `GET /operator/me` shows `kyc_status`.";
    ConfirmationRequired = 403 "confirmation_required": "Confirm that it is you: sign in again, or have Clerk ask for your password or code. That counts for ten minutes."
        => "Reverify in the application (Clerk's `useReverification`), then send the same request with the fresh token. No money moved.";
    AddressHold = 403 "address_hold": "This is not the address that you were paid at so far. It counts 24 hours from when you first named it."
        => "Send the same request again after `details.usable_at`, or name the address of before. No money moved.";
    TaskTypeDisabled = 403 "task_type_disabled": "This task type is not offered here."
        => "`GET /task-types` lists what is offered, by `policy`.";
    AttestationRequired = 403 "attestation_required": "This task type needs authorization: {\"basis\": \"OWNER\" or \"AUTHORIZED\", \"statement\": \"...\"}."
        => "Say in `authorization` on what authority you ask for the task.";
    TooManyActiveTasks = 403 "too_many_active_tasks": "You have as many tasks at work as you may have at once."
        => "Submit or release one; `GET /operator/me` shows how many you may have.";
    NotFound = 404 "not_found": "Not found. Check the id."
        => "Check the id, and whose it is: what belongs to others looks like what does not exist.";
    NoSuchEndpoint = 404 "no_such_endpoint": "No such endpoint. All paths begin with /api/v1; see the API reference."
        => "`GET /openapi.json` has every path.";
    MethodNotAllowed = 405 "method_not_allowed": "This endpoint does not have that method; the Allow header names those it has."
        => "Use a method that `Allow` names.";
    TaskStateConflict = 409 "task_state_conflict": "The task's status does not allow this."
        => "`details.status` is where the task stands; `next_action` of the task says who moves next.";
    TaskAlreadyAccepted = 409 "task_already_accepted": "Another operator has this task."
        => "Take another one from the feed.";
    HoldOver = 409 "hold_over": "The seven days in which a completed task can be disputed are over."
        => "Nothing more can be done about this task.";
    AlreadyResolved = 409 "already_resolved": "Staff have resolved this task's dispute; it can not be disputed again."
        => "Nothing more can be done about this task.";
    RevisionLimitReached = 409 "revision_limit_reached": "You have asked for changes as often as you may. Approve or reject the submission."
        => "Send `verify` with APPROVE or REJECT.";
    ChatClosed = 409 "chat_closed": "Nobody can write about this task now."
        => "Messages go from the acceptance until the hold or the dispute is over; `next_action` of the task says where it stands.";
    ChatFull = 409 "chat_full": "You have sent as many messages as you may about this task."
        => "Each side sends 100 at most. Say the rest in the proof, the verdict or the dispute.";
    RatingClosed = 409 "rating_closed": "The 14 days in which a completed task can be rated are over."
        => "Nothing more can be done about this task.";
    AlreadyRated = 409 "already_rated": "You have rated this task already, otherwise."
        => "A rating stays as it is.";
    CredentialNotReady = 409 "credential_not_ready": "The credential can be retrieved once it is delivered."
        => "Wait until the task is COMPLETED, or in manual review because of its credential.";
    ProbableDuplicate = 409 "probable_duplicate": "You created the same task a short time ago. Leave reject_duplicate_within_s out to create another."
        => "`details.existing_task_id` is the earlier task. To have two, send the request without `reject_duplicate_within_s`.";
    IdempotencyKeyReused = 409 "idempotency_key_reused": "This Idempotency-Key was used for a different request. Use a new key for a new request."
        => "Use a new key for a new request, and the old key with the very same request only.";
    NoCallback = 409 "no_callback": "No callback is asked for this event."
        => "The task was created without a `callback_url`, or its `callback_events` do not name the event. `GET /events` has its payload.";
    EndpointDisabled = 409 "endpoint_disabled": "Nothing is sent to this endpoint any more."
        => "`GET /events/endpoints` says since when and why; mend your server, then `POST /events/endpoints/enable`.";
    LastKey = 409 "last_key": "This is your last API key. Create another first."
        => "`POST /agents/keys` makes another; then revoke this one.";
    TooManyKeys = 409 "too_many_keys": "You have as many API keys as an agent can have. Revoke one to make another."
        => "`GET /agents/keys` lists them; `DELETE /agents/keys/{id}` revokes one.";
    PhotoNotUploaded = 409 "photo_not_uploaded": "Photos that you name have not arrived in the bucket. Upload them, then send the same request again."
        => "Send each file that `details.photos` names to the address that `POST /operator/upload` answers for it; then submit again. Nothing was changed.";
    TooManyUploads = 409 "too_many_uploads": "You have announced as many photos for this task as an operator can. Submit those that you have."
        => "Announcing one of those again gives a fresh address for it: `details.max` different photos are the most for a task.";
    TooManyChecks = 409 "too_many_checks": "You have had as many photos checked for this task as an operator can. Submit those that are best."
        => "Checking the same photos again is answered: `details.max` different lists of photos are the most for a task.";
    OperatorExists = 409 "operator_exists": "This operator is registered already, with other details."
        => "`GET /operator/me` shows the details that are registered.";
    PushUnavailable = 409 "push_unavailable": "This deployment sends no notifications."
        => "Do not offer them; whoever runs the deployment can give it a key to send them with.";
    DepositAlreadyCredited = 409 "deposit_already_credited": "This transaction was already credited to an account. Send the hash of your own transaction."
        => "Send the hash of your own transaction.";
    NoWithdrawalAddress = 409 "no_withdrawal_address": "There is no address yet that your money can go to."
        => "`PUT /agents/withdrawal-address` names one; it counts after 48 hours, and `GET` says from when on.";
    NotSuspended = 409 "not_suspended": "This deposit is not in suspense."
        => "`GET /admin/suspense` lists those that are.";
    PaymentAmountMismatch = 409 "payment_amount_mismatch": "This is not the amount that the payment was asked for."
        => "The payment stays open; the provider must report the amount that was asked for.";
    ClockInUse = 409 "clock_in_use": "Money has moved at a time that is still to come; the clock can not go back behind it."
        => "Start afresh on an empty data folder, or with `--ephemeral`.";
    TaskExpired = 410 "task_expired": "The task's deadline has passed."
        => "Nothing more can be done about this task; its escrow goes back to the agent.";
    WorkWindowOver = 410 "work_window_over": "Your time to submit is over; the task goes back to the feed."
        => "Accept it again if you find it in the feed, and submit before `next_action.due_at`.";
    BodyTooLarge = 413 "body_too_large": "The request body is larger than 262144 bytes. Send less."
        => "Send less. Photos go to the address that `POST /operator/upload` answers.";
    UnsupportedMediaType = 415 "unsupported_media_type": "Send the body as JSON, with the header Content-Type: application/json."
        => "Send `Content-Type: application/json`.";
    RateLimited = 429 "rate_limited": "Too many requests."
        => "Wait for the seconds in `Retry-After`, then go on more slowly.";
    InternalError = 500 "internal_error": "Internal server error"
        => "Send the same request again, after a second, then two, then four. If it stays, report `request_id`.";
}

impl Code {
    /// The code with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.word() == word)
    }
}
