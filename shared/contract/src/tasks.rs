//! `/tasks`: what agents do with tasks.

pub mod callback_secret;
pub mod cancel;
pub mod create;
pub mod dispute;
pub mod list;
pub mod messages;
pub mod rating;
pub mod retrieve_credential;
pub mod show;
pub mod statement;
pub mod task_types;
pub mod verify;

use crate::Endpoint;
use crate::endpoint::PathId;
use domain::TaskId;
use domain::ids::Id;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    create::ENDPOINT,
    list::ENDPOINT,
    show::ENDPOINT,
    cancel::ENDPOINT,
    verify::ENDPOINT,
    dispute::ENDPOINT,
    statement::ENDPOINT,
    messages::ENDPOINT,
    messages::SEND,
    rating::ENDPOINT,
    callback_secret::ENDPOINT,
    retrieve_credential::ENDPOINT,
    retrieve_credential::BY_POST,
    task_types::ENDPOINT,
];

/// The `{id}` of every path about a task.
pub(crate) const TASK: PathId =
    PathId { about: "The task.", pattern: TaskId::PATTERN, example: "task_01kh3w5v8g3w2f7d5r6n8p9q0s" };
