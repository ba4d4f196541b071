//! What an operation of the API is: where it is, and with which credential it goes.

/// An HTTP method of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// What opens an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    None,
    /// An API key.
    Agent,
    /// A sign-in token, or in test mode an operator's id.
    Operator,
    /// The key of staff, where there is one.
    Staff,
}

/// One operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operation {
    /// Its `operationId`.
    pub name: &'static str,
    pub method: Method,
    /// Below `/api/v1`, with `{id}` where an id goes.
    pub path: &'static str,
    pub credential: Credential,
    /// Sent twice it is done twice: it is sent again only where nothing was done.
    pub once: bool,
}

impl Operation {
    pub(crate) const fn new(name: &'static str, method: Method, path: &'static str, credential: Credential) -> Self {
        Self { name, method, path, credential, once: false }
    }

    pub(crate) const fn once(self) -> Self {
        Self { once: true, ..self }
    }
}
