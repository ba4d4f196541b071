//! Converse, as a strict Bedrock takes and gives it. Neither streams nor calls tools.

use super::{Refused, images, is_name, is_zero, schema, sigv4};
use crate::asked::{Asked, Tokens};
use crate::mind::Said;
use crate::seen::{Credentials, Seen};
use serde::Deserialize;
use serde_json::{Number, Value, json};

/// An inference profile, with what must be encoded in a path.
pub const BEDROCK_MODEL: &str = "eu.anthropic.claude-haiku-4-5-20251001-v1:0";

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Request {
    messages: [Message; 1],
    system: [Text; 1],
    inference_config: InferenceConfig,
    output_config: OutputConfig,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    role: Role,
    content: Vec<Block>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Role {
    User,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Block {
    Text(String),
    Image(ImageBlock),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ImageBlock {
    format: ImageFormat,
    source: Source,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum ImageFormat {
    Jpeg,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    bytes: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct InferenceConfig {
    max_tokens: u32,
    temperature: Number,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct OutputConfig {
    text_format: TextFormat,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "structure", rename_all = "snake_case", deny_unknown_fields)]
enum TextFormat {
    JsonSchema(Structure),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Structure {
    json_schema: JsonSchema,
}

/// The schema is text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonSchema {
    name: String,
    schema: String,
}

pub(crate) fn admit(seen: &Seen, credentials: &Credentials) -> Result<(), Refused> {
    sigv4::verify(seen, credentials, "bedrock")
}

/// `model` as it stands in the path.
pub(crate) fn read(model: &str, body: &[u8]) -> Result<Asked, Refused> {
    let model = model.replace("%3A", ":").replace("%2F", "/");
    if model != BEDROCK_MODEL {
        return Err(wrong("The provided model identifier is invalid."));
    }
    let request: Request = serde_json::from_slice(body).map_err(|error| wrong(error.to_string()))?;
    let [Message { role: Role::User, content }] = request.messages;
    let [Text { text: instructions }] = request.system;
    let InferenceConfig { max_tokens, temperature } = request.inference_config;
    if max_tokens == 0 || !is_zero(&temperature) {
        return Err(wrong("the limit of tokens is 0, or the temperature is not"));
    }
    let TextFormat::JsonSchema(Structure { json_schema: JsonSchema { name, schema } }) =
        request.output_config.text_format;
    let schema: Value = serde_json::from_str(&schema).map_err(|_| wrong("the schema is no JSON"))?;
    if !is_name(&name) {
        return Err(wrong("the schema's name is not of letters and digits"));
    }
    schema::check(&schema, &[]).map_err(wrong)?;

    let (mut texts, mut encoded) = (Vec::new(), Vec::new());
    for block in content {
        match block {
            Block::Text(text) => texts.push(text),
            Block::Image(ImageBlock { format: ImageFormat::Jpeg, source }) => encoded.push(source.bytes),
        }
    }
    Ok(Asked {
        model,
        instructions,
        texts,
        images: images(encoded.iter().map(String::as_str)).map_err(wrong)?,
        ocr: Vec::new(),
        schema_name: name,
        schema,
        answer_tokens_max: max_tokens,
    })
}

fn wrong(message: impl Into<String>) -> Refused {
    Refused { status: 400, code: "ValidationException", message: message.into() }
}

pub(crate) fn answer(said: Said, tokens: Tokens) -> Value {
    let (stop_reason, content) = match said {
        Said::Text(text) => ("end_turn", json!([{ "text": text }])),
        Said::Cut(text) => ("max_tokens", json!([{ "text": text }])),
        Said::Refused => ("refusal", json!([])),
        Said::Guarded => ("guardrail_intervened", json!([{ "text": "Sorry, the model cannot answer this question." }])),
    };
    json!({
        "output": { "message": { "role": "assistant", "content": content } },
        "stopReason": stop_reason,
        "usage": {
            "inputTokens": tokens.input,
            "outputTokens": tokens.output,
            "totalTokens": tokens.input + tokens.output,
        },
        "metrics": { "latencyMs": 412 },
    })
}

/// Its code is in a header.
pub(crate) fn complaint(refused: &Refused) -> Value {
    json!({ "message": refused.message })
}
