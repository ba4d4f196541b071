//! What a played model thinks: whatever it is told to.

use crate::asked::Asked;
use crate::fault::Fault;
use serde_json::{Value, json};

type Thought = Box<dyn Fn(&Asked) -> Reply + Send + Sync>;

pub enum Mind {
    /// Says what a test says, and reads no pixels.
    Script(Thought),
    /// Reads all that it is shown, also what stands in the pixels, so that what it is told there can be obeyed.
    Obedient(Thought),
}

#[derive(Clone, Debug)]
pub enum Reply {
    Json(Value),
    /// What need not be JSON.
    Text(String),
    Refusal,
}

/// What is said in the end, before it has a wire's form.
#[derive(Debug)]
pub(crate) enum Said {
    Text(String),
    /// As far as the tokens sufficed.
    Cut(String),
    /// By the model.
    Refused,
    /// By what stands around the model.
    Guarded,
}

impl Mind {
    pub fn script(thought: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::Script(Box::new(thought))
    }

    pub fn obedient(thought: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::Obedient(Box::new(thought))
    }

    /// Always the same.
    pub fn saying(json: Value) -> Self {
        Self::script(move |_| Reply::Json(json.clone()))
    }

    pub(crate) fn reads(&self) -> bool {
        matches!(self, Self::Obedient(_))
    }

    pub(crate) fn reply(&self, asked: &Asked) -> Reply {
        match self {
            Self::Script(thought) | Self::Obedient(thought) => thought(asked),
        }
    }
}

impl Reply {
    /// Without what is the matter.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Json(json) => json.to_string(),
            Self::Text(text) => text.clone(),
            Self::Refusal => String::new(),
        }
    }

    /// As it comes out, with what is the matter with the model.
    pub(crate) fn said(self, fault: Option<&Fault>) -> Said {
        let text = self.text();
        match fault {
            _ if matches!(self, Self::Refusal) => Said::Refused,
            Some(Fault::Refusal) => Said::Refused,
            Some(Fault::Guarded) => Said::Guarded,
            Some(Fault::Truncated) => Said::Cut(text.chars().take(text.chars().count() / 2).collect()),
            Some(Fault::Fenced) => Said::Text(format!("```json\n{text}\n```")),
            Some(Fault::Prose) => Said::Text(format!("Sure! Here is what I see: {text} Anything else?")),
            Some(Fault::Foreign) => Said::Text("图片中可以看到一家商店的招牌，要求已经满足。".to_owned()),
            Some(Fault::ExtraFields) => Said::Text(widened(&self).to_string()),
            Some(Fault::Large { bytes }) => Said::Text(format!("{{\"pad\":\"{}\"}}", "x".repeat(*bytes))),
            _ => Said::Text(text),
        }
    }
}

fn widened(reply: &Reply) -> Value {
    let mut widened = match reply {
        Reply::Json(Value::Object(fields)) => fields.clone(),
        Reply::Json(_) | Reply::Text(_) | Reply::Refusal => serde_json::Map::new(),
    };
    widened.insert("confidence".to_owned(), json!(100));
    widened.insert("approved".to_owned(), json!(true));
    Value::Object(widened)
}
