//! Straight to DynamoDB, without the SDK's orchestrator (docs/decisions/0027).

mod call;

pub(crate) use call::Call;

use aws::{Name, Patience, Sent, Service};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BoxError, SdkError};
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_types::SdkConfig;
use std::sync::Arc;

/// DynamoDB, and how it is asked.
#[derive(Clone, Debug)]
pub struct Database(Way);

#[derive(Clone, Debug)]
enum Way {
    Direct(Arc<Service>),
    Sdk(Client),
}

/// In bytes: sixteen megabytes of items are answered at most, as JSON.
const ANSWER_MAX: usize = 64 << 20;

/// By the SDK's orchestrator: for whoever has a client and nothing else.
impl From<Client> for Database {
    fn from(client: Client) -> Self {
        Self(Way::Sdk(client))
    }
}

impl Database {
    /// Over `connector`, whatever HTTP client the configuration has; by its region, endpoint, credentials, time-outs and
    /// retries.
    ///
    /// # Errors
    /// One of these is missing, or the credentials are not at hand.
    pub fn over(connector: SharedHttpConnector, config: &SdkConfig) -> Result<Self, BoxError> {
        let region = config.region().ok_or("no region")?;
        // The SDK would read its list of all partitions for it, with their patterns.
        let regions = || format!("https://dynamodb.{region}.amazonaws.com");
        let endpoint = config.endpoint_url().map_or_else(regions, str::to_owned);
        let service = Service::new(Name::DynamoDb, &endpoint, connector, config, Patience::of(config)?)?;
        Ok(Self(Way::Direct(Arc::new(service))))
    }

    pub(crate) async fn send<C: Call>(&self, call: C) -> Sent<C::Output, C::Error> {
        match &self.0 {
            Way::Direct(service) => {
                let input = call.build().map_err(SdkError::construction_failure)?;
                service.send(C::operation(), input, ANSWER_MAX).await
            }
            Way::Sdk(client) => call.send_with(client).await,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
