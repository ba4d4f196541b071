//! What an agent decides about a task of its own.

use super::{Hints, Kind, TASK_ID, Tool, WRITES, can_have, has, may, need};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::Session;
use humanops_client::{Operation, operations};
use serde_json::{Map, Value};

const OPEN_WRITES: Hints = Hints { is_open_world: true, ..WRITES };

pub(super) const CANCEL: Tool = Tool {
    name: "cancel_task",
    title: "Cancel task",
    about: "Cancels a task that is PENDING or ACCEPTED and gives its escrow back to the deposit. Not possible once the operator \
            has begun.",
    about_home: ["", ""],
    hints: Hints { is_destructive: true, ..OPEN_WRITES },
    operation: "cancelTask",
    params: &[TASK_ID],
    output: &[has("task_id", Kind::Text), has("status", Kind::Text), can_have("refunded_usd", Kind::Amount)],
    run: |session, arguments| Box::pin(decide(session, operations::CANCEL_TASK, CANCEL, arguments)),
};

pub(super) const REVIEW: Tool = Tool {
    name: "review_task",
    title: "Review task",
    about: "Decides on handed-in work that waits for you (next_action.by is AGENT): APPROVE pays the operator, and that is \
            final; REJECT opens a dispute for staff; REQUEST_CHANGES, twice at most, gives it back. Look at the proof first.",
    about_home: ["", ""],
    hints: Hints { is_destructive: true, is_idempotent: false, ..OPEN_WRITES },
    operation: "verifyTask",
    params: &[
        TASK_ID,
        need("decision"),
        may("reason").about("Why not; needed with REQUEST_CHANGES, 10 characters at least."),
    ],
    output: &[
        has("task_id", Kind::Text),
        has("status", Kind::Text),
        has("message", Kind::Text),
        has("next_action", Kind::MaybeObject),
        has("revision", Kind::MaybeObject),
    ],
    run: |session, arguments| Box::pin(decide(session, operations::VERIFY_TASK, REVIEW, arguments)),
};

pub(super) const MESSAGE: Tool = Tool {
    name: "send_message",
    title: "Send message",
    about: "Writes to the operator of a task, from its acceptance on; answers are in get_task_result. Never write secrets.",
    about_home: ["", ""],
    hints: Hints { is_idempotent: false, ..OPEN_WRITES },
    operation: "sendMessage",
    params: &[TASK_ID, need("message").field("body")],
    output: &[has("message_id", Kind::Text), has("created_at", Kind::Text)],
    run: |session, arguments| Box::pin(decide(session, operations::SEND_MESSAGE, MESSAGE, arguments)),
};

async fn decide(
    session: &Session,
    operation: Operation,
    tool: Tool,
    mut arguments: Arguments,
) -> Result<Map<String, Value>, Refusal> {
    let id = arguments.take_id()?;
    let answer = session.post(operation, &id, &arguments.0).await?;
    Ok(super::picked(answer, tool.output))
}
