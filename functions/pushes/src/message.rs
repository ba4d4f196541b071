//! What a notification says, and how a push service is to treat it. The words are the app's, which knows the language.

use crate::seal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::event::EventName;
use domain::operator::push::Notice;
use domain::task::Task;
use domain::time::{DAY_S, HOUR_S};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Seconds that a push service keeps a message for a browser that is not there.
const KEPT_S: i64 = DAY_S;
/// The same for a new task, which others take.
const NEAR_KEPT_S: i64 = HOUR_S;
/// Characters of a `Topic` (RFC 8030, 5.4).
const TOPIC_CHARS: usize = 32;

/// Nothing that only the two sides of the task may know.
#[derive(Serialize)]
struct Body<'a> {
    event: &'a str,
    task_id: String,
    title: &'a str,
}

pub(crate) struct Message {
    body: Vec<u8>,
    topic: String,
    kept_s: i64,
    urgency: &'static str,
}

impl Message {
    pub(crate) fn of(notice: &Notice, task: &Task) -> Self {
        let (id, event) = (notice.task.to_string(), notice.event.word());
        // What is told again takes the place of itself, and of nothing else.
        let mut topic = URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{id} {event}")));
        topic.truncate(TOPIC_CHARS);
        let body = Body { event, task_id: id, title: &task.title };
        let body = serde_json::to_vec(&body).expect("a struct of texts is JSON");
        let (kept_s, urgency) =
            if notice.event == EventName::Created { (NEAR_KEPT_S, "normal") } else { (KEPT_S, "high") };
        Self { body, topic, kept_s, urgency }
    }

    pub(crate) fn body(&self) -> &[u8] {
        &self.body
    }

    pub(crate) fn headers(&self, authorization: String) -> Vec<(String, String)> {
        let headers = [
            ("authorization", authorization),
            ("content-encoding", seal::ENCODING.to_owned()),
            ("content-type", "application/octet-stream".to_owned()),
            ("ttl", self.kept_s.to_string()),
            ("urgency", self.urgency.to_owned()),
            ("topic", self.topic.clone()),
        ];
        headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}
