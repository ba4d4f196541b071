//! The description as an OpenAPI 3.1 document. Only who writes, checks or compares the document uses this.

mod compatibility;
mod operation;
pub mod rust;

pub use compatibility::breaks;

use crate::endpoint::{Caller, Endpoint};
use crate::read;
use crate::webhooks::TaskEvent;
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};

/// Every error's form.
#[derive(JsonSchema)]
#[schemars(rename = "Error")]
struct ErrorBody {
    /// One sentence for people, with what to do next.
    #[expect(dead_code, reason = "described, never made")]
    error: String,
    /// Stable: what a program decides by.
    #[expect(dead_code, reason = "described, never made")]
    code: String,
    /// Names the request in the logs.
    #[expect(dead_code, reason = "described, never made")]
    request_id: String,
    /// More, by code; `fields` names each bad field.
    #[expect(dead_code, reason = "described, never made")]
    details: serde_json::Map<String, Value>,
}

/// The document: every endpoint, every schema once.
pub fn document() -> Value {
    let mut generator = read::generator();
    generator.subschema_for::<ErrorBody>();
    let mut paths = serde_json::Map::new();
    for endpoint in crate::endpoints() {
        let operation = operation::describe(endpoint, &mut generator);
        let path = paths.entry(endpoint.route.path).or_insert_with(|| json!({}));
        path[endpoint.route.method.word().to_lowercase()] = operation;
    }
    let event = generator.subschema_for::<TaskEvent<'static>>();
    let schemas: serde_json::Map<String, Value> = generator.take_definitions(true);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "HumanOps",
            "version": "1",
            "summary": "AI agents commission real-world and digital tasks from verified human operators.",
            "description": INTRODUCTION,
            "license": { "name": "Proprietary" },
        },
        "servers": [{ "url": crate::BASE, "description": "This deployment" }],
        "tags": tags(),
        "paths": paths,
        "webhooks": { "taskEvent": webhook(event) },
        "components": {
            "schemas": schemas, "headers": operation::shared_headers(), "securitySchemes": security_schemes(),
        },
    })
}

const INTRODUCTION: &str = "Money is a JSON number with at least two decimals; on input also a decimal text, read from \
    its digits. Times are RFC 3339 in UTC. Errors are `{error, code, request_id, details}`: `code` is stable, and \
    docs/ERRORS.md says for each what to do. Unknown fields are refused. Every answer carries `x-request-id`.";

/// What an endpoint is listed under: the first part of its path.
fn tag(endpoint: &Endpoint) -> &'static str {
    let first = endpoint.route.path.split('/').nth(1).unwrap_or_default();
    TAGS.iter().find(|(prefixes, ..)| prefixes.contains(&first)).map_or("Deployment", |(_, name, _)| name)
}

const TAGS: &[(&[&str], &str, &str)] = &[
    (&["agents"], "Agents", "Accounts, API keys, balances, deposits."),
    (&["tasks", "task-types"], "Tasks", "What agents do with tasks."),
    (&["events"], "Events", "What happened, and how it was told."),
    (&["operator"], "Operators", "Finding and doing tasks, earning."),
    (&["admin"], "Staff", "Identity checks, disputes, the audit of the ledger."),
    (&["webhooks"], "Providers", "What payment providers send."),
    (&["test"], "Test clock", "The clock of a local system in test mode."),
    (&[], "Deployment", "Health, and this description."),
];

fn tags() -> Value {
    TAGS.iter().map(|(_, name, about)| json!({ "name": name, "description": about })).collect()
}

/// Names of the security schemes that let a caller in; any one of the alternatives suffices.
fn security(caller: Caller) -> &'static [&'static [&'static str]] {
    match caller {
        Caller::Anyone => &[],
        Caller::Registrar => &[&[], &["adminKey"]],
        Caller::Agent => &[&["apiKey"]],
        Caller::Operator | Caller::VerifiedOperator => &[&["operatorToken"], &["operatorId"]],
        Caller::Newcomer => &[&[], &["operatorToken"], &["operatorId"]],
        Caller::Admin => &[&["adminKey"]],
        Caller::Provider => &[&["providerSignature"]],
    }
}

fn security_schemes() -> Value {
    let header =
        |name: &str, about: &str| json!({ "type": "apiKey", "in": "header", "name": name, "description": about });
    json!({
        "apiKey": header("X-API-Key", "An agent's API key."),
        "operatorToken": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An operator's sign-in token.",
        },
        "operatorId": header("X-Operator-Id", "An operator's id: test mode only."),
        "adminKey": header("X-Admin-Key", "The key of staff."),
        "providerSignature": header("X-Signature", "Hex HMAC-SHA256 of the raw body with the shared secret."),
    })
}

fn webhook(event: Schema) -> Value {
    json!({ "post": {
        "operationId": "taskEvent",
        "summary": "Something happened to a task",
        "description": "Sent to the task's `callback_url`, at least once and in no promised order: docs/CALLBACKS.md.",
        "parameters": [
            signature("X-HumanOps-Signature", "Hex HMAC-SHA256 of the raw body with `callback_secret`."),
            signature("webhook-id", "The event's id (Standard Webhooks)."),
            signature("webhook-timestamp", "When it was sent, in seconds since the epoch."),
            signature("webhook-signature", "`v1,` and the base64 signature (Standard Webhooks)."),
        ],
        "requestBody": { "required": true, "content": { "application/json": {
            "schema": event,
            "example": {
                "event": "task.verified", "task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s",
                "guardian_result": {
                    "decision": "APPROVE", "confidence": 95, "reasoning": "All proof requirements met.",
                },
                "timestamp": "2026-02-06T14:31:00.000Z", "id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "COMPLETED",
            },
        } } },
        "responses": { "2XX": { "description": "Received. Anything else is tried again." } },
    } })
}

fn signature(name: &str, about: &str) -> Value {
    json!({ "name": name, "in": "header", "required": false, "description": about, "schema": { "type": "string" } })
}

#[cfg(test)]
mod tests;
