//! What happened, in order.

use super::{Kind, READS, Tool, has, may};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{self, Session};
use humanops_client::operations;
use serde_json::{Map, Value, json};

pub(super) const LIST: Tool = Tool {
    name: "get_events",
    title: "Get events",
    about: "Lists what happened to your tasks, in order and without a gap. Keep next_after and send it as after: whoever does \
            misses nothing. Cheaper than looking at every task.",
    about_home: ["", ""],
    hints: READS,
    operation: "listEvents",
    params: &[may("after"), may("task_id"), may("limit")],
    output: &[has("events", Kind::List), has("next_after", Kind::Count)],
    run: |session, arguments| Box::pin(list(session, arguments)),
};

async fn list(session: &Session, Arguments(query): Arguments) -> Result<Map<String, Value>, Refusal> {
    let mut page = session.get(operations::LIST_EVENTS, &query).await?;
    // Without what operators wrote: the task has that, set apart.
    let short = session::list(&mut page, "data")?.into_iter().map(|event| {
        let part = |name: &str| event.get(name).cloned().unwrap_or_default();
        let mut short = json!({
            "sequence": part("sequence"), "type": part("type"), "task_id": part("task_id"), "at": part("timestamp"),
        });
        if let Some(status) = event.get("payload").and_then(|payload| payload.get("status")) {
            short["status"] = status.clone();
        }
        short
    });
    let mut shown = Map::from_iter([("events".to_owned(), short.collect())]);
    shown.extend(page.remove_entry("next_after"));
    Ok(shown)
}
