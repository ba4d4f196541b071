//! One request and its answer, within a time and a number of bytes. Redirects are answers; nothing is sent twice.

use domain::Timestamp;
use reqwest::{Client, RequestBuilder};
use std::sync::OnceLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::Url;

/// From the name's look-up to the last byte, where nothing else is said.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(10);
const ANSWER_BYTES_MAX: usize = 256 * 1024;
/// As much of what a stranger wrote goes into an error.
const EXCERPT_CHARS_MAX: usize = 200;
const ID_BYTES_MAX: usize = 128;

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unanswered {
    #[error("it took too long")]
    Timeout,
    #[error("there is no connection")]
    Connect,
    #[error("the connection broke")]
    Broken,
    #[error("the answer is longer than {ANSWER_BYTES_MAX} bytes")]
    TooLong,
    /// A setting is no header or no URL, or this system has no root certificates.
    #[error("the request cannot be made of the settings")]
    Unsendable,
}

pub(crate) struct Wire {
    /// Built by the first request: the system's root certificates take longer to read than a function takes to start.
    http: OnceLock<Client>,
    timeout: Duration,
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
}

impl Wire {
    pub(crate) fn new(timeout: Duration) -> Self {
        Self { http: OnceLock::new(), timeout }
    }

    pub(crate) fn http(&self) -> Result<&Client, Unanswered> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let http = outbound::trusted(self.timeout).map_err(|_| Unanswered::Unsendable)?;
        Ok(self.http.get_or_init(|| http))
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> Result<Answer, Unanswered> {
    let request = request.header("User-Agent", "HumanOps/1");
    let mut response = request.send().await.map_err(|error| unanswered(&error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| unanswered(&error))? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(Unanswered::TooLong);
        }
    }
    Ok(Answer { status, body })
}

fn unanswered(error: &reqwest::Error) -> Unanswered {
    if error.is_timeout() {
        Unanswered::Timeout
    } else if error.is_builder() {
        Unanswered::Unsendable
    } else if error.is_connect() {
        Unanswered::Connect
    } else {
        Unanswered::Broken
    }
}

/// `base` and further segments of its path.
pub(crate) fn under(base: &Url, segments: &[&str]) -> Result<Url, Unanswered> {
    let mut url = base.clone();
    url.path_segments_mut().map_err(|()| Unanswered::Unsendable)?.pop_if_empty().extend(segments);
    Ok(url)
}

/// Whether `text` can stand in a path and mean itself there. Ids come out of notifications, too.
pub(crate) fn is_id(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=ID_BYTES_MAX).contains(&text.len()) && !text.starts_with('.') && text.bytes().all(plain)
}

/// What a stranger said, short and on one line.
pub(crate) fn excerpt(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).take(EXCERPT_CHARS_MAX).collect()
}

pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
