//! `POST /operator/tasks/{id}/rating`: what the operator thinks of the agent.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::tasks::TASK;
use crate::tasks::rating::{Body, ERRORS, REPLY, REQUEST, Reply};

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "rateAgent",
    Route::post("/operator/tasks/{id}/rating", Caller::Operator),
    "Rate the agent of a task",
)
.about("Once, within 14 days of the task's completion. The same rating again gives the same answer.")
.id(TASK)
.body::<Body>()
.errors(ERRORS)
.example(REQUEST, REPLY);
