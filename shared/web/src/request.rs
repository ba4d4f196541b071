//! What comes in: body, query and the id of the path, read as `contract` describes them.

use crate::error::ApiError;
use crate::idempotency::{IdempotencyKey, fingerprint};
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::Method;
use axum::http::request::Parts;
use contract::Code;
use contract::read::{Given, Read};
use domain::ids::Id;
use domain::task::Task;
use domain::{AgentId, OperatorId, TaskId, Usd};
use std::convert::Infallible;
use store::{Found, Key};

/// The body of a request, already within its limit.
#[derive(Clone, Debug)]
pub struct Payload {
    body: Bytes,
    /// A PATCH is told by its body what changes (RFC 5789, 2); anything else without a body is one without fields.
    is_required: bool,
}

impl From<&'static [u8]> for Payload {
    fn from(body: &'static [u8]) -> Self {
        Self { body: body.into(), is_required: false }
    }
}

impl<S: Sync> FromRequest<S> for Payload {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let is_required = request.method() == Method::PATCH;
        // The envelope has read the body within its limit: this cannot wait or grow.
        let collected = http_body_util::BodyExt::collect(request.into_body()).await;
        let body = collected.map_err(|error| ApiError::internal(format!("a buffered body failed: {error}")))?;
        Ok(Self { body: body.to_bytes(), is_required })
    }
}

impl Payload {
    /// As it came, for who checks a signature over it.
    pub fn bytes(&self) -> &[u8] {
        &self.body
    }

    /// Its fields, for who looks closer than [`Payload::read`] does.
    pub fn given(&self) -> Result<Given, ApiError> {
        if self.is_required && self.body.trim_ascii().is_empty() {
            return Err(ApiError::of(Code::InvalidJson).saying("There is no body. Send what changes as a JSON object."));
        }
        Given::body(&self.body).map_err(|refusal| ApiError::of(Code::InvalidJson).saying(refusal.to_string()))
    }

    /// Reads it; the error names everything that is wrong.
    pub fn read<T: Read>(&self) -> Result<T, ApiError> {
        let mut given = self.given()?;
        let value = given.read();
        finish(value, given)
    }
}

impl Payload {
    /// Reads a request that moves an amount, and what must be equal for a replay of it: however the amount was written.
    pub fn read_once<T: Read>(
        &self,
        key: &IdempotencyKey,
        amount: impl Fn(&T) -> Usd,
    ) -> Result<(T, [u8; 16]), ApiError> {
        let mut given = self.given()?;
        let rest = given.canonical(&["amount_usd"]);
        let body = given.read();
        key.check(&mut given);
        let body: T = finish(body, given)?;
        let fingerprint = fingerprint(amount(&body), &rest);
        Ok((body, fingerprint))
    }
}

/// What was read, unless anything was wrong.
pub fn finish<T>(value: Option<T>, given: Given) -> Result<T, ApiError> {
    let problems = given.problems();
    match value {
        Some(value) if problems.is_empty() => Ok(value),
        None if problems.is_empty() => Err(ApiError::internal("a reader gave up without saying why")),
        Some(_) | None => Err(ApiError::fields(&problems)),
    }
}

/// The query string.
#[derive(Debug)]
pub struct Query(Given);

impl<S: Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Given::query(parts.uri.query().unwrap_or_default())))
    }
}

impl Query {
    /// Reads it; the error names everything that is wrong.
    pub fn read<T: Read>(mut self) -> Result<T, ApiError> {
        let value = self.0.read();
        finish(value, self.0)
    }
}

/// The `{id}` of the path. A text that is no such id is the id of nothing.
#[derive(Debug)]
pub struct PathId<T>(pub Option<T>);

impl<T: Id, S: Send + Sync> FromRequestParts<S> for PathId<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let PathText(text) = PathText::from_request_parts(parts, state).await?;
        Ok(Self(T::parse(&text)))
    }
}

/// The `{id}` of the path, where it may be any text.
#[derive(Debug)]
pub struct PathText(pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathText {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        // It fails on what is not UTF-8.
        let path = Path::<String>::from_request_parts(parts, state).await;
        path.map(|Path(text)| Self(text)).map_err(|_| ApiError::of(Code::BadRequest))
    }
}

/// The `{id}` of a path about a task, and how the task is found by it.
pub type TaskPath = PathId<TaskId>;

impl TaskPath {
    /// What to read.
    pub fn key(&self) -> Option<Key> {
        self.0.map(Key::task)
    }

    /// The task, if it was found.
    pub fn task(&self, found: &mut Found) -> Result<Task, ApiError> {
        let task = match self.0 {
            Some(id) => found.task(id)?,
            None => None,
        };
        task.ok_or_else(|| ApiError::not_found("Task"))
    }

    /// The task, if it was found and is the agent's. Somebody else's answers like none at all.
    pub fn own_task(&self, found: &mut Found, agent: AgentId) -> Result<Task, ApiError> {
        let task = self.task(found)?;
        if task.agent == agent { Ok(task) } else { Err(ApiError::not_found("Task")) }
    }

    /// The task, if it was found and the operator has it, or had it at its end.
    pub fn assigned_task(&self, found: &mut Found, operator: &OperatorId) -> Result<Task, ApiError> {
        let task = self.task(found)?;
        let own = task.operator.as_ref().is_some_and(|assignee| assignee.id == *operator);
        if own { Ok(task) } else { Err(ApiError::not_found("Task")) }
    }
}
