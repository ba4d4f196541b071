//! Services of AWS, asked without the SDK's orchestrator, which takes longer than all else about a call, and without its
//! clients, whose making is work of a function's start: the SDK's own parts write, sign and read
//! (docs/decisions/0027). The tests of `store` and `bucket` hold it against those clients.

mod attempts;
mod operation;
mod signature;

pub use attempts::{Patience, is_too_long};
pub use operation::{Operation, Refusal, Sent, Value};

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
}

impl Service {
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
