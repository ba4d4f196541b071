//! `/tasks` and `/task-types`: one module for each endpoint, and for what creating is about.

mod cancel;
mod create;
mod credential;
mod dispute;
mod fee_tiers;
mod idempotency;
mod limits;
mod list;
mod show;
mod task_types;
mod verify;
