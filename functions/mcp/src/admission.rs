//! Who may come in, and with which limits. What is wrong is said in JSON, as everywhere in the API.

use crate::inside::Inside;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::{ACCEPT, ALLOW, AUTHORIZATION, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use contract::endpoint::Caller;
use contract::{Code, Route};
use humanops_client::{Client, Usd};
use humanops_mcp::{Home, Limits, Session};
use std::time::Duration;
use web::gate::ClientIp;
use web::{ApiError, Gate};

/// A host limits its assistant by them, as by the options of the server on one's own machine.
const READ_ONLY: &str = "x-mcp-readonly";
const TOOLS: &str = "x-mcp-tools";
const MAX_REWARD: &str = "x-humanops-max-reward-usd";
/// What a client of the protocol accepts.
const BOTH: &str = "application/json, text/event-stream";
/// Time for a call of the API: less than the function has.
const CALL: Duration = Duration::from_secs(9);
/// What who is refused is counted as.
const ROUTE: Route = Route::post(crate::PATH, Caller::Agent);
/// Bytes of a sentence.
const SENTENCE_BYTES_MAX: usize = 1_024;
/// Where the API is: nobody resolves it.
const INSIDE: &str = "http://inside";

/// Lets a request through to the protocol, with whose it is. Who is refused is counted: a tool's call is, where it goes.
pub(crate) async fn admit(state: Admission, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let session = match state.session(&parts) {
        Ok(session) => session,
        Err(refused) => return state.gate.count(&parts, ROUTE).await.err().unwrap_or(refused).into_response(),
    };
    // The library hands them on, with whatever it logs.
    for name in [AUTHORIZATION.as_str(), "x-api-key"] {
        parts.headers.remove(name);
    }
    // Who takes anything takes what the protocol asks for.
    if parts.headers.get(ACCEPT).is_none_or(|accepted| accepted == "*/*") {
        parts.headers.insert(ACCEPT, HeaderValue::from_static(BOTH));
    }
    parts.extensions.insert(session);
    let is_json = is_json(&parts.headers);
    in_words(next.run(Request::from_parts(parts, body)).await, is_json).await
}

/// What is needed to know whose a request is.
#[derive(Clone)]
pub(crate) struct Admission {
    pub(crate) gate: Gate,
    /// The API's endpoints.
    pub(crate) api: Router,
}

impl Admission {
    fn session(&self, parts: &Parts) -> Result<Session, ApiError> {
        let key = key(&parts.headers)?;
        web::recognised(&key, self.gate.mode())?;
        let limits = limits(&parts.headers)?;
        let inside = Inside { api: self.api.clone(), from: parts.extensions.get::<ClientIp>().copied() };
        let client = Client::builder().api_key(key).url(INSIDE).carrier(inside).retries(0).timeout(CALL).build();
        let client = client.map_err(|_| ApiError::of(Code::InvalidApiKey))?;
        Ok(Session { client, limits, home: Home::Remote })
    }
}

/// A header that is there; an empty one is not.
fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().map_err(|_| wrong(name, "must be ASCII"))?.trim();
    Ok(Some(text).filter(|text| !text.is_empty()))
}

fn wrong(name: &str, problem: &str) -> ApiError {
    ApiError::fields(&[(name.to_owned(), problem.to_owned())])
}

fn key(headers: &HeaderMap) -> Result<String, ApiError> {
    let scheme = text(headers, AUTHORIZATION.as_str())?.and_then(|value| value.split_once(' '));
    let bearer = scheme.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, key)| key.trim());
    let key = text(headers, "x-api-key")?.or(bearer).filter(|key| !key.is_empty());
    key.map(ToOwned::to_owned).ok_or_else(|| {
        ApiError::of(Code::MissingApiKey).saying("Send your API key as Authorization: Bearer <key>, or as X-API-Key.")
    })
}

fn limits(headers: &HeaderMap) -> Result<Limits, ApiError> {
    let tools = Limits::named(text(headers, TOOLS)?.unwrap_or_default()).map_err(|problem| wrong(TOOLS, &problem))?;
    let max_reward =
        text(headers, MAX_REWARD)?.map(|text| text.parse::<Usd>().ok().filter(|max| *max >= Usd::dollars(0)));
    let max_reward =
        max_reward.map(|max| max.ok_or_else(|| wrong(MAX_REWARD, "must be an amount in US dollars, such as 25.00")));
    let read_only = match text(headers, READ_ONLY)? {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(wrong(READ_ONLY, "must be true or false")),
    };
    Ok(Limits { read_only, max_reward: max_reward.transpose()?, tools })
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

/// What the protocol's library refuses in plain text.
async fn in_words(answer: Response, asked_in_json: bool) -> Response {
    let status = answer.status();
    if !status.is_client_error() || is_json(answer.headers()) {
        return answer;
    }
    // The media type was right, so the body was wrong.
    if status.as_u16() == 415 && asked_in_json {
        return no_message();
    }
    let (parts, body) = answer.into_parts();
    let said = to_bytes(body, SENTENCE_BYTES_MAX).await.unwrap_or_default();
    let said = String::from_utf8_lossy(&said);
    let sentence = if said.is_empty() { Code::BadRequest.sentence() } else { said.trim() };
    let mut answer = ApiError::of(Code::BadRequest).saying(sentence).into_response();
    *answer.status_mut() = status;
    answer.headers_mut().extend(parts.headers.into_iter().filter(|(name, _)| *name == Some(ALLOW)));
    answer
}

/// JSON-RPC 2.0, section 5.1.
fn no_message() -> Response {
    const ERROR: &str =
        r#"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"The body is no JSON-RPC message."}}"#;
    let mut answer = ApiError::of(Code::BadRequest).into_response();
    answer.extensions_mut().clear();
    *answer.body_mut() = ERROR.into();
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    answer
}
