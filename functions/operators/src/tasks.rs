//! `/operator/tasks`: finding and doing tasks.

pub(crate) mod accept;
pub(crate) mod browse;
pub(crate) mod messages;
pub(crate) mod mine;
pub(crate) mod release;
pub(crate) mod show;
pub(crate) mod start;
pub(crate) mod submit;
