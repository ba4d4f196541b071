//! `POST /tasks/{id}/statement`: what the agent has to say in a dispute.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, text};
use crate::wire::submission::Saying;
use crate::wire::{Id, NextAction, Word};
use domain::limits::STATEMENT_CHARS;
use domain::status::Status;
use domain::task::{self, Task};
use domain::{TaskId, Timestamp};
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "stateAsAgent",
    Route::post("/tasks/{id}/statement", Caller::Agent),
    "Make a statement in a dispute, as agent",
)
.about("Staff read it before they decide. Another one takes its place, as long as they have not.")
.id(super::TASK)
.body::<Body>()
.errors(&[Code::TaskStateConflict])
.example(
    r#"{"text": "The sign was asked for, and the photo shows the door."}"#,
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "DISPUTED",
        "statement": {"text": "The sign was asked for, and the photo shows the door.",
            "stated_at": "2026-02-07T09:00:00.000Z"},
        "next_action": {"by": "STAFF", "action": "resolve", "due_at": "2026-02-11T14:31:00.000Z",
            "on_due": "ESCALATED"}}"#,
);

pub struct Body {
    pub text: String,
}

impl Read for Body {
    const NAME: &'static str = "MakeStatement";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self { text: fields.required("text", "In your own words.", text(1..=STATEMENT_CHARS))? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StatedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub statement: Saying,
    pub next_action: Option<NextAction>,
}

impl Reply {
    /// Of a task in which this was said.
    pub fn of(task: &Task, statement: task::Saying, now: Timestamp) -> Self {
        let next_action = NextAction::of(task, now);
        Self { task_id: Id(task.id), status: Word(task.status), statement: statement.into(), next_action }
    }
}
