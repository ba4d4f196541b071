//! The client: where the API is, and which credentials there are.

use crate::request::Request;
use crate::request::operation::{Credential, Operation};
use crate::{Carry, Error};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

const PUBLIC_API: &str = "https://api.humanops.io";
const BASE: &str = "/api/v1";
const TIMEOUT: Duration = Duration::from_secs(60);
const RETRIES: u32 = 2;
/// Longer than that nobody waits who was not told.
const PATIENCE: Duration = Duration::from_secs(60);

/// Calls the API. Cheap to clone: its clones share their connections.
#[derive(Clone)]
pub struct Client(Arc<Builder>);

/// What a client is made of. All of it can be left out.
#[derive(Clone)]
#[must_use]
pub struct Builder {
    pub(crate) carrier: Option<Arc<dyn Carry>>,
    api_key: Option<String>,
    operator: Option<(&'static str, String)>,
    admin_key: Option<String>,
    url: String,
    pub(crate) timeout: Duration,
    pub(crate) retries: u32,
    pub(crate) patience: Duration,
}

impl Default for Builder {
    fn default() -> Self {
        let url = PUBLIC_API.to_owned();
        Self {
            carrier: None,
            api_key: None,
            operator: None,
            admin_key: None,
            url,
            timeout: TIMEOUT,
            retries: RETRIES,
            patience: PATIENCE,
        }
    }
}

impl Client {
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// With the variables `HUMANOPS_API_KEY`, and `HUMANOPS_API_URL` where it is not the public API.
    ///
    /// # Errors
    /// [`Error::Usage`]: the key is missing, or the address is none.
    pub fn from_env() -> Result<Self, Error> {
        let variable = |name| std::env::var(name).ok().filter(|text| !text.is_empty());
        let missing = || Error::Usage("set HUMANOPS_API_KEY to an API key: ho_test_… or ho_live_…".to_owned());
        let builder = Self::builder().api_key(variable("HUMANOPS_API_KEY").ok_or_else(missing)?);
        match variable("HUMANOPS_API_URL") {
            Some(url) => builder.url(url).build(),
            None => builder.build(),
        }
    }

    /// Any operation; `T` is what its answer is read as.
    pub fn request<T>(&self, operation: Operation) -> Request<T> {
        Request::new(self.clone(), operation)
    }

    /// Where the API is, without a path.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    pub(crate) fn settings(&self) -> &Builder {
        &self.0
    }

    /// The header that opens an operation.
    pub(crate) fn header(&self, credential: Credential) -> Option<(&'static str, String)> {
        match credential {
            // Some of what is anybody's is only staff's from afar.
            Credential::None | Credential::Staff => self.0.admin_key.clone().map(|key| ("x-admin-key", key)),
            Credential::Agent => self.0.api_key.clone().map(|key| ("x-api-key", key)),
            Credential::Operator => self.0.operator.clone(),
        }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{BASE}{path}", self.0.url)
    }
}

impl Builder {
    /// An agent's: `ho_…`.
    pub fn api_key(self, key: impl Into<String>) -> Self {
        Self { api_key: Some(key.into()), ..self }
    }

    /// An operator's session token. It lives about a minute.
    pub fn operator_token(self, token: &str) -> Self {
        Self { operator: Some(("authorization", format!("Bearer {token}"))), ..self }
    }

    /// An operator's id: a deployment in test mode believes it.
    pub fn operator_id(self, id: impl Into<String>) -> Self {
        Self { operator: Some(("x-operator-id", id.into())), ..self }
    }

    /// For staff.
    pub fn admin_key(self, key: impl Into<String>) -> Self {
        Self { admin_key: Some(key.into()), ..self }
    }

    /// Where the API is, with or without `/api/v1`; the public one unless said otherwise.
    pub fn url(self, url: impl Into<String>) -> Self {
        Self { url: url.into(), ..self }
    }

    /// Time that an attempt may take; 60 seconds unless said otherwise.
    pub fn timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Attempts after the first; 2 unless said otherwise.
    pub fn retries(self, retries: u32) -> Self {
        Self { retries, ..self }
    }

    /// The longest pause between two attempts; 60 seconds unless said otherwise. What asks for more is refused at once.
    pub fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// What carries its requests, instead of connections of its own.
    pub fn carrier(self, carrier: impl Carry + 'static) -> Self {
        Self { carrier: Some(Arc::new(carrier)), ..self }
    }

    /// # Errors
    /// [`Error::Usage`]: the address is none, or a key has characters that no header can have.
    pub fn build(mut self) -> Result<Client, Error> {
        if !Url::parse(&self.url).is_ok_and(|url| is_bare(&url)) {
            // Without the address, which may have a password in it.
            let sentence = "the API's address must be like https://api.humanops.io, without user, query and fragment";
            return Err(Error::Usage(sentence.to_owned()));
        }
        let bare = self.url.trim_end_matches('/');
        self.url = bare.strip_suffix(BASE).unwrap_or(bare).to_owned();
        let operator = self.operator.as_ref().map(|(_, value)| value);
        for secret in [self.api_key.as_ref(), self.admin_key.as_ref(), operator].into_iter().flatten() {
            if secret.is_empty() || !secret.bytes().all(|b| (b' '..=b'~').contains(&b)) {
                return Err(Error::Usage("a key must be printable ASCII, copied whole".to_owned()));
            }
        }
        #[cfg(feature = "https")]
        if self.carrier.is_none() {
            self.carrier = Some(Arc::new(crate::carry::Connections::new()?));
        }
        Ok(Client(Arc::new(self)))
    }
}

fn is_bare(url: &Url) -> bool {
    let has_user = !url.username().is_empty() || url.password().is_some();
    let goes_on = url.query().is_some() || url.fragment().is_some();
    matches!(url.scheme(), "http" | "https") && url.has_host() && !has_user && !goes_on
}

impl fmt::Debug for Client {
    /// Without the keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("url", &self.0.url).finish_non_exhaustive()
    }
}
