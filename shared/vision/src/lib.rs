//! Asks a model that sees one question, and has JSON back. Not a prompt and not a judgement: what is asked, what the JSON
//! must look like, and what follows from it, is decided by who asks.

mod answer;
pub mod bedrock;
pub mod openai;
mod tries;

pub use tries::Limits;

/// Who is asked.
#[derive(Debug)]
pub enum Model {
    OpenAi(openai::Client),
    Bedrock(bedrock::Client),
}

/// Both back ends take at most 20 images of 3.75 MB and 8,000 pixels a side; that is not checked here.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What the model is told as its operator, apart from what it is shown.
    pub instructions: &'a str,
    /// What it is shown, in this order.
    pub parts: &'a [Part<'a>],
    /// Letters, digits, `-` and `_`.
    pub schema_name: &'a str,
    /// JSON Schema of the answer in the subset that both take as strict: of every object all properties are required, and
    /// no others allowed.
    pub schema: &'a serde_json::Value,
    /// With what a model thinks before it answers, if it does.
    pub answer_tokens_max: u32,
}

#[derive(Clone, Copy)]
pub enum Part<'a> {
    Text(&'a str),
    Jpeg(&'a [u8]),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// One JSON value. Whether it is what the schema says is for its reader to find out.
    pub json: String,
    pub usage: Usage,
}

/// In tokens, as they are charged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    pub input: u64,
    pub output: u64,
}

/// Why there is no answer. Nothing of what was shown, and nothing of what was answered, is in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error("the model took too long")]
    Timeout,
    /// Throttled, failing or not to be connected to, to the last try.
    #[error("the model cannot answer now")]
    Busy,
    #[error("the model, or what guards it, refused to answer")]
    Refused,
    #[error("the answer was cut short: it needs more tokens than it may have")]
    Truncated,
    #[error("the question or its answer is too large")]
    TooLarge,
    /// What a client cannot make sense of, in a few words of its own.
    #[error("the model's answer is none: {0}")]
    Odd(String),
    #[error("the model is not ours to ask")]
    Access,
}

impl Model {
    /// As its provider names it.
    pub fn name(&self) -> &str {
        match self {
            Self::OpenAi(client) => client.model(),
            Self::Bedrock(client) => client.model(),
        }
    }

    /// Asks, and asks again a little later if the model is busy; never longer than the client's [`Limits`].
    ///
    /// # Errors
    /// There is no answer that is JSON.
    pub async fn ask(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        match self {
            Self::OpenAi(client) => client.ask(question).await,
            Self::Bedrock(client) => client.ask(question).await,
        }
    }
}

impl Unanswered {
    pub(crate) fn odd(why: impl Into<String>) -> Self {
        Self::Odd(why.into())
    }
}
