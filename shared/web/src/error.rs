//! Errors as JSON: which failure is which code of the closed list (invariant I7). The codes, their statuses and
//! sentences are `contract`'s.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use contract::Code;
use domain::Usd;
use domain::limits::REVISIONS_MAX;
use domain::money::payout::InsufficientEarnings;
use domain::moves::Refusal;
use domain::opening::{InsufficientFunds, Restricted};
use domain::status::{Move, Status};
use serde::Serialize;
use serde_json::{Value, json};
use store::StoreError;
use store::task::{AdvanceError, CreateError};

/// An answer other than success: `{"error", "code", "request_id", "details"}`.
#[derive(Debug)]
pub struct ApiError {
    code: Code,
    sentence: String,
    details: Value,
    headers: Vec<(HeaderName, HeaderValue)>,
    cause: Option<String>,
}

/// What is logged of an error and never answered.
#[derive(Clone, Debug)]
pub(crate) struct Cause(pub(crate) String);

/// The body before the request id is known; the envelope completes it.
#[derive(Clone, Debug)]
pub(crate) struct ErrorBody {
    pub(crate) code: Code,
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
        let wire = Wire { error: &self.sentence, code: self.code.word(), request_id, details: &self.details };
        serde_json::to_string(&wire).expect("an error is texts and numbers")
    }
}

impl ApiError {
    /// An error of the list, with its own sentence.
    pub fn of(code: Code) -> Self {
        Self { code, sentence: code.sentence().to_owned(), details: json!({}), headers: Vec::new(), cause: None }
    }

    /// The same error with a more exact sentence.
    pub fn saying(mut self, sentence: impl Into<String>) -> Self {
        self.sentence = sentence.into();
        self
    }

    /// The same error with details.
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }

    /// The same error with one more header.
    pub(crate) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// 400, with every bad field: `(field, what is wrong with it)`.
    pub fn fields(problems: &[(String, String)]) -> Self {
        let list: Vec<String> = problems.iter().map(|(field, problem)| format!("{field} {problem}")).collect();
        let map: serde_json::Map<String, Value> =
            problems.iter().map(|(field, problem)| (field.clone(), json!(problem))).collect();
        let sentence = format!("Invalid request: {}.", list.join("; "));
        Self::of(Code::InvalidRequest).saying(sentence).with(json!({ "fields": map }))
    }

    /// 402: a deposit does not cover what is to be taken from it.
    pub fn short_of_deposit(required: Usd, available: Usd) -> Self {
        InsufficientFunds { required, available }.into()
    }

    /// 404. The same for what does not exist and for what is somebody else's.
    pub fn not_found(what: &str) -> Self {
        Self::of(Code::NotFound).saying(format!("{what} not found. Check the id."))
    }

    /// 429 until the window ends.
    pub(crate) fn too_many_requests(limit: u64, retry_after_s: i64) -> Self {
        let sentence = format!("Too many requests: {limit} per minute. Try again in {retry_after_s} seconds.");
        let error = Self::of(Code::RateLimited).saying(sentence).with_header(header::RETRY_AFTER, retry_after_s.into());
        error.with(json!({ "limit": limit, "retry_after_s": retry_after_s }))
    }

    /// 500. `cause` is logged.
    pub fn internal(cause: impl Into<String>) -> Self {
        let mut error = Self::of(Code::InternalError);
        error.cause = Some(cause.into());
        error
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.code.status()).expect("the list has HTTP statuses");
        let mut response = status.into_response();
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(Cause(cause));
        }
        response.headers_mut().extend(self.headers);
        if let Some(challenge) = challenge(self.code) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        response.extensions_mut().insert(ErrorBody { code: self.code, sentence: self.sentence, details: self.details });
        response
    }
}

/// How to say who one is, which goes with every 401 (RFC 9110, 15.5.2).
fn challenge(code: Code) -> Option<&'static str> {
    const BY_KEY: &str = r#"ApiKey realm="HumanOps", header="X-API-Key""#;
    const BY_TOKEN: &str = r#"Bearer realm="HumanOps""#;
    const BY_ANOTHER_TOKEN: &str = r#"Bearer realm="HumanOps", error="invalid_token""#;
    const BY_SIGNATURE: &str = r#"Signature realm="HumanOps", header="X-Signature""#;
    match code {
        Code::InvalidSignature => Some(BY_SIGNATURE),
        Code::MissingOperator | Code::InvalidOperatorId | Code::HeaderNotAccepted => Some(BY_TOKEN),
        Code::InvalidToken => Some(BY_ANOTHER_TOKEN),
        code if code.status() == StatusCode::UNAUTHORIZED.as_u16() => Some(BY_KEY),
        _ => None,
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
            Refusal::Expired => Self::of(Code::TaskExpired),
            Refusal::WindowOver => Self::of(Code::WorkWindowOver),
            Refusal::TooManyAtWork => Self::of(Code::TooManyActiveTasks),
            Refusal::HoldOver => Self::of(Code::HoldOver),
            Refusal::Resolved => Self::of(Code::AlreadyResolved),
            Refusal::NoMoreRevisions => Self::of(Code::RevisionLimitReached).with(json!({ "max": REVISIONS_MAX })),
            Refusal::NoDispute(status) => Self::of(Code::TaskStateConflict)
                .saying(format!("The task is {status}: statements are for tasks that are DISPUTED."))
                .with(json!({ "status": status.word() })),
            Refusal::WrongStatus { status, step } => wrong_status(status, step),
        }
    }
}

fn wrong_status(status: Status, step: Move) -> ApiError {
    // How far another operator is with it is nobody's business.
    if step == Move::Accept && matches!(status, Status::Accepted | Status::InProgress) {
        return ApiError::of(Code::TaskAlreadyAccepted);
    }
    let sentence = format!("The task is {status}, which does not allow \"{step}\".");
    ApiError::of(Code::TaskStateConflict).saying(sentence).with(json!({ "status": status.word() }))
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
        // Texts: in `details` nothing says that a number is no float.
        Self::of(Code::InsufficientBalance).with(json!({
            "required_usd": short.required.to_string(),
            "available_usd": short.available.to_string(),
            "shortfall_usd": missing.to_string(),
        }))
    }
}

impl From<Restricted> for ApiError {
    fn from(restricted: Restricted) -> Self {
        match restricted {
            Restricted::Disabled => Self::of(Code::TaskTypeDisabled),
            Restricted::AttestationRequired => Self::of(Code::AttestationRequired),
        }
    }
}

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::Funds(short) => short.into(),
            CreateError::KeyReused => Self::of(Code::IdempotencyKeyReused),
            CreateError::Duplicate(task) => {
                Self::of(Code::ProbableDuplicate).with(json!({ "existing_task_id": task.to_string() }))
            }
            CreateError::NoAccount => Self::internal("an agent with a valid key has no account"),
            CreateError::Store(error) => error.into(),
        }
    }
}

impl From<InsufficientEarnings> for ApiError {
    fn from(short: InsufficientEarnings) -> Self {
        Self::of(Code::InsufficientAvailableBalance).with(json!({
            "required_usd": short.required.to_string(),
            "available_usd": short.available.to_string(),
        }))
    }
}
