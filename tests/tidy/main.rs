//! The rules of the repository that neither the compiler nor clippy checks. Not about behaviour: that is `e2e`.

mod closure;
mod edges;
mod layout;
mod lifecycle;
mod links;
mod origins;
mod performance;
mod readme;
mod repository;
mod runbook;
mod shape;
mod template;
mod words;
mod workspace;
