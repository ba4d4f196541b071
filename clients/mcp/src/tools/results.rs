//! What became of tasks.

use super::{Field, Hints, Kind, READS, TASK_ID, Tool, can_have, has, may};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{self, Object, Session};
use crate::stranger;
use humanops_client::operations;
use serde_json::{Map, Value, json};

const OPEN_READS: Hints = Hints { is_open_world: true, ..READS };

pub(super) const RESULT: Tool = Tool {
    name: "get_task_result",
    title: "Get task result",
    about: "Shows a task: status, proof (photos are links that work for 15 minutes), the Guardian's result, messages, and in \
            next_action who moves next. Not settled yet? Look again after next_poll_s seconds.",
    about_home: ["", ""],
    hints: OPEN_READS,
    operation: "getTask",
    params: &[TASK_ID],
    output: RESULT_FIELDS,
    run: |session, arguments| Box::pin(result(session, arguments)),
};

const RESULT_FIELDS: &[Field] = &[
    has("task_id", Kind::Text),
    has("title", Kind::Text),
    has("status", Kind::Text),
    has("task_type", Kind::Text),
    has("reward_usd", Kind::Amount),
    has("platform_fee_usd", Kind::Amount),
    has("deadline", Kind::Text),
    has("proof_requirements", Kind::Texts),
    has("proof", Kind::MaybeObject),
    has("guardian_result", Kind::MaybeObject),
    has("decision", Kind::MaybeObject),
    has("revision", Kind::MaybeObject),
    has("operator", Kind::MaybeObject),
    has("messages", Kind::List),
    has("hold_until", Kind::MaybeText),
    has("dispute", Kind::MaybeObject),
    has("resolution", Kind::MaybeObject),
    has("cancellation", Kind::MaybeObject),
    has("next_action", Kind::MaybeObject),
    has("next_poll_s", Kind::MaybeCount),
    can_have("notice", Kind::Text),
];

pub(super) const VERIFICATION: Tool = Tool {
    name: "check_verification_status",
    title: "Check verification",
    about: "Shows only how a task's proof was judged: decision, confidence (0 to 100), and each requirement's verdict. All null \
            while nothing was judged.",
    about_home: ["", ""],
    hints: OPEN_READS,
    operation: "getTask",
    params: &[TASK_ID],
    output: VERIFICATION_FIELDS,
    run: |session, arguments| Box::pin(verification(session, arguments)),
};

const VERIFICATION_FIELDS: &[Field] = &[
    has("task_id", Kind::Text),
    has("status", Kind::Text),
    has("decision", Kind::MaybeText),
    has("confidence", Kind::MaybeCount),
    has("reasoning", Kind::MaybeText),
    has("requirement_results", Kind::List),
    has("next_action", Kind::MaybeObject),
    has("next_poll_s", Kind::MaybeCount),
];

pub(super) const LIST: Tool = Tool {
    name: "list_tasks",
    title: "List tasks",
    about: "Lists your tasks, newest first, 20 at a time. next_offset is what to ask for next; null on the last page.",
    about_home: ["", ""],
    hints: OPEN_READS,
    operation: "listTasks",
    params: &[may("status"), may("limit"), may("offset")],
    output: &[
        has("tasks", Kind::List),
        has("total", Kind::Count),
        has("next_offset", Kind::MaybeCount),
        can_have("notice", Kind::Text),
    ],
    run: |session, arguments| Box::pin(list(session, arguments)),
};

/// Messages that are shown, the newest.
const MESSAGES_MAX: usize = 5;
/// Seconds until something may have changed: while the Guardian judges, and while people work.
const JUDGED_S: u64 = 5;
const WORKED_S: u64 = 60;

async fn result(session: &Session, mut arguments: Arguments) -> Result<Map<String, Value>, Refusal> {
    let task = session.task(&arguments.take_id()?).await?;
    let poll = next_poll_s(&task);
    let mut shown = super::picked(task, RESULT_FIELDS);
    shown.insert("next_poll_s".to_owned(), poll);
    for (name, texts) in [("proof", &["notes", "confirmation_text", "reference_url"][..]), ("operator", &["name"])] {
        if let Some(Value::Object(part)) = shown.get_mut(name) {
            stranger::set_apart(part, texts);
        }
    }
    if let Some(Value::Array(messages)) = shown.get_mut("messages") {
        let older = messages.len().saturating_sub(MESSAGES_MAX);
        messages.drain(..older);
        for message in messages.iter_mut().filter_map(Value::as_object_mut) {
            if message.get("sender").is_none_or(|sender| sender != "AGENT") {
                stranger::set_apart(message, &["body"]);
            }
        }
    }
    Ok(shown)
}

async fn verification(session: &Session, mut arguments: Arguments) -> Result<Map<String, Value>, Refusal> {
    let task = session.task(&arguments.take_id()?).await?;
    let verdict = |name: &str| task.get("guardian_result").and_then(|verdict| verdict.get(name)).cloned();
    let mut shown = Map::from_iter(
        ["decision", "confidence", "reasoning"].map(|name| (name.to_owned(), verdict(name).unwrap_or_default())),
    );
    shown.insert("requirement_results".to_owned(), verdict("requirement_results").unwrap_or_else(|| json!([])));
    shown.insert("next_poll_s".to_owned(), next_poll_s(&task));
    shown.extend(
        ["task_id", "status", "next_action"]
            .into_iter()
            .filter_map(|name| Some((name.to_owned(), task.get(name)?.clone()))),
    );
    Ok(shown)
}

/// Seconds; null where nothing changes by itself.
fn next_poll_s(task: &Object) -> Value {
    let status = task.get("status").and_then(Value::as_str);
    let by = task.get("next_action").and_then(|next| next.get("by")).and_then(Value::as_str);
    match (status, by) {
        (Some("COMPLETED" | "CANCELLED"), _) | (_, Some("AGENT")) => Value::Null,
        (Some("SUBMITTED"), _) => JUDGED_S.into(),
        (_, _) => WORKED_S.into(),
    }
}

async fn list(session: &Session, Arguments(query): Arguments) -> Result<Map<String, Value>, Refusal> {
    let mut page = session.get(operations::LIST_TASKS, &query).await?;
    let mut tasks = session::list(&mut page, "data")?;
    for operator in tasks.iter_mut().filter_map(|task| task.get_mut("operator")?.as_object_mut()) {
        stranger::set_apart(operator, &["name"]);
    }
    let pagination = page.get("pagination").and_then(Value::as_object).ok_or_else(Refusal::unreadable)?;
    let number = |name: &str| pagination.get(name).and_then(Value::as_u64).unwrap_or(0);
    let read = number("offset") + u64::try_from(tasks.len()).unwrap_or(0);
    let is_last = pagination.get("next_cursor").is_none_or(Value::is_null);
    Ok(Map::from_iter([
        ("tasks".to_owned(), tasks.into()),
        ("total".to_owned(), number("total").into()),
        ("next_offset".to_owned(), if is_last { Value::Null } else { read.into() }),
    ]))
}
