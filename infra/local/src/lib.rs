//! The whole of HumanOps in one process: every router, worker and sweep, on embedded engines.
//!
//! The code of the functions is the deployed one. Only what AWS would do is done here: the table and
//! its stream (dynoxide), the bucket (s3s), the queues and the schedule ([`pump`]).

pub mod clock;
pub mod engine;
pub mod folder;
pub mod objects;
pub mod options;
pub mod pump;
pub mod server;
pub mod system;

pub use options::Options;
pub use system::System;
