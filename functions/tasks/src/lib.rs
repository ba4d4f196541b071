//! `/tasks`: what agents do with tasks. What operators do is in `operators`.

mod callback_secret;
mod cancel;
mod create;
mod dispute;
mod draft;
mod list;
mod people {
    pub(crate) mod messages;
    pub(crate) mod rating;
    pub(crate) mod statement;
}
mod retrieve_credential;
mod show;
mod task_types;
mod verify;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::tasks;
use domain::task_type::Restriction;
use outbound::Reach;
use secrets::SealingKey;
use web::{Gate, Routes};

/// What the endpoints need.
#[derive(Clone, Debug)]
pub struct Tasks {
    /// Callers and store.
    pub gate: Gate,
    /// Signs links to photos.
    pub bucket: Bucket,
    /// Where callbacks may go.
    pub callback_reach: Reach,
    /// Seals the secrets of callbacks.
    pub sealing_key: SealingKey,
    /// `RESTRICTED_TASK_TYPES`.
    pub restriction: Restriction,
}

impl FromRef<Tasks> for Gate {
    fn from_ref(tasks: &Tasks) -> Gate {
        tasks.gate.clone()
    }
}

pub fn routes(state: Tasks) -> Routes {
    Routes::new()
        .on(const { tasks::callback_secret::ENDPOINT.route }, callback_secret::handle)
        .on(const { tasks::dispute::ENDPOINT.route }, dispute::handle)
        .on(const { tasks::statement::ENDPOINT.route }, people::statement::handle)
        .on(const { tasks::messages::ENDPOINT.route }, people::messages::handle)
        .on(const { tasks::rating::ENDPOINT.route }, people::rating::handle)
        .with_state(state.clone())
        .merge(tool_routes(state))
}

/// What of it tools call (`functions/mcp`).
pub fn tool_routes(state: Tasks) -> Routes {
    Routes::new()
        .on(const { tasks::create::ENDPOINT.route }, create::handle)
        .on(const { tasks::list::ENDPOINT.route }, list::handle)
        .on(const { tasks::show::ENDPOINT.route }, show::handle)
        .on(const { tasks::cancel::ENDPOINT.route }, cancel::handle)
        .on(const { tasks::verify::ENDPOINT.route }, verify::handle)
        .on(const { tasks::messages::SEND.route }, people::messages::send)
        .on(const { tasks::retrieve_credential::ENDPOINT.route }, retrieve_credential::handle)
        .on(const { tasks::retrieve_credential::BY_POST.route }, retrieve_credential::handle)
        .on(const { tasks::task_types::ENDPOINT.route }, task_types::handle)
        .with_state(state)
}
