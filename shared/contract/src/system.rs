//! What is about the deployment itself: health, this description, and the clock of a test system.

pub mod clock;
pub mod docs;
pub mod health;
pub mod openapi;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] =
    &[health::ENDPOINT, openapi::ENDPOINT, docs::ENDPOINT, docs::FILE, clock::SHOW, clock::ADVANCE, clock::RESET];
