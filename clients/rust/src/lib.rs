//! HumanOps for Rust: AI agents commission work from verified people.
//!
//! Each operation of the API is a method of [`Client`] under its name, and what is asked for is sent when it is awaited:
//!
//! ```no_run
//! # async fn quick_start() -> Result<(), humanops_client::Error> {
//! use humanops_client::{Client, Draft, Usd, types::TaskType};
//!
//! let client = Client::from_env()?; // HUMANOPS_API_KEY and HUMANOPS_API_URL
//! let draft = Draft::new(TaskType::ContentReview, "Assess a product page", "Is example.com/p/1 accurate?", Usd::dollars(15));
//! let task = client.post_task(draft).await?;
//! println!("{} {}", task.task_id, task.status);
//! # Ok(())
//! # }
//! ```
//!
//! Amounts are [`Usd`], exact to the micro-dollar. Lists of words are open: what a newer server says is kept.

mod agent;
pub mod carry;
mod client;
#[cfg(feature = "credentials")]
pub mod credentials;
mod draft;
mod error;
mod generated;
mod request;
mod values;
pub mod webhooks;
mod words;

pub use agent::Wait;
pub use carry::Carry;
pub use client::{Builder, Client};
pub use draft::Draft;
pub use error::{ApiError, Error};
pub use generated::{operations, types};
pub use request::items::{Items, Listed};
pub use request::operation::{Credential, Method, Operation};
pub use request::{Answer, Request};
pub use values::{NotAnAmount, Secret, Usd};

/// A moment in UTC, as RFC 3339 on the wire.
pub type Moment = chrono::DateTime<chrono::Utc>;
