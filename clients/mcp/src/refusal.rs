//! What a tool could not do, in words that a model can act on. Never in words that a stranger has written.

use crate::tools::Tool;
use humanops_client::types::ErrorCode;
use humanops_client::{ApiError, Error};
use serde_json::Value;

/// `code: what is wrong. What to do next.`
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    code: String,
    sentence: String,
    /// What is wrong with which field of the API; instead of the sentence.
    fields: Vec<(String, String)>,
    next: Option<&'static str>,
    request_id: Option<String>,
    /// It may have been done all the same.
    is_uncertain: bool,
}

/// What to do where it may have been done.
const REPEAT: &str =
    "It may have been done all the same: repeat the call with the same arguments, which does nothing twice.";
const AGAIN: &str = "Repeat the call.";
const LOOK: &str = "It may have been done all the same: look at get_task_result before you repeat the call.";

impl Refusal {
    pub(crate) fn new(code: impl Into<String>, sentence: impl Into<String>) -> Self {
        let (code, sentence) = (code.into(), sentence.into());
        Self { code, sentence, fields: Vec::new(), next: None, request_id: None, is_uncertain: false }
    }

    pub(crate) fn invalid(sentence: impl Into<String>) -> Self {
        Self::new("invalid_request", sentence)
    }

    /// An answer that is not as the API's are.
    pub(crate) fn unreadable() -> Self {
        Self::new("unreadable_answer", "The API answered with what this server does not understand.").next(
            "Ask the person you work for whether the address in this server's configuration is that of a HumanOps API, \
             and whether this server is up to date.",
        )
    }

    pub(crate) fn next(self, next: &'static str) -> Self {
        Self { next: Some(next), ..self }
    }

    pub(crate) fn is(&self, code: &str) -> bool {
        self.code == code
    }

    /// In the words of a tool: fields by the names of its arguments, and what it is safe to do next.
    pub(crate) fn text(&self, tool: &Tool) -> String {
        let Self { code, sentence, next, request_id, .. } = self;
        let named = |field: &str| {
            tool.params.iter().find(|param| param.field == field).map_or(field, |param| param.name).to_owned()
        };
        let fields: Vec<String> =
            self.fields.iter().map(|(field, problem)| format!("{} {problem}", named(field))).collect();
        let sentence = if fields.is_empty() { sentence.clone() } else { format!("{}.", fields.join("; ")) };
        let uncertain = match (tool.hints.is_read_only, tool.can_be_repeated()) {
            (true, _) => AGAIN,
            (false, true) => REPEAT,
            (false, false) => LOOK,
        };
        let next = if self.is_uncertain { Some(&uncertain) } else { next.as_ref() };
        let next = next.map_or_else(String::new, |next| format!(" {next}"));
        let request = request_id.as_ref().map_or_else(String::new, |id| format!(" (request {id})"));
        format!("{code}: {sentence}{next}{request}")
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let refusal = match &error {
            Error::Api(refused) => of_api(refused),
            Error::Unreachable { .. } => Self::new("unreachable", format!("There is {error}.")).next(
                "Nothing was done. Ask the person you work for whether the API runs at the address in this server's \
                 configuration.",
            ),
            Error::Connection { .. } | Error::Timeout { .. } => Self::new("no_answer", format!("There is {error}.")),
            Error::TooLong(_) | Error::Unreadable(_) => Self::unreadable(),
            Error::Usage(_) | Error::StillOpen { .. } => Self::invalid(format!("{error}.")),
            _ => Self::unreadable(),
        };
        Self { is_uncertain: error.is_uncertain(), ..refusal }
    }
}

fn of_api(refused: &ApiError) -> Refusal {
    let Some(code) = &refused.code else {
        let sentence = format!("Something between this server and the API answered with status {}.", refused.status);
        return Refusal::new("unreadable_answer", sentence).next("Try again later.");
    };
    let fields = refused.details.get("fields").and_then(Value::as_object).into_iter().flatten();
    let fields = fields.filter_map(|(field, problem)| Some((field.clone(), problem.as_str()?.to_owned()))).collect();
    let (sentence, request_id) = (sentence(code, refused), refused.request_id.clone());
    Refusal { fields, next: next(code), request_id, ..Refusal::new(code.word(), sentence) }
}

/// What is wrong, without what is told to who writes requests.
fn sentence(code: &ErrorCode, refused: &ApiError) -> String {
    let detail = |name: &str| refused.details.get(name).and_then(Value::as_str).unwrap_or("?");
    if *code != ErrorCode::InsufficientBalance {
        return refused.message.clone();
    }
    let (required, available) = (detail("required_usd"), detail("available_usd"));
    format!("The deposit does not cover reward and fee: needed {required} USD, available {available} USD.")
}

/// What to do about it, by the tools.
fn next(code: &ErrorCode) -> Option<&'static str> {
    Some(match code {
        ErrorCode::InsufficientBalance => {
            "Fund the account with fund_account, or lower reward_usd; then repeat the call."
        }
        ErrorCode::InvalidApiKey | ErrorCode::MissingApiKey => {
            "Ask the person you work for to put a valid API key into this server's configuration."
        }
        ErrorCode::WrongMode => {
            "Ask the person you work for to configure this server with address and API key of the same mode."
        }
        ErrorCode::TaskStateConflict => "See get_task_result for its status and what can be done next.",
        ErrorCode::IdempotencyKeyReused => {
            "Use another idempotency_key for another task; repeat the first arguments for the first."
        }
        ErrorCode::AttestationRequired => "Add `authorization` with basis and statement.",
        ErrorCode::RateLimited => "Wait a minute, then repeat the call.",
        _ => return None,
    })
}
