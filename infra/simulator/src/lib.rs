//! A simulated world around the whole system: agents, operators, staff and customers' servers that do what they like, and
//! a cloud that fails as clouds do. Every function is the deployed one; chance follows from a seed, so that what went
//! wrong can be had again.
//!
//! `cargo xtask sim` tells stories until one contradicts what must be true, and says how to tell that one again.

/// What is between and around the functions, and fails.
pub mod cloud {
    pub mod aws;
    pub mod customer;
    pub mod fault;
    pub mod network;
    pub mod wire;
}
/// Who does what.
pub mod parties {
    pub mod ask;
    pub mod deed;
    pub mod people;
}
/// What must be true.
pub mod truth {
    pub mod books;
    pub mod verdict;
}
pub mod defects;
pub mod dice;
pub mod story;
pub mod world;
