//! DynamoDB, embedded: dynoxide on SQLite, in this process and nowhere else. Nothing listens: the SDK's requests are
//! handed over inside (`connector`).

mod connector;
mod kept;
mod stream_records;

use aws::Roots;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_types::SdkConfig;
use connector::Connector;
use dynoxide::{Database, DynoxideError};
pub(crate) use kept::Kept;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// How often what has expired is deleted. DynamoDB takes up to some days for it.
const EXPIRY: Duration = Duration::from_secs(600);

const WHOLE: &str = "the settings have all that is needed";

/// What goes wrong, as whoever started it hears of it.
pub type Failure = Box<dyn Error + Send + Sync>;

/// An open database.
#[derive(Clone)]
pub struct Engine {
    /// As it is, for tests that serve it to other processes.
    pub database: Database,
    turn: Arc<Mutex<()>>,
}

/// Without the database.
impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

impl Engine {
    /// Opens the database in `file`, or one in memory.
    pub fn open(file: Option<&Path>) -> Result<Self, Failure> {
        let place = match file {
            Some(file) => file.to_string_lossy().into_owned(),
            // Of a name of its own, by which a second connection finds it.
            None => format!("file:{}?mode=memory&cache=shared", web::keys::random_text(20)),
        };
        let database = Database::new(&place)?;
        kept::prepare(&database)?;
        stream_records::prepare(&place)?;
        Ok(Self { database, turn: Arc::default() })
    }

    /// How the store asks this engine.
    pub fn database(&self) -> store::Database {
        store::Database::over(SharedHttpConnector::new(Connector(self.clone())), &settings()).expect(WHOLE)
    }

    /// An SDK client of this engine.
    pub fn client(&self) -> Client {
        let connector = SharedHttpConnector::new(Connector(self.clone()));
        let config = settings().into_builder().http_client(aws::http_client(connector));
        Client::new(&config.build())
    }

    /// Does what a request of the SDK asks for, and answers with status and body: for whoever plays the way to the
    /// database. Everything else on this thread waits.
    pub fn answer(&self, operation: &str, body: &[u8]) -> (u16, Vec<u8>) {
        connector::answered(connector::perform(&self.database, operation, body))
    }

    /// Deletes what has expired, a few items at a time, so that nobody waits for all of it. Says how much there was.
    ///
    /// # Errors
    /// The database can't be read or written.
    pub async fn let_expire(&self) -> Result<usize, Failure> {
        let database = self.database.clone();
        Ok(tokio::task::spawn_blocking(move || database.sweep_ttl()).await??)
    }

    /// By the clock from now on.
    pub(crate) async fn keep_expiring(self) {
        let mut ticks = tokio::time::interval(EXPIRY);
        loop {
            ticks.tick().await;
            if let Err(error) = self.let_expire().await {
                tracing::error!(cause = %error, "what has expired could not be deleted");
            }
        }
    }

    /// Does `work` when all that was asked for before is done: the database does no more than one thing at once.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Database) -> Result<T, DynoxideError> + Send + 'static,
    ) -> Result<Result<T, DynoxideError>, tokio::task::JoinError> {
        let database = self.database.clone();
        let turn = Arc::clone(&self.turn).lock_owned().await;
        tokio::task::spawn_blocking(move || {
            let done = work(&database);
            drop(turn);
            done
        })
        .await
    }
}

/// How the store asks an engine that somebody serves at `endpoint`.
pub fn database_at(endpoint: &str) -> store::Database {
    let settings = settings().into_builder().endpoint_url(endpoint).build();
    store::Database::over(aws::connections(Roots::None), &settings).expect(WHOLE)
}

/// An engine wants credentials and believes any.
pub fn settings() -> SdkConfig {
    let credentials = Credentials::new("embedded", "embedded", None, None, "embedded");
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(20))
        .operation_timeout(Duration::from_secs(40));
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("local"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts.build())
        // The SDK's default begins with up to a second, which is for services that answer in seconds.
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(25)))
        .build()
}

#[cfg(test)]
mod tests;
