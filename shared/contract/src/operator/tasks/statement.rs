//! `POST /operator/tasks/{id}/statement`: what the operator has to say in a dispute.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::tasks::TASK;
use crate::tasks::statement::{Body, Reply};

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "stateAsOperator",
    Route::post("/operator/tasks/{id}/statement", Caller::Operator),
    "Make a statement in a dispute, as operator",
)
.about("Staff read it before they decide. Another one takes its place, as long as they have not.")
.id(TASK)
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
