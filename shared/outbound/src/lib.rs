//! HTTP to hosts that are not ours: customers' callback URLs, and the providers named in our
//! configuration. Not a retry policy and not a delivery log; `callbacks` owns both.

mod address;
mod destination;
mod resolver;
pub mod signature;

use std::error::Error;
use std::fmt;
use std::io;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

pub use address::is_public;
pub use destination::{Reach, UrlRefusal, check_url, host, origin};

use resolver::{Refused, Resolver};

/// How much of an answer is read before the connection is dropped.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// Posts to URLs that a customer chose. Cheap to clone: build one per process.
#[derive(Clone, Debug)]
pub struct Client {
    /// Built by the first post: the system's root certificates take longer to read than a function
    /// takes to start.
    http: Arc<OnceLock<reqwest::Client>>,
    reach: Reach,
    timeout: Duration,
}

/// What became of a post. Carries nothing that the other side wrote except numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    /// The other side answered with any status, redirects included: those are never followed.
    Answered {
        status: u16,
        /// `Retry-After` in seconds; its rare date form counts as absent.
        retry_after_s: Option<u64>,
    },
    Failed(FailureClass),
}

/// Why nothing was answered: all that a customer may learn about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureClass {
    DnsFailed,
    Blocked,
    Timeout,
    Tls,
    Connect,
    Protocol,
}

impl FailureClass {
    /// The word used on the wire and in logs.
    pub fn as_str(self) -> &'static str {
        match self {
            FailureClass::DnsFailed => "dns_failed",
            FailureClass::Blocked => "blocked",
            FailureClass::Timeout => "timeout",
            FailureClass::Tls => "tls",
            FailureClass::Connect => "connect",
            FailureClass::Protocol => "protocol",
        }
    }
}

impl fmt::Display for FailureClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Client {
    /// `timeout` covers one whole post, from the name lookup to the last byte read.
    pub fn new(reach: Reach, timeout: Duration) -> Client {
        Client { http: Arc::default(), reach, timeout }
    }

    /// Posts once: no redirect, no retry, no proxy. Header names and values must be valid HTTP,
    /// otherwise the attempt fails as `protocol`. Without root certificates it fails as `tls`.
    pub async fn post(&self, url: &str, headers: &[(String, String)], body: Vec<u8>) -> Posted {
        match check_url(url, self.reach) {
            Ok(()) => self.send(url, headers, body).await,
            Err(_) => Posted::Failed(FailureClass::Blocked),
        }
    }

    async fn send(&self, url: &str, headers: &[(String, String)], body: Vec<u8>) -> Posted {
        let Ok(http) = self.http() else {
            return Posted::Failed(FailureClass::Tls);
        };
        let mut request = http.post(url).body(body);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) => return Posted::Failed(classify(&error)),
        };

        // The resolver already refused bad addresses; this catches a connection that went round it.
        let reached = response.remote_addr().map(|address| address.ip());
        if !reached.is_some_and(|ip| self.reach.permits(ip)) {
            return Posted::Failed(FailureClass::Blocked);
        }
        let answer = Posted::Answered { status: response.status().as_u16(), retry_after_s: retry_after_s(&response) };
        discard(response).await;
        answer
    }

    fn http(&self) -> Result<&reqwest::Client, reqwest::Error> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let http = builder(self.timeout)
            .https_only(self.reach == Reach::PublicOnly)
            .dns_resolver(Arc::new(Resolver { reach: self.reach }))
            // A connection kept for later would outlive the check of its address.
            .pool_max_idle_per_host(0)
            .user_agent("HumanOps-Callbacks/1")
            .build()?;
        Ok(self.http.get_or_init(|| http))
    }
}

/// A client for hosts named in our own configuration: no redirects, no proxy, TLS by ring, any
/// address.
///
/// # Errors
/// The system's root certificates cannot be loaded.
pub fn trusted(timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    builder(timeout).build()
}

/// As [`trusted`], for answers that take long: that there is no connection is known after `connect` already.
///
/// # Errors
/// The system's root certificates cannot be loaded.
pub fn trusted_for_long(connect: Duration, timeout: Duration) -> Result<reqwest::Client, reqwest::Error> {
    builder(timeout).connect_timeout(connect).build()
}

fn builder(timeout: Duration) -> reqwest::ClientBuilder {
    // reqwest panics without a provider. An error means that one is installed already, which is as
    // good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .no_proxy()
}

fn retry_after_s(response: &reqwest::Response) -> Option<u64> {
    let value = response.headers().get(reqwest::header::RETRY_AFTER)?;
    value.to_str().ok()?.trim().parse().ok()
}

/// Reads a little so that a well-behaved server sees its answer taken. The status already decided
/// the outcome, so a body that breaks off or never ends changes nothing.
async fn discard(mut response: reqwest::Response) {
    let mut read_bytes = 0;
    while let Ok(Some(chunk)) = response.chunk().await {
        read_bytes += chunk.len();
        if read_bytes > ANSWER_BYTES_MAX {
            return;
        }
    }
}

fn classify(error: &reqwest::Error) -> FailureClass {
    if let Some(Refused(class)) = find::<Refused>(error) {
        return *class;
    }
    if error.is_timeout() {
        FailureClass::Timeout
    } else if find::<rustls::Error>(error).is_some() {
        FailureClass::Tls
    } else if error.is_connect() {
        FailureClass::Connect
    } else {
        FailureClass::Protocol
    }
}

/// The first `T` among the causes. `io::Error::source` skips the error it wraps, hence the second
/// look.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    while let Some(cause) = next {
        if let Some(found) = cause.downcast_ref::<T>() {
            return Some(found);
        }
        next = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    None
}

#[cfg(test)]
mod tests;
