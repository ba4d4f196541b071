//! Chat completions, as a strict server of OpenAI's takes and gives them. Neither streams nor calls tools.

use super::schema::{self, OF_OPENAI};
use super::{Refused, images, is_name, is_zero};
use crate::asked::{Asked, Tokens};
use crate::mind::Said;
use serde::Deserialize;
use serde_json::{Number, Value, json};

/// Takes `max_tokens` or `max_completion_tokens`, and a temperature.
pub const MODEL: &str = "sees-1";
/// Takes `max_completion_tokens` and no temperature but its own.
pub const REASONING_MODEL: &str = "thinks-1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Request {
    model: String,
    messages: (System, User),
    response_format: Format,
    temperature: Option<Number>,
    max_tokens: Option<u32>,
    max_completion_tokens: Option<u32>,
    /// The official client says `false`.
    #[serde(default)]
    stream: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    role: Operator,
    content: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Operator {
    System,
    Developer,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    role: Customer,
    content: Vec<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Customer {
    User,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Part {
    Text { text: String },
    ImageUrl { image_url: ImageUrl },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageUrl {
    url: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum Format {
    JsonSchema { json_schema: JsonSchema },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonSchema {
    name: String,
    strict: bool,
    schema: Value,
}

pub(crate) fn admit(authorization: &str, key: &str) -> Result<(), Refused> {
    match authorization.strip_prefix("Bearer ") {
        Some(given) if given == key => Ok(()),
        // The real one repeats the beginning of the key, too.
        given => {
            let message = format!("Incorrect API key provided: {}.", given.unwrap_or_default());
            Err(Refused { status: 401, code: "invalid_api_key", message })
        }
    }
}

pub(crate) fn read(body: &[u8]) -> Result<Asked, Refused> {
    let request: Request = serde_json::from_slice(body).map_err(|error| wrong(error.to_string()))?;
    if request.stream {
        return Err(wrong("nothing is streamed here"));
    }
    let tokens_max = limit(&request)?;
    let (System { role: Operator::System | Operator::Developer, content: instructions }, user) = request.messages;
    let User { role: Customer::User, content } = user;
    let Format::JsonSchema { json_schema: JsonSchema { name, strict, schema } } = request.response_format;
    if !is_name(&name) || !strict {
        return Err(wrong("response_format.json_schema needs a name of letters and digits, and strict: true"));
    }
    schema::check(&schema, &OF_OPENAI).map_err(wrong)?;

    let (mut texts, mut urls) = (Vec::new(), Vec::new());
    for part in content {
        match part {
            Part::Text { text } => texts.push(text),
            Part::ImageUrl { image_url } => urls.push(image_url.url),
        }
    }
    let encoded: Option<Vec<&str>> = urls.iter().map(|url| url.strip_prefix("data:image/jpeg;base64,")).collect();
    let encoded = encoded.ok_or_else(|| wrong("an image is no data URL of a JPEG"))?;
    Ok(Asked {
        model: request.model,
        instructions,
        texts,
        images: images(encoded.into_iter()).map_err(wrong)?,
        ocr: Vec::new(),
        schema_name: name,
        schema,
        answer_tokens_max: tokens_max,
    })
}

/// Of tokens, by whichever parameter the model takes.
fn limit(request: &Request) -> Result<u32, Refused> {
    let unsupported = |message: &str| Refused { code: "unsupported_parameter", ..wrong(message) };
    let limit = match (request.model.as_str(), request.max_tokens, request.max_completion_tokens) {
        (_, Some(_), Some(_)) => Err(wrong("max_tokens and max_completion_tokens at the same time")),
        (REASONING_MODEL, Some(_), _) => Err(unsupported("max_tokens is not supported with this model")),
        (MODEL | REASONING_MODEL, max_tokens, other) => {
            max_tokens.or(other).filter(|limit| *limit > 0).ok_or_else(|| wrong("there is no limit of tokens"))
        }
        (_, _, _) => {
            let message = format!("The model `{}` does not exist", request.model);
            Err(Refused { status: 404, code: "model_not_found", message })
        }
    }?;
    match (request.model.as_str(), &request.temperature) {
        (REASONING_MODEL, Some(_)) => Err(unsupported("temperature is not supported with this model")),
        (REASONING_MODEL, None) => Ok(limit),
        (_, Some(temperature)) if is_zero(temperature) => Ok(limit),
        (_, _) => Err(wrong("the temperature is not 0")),
    }
}

fn wrong(message: impl Into<String>) -> Refused {
    Refused { status: 400, code: "invalid_value", message: message.into() }
}

pub(crate) fn answer(model: &str, said: Said, tokens: Tokens) -> Value {
    let (finish_reason, content, refusal) = match said {
        Said::Text(text) => ("stop", Some(text), None),
        Said::Cut(text) => ("length", Some(text), None),
        Said::Refused => ("stop", None, Some("I'm sorry, I cannot assist with that request.")),
        Said::Guarded => ("content_filter", Some(String::new()), None),
    };
    json!({
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1_770_000_000,
        "model": model,
        "choices": [{
            "index": 0,
            "message": { "role": "assistant", "content": content, "refusal": refusal },
            "logprobs": null,
            "finish_reason": finish_reason,
        }],
        "usage": {
            "prompt_tokens": tokens.input,
            "completion_tokens": tokens.output,
            "total_tokens": tokens.input + tokens.output,
        },
    })
}

pub(crate) fn complaint(refused: &Refused) -> Value {
    let kind = match refused.status {
        429 => "requests",
        _ => "invalid_request_error",
    };
    json!({ "error": { "message": refused.message, "type": kind, "param": null, "code": refused.code } })
}
