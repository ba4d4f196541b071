//! Chat completions as OpenAI serves them, and with it vLLM, Ollama, llama.cpp and others. No redirect is followed, and
//! nothing is streamed: half an answer is none.

mod wire;

use crate::answer::BYTES_MAX;
use crate::tries::{self, Failed};
use crate::{Answer, Limits, Question, Unanswered};
use bytes::Bytes;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;
use url::Url;

/// Where a model is, and what opens it.
#[derive(Clone)]
pub struct Settings {
    /// `https://api.openai.com/v1`: what stands before `/chat/completions`.
    pub base: Url,
    pub model: String,
    /// Sent as a bearer; a server of one's own may need none.
    pub key: Option<String>,
    pub dialect: Dialect,
}

/// Which parameters a model takes: OpenAI answers 400 to those of the other dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// `temperature: 0` and `max_tokens`, which servers other than OpenAI's know by this name only.
    #[default]
    Common,
    /// `max_completion_tokens`, and the only temperature that OpenAI's reasoning models have. They think within the limit.
    Reasoning,
}

pub struct Client {
    settings: Settings,
    limits: Limits,
    /// Built by the first question: the system's root certificates take longer to read than a function takes to start.
    http: OnceLock<reqwest::Client>,
}

/// Without what opens.
impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.base.host_str().unwrap_or_default();
        f.debug_struct("Settings").field("host", &host).field("model", &self.model).finish_non_exhaustive()
    }
}

/// Without what opens.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// `common` or `reasoning`.
impl FromStr for Dialect {
    type Err = &'static str;

    fn from_str(word: &str) -> Result<Self, Self::Err> {
        match word {
            "common" => Ok(Self::Common),
            "reasoning" => Ok(Self::Reasoning),
            _ => Err("common or reasoning"),
        }
    }
}

impl Client {
    pub fn new(settings: Settings, limits: Limits) -> Self {
        Self { settings, limits, http: OnceLock::new() }
    }

    pub(crate) fn model(&self) -> &str {
        &self.settings.model
    }

    pub(crate) async fn ask(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let body = Bytes::from(wire::request(&self.settings, question).to_string());
        tries::ask(&self.limits, || self.once(body.clone())).await
    }

    async fn once(&self, body: Bytes) -> Result<Answer, Failed> {
        let mut request = self.http()?.post(self.url()?).header(CONTENT_TYPE, "application/json");
        if let Some(key) = &self.settings.key {
            request = request.bearer_auth(key);
        }
        let sent = request.header(USER_AGENT, "HumanOps/1").body(body).send().await;
        let response = sent.map_err(|error| unsent(&error))?;

        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        // What an error says beside its status is not needed, so that nothing depends on reading it.
        match (status, bounded(response).await) {
            (200, body) => Ok(wire::answer(&body?)?),
            (_, body) => Err(wire::refusal(status, &body.unwrap_or_default(), retry_after.as_deref())),
        }
    }

    fn http(&self) -> Result<&reqwest::Client, Unanswered> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let http = outbound::trusted_for_long(self.limits.connect, self.limits.one_try);
        let http = http.map_err(|_| Unanswered::odd("there are no root certificates here"))?;
        Ok(self.http.get_or_init(|| http))
    }

    fn url(&self) -> Result<Url, Unanswered> {
        let mut url = self.settings.base.clone();
        let path = url.path_segments_mut().map_err(|()| Unanswered::odd("its URL has no path"));
        path?.pop_if_empty().extend(["chat", "completions"]);
        Ok(url)
    }
}

/// No answer began.
fn unsent(error: &reqwest::Error) -> Failed {
    if error.is_builder() {
        Failed::ForGood(Unanswered::odd("the request cannot be made of the settings"))
    } else if error.is_timeout() && !error.is_connect() {
        Failed::ForGood(Unanswered::Timeout)
    } else {
        Failed::ForNow(None)
    }
}

async fn bounded(mut response: reqwest::Response) -> Result<Vec<u8>, Unanswered> {
    let broken = |error: reqwest::Error| match error.is_timeout() {
        true => Unanswered::Timeout,
        false => Unanswered::odd("it broke off"),
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(broken)? {
        body.extend_from_slice(&chunk);
        if body.len() > BYTES_MAX {
            return Err(Unanswered::TooLarge);
        }
    }
    Ok(body)
}
