//! Who sends requests, and by what they are known.

pub mod clerk;

use clerk::SignedIn;

/// An agent with its key.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: String,
    pub key: String,
}

/// An operator's id, which in development is their credential.
#[derive(Clone, Debug)]
pub struct OperatorKey(pub String);

/// Who sends a request.
#[derive(Clone, Debug)]
pub enum Caller<'a> {
    Nobody,
    Agent(&'a Agent),
    Operator(&'a OperatorKey),
    SignedIn(&'a SignedIn),
    Admin(&'a str),
}

impl<'a> From<&'a Agent> for Caller<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self::Agent(agent)
    }
}

impl<'a> From<&'a OperatorKey> for Caller<'a> {
    fn from(operator: &'a OperatorKey) -> Self {
        Self::Operator(operator)
    }
}

impl<'a> From<&'a SignedIn> for Caller<'a> {
    fn from(session: &'a SignedIn) -> Self {
        Self::SignedIn(session)
    }
}

impl<'a> Caller<'a> {
    /// The credential's header.
    pub fn header(&self) -> Option<(&'static str, &'a str)> {
        match self {
            Self::Nobody => None,
            Self::Agent(agent) => Some(("x-api-key", &agent.key)),
            Self::Operator(operator) => Some(("x-operator-id", &operator.0)),
            Self::SignedIn(session) => Some(("authorization", &session.0)),
            Self::Admin(key) => Some(("x-admin-key", key)),
        }
    }
}
