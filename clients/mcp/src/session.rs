//! Whose server it is for a call: which account, which limits, and where private keys are.

#[cfg(feature = "stdio")]
use crate::keys::Keys;
use crate::limits::Limits;
use crate::refusal::Refusal;
use humanops_client::{Client, Operation};
use serde::Serialize;
use serde_json::{Map, Value};

/// An agent's.
#[derive(Clone, Debug)]
pub struct Session {
    pub client: Client,
    pub limits: Limits,
    pub home: Home,
}

/// Where the server runs.
#[derive(Clone, Debug)]
pub enum Home {
    /// On the agent's own machine: private keys are kept here, and credentials opened.
    #[cfg(feature = "stdio")]
    Own(Keys),
    /// Anywhere else: the key pair is the caller's, and nothing here could open a credential.
    Remote,
}

impl Home {
    pub(crate) fn is_own(&self) -> bool {
        !matches!(self, Self::Remote)
    }
}

/// What the API answered: an object, of which parts are taken.
pub(crate) type Object = Map<String, Value>;

impl Session {
    /// Calls an operation on a task.
    pub(crate) async fn post(&self, operation: Operation, id: &str, body: &Object) -> Result<Object, Refusal> {
        Ok(self.client.request::<Object>(operation).id(id).body(body).await?)
    }

    /// Calls one that reads.
    pub(crate) async fn get(&self, operation: Operation, query: &impl Serialize) -> Result<Object, Refusal> {
        Ok(self.client.request::<Object>(operation).query(query).await?)
    }

    /// A task of the agent's.
    pub(crate) async fn task(&self, id: &str) -> Result<Object, Refusal> {
        Ok(self.client.request::<Object>(humanops_client::operations::GET_TASK).id(id).await?)
    }
}

/// A list in what the API answered.
pub(crate) fn list(answer: &mut Object, name: &str) -> Result<Vec<Value>, Refusal> {
    match answer.remove(name) {
        Some(Value::Array(items)) => Ok(items),
        _ => Err(Refusal::unreadable()),
    }
}
