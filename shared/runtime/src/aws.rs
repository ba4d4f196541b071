//! Clients of AWS, made from what Lambda puts into the environment. Without `aws-config`: its other
//! sources of credentials would be linked, and never asked.

use crate::variables::{Refusal, Variables};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_dynamodb::error::BoxError;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_http_client::{Connector, ConnectorBuilder};
use aws_smithy_runtime_api::client::http::{HttpConnectorSettings, SharedHttpConnector, http_client_fn};
use aws_types::SdkConfig;
use domain::TaskId;
use std::sync::OnceLock;
use std::time::Duration;
use store::change::ABREAST;
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
/// Idle connections, of which the relay needs the most, are dropped before the other side does it: AWS closes them after a minute.
const IDLE_MAX: Duration = Duration::from_secs(55);
const CONNECT_MAX: Duration = Duration::from_secs(1);
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

    pub(crate) fn sqs(&self) -> aws_sdk_sqs::Client {
        aws_sdk_sqs::Client::new(&self.config())
    }

    pub(crate) fn secrets(&self) -> aws_sdk_secretsmanager::Client {
        aws_sdk_secretsmanager::Client::new(&self.config())
    }

    /// What all clients share: whose account, over which connections, for how long.
    pub(crate) fn config(&self) -> SdkConfig {
        let connector = self.connector();
        self.settings.to_builder().http_client(http_client_fn(move |_, _| connector.clone())).build()
    }

    pub(crate) fn connector(&self) -> SharedHttpConnector {
        // An endpoint of another's has certificates of another's.
        let made = || match self.settings.endpoint_url() {
            Some(url) if url.starts_with("http://") => connections().build_http(),
            Some(_) => encrypted(TrustStore::default()),
            None => encrypted(TrustStore::empty().with_pem_certificate(outbound::AMAZON_ROOTS)),
        };
        self.connector.get_or_init(|| SharedHttpConnector::new(made())).clone()
    }
}

/// The SDK offers HTTP/2 too and has no setting against it; DynamoDB is known to choose HTTP/1.1.
fn connections() -> ConnectorBuilder {
    let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT_MAX).build();
    let connections = Connector::builder().connector_settings(settings);
    connections.pool_idle_timeout(IDLE_MAX).pool_max_idle_per_host(ABREAST)
}

fn encrypted(roots: TrustStore) -> Connector {
    let context = TlsContext::builder().with_trust_store(roots).build();
    let context = context.expect("nothing is checked before the first connection");
    connections().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context).build()
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
    TimeoutConfig::builder()
        .connect_timeout(CONNECT_MAX)
        .operation_attempt_timeout(ATTEMPT_MAX)
        .operation_timeout(OPERATION_MAX)
        .build()
}

#[cfg(test)]
mod tests;
