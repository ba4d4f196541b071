//! A question and its answer as JSON of chat completions.

use super::{Dialect, Settings};
use crate::tries::Failed;
use crate::{Answer, Part, Question, Unanswered, Usage, answer};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

/// Codes under which OpenAI, and Azure for it, refuse with status 400 what they will not look at.
const REFUSALS: [&str; 4] = ["content_filter", "content_policy_violation", "invalid_prompt", "moderation_blocked"];

pub(super) fn request(settings: &Settings, question: &Question<'_>) -> Value {
    let parts: Vec<Value> = question.parts.iter().map(part).collect();
    let schema = json!({ "name": question.schema_name, "strict": true, "schema": question.schema });
    let mut request = json!({
        "model": settings.model,
        "messages": [
            { "role": "system", "content": question.instructions },
            { "role": "user", "content": parts },
        ],
        "response_format": { "type": "json_schema", "json_schema": schema },
    });
    match settings.dialect {
        Dialect::Common => {
            request["temperature"] = json!(0);
            request["max_tokens"] = json!(question.answer_tokens_max);
        }
        Dialect::Reasoning => request["max_completion_tokens"] = json!(question.answer_tokens_max),
    }
    request
}

fn part(part: &Part<'_>) -> Value {
    match part {
        Part::Text(text) => json!({ "type": "text", "text": text }),
        Part::Jpeg(bytes) => {
            let url = format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes));
            json!({ "type": "image_url", "image_url": { "url": url } })
        }
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: [Choice; 1],
    usage: Tokens,
}

#[derive(Deserialize)]
struct Choice {
    finish_reason: String,
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Tokens {
    prompt_tokens: u64,
    completion_tokens: u64,
}

pub(super) fn answer(body: &[u8]) -> Result<Answer, Unanswered> {
    let completion = serde_json::from_slice::<Completion>(body);
    let Completion { choices: [choice], usage } =
        completion.map_err(|_| Unanswered::odd("it is no chat completion with one choice"))?;
    if choice.message.refusal.is_some_and(|refusal| !refusal.is_empty()) {
        return Err(Unanswered::Refused);
    }
    let text = match (choice.finish_reason.as_str(), choice.message.content) {
        ("stop", Some(text)) => text,
        ("length", _) => return Err(Unanswered::Truncated),
        ("content_filter", _) => return Err(Unanswered::Refused),
        (_, _) => return Err(Unanswered::odd("it ended neither with a text nor for a reason that is known")),
    };
    let usage = Usage { input: usage.prompt_tokens, output: usage.completion_tokens };
    Ok(Answer { json: answer::json(text)?, usage })
}

pub(super) fn refusal(status: u16, body: &[u8], retry_after: Option<&str>) -> Failed {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = body["error"]["code"].as_str().and_then(answer::code);
    if status == 400 && code.is_some_and(|code| REFUSALS.contains(&code)) {
        return Failed::ForGood(Unanswered::Refused);
    }
    if status == 400 && code == Some("context_length_exceeded") {
        return Failed::ForGood(Unanswered::TooLarge);
    }
    Failed::of_status(status, code, retry_after)
}

#[cfg(test)]
mod tests;
