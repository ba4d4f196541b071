//! Who sends requests, and by what they are known.

pub mod clerk;

use clerk::SignedIn;
use domain::ledger::Rail;
use domain::money::deposit::Deposit;
use domain::{AgentId, TransactionId, Usd};
use store::Store;

/// An agent with its key.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: String,
    pub key: String,
}

impl Agent {
    /// Puts money there by hand, where no way of paying is connected yet.
    pub async fn fund(&self, store: &Store, dollars: u32) {
        let transaction = TransactionId::new(store.now(), store::random_bits());
        let (agent, amount) = (AgentId::parse(&self.id).unwrap(), Usd::dollars(dollars));
        let deposit = Deposit::asked(Rail::Base, web::keys::random_text(64), transaction, agent, amount);
        store.credit(Deposit { at: store.now(), ..deposit }).await.unwrap();
    }
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
