//! Clients of AWS, made from what Lambda puts into the environment. Without `aws-config`: its other
//! sources of credentials would be linked, and never asked.

use crate::variables::{Refusal, Variables};
use aws::{Name, Roots, Service};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_types::SdkConfig;
use domain::TaskId;
use std::sync::OnceLock;
use std::time::Duration;
use store::{Database, Key, Store};

/// Whose account, where, and over which connections.
pub(crate) struct Aws {
    /// Without a way there.
    pub(crate) settings: SdkConfig,
    /// Of all clients; made for the first of them.
    connector: OnceLock<SharedHttpConnector>,
}

/// What opening a second connection may add to the start.
const OPENING_MAX: Duration = Duration::from_secs(1);
/// A third of an operation, which is tried three times.
const ATTEMPT_MAX: Duration = Duration::from_millis(2_500);
/// A store that does not answer must leave the function time to say so: Lambda ends it after 10 seconds, and API Gateway
/// waits for 12.
const OPERATION_MAX: Duration = Duration::from_millis(8_000);
/// The SDK's default begins with up to a second, which is for services that answer in seconds.
const FIRST_BACKOFF: Duration = Duration::from_millis(25);

impl Aws {
    /// What Lambda sets, and `AWS_ENDPOINT_URL`.
    pub(crate) fn read(variables: &Variables) -> Result<Self, Refusal> {
        let (id, secret) = (variables.required("AWS_ACCESS_KEY_ID")?, variables.required("AWS_SECRET_ACCESS_KEY")?);
        let credentials = Credentials::new(id, secret, variables.optional("AWS_SESSION_TOKEN"), None, "environment");
        let region = variables.required("AWS_REGION")?;
        Ok(Self::of(&region, variables.optional("AWS_ENDPOINT_URL"), credentials))
    }

    fn of(region: &str, endpoint: Option<String>, credentials: Credentials) -> Self {
        let mut settings = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(region.to_owned()))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .timeout_config(timeouts())
            .retry_config(RetryConfig::standard().with_initial_backoff(FIRST_BACKOFF));
        settings.set_endpoint_url(endpoint);
        Self { settings: settings.build(), connector: OnceLock::new() }
    }

    pub(crate) fn database(&self) -> Result<Database, BoxError> {
        Database::over(self.connector(), &self.settings)
    }

    pub(crate) fn service(&self, name: Name) -> Result<Service, BoxError> {
        Service::of(name, self.connector(), &self.settings)
    }

    /// What all clients of the SDK share: whose account, over which connections, for how long.
    pub(crate) fn config(&self) -> SdkConfig {
        self.settings.to_builder().http_client(aws::http_client(self.connector())).build()
    }

    pub(crate) fn connector(&self) -> SharedHttpConnector {
        // An endpoint of another's has certificates of another's.
        let roots = match self.settings.endpoint_url() {
            Some(url) if url.starts_with("http://") => Roots::None,
            Some(_) => Roots::System,
            None => Roots::Amazon,
        };
        self.connector.get_or_init(|| aws::connections(roots)).clone()
    }
}

/// Opens a connection, beside another call, which has one of its own under HTTP/1.1. Reads a task that is not there: even a
/// refusal leaves an open connection behind.
pub(crate) async fn open_connection(store: &Store) {
    let read = store.read([Key::task(TaskId::from_bytes([0; 16]))]);
    if tokio::time::timeout(OPENING_MAX, read).await.is_err() {
        tracing::warn!("the database did not answer during the start");
    }
}

fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT_MAX).operation_timeout(OPERATION_MAX).build()
}

#[cfg(test)]
mod tests;
