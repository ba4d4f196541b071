//! `/operator/tasks`: finding and doing tasks.

pub mod accept;
pub mod browse;
pub mod messages;
pub mod mine;
pub mod release;
pub mod show;
pub mod start;
pub mod submit;
