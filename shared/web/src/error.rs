//! Errors as JSON. The only file that knows which failure is which HTTP status (invariant I7).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::moves::Refusal;
use domain::opening::{InsufficientFunds, Restricted};
use domain::status::{Move, Status};
use serde::Serialize;
use serde_json::{Value, json};
use store::StoreError;
use store::tasks::{AdvanceError, CreateError};

/// An answer other than success: `{"error", "code", "request_id", "details"}`.
#[derive(Debug)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    sentence: String,
    details: Value,
    retry_after_s: Option<i64>,
    cause: Option<String>,
}

/// What is logged of an error and never answered.
#[derive(Clone, Debug)]
pub(crate) struct Cause(pub(crate) String);

/// The body before the request id is known; the envelope completes it.
#[derive(Clone, Debug)]
pub(crate) struct ErrorBody {
    pub(crate) code: &'static str,
    pub(crate) sentence: String,
    pub(crate) details: Value,
}

#[derive(Serialize)]
struct Wire<'a> {
    error: &'a str,
    code: &'a str,
    request_id: &'a str,
    details: &'a Value,
}

impl ErrorBody {
    pub(crate) fn to_json(&self, request_id: &str) -> String {
        let wire = Wire { error: &self.sentence, code: self.code, request_id, details: &self.details };
        serde_json::to_string(&wire).expect("an error is texts and numbers")
    }
}

impl ApiError {
    fn new(status: StatusCode, code: &'static str, sentence: impl Into<String>) -> Self {
        Self { status, code, sentence: sentence.into(), details: json!({}), retry_after_s: None, cause: None }
    }

    /// The same error with details.
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }

    /// 400, with every bad field: `(field, what is wrong with it)`.
    pub fn fields(problems: &[(String, String)]) -> Self {
        let list: Vec<String> = problems.iter().map(|(field, problem)| format!("{field} {problem}")).collect();
        let map: serde_json::Map<String, Value> =
            problems.iter().map(|(field, problem)| (field.clone(), json!(problem))).collect();
        let sentence = format!("Invalid request: {}.", list.join("; "));
        Self::new(StatusCode::BAD_REQUEST, "invalid_request", sentence).with(json!({ "fields": map }))
    }

    /// 400 for another reason than a field.
    pub fn bad_request(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, sentence)
    }

    /// 401.
    pub fn unauthorized(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, sentence)
    }

    /// 402.
    pub fn payment_required(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::PAYMENT_REQUIRED, code, sentence)
    }

    /// 403.
    pub fn forbidden(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, sentence)
    }

    /// 404. The same for what does not exist and for what is somebody else's.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("{what} not found. Check the id."))
    }

    /// 404 for a path that no route has.
    pub(crate) fn no_route() -> Self {
        let sentence = "No such endpoint. All paths begin with /api/v1; see the API reference.";
        Self::new(StatusCode::NOT_FOUND, "no_such_endpoint", sentence)
    }

    /// 405.
    pub(crate) fn wrong_method() -> Self {
        let sentence = "This endpoint does not have that method; the Allow header names those it has.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", sentence)
    }

    /// 409.
    pub fn conflict(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, sentence)
    }

    /// 410.
    pub fn gone(code: &'static str, sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::GONE, code, sentence)
    }

    /// 413.
    pub(crate) fn body_too_large(limit_bytes: usize) -> Self {
        let sentence = format!("The request body is larger than {limit_bytes} bytes. Send less.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", sentence)
    }

    /// 415.
    pub(crate) fn not_json() -> Self {
        let sentence = "Send the body as JSON, with the header Content-Type: application/json.";
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", sentence)
    }

    /// 429 until the window ends.
    pub(crate) fn too_many_requests(limit: u64, retry_after_s: i64) -> Self {
        let sentence = format!("Too many requests: {limit} per minute. Try again in {retry_after_s} seconds.");
        let mut error = Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", sentence);
        error.retry_after_s = Some(retry_after_s);
        error.with(json!({ "limit": limit, "retry_after_s": retry_after_s }))
    }

    /// 500. `cause` is logged.
    pub(crate) fn internal(cause: impl Into<String>) -> Self {
        let mut error = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "Internal server error");
        error.cause = Some(cause.into());
        error
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(Cause(cause));
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(ErrorBody { code: self.code, sentence: self.sentence, details: self.details });
        response
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        Self::internal(error.to_string())
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotYours => Self::not_found("Task"),
            Refusal::Expired => Self::gone("task_expired", "The task's deadline has passed."),
            Refusal::HoldOver => {
                Self::conflict("hold_over", "The seven days in which a completed task can be disputed are over.")
            }
            Refusal::Resolved => Self::conflict(
                "already_resolved",
                "Staff have resolved this task's dispute; it can not be disputed again.",
            ),
            Refusal::WrongStatus { status, step } => wrong_status(status, step),
        }
    }
}

fn wrong_status(status: Status, step: Move) -> ApiError {
    let code = match (status, step) {
        (Status::Accepted | Status::InProgress, Move::Accept) => "task_already_accepted",
        _ => "task_state_conflict",
    };
    let sentence = format!("The task is {status}, which does not allow \"{step}\".");
    ApiError::conflict(code, sentence).with(json!({ "status": status.word() }))
}

impl From<AdvanceError> for ApiError {
    fn from(error: AdvanceError) -> Self {
        match error {
            AdvanceError::Refused(refusal) => refusal.into(),
            AdvanceError::Store(error) => error.into(),
        }
    }
}

impl From<InsufficientFunds> for ApiError {
    fn from(short: InsufficientFunds) -> Self {
        let missing = short.required.checked_sub(short.available).unwrap_or_default();
        let amount = |usd: domain::Usd| crate::json::number(&usd);
        let sentence = "Insufficient balance for escrow. Deposit the shortfall and send the request again.";
        Self::payment_required("insufficient_balance", sentence).with(json!({
            "required_usd": amount(short.required),
            "available_usd": amount(short.available),
            "shortfall_usd": amount(missing),
        }))
    }
}

impl From<Restricted> for ApiError {
    fn from(restricted: Restricted) -> Self {
        match restricted {
            Restricted::Disabled => Self::forbidden("task_type_disabled", "This task type is not offered here."),
            Restricted::AttestationRequired => Self::forbidden(
                "attestation_required",
                "This task type needs authorization: {\"basis\": \"OWNER\" or \"AUTHORIZED\", \"statement\": \"...\"}.",
            ),
        }
    }
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Funds(short) => short.into(),
            CreateError::KeyReused => key_reused(),
            CreateError::Duplicate(task) => Self::conflict(
                "probable_duplicate",
                "You created the same task a short time ago. Leave reject_duplicate_within_s out to create another.",
            )
            .with(json!({ "existing_task_id": task.to_string() })),
            CreateError::NoAccount => Self::internal("an agent with a valid key has no account"),
            CreateError::Store(error) => error.into(),
        }
    }
}

/// 402: less is available for withdrawal than asked for.
pub fn insufficient_earnings(required: domain::Usd, available: domain::Usd) -> ApiError {
    let sentence = "Insufficient available balance. Pending earnings become available 7 days after completion.";
    ApiError::payment_required("insufficient_available_balance", sentence).with(json!({
        "required_usd": crate::json::number(&required),
        "available_usd": crate::json::number(&available),
    }))
}

/// 409: the Idempotency-Key came with another request before.
pub fn key_reused() -> ApiError {
    ApiError::conflict(
        "idempotency_key_reused",
        "This Idempotency-Key was used for a different request. Use a new key for a new request.",
    )
}
