//! The rules of the repository that neither the compiler nor clippy checks. Not about behaviour: that is `e2e`.

mod repository;
mod workspace;

/// What stands in the sources, and how they lie.
mod sources {
    mod circles;
    mod copies;
    mod folders;
    mod handlers;
    mod origins;
    mod shape;
    mod supply;
    mod words;
}
/// Who may depend on whom, and what may be linked.
mod packages {
    mod edges;
    mod features;
    mod linked;
    mod locks;
}
/// What the documents say against what is there.
mod documents {
    mod layout;
    mod lifecycle;
    mod links;
    mod performance;
    mod proofs;
    mod readme;
    mod runbook;
}
mod template;
