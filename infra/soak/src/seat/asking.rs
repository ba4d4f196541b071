//! Asking until somebody answers, as a client does that must not lose anything.

use super::Seat;
use harness::{Caller, Reply};
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// From one attempt to the next.
const PAUSE: Duration = Duration::from_millis(200);
/// A process starts again in less, and a minute's limit is over.
pub(super) const PATIENCE: Duration = Duration::from_secs(180);

#[derive(Clone, Copy)]
pub(super) enum By {
    Agent,
    Operator,
    Staff,
}

impl Seat {
    /// Asks with one idempotency key until there is an answer that says something. How long that one took is noted.
    pub(super) async fn ask(&mut self, by: By, method: &str, path: &str, body: Option<Value>) -> Reply {
        let (key, until) = (web::keys::random_text(20), Instant::now() + PATIENCE);
        let body = body.map(|body| body.to_string());
        loop {
            let caller = match by {
                By::Agent => Caller::Agent(&self.agent),
                By::Operator => Caller::Operator(&self.operator),
                By::Staff => Caller::Admin(&self.admin_key),
            };
            let mut headers: Vec<(&str, &str)> = caller.header().into_iter().collect();
            if (method, path) == ("POST", "/tasks") {
                headers.push(("idempotency-key", &key));
            }
            let begun = Instant::now();
            match self.wire.try_send(method, path, &headers, body.clone()).await {
                Ok(reply) if reply.status < 500 && reply.status != 429 => {
                    self.times.note(route(method, path), begun.elapsed());
                    return reply;
                }
                Ok(reply) if reply.status == 429 => {}
                Ok(_) | Err(_) => self.times.note_again(),
            }
            assert!(Instant::now() < until, "nobody answers {method} {path}");
            sleep(PAUSE).await;
        }
    }
}

/// A path as the tables name it, with `:id` for the ids in it and without its query.
fn route(method: &str, path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part = |part| if str::starts_with(part, "task_") { ":id" } else { part };
    format!("{method} {}", path.split('/').map(part).collect::<Vec<_>>().join("/"))
}
