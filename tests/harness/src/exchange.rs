//! What every exchange with the interface is held to, whichever way it went, through a router, over HTTP or through
//! Lambda: the OpenAPI document. What a single endpoint answers is for its tests.

pub(crate) mod leaks;

use crate::Reply;
use contract::endpoint::Endpoint;
use contract::{Code, openapi};
use jsonschema::Validator;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex};

/// A request, as the interface sees it.
#[derive(Clone, Copy, Debug)]
pub struct Sent<'a> {
    pub method: &'a str,
    /// Below `/api/v1`, with its query: `/tasks?limit=1`.
    pub path: &'a str,
    pub body: Option<&'a str>,
}

/// Fails unless the reply is one that the document describes for the request.
#[track_caller]
pub(crate) fn check(sent: &Sent<'_>, reply: &Reply) {
    if let Err(wrong) = judge(sent, reply) {
        let Sent { method, path, .. } = sent;
        panic!("{method} {path} was answered with {} {:?} {}\n{wrong}", reply.status, reply.headers, reply.text);
    }
}

/// What is wrong with a reply, in one sentence.
fn judge(sent: &Sent<'_>, reply: &Reply) -> Result<(), String> {
    let id = reply.header("x-request-id").unwrap_or_default();
    expect(id.starts_with("req_"), "it has no x-request-id")?;
    let Some(endpoint) = described(sent) else {
        return undescribed(reply);
    };
    // Files show examples, and who gets a key gets it once.
    let shows = endpoint.route.function() == "docs" || ["registerAgent", "createApiKey"].contains(&endpoint.operation);
    let leaked = leaks::found(&reply.text).filter(|_| !shows);
    expect(leaked.is_none(), leaked.unwrap_or_default())?;
    let status = reply.status.to_string();
    let response = &operation(endpoint)["responses"][&status];
    expect(response.is_object(), "the document does not have this status for it")?;
    let headers = response["headers"].as_object().into_iter().flat_map(|headers| headers.keys());
    for name in headers.filter(|name| !["Idempotent-Replayed"].contains(&name.as_str())) {
        // A refusal before anybody is counted has no window.
        let counted = reply.status < 400 || reply.status == 429 || !name.starts_with("RateLimit");
        expect(!counted || reply.header(name).is_some(), &format!("the header {name} is missing"))?;
    }
    let media_type = reply.header("content-type").and_then(|value| value.split(';').next()).unwrap_or_default();
    expect(response["content"][media_type].is_object(), "the document does not have this content type for it")?;
    if media_type != "application/json" || sent.method == "HEAD" {
        return Ok(());
    }
    let validator = validator(endpoint, &status);
    let errors: Vec<String> =
        validator.iter_errors(&reply.json).map(|error| format!("{}: {error}", error.instance_path())).collect();
    expect(errors.is_empty(), &errors.join("\n"))?;
    same_request(reply, id)
}

fn expect(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn same_request(reply: &Reply, id: &str) -> Result<(), String> {
    expect(reply.status < 400 || reply["request_id"] == id, "it names another request than its header")
}

/// Paths and methods that are in no document are answered as such.
fn undescribed(reply: &Reply) -> Result<(), String> {
    let code = reply["code"].as_str().and_then(Code::parse);
    let known =
        matches!(code, Some(Code::NoSuchEndpoint | Code::MethodNotAllowed | Code::BadRequest | Code::RateLimited));
    expect(known, "the document does not have this endpoint")?;
    expect(code.map(Code::status) == Some(reply.status), "the status is not that of its code")
}

/// The endpoint that a request is for. Where two fit, the path without an id is meant.
fn described(sent: &Sent<'_>) -> Option<&'static Endpoint> {
    let path = sent.path.split('?').next().unwrap_or_default();
    let method = if sent.method == "HEAD" { "GET" } else { sent.method };
    let fits = |endpoint: &&Endpoint| endpoint.route.method.word() == method && matches(endpoint.route.path, path);
    contract::endpoints().filter(fits).min_by_key(|endpoint| endpoint.route.path.contains("{id}"))
}

fn matches(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    let fits = |(wanted, given): (&&str, &&str)| wanted == given || (*wanted == "{id}" && !given.is_empty());
    template.len() == path.len() && template.iter().zip(&path).all(fits)
}

static DOCUMENT: LazyLock<Value> = LazyLock::new(openapi::document);

fn operation(endpoint: &Endpoint) -> &'static Value {
    &DOCUMENT["paths"][endpoint.route.path][endpoint.route.method.word().to_lowercase()]
}

/// Compiled once for each operation and status.
fn validator(endpoint: &Endpoint, status: &str) -> Arc<Validator> {
    static COMPILED: LazyLock<Mutex<BTreeMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let mut compiled = COMPILED.lock().unwrap();
    let name = format!("{} {status}", endpoint.operation);
    let fresh = || {
        let content = &operation(endpoint)["responses"][status]["content"]["application/json"];
        let schema = json!({ "allOf": [content["schema"]], "components": DOCUMENT["components"] });
        Arc::new(jsonschema::validator_for(&schema).unwrap())
    };
    compiled.entry(name).or_insert_with(fresh).clone()
}

#[cfg(test)]
mod tests;
