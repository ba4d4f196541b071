//! The rating of a completed task, by either side. Whose task it is, the handlers know.

use crate::{Answer, ApiError, Json};
use contract::Code;
use contract::tasks::rating::{Body, Reply};
use domain::operator::rating::{Rating, Unratable, ratable};
use domain::task::Side;
use domain::task::Task;
use serde_json::json;
use store::Store;

/// Rates the other side of the task. What was said in time is answered again when it is too late.
pub async fn rate(store: &Store, task: &Task, by: Side, body: Body) -> Answer<Reply> {
    let now = store.now();
    let wanted = Rating { task: task.id, by, score: body.score, comment: body.comment, at: now };

    let there = match ratable(task, now) {
        Ok(()) => store.rate(task, wanted.clone()).await?,
        Err(unratable) => said(store, task, by).await?.ok_or_else(|| refusal(unratable))?,
    };
    if there != (Rating { at: there.at, ..wanted }) {
        return Err(ApiError::of(Code::AlreadyRated));
    }
    Ok(Json::ok(Reply::of(there)))
}

/// What was said before; of a task without an operator nothing.
async fn said(store: &Store, task: &Task, by: Side) -> Result<Option<Rating>, ApiError> {
    match task.operator {
        Some(_) => Ok(store.rating(task, by).await?),
        None => Ok(None),
    }
}

fn refusal(unratable: Unratable) -> ApiError {
    match unratable {
        Unratable::TooLate => ApiError::of(Code::RatingClosed),
        Unratable::Unfinished(status) => ApiError::of(Code::TaskStateConflict)
            .saying(format!("The task is {status}; only COMPLETED tasks can be rated."))
            .with(json!({ "status": status.word() })),
    }
}
