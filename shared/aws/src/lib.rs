//! Services of AWS, asked without the SDK's orchestrator, which takes longer than all else about a call, and without its
//! clients, whose making is work of a function's start: the SDK's own parts write, sign and read
//! (docs/decisions/0027). The tests of `store`, `bucket` and `runtime` hold it against those clients.

mod attempts;
mod connections;
mod operation;
mod signature;
mod words;

pub use attempts::{Patience, is_too_long};
pub use connections::{Roots, connections, http_client};
pub use operation::{Operation, Refusal, Sent, Value};
pub use words::in_words;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_types::SdkConfig;
use futures::FutureExt;

/// A service, and how it is asked.
#[derive(Debug)]
pub struct Service {
    name: Name,
    endpoint: String,
    connector: SharedHttpConnector,
    region: String,
    identity: Identity,
    patience: Patience,
}

/// The services that are asked so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Name {
    DynamoDb,
    S3,
    SecretsManager,
    Sqs,
}

impl Service {
    /// The region's, or the one at the endpoint that `config` has; with the patience that it has.
    ///
    /// # Errors
    /// As [`Service::new`]; or there are no time-outs or retries.
    pub fn of(name: Name, connector: SharedHttpConnector, config: &SdkConfig) -> Result<Self, BoxError> {
        let region = config.region().ok_or("no region")?;
        // The SDK would read its list of all partitions for it, with their patterns.
        let regions = || format!("https://{}.{region}.amazonaws.com", name.word());
        let endpoint = config.endpoint_url().map_or_else(regions, str::to_owned);
        Self::new(name, &endpoint, connector, config, Patience::of(config)?)
    }

    /// The one at `endpoint`, over `connector`, whatever HTTP client `config` has; by its region and credentials.
    ///
    /// # Errors
    /// One of these is missing, or the credentials are not at hand.
    pub fn new(
        name: Name,
        endpoint: &str,
        connector: SharedHttpConnector,
        config: &SdkConfig,
        patience: Patience,
    ) -> Result<Self, BoxError> {
        let credentials = config.credentials_provider().ok_or("no credentials")?;
        let credentials = credentials.as_ref().provide_credentials().now_or_never();
        Ok(Self {
            name,
            endpoint: endpoint.to_owned(),
            connector,
            region: config.region().ok_or("no region")?.to_string(),
            identity: credentials.ok_or("the credentials are not at hand")??.into(),
            patience,
        })
    }

    /// What is to be sent, without a signature.
    fn request<I: Value, O: Value, E: Refusal>(
        &self,
        operation: &Operation<I, O, E>,
        input: I,
    ) -> Result<HttpRequest, BoxError> {
        let mut request = operation.written(input)?;
        request.uri_mut().set_endpoint(&self.endpoint)?;
        Ok(request)
    }
}
