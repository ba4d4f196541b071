//! What an endpoint is: its route, and what is said about it. Plain data: nothing here answers a request.

mod code;
mod errors_page;

pub use code::Code;
pub use errors_page::errors_page;

use crate::read::{Read, Sketch};
use schemars::{JsonSchema, Schema, SchemaGenerator};

/// What every path of the description is below.
pub const BASE: &str = "/api/v1";

/// An HTTP method of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    Anyone,
    /// Anybody in test mode, the admin in live mode.
    Registrar,
    /// Whoever holds an API key: `X-API-Key`.
    Agent,
    /// Whoever has an operator's identity.
    Operator,
    /// Whoever wants to be an operator: an identity, or in test mode nobody yet.
    Newcomer,
    /// An operator who is registered and whose identity was checked.
    VerifiedOperator,
    /// Staff: `X-Admin-Key`.
    Admin,
    /// The payment provider, by the signature of its body: `X-Signature`.
    Provider,
}

/// Requests per minute, of one client to one route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    Standard,
    /// What takes more than a request: an upload, a call to somebody else.
    Costly,
    Unlimited,
}

/// Where an endpoint is, and who gets in. All that its function needs to know of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: Method,
    /// Below [`BASE`], with `{id}` where an id goes.
    pub path: &'static str,
    pub caller: Caller,
    pub rate: Rate,
}

/// What is read besides the path.
#[derive(Clone, Copy, Debug)]
pub enum Input {
    Nothing,
    /// A query, by the reader of its fields.
    Query(fn(&mut Sketch)),
    /// A JSON body, by the reader of its fields.
    Body(fn(&mut Sketch)),
    /// A JSON body in somebody else's form.
    Foreign(fn(&mut SchemaGenerator) -> Schema),
}

/// What a successful answer carries.
#[derive(Clone, Copy, Debug)]
pub enum Output {
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// A file of one of these media types.
    File(&'static [&'static str]),
}

/// What a path's `{id}` is.
#[derive(Clone, Copy, Debug)]
pub struct PathId {
    /// A sentence.
    pub about: &'static str,
    /// A regular expression that every such id matches.
    pub pattern: &'static str,
    pub example: &'static str,
}

/// A follow-up: the operation, and the field of the reply that is its `{id}`.
pub type Link = (&'static str, &'static str);

/// One endpoint, described.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub route: Route,
    /// The name of the method in the SDKs, in camelCase: the `operationId`.
    pub operation: &'static str,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// The rest that a caller must know; may be empty.
    pub about: &'static str,
    pub id: Option<PathId>,
    /// `Idempotency-Key` is read.
    pub idempotent: bool,
    /// Sent twice it is done twice: clients send it again only where nothing was done.
    pub once: bool,
    pub input: Input,
    /// Status of success: 200, 201 or 202.
    pub success: u16,
    /// It may be 202 too, with the same answer: what was asked for is not done yet, and will be without another call.
    pub may_take_longer: bool,
    pub output: Output,
    /// Its own errors. Those that follow from route and input are added by [`Endpoint::codes`].
    pub errors: &'static [Code],
    /// A request's body (JSON) or query, and the answer to it. Empty where there is nothing.
    pub example: Example,
    pub links: &'static [Link],
}

/// A request and its answer, as they would be on the wire.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub request: &'static str,
    pub reply: &'static str,
}

impl Method {
    /// As on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl Rate {
    /// Requests per minute; `None` is not counted.
    pub const fn per_minute(self) -> Option<u64> {
        match self {
            Self::Standard => Some(100),
            Self::Costly => Some(10),
            Self::Unlimited => None,
        }
    }
}

impl Route {
    pub const fn get(path: &'static str, caller: Caller) -> Self {
        Self { method: Method::Get, path, caller, rate: Rate::Standard }
    }

    pub const fn post(path: &'static str, caller: Caller) -> Self {
        Self { method: Method::Post, ..Self::get(path, caller) }
    }

    pub const fn put(path: &'static str, caller: Caller) -> Self {
        Self { method: Method::Put, ..Self::get(path, caller) }
    }

    pub const fn patch(path: &'static str, caller: Caller) -> Self {
        Self { method: Method::Patch, ..Self::get(path, caller) }
    }

    pub const fn delete(path: &'static str, caller: Caller) -> Self {
        Self { method: Method::Delete, ..Self::get(path, caller) }
    }

    pub const fn rated(self, rate: Rate) -> Self {
        Self { rate, ..self }
    }

    /// The function that answers it, a folder of `functions`; [`EMBEDDED`] for what only the process on one's own
    /// machine answers, in test mode.
    pub fn function(&self) -> &'static str {
        let first = self.path.split('/').nth(1).unwrap_or_default();
        match (first, self.path) {
            ("agents", path) if path.starts_with("/agents/deposit") => "payments",
            ("agents", path) if path.starts_with("/agents/withdrawal") => "payments",
            ("webhooks", _) => "payments",
            ("agents" | "health", _) => "agents",
            ("tasks" | "task-types", _) => "tasks",
            ("events", _) => "events",
            ("operator", "/operator/upload") => "uploads",
            ("operator", "/operator/tasks/{id}/check") => "checks",
            ("operator" | "operators", _) => "operators",
            ("admin", _) => "admin",
            ("docs" | "openapi.json", _) => "docs",
            (_, _) => EMBEDDED,
        }
    }
}

/// What [`Route::function`] answers where there is none.
pub const EMBEDDED: &str = "embedded";

/// `POST /tasks/{id}/cancel`.
impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method.word(), self.path)
    }
}

impl Endpoint {
    /// An endpoint that reads nothing and answers 200 with a `T`.
    pub const fn new<T: JsonSchema>(operation: &'static str, route: Route, summary: &'static str) -> Self {
        Self {
            route,
            operation,
            summary,
            about: "",
            id: None,
            idempotent: false,
            once: false,
            input: Input::Nothing,
            success: 200,
            may_take_longer: false,
            output: Output::Json(SchemaGenerator::subschema_for::<T>),
            errors: &[],
            example: Example { request: "", reply: "" },
            links: &[],
        }
    }

    pub const fn body<T: Read>(self) -> Self {
        Self { input: Input::Body(Sketch::draw::<T>), ..self }
    }

    pub const fn query<T: Read>(self) -> Self {
        Self { input: Input::Query(Sketch::draw::<T>), ..self }
    }

    pub const fn about(self, about: &'static str) -> Self {
        Self { about, ..self }
    }

    pub const fn id(self, id: PathId) -> Self {
        Self { id: Some(id), ..self }
    }

    pub const fn created(self) -> Self {
        Self { success: 201, ..self }
    }

    pub const fn accepted(self) -> Self {
        Self { success: 202, ..self }
    }

    pub const fn may_take_longer(self) -> Self {
        Self { may_take_longer: true, ..self }
    }

    pub const fn idempotent(self) -> Self {
        Self { idempotent: true, ..self }
    }

    pub const fn once(self) -> Self {
        Self { once: true, ..self }
    }

    pub const fn errors(self, errors: &'static [Code]) -> Self {
        Self { errors, ..self }
    }

    pub const fn links(self, links: &'static [Link]) -> Self {
        Self { links, ..self }
    }

    pub const fn example(self, request: &'static str, reply: &'static str) -> Self {
        Self { example: Example { request, reply }, ..self }
    }

    /// Every error that the endpoint can answer with, in the order of [`Code::ALL`].
    pub fn codes(&self) -> Vec<Code> {
        let by_caller: &[Code] = match self.route.caller {
            Caller::Anyone => &[],
            Caller::Registrar | Caller::Admin => &[Code::AdminKeyRequired],
            Caller::Agent => &[Code::MissingApiKey, Code::InvalidApiKey, Code::WrongMode],
            Caller::Operator | Caller::Newcomer => OPERATOR,
            Caller::VerifiedOperator => VERIFIED,
            Caller::Provider => &[Code::InvalidSignature],
        };
        let by_input: &[Code] = match self.input {
            Input::Nothing | Input::Query(_) if self.route.method == Method::Get => &[Code::InvalidRequest],
            Input::Nothing | Input::Query(_) | Input::Body(_) | Input::Foreign(_) => {
                &[Code::InvalidRequest, Code::InvalidJson]
            }
        };
        let limited = matches!(self.route.rate, Rate::Standard | Rate::Costly);
        let has = |code: &Code| {
            EVERYWHERE.contains(code)
                || by_caller.contains(code)
                || by_input.contains(code)
                || self.errors.contains(code)
                || (matches!(code, Code::NotFound | Code::BadRequest) && self.id.is_some())
                || (*code == Code::RateLimited && limited)
                || (matches!(code, Code::NoSuchEndpoint | Code::UnknownHost) && self.route.function() == EMBEDDED)
        };
        Code::ALL.iter().copied().filter(has).collect()
    }
}

/// What the envelope around every endpoint answers with.
const EVERYWHERE: &[Code] = &[Code::BrokenBody, Code::BodyTooLarge, Code::UnsupportedMediaType, Code::InternalError];
const OPERATOR: &[Code] =
    &[Code::MissingOperator, Code::InvalidOperatorId, Code::HeaderNotAccepted, Code::InvalidToken];
const VERIFIED: &[Code] = &[
    Code::MissingOperator,
    Code::InvalidOperatorId,
    Code::HeaderNotAccepted,
    Code::InvalidToken,
    Code::OperatorNotRegistered,
    Code::KycRequired,
];
