//! A task's long texts and what it was configured with. Never changed after creation, so not part of what moves.

use crate::event::EventName;
use crate::words::words;

/// The rest of a task: written once, read where it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// The full description, when the task holds it abridged.
    pub description: Option<String>,
    /// The full requirements, when the task holds none.
    pub requirements: Option<Vec<String>>,
    /// Instructions for digital tasks.
    pub digital_instructions: Option<String>,
    /// P-256 public key of the agent, base64 of 65 bytes.
    pub agent_public_key: Option<String>,
    /// On what authority the agent asks for a restricted task.
    pub authorization: Option<Authorization>,
}

/// Where events go.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// Checked at creation and at each send.
    pub url: String,
    /// Signs the body.
    pub secret: Option<String>,
    pub events: Vec<EventName>,
}

/// Without the secret.
impl std::fmt::Debug for Callback {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Callback").field("url", &self.url).field("events", &self.events).finish_non_exhaustive()
    }
}

words! {
    /// On what authority an agent asks for a restricted task.
    Basis { Owner = "OWNER", Authorized = "AUTHORIZED" }
}

/// The agent's statement about a restricted task; stored with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Own account, or on behalf of its owner.
    pub basis: Basis,
    /// In the agent's words.
    pub statement: String,
}
