//! Straight to DynamoDB, without the SDK's orchestrator (docs/decisions/0027).

mod call;

pub(crate) use call::Call;

use aws::{Name, Sent, Service};
#[cfg(any(test, feature = "sdk"))]
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
    #[cfg(any(test, feature = "sdk"))]
    Sdk(Client),
}

/// In bytes: sixteen megabytes of items are answered at most, as JSON.
const ANSWER_MAX: usize = 64 << 20;

/// By the SDK's orchestrator, which would be a part of every function.
#[cfg(any(test, feature = "sdk"))]
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
        Ok(Self(Way::Direct(Arc::new(Service::of(Name::DynamoDb, connector, config)?))))
    }

    pub(crate) async fn send<C: Call>(&self, call: C) -> Sent<C::Output, C::Error> {
        match &self.0 {
            Way::Direct(service) => {
                let input = call.build().map_err(SdkError::construction_failure)?;
                service.send(C::operation(), input, ANSWER_MAX).await
            }
            #[cfg(any(test, feature = "sdk"))]
            Way::Sdk(client) => call.send_with(client).await,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
