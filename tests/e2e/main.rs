//! The whole system through its HTTP interface. Modules mirror URLs; the rest is named for what it proves.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy sees no test in a function beside it"
)]

mod harness;

mod admin;
mod agents;
mod audit;
mod binary;
mod budget;
mod callbacks;
mod endpoints;
mod faults;
mod lambda;
mod lifecycle;
mod live;
mod operator;
mod payments;
mod races;
mod random;
mod rate_limit;
mod secrets;
mod targets;
mod tasks;
mod uploads;
mod web;
