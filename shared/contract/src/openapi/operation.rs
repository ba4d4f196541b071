//! One endpoint as an operation of the document.

use super::{security, tag};
use crate::endpoint::{Code, Endpoint, Input, Method, Output, Rate};
use crate::read::{self, Sketch};
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn describe(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": endpoint.operation,
        "tags": [tag(endpoint)],
        "summary": endpoint.summary,
        "security": security(endpoint.route.caller).iter().map(|all| requirement(all)).collect::<Vec<_>>(),
        "responses": responses(endpoint, generator),
    });
    if !endpoint.about.is_empty() {
        operation["description"] = endpoint.about.into();
    }
    if endpoint.once {
        operation["x-once"] = true.into();
    }
    let parameters = parameters(endpoint, generator);
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = request_body(endpoint, generator) {
        operation["requestBody"] = body;
    }
    operation
}

fn requirement(schemes: &[&str]) -> Value {
    let schemes: Map<String, Value> = schemes.iter().map(|name| ((*name).to_owned(), json!([]))).collect();
    schemes.into()
}

fn parameters(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    if let Some(id) = endpoint.id {
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": id.about,
            "schema": { "type": "string", "pattern": id.pattern }, "example": id.example,
        }));
    }
    if let Input::Query(draw) = endpoint.input {
        let sketch = drawn(draw, generator);
        for (name, schema) in &sketch.properties {
            let mut schema = schema.clone();
            let about = schema.remove("description").unwrap_or_default();
            let required = sketch.required.contains(name);
            parameters.push(json!({
                "name": name, "in": "query", "required": required, "description": about, "schema": schema,
            }));
        }
        *generator = sketch.generator;
    }
    if endpoint.idempotent {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "The same key with the same request is done once, and answered alike.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$" },
        }));
    }
    parameters
}

/// Draws with the document's generator, and hands it back inside the sketch.
fn drawn(draw: fn(&mut Sketch), generator: &mut SchemaGenerator) -> Sketch {
    let mut sketch = Sketch::with(std::mem::replace(generator, read::generator()));
    draw(&mut sketch);
    sketch
}

fn request_body(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Option<Value> {
    let (schema, required) = match endpoint.input {
        Input::Nothing | Input::Query(_) => return None,
        Input::Foreign(schema) => (schema(generator), true),
        Input::Body(draw) => {
            let sketch = drawn(draw, generator);
            let is_patch = matches!(endpoint.route.method, Method::Patch);
            let (name, required) = (sketch.name, is_patch || !sketch.required.is_empty());
            let (object, back) = sketch.object();
            *generator = back;
            generator.definitions_mut().insert(name.to_owned(), object.into());
            (Schema::new_ref(format!("#/components/schemas/{name}")), required)
        }
    };
    let mut content = json!({ "schema": schema });
    if !endpoint.example.request.is_empty() {
        content["example"] = example(endpoint.example.request);
    }
    Some(json!({ "required": required, "content": { "application/json": content } }))
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut responses = Map::new();
    responses.insert(endpoint.success.to_string(), success(endpoint, generator));
    if endpoint.may_take_longer {
        let mut later = success(endpoint, generator);
        later["description"] = "Accepted: not done yet, and done without another call.".into();
        responses.insert("202".to_owned(), later);
    }
    let mut by_status: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in endpoint.codes() {
        by_status.entry(code.status()).or_default().push(code);
    }
    for (status, codes) in by_status {
        let lines: Vec<String> = codes.iter().map(|code| format!("- `{}`: {}", code.word(), code.sentence())).collect();
        let words: Vec<&str> = codes.iter().map(|code| code.word()).collect();
        let mut headers = headers(endpoint.route.rate);
        let own: &[&str] = match status {
            401 => &["WWW-Authenticate"],
            415 => &["Accept", "Accept-Encoding"],
            429 => &["Retry-After"],
            _ => &[],
        };
        for name in own {
            headers[*name] = reference(name);
        }
        let schema = json!({ "allOf": [
            { "$ref": "#/components/schemas/Error" },
            { "properties": { "code": { "enum": words } } },
        ] });
        responses.insert(
            status.to_string(),
            json!({
                "description": lines.join("\n"), "headers": headers,
                "content": { "application/json": { "schema": schema } },
            }),
        );
    }
    responses.into()
}

fn success(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut headers = headers(endpoint.route.rate);
    if endpoint.idempotent {
        headers["Idempotent-Replayed"] = json!({
            "description": "`true` when this is the answer of an earlier request.", "schema": { "type": "string", "const": "true" },
        });
    }
    if endpoint.success == 201 {
        headers["Location"] = reference("Location");
    }
    let content = match endpoint.output {
        Output::File(media_types) => {
            let text = |media_type: &&str| ((*media_type).to_owned(), json!({ "schema": { "type": "string" } }));
            media_types.iter().map(text).collect::<Map<String, Value>>().into()
        }
        Output::Json(schema) => {
            let mut content = json!({ "schema": schema(generator) });
            if !endpoint.example.reply.is_empty() {
                content["example"] = example(endpoint.example.reply);
            }
            json!({ "application/json": content })
        }
    };
    let mut response = json!({ "description": "Done.", "headers": headers, "content": content });
    if !endpoint.links.is_empty() {
        let link = |(operation, field): &(&str, &str)| {
            let parameters = json!({ "id": format!("$response.body#/{field}") });
            ((*operation).to_owned(), json!({ "operationId": operation, "parameters": parameters }))
        };
        response["links"] = endpoint.links.iter().map(link).collect::<Map<String, Value>>().into();
    }
    response
}

fn headers(rate: Rate) -> Value {
    let names = ["x-request-id"].iter().chain(if rate.per_minute().is_some() { LIMITS } else { &[] });
    names.map(|name| ((*name).to_owned(), reference(name))).collect::<Map<String, Value>>().into()
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

const LIMITS: &[&str] = &["RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"];

/// Headers that many answers carry.
pub(super) fn shared_headers() -> Value {
    json!({
        "x-request-id": { "description": "Names the request in the logs.", "schema": { "type": "string" } },
        "RateLimit-Limit": integer("Requests in a window of one minute."),
        "RateLimit-Remaining": integer("Requests left in this window."),
        "RateLimit-Reset": integer("Seconds until the window ends."),
        "Retry-After": integer("Seconds to wait."),
        "WWW-Authenticate": { "description": "How to say who one is.", "schema": { "type": "string" } },
        "Accept": { "description": "The media type that is taken.", "schema": { "type": "string" } },
        "Accept-Encoding": { "description": "The content coding that is taken.", "schema": { "type": "string" } },
        "Location": { "description": "Where the new thing is.", "schema": { "type": "string" } },
    })
}

fn integer(about: &str) -> Value {
    json!({ "description": about, "schema": { "type": "integer" } })
}

/// The JSON of an example.
fn example(text: &str) -> Value {
    serde_json::from_str(text).expect("examples are JSON: a test reads each")
}
