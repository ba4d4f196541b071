//! DynamoDB, embedded: dynoxide behind its HTTP interface on a port of its own.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use dynoxide::Database;
use std::error::Error;
use std::path::Path;
use std::time::Duration;
use tokio::net::TcpListener;

/// A running engine: the database itself, and where it answers.
#[derive(Clone)]
pub struct Engine {
    /// For its stream.
    pub(crate) database: Database,
    /// Where the SDK finds it.
    pub endpoint: String,
}

/// Without the database.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens the database in `file`, or one in memory, and serves it on a loopback port.
    pub async fn start(file: Option<&Path>) -> Result<Self, Box<dyn Error>> {
        let database = match file {
            Some(file) => Database::new(&file.to_string_lossy())?,
            None => Database::memory()?,
        };
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        tokio::spawn(dynoxide::server::serve_on(listener, database.clone()));
        Ok(Self { database, endpoint })
    }
}

/// An SDK client of the engine at `endpoint`. The engine wants credentials and believes any.
pub fn client(endpoint: &str) -> Client {
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(20))
        .operation_timeout(Duration::from_secs(40));
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("local"))
        .credentials_provider(Credentials::new("embedded", "embedded", None, None, "embedded"))
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .timeout_config(timeouts.build())
        // The SDK's default begins with up to a second, which is for services that answer in seconds.
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(25)))
        .build();
    Client::from_conf(config)
}
