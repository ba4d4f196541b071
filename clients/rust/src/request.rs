//! A request: what it says, and how it is sent. Awaited, it is its answer.

mod attempt;
pub(crate) mod items;
pub(crate) mod operation;

use crate::{Client, Error};
use attempt::{Attempts, Sent};
use items::{Items, Listed};
use operation::{Credential, Method, Operation};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::time::Duration;
use url::form_urlencoded;

/// A request of which nothing was sent yet.
#[must_use = "a request is sent when it is awaited"]
pub struct Request<T> {
    client: Client,
    operation: Operation,
    path: String,
    query: Vec<(String, String)>,
    body: Vec<u8>,
    idempotency_key: Option<String>,
    timeout: Option<Duration>,
    retries: Option<u32>,
    /// Why it cannot be sent.
    problem: Option<String>,
    reply: PhantomData<fn() -> T>,
}

/// An answer with what came around it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer<T> {
    pub data: T,
    /// HTTP status.
    pub status: u16,
    /// Names the request in the logs.
    pub request_id: Option<String>,
    /// Whether it was done before, under the same key.
    pub replayed: bool,
    /// Under which it was sent, where it had one.
    pub idempotency_key: Option<String>,
}

/// Bytes of an idempotency key that is made here, before they are written in hexadecimal.
const KEY_BYTES: usize = 16;

impl<T> fmt::Debug for Request<T> {
    /// Without the body, which may have a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.name)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            client: self.client.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            body: self.body.clone(),
            idempotency_key: self.idempotency_key.clone(),
            problem: self.problem.clone(),
            ..*self
        }
    }
}

impl<T> Request<T> {
    pub(crate) fn new(client: Client, operation: Operation) -> Self {
        Self {
            client,
            operation,
            path: operation.path.to_owned(),
            query: Vec::new(),
            body: b"{}".to_vec(),
            idempotency_key: None,
            timeout: None,
            retries: None,
            problem: None,
            reply: PhantomData,
        }
    }

    /// The `{id}` of the path.
    pub fn id(mut self, id: &str) -> Self {
        if id.is_empty() || id == "." || id == ".." {
            self.problem = Some(format!("{}: the id is empty", self.operation.name));
        }
        let escaped: String = form_urlencoded::byte_serialize(id.as_bytes()).collect();
        self.path = self.operation.path.replace("{id}", &escaped.replace('+', "%20"));
        self
    }

    /// The query, from the fields of an object.
    pub fn query(mut self, fields: &impl Serialize) -> Self {
        match serde_json::to_value(fields) {
            Ok(serde_json::Value::Object(fields)) => {
                for (name, value) in fields.into_iter().filter(|(_, value)| !value.is_null()) {
                    let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                    self.set(&name, text);
                }
            }
            Ok(_) | Err(_) => self.problem = Some(format!("{}: the query is no object", self.operation.name)),
        }
        self
    }

    pub(crate) fn set(&mut self, name: &str, value: String) {
        self.query.retain(|(known, _)| known != name);
        self.query.push((name.to_owned(), value));
    }

    pub(crate) fn unset(&mut self, name: &str) {
        self.query.retain(|(known, _)| known != name);
    }

    /// The body, as JSON.
    pub fn body(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_vec(body) {
            Ok(body) => self.body = body,
            Err(error) => self.problem = Some(format!("{}: {error}", self.operation.name)),
        }
        self
    }

    /// The same in all attempts, and made for this request where it is not given. Give one to try again yourself.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        Self { idempotency_key: Some(key.into()), ..self }
    }

    /// Time that an attempt may take.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout: Some(timeout), ..self }
    }

    /// Attempts after the first.
    pub fn retries(self, retries: u32) -> Self {
        Self { retries: Some(retries), ..self }
    }
}

impl<T: DeserializeOwned> Request<T> {
    /// Sends it until it is answered or no attempt is left, and answers with what came around the answer.
    ///
    /// # Errors
    /// [`Error`] says which there are.
    pub async fn send(self) -> Result<Answer<T>, Error> {
        let sent = self.attempts()?.run().await?;
        let Sent { status, request_id, replayed, body, idempotency_key } = sent;
        let data = serde_json::from_slice(&body).map_err(|error| Error::Unreadable(error.to_string()))?;
        Ok(Answer { data, status, request_id, replayed, idempotency_key })
    }

    fn attempts(self) -> Result<Attempts, Error> {
        if let Some(problem) = self.problem {
            return Err(Error::Usage(problem));
        }
        let credential = self.client.header(self.operation.credential);
        if credential.is_none() && self.operation.credential == Credential::Agent {
            return Err(Error::Usage(format!("{} needs an API key", self.operation.name)));
        }
        let mut address = self.client.address(&self.path);
        if !self.query.is_empty() {
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.query).finish();
            address = format!("{address}?{query}");
        }
        let writes = matches!(self.operation.method, Method::Post | Method::Put | Method::Patch);
        let key = self.idempotency_key.map_or_else(new_key, Ok)?;
        Ok(Attempts {
            timeout: self.timeout.unwrap_or(self.client.settings().timeout),
            retries: self.retries.unwrap_or(self.client.settings().retries),
            client: self.client,
            operation: self.operation,
            address,
            credential,
            body: writes.then_some(self.body),
            idempotency_key: writes.then_some(key),
        })
    }
}

impl<T: Listed> Request<T> {
    /// The elements of a list, page by page.
    pub fn items(self) -> Items<T> {
        Items::new(self)
    }
}

fn new_key() -> Result<String, Error> {
    let mut bytes = [0; KEY_BYTES];
    getrandom::fill(&mut bytes).map_err(|_| Error::Usage("the system gives no random numbers".to_owned()))?;
    Ok(base16ct::lower::encode_string(&bytes))
}

impl<T: DeserializeOwned + Send + 'static> IntoFuture for Request<T> {
    type Output = Result<T, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.map(|answer| answer.data) })
    }
}
