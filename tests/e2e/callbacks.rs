//! Callbacks: what is told, how it is signed, and how often it is tried.

mod retries;
mod stories;
