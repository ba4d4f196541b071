//! Straight to DynamoDB: the SDK's own parts serialize, sign and read a call, without its orchestrator, which takes longer
//! than all of that (docs/decisions/0027).

mod call;

pub(crate) use call::Call;

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use aws_sdk_dynamodb::config::http::HttpRequest;
use aws_sdk_dynamodb::error::{BoxError, ProvideErrorMetadata, SdkError};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::{HttpConnector, SharedHttpConnector};
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use futures::FutureExt;
use http_body_util::{BodyExt, Limited};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep, timeout};

/// DynamoDB, and how it is asked.
#[derive(Clone, Debug)]
pub struct Database(Way);

#[derive(Clone, Debug)]
enum Way {
    Direct(Arc<Direct>),
    Sdk(Client),
}

/// What a call is answered.
pub(crate) type Sent<C> = Result<<C as Call>::Output, SdkError<<C as Call>::Error>>;

#[derive(Debug)]
struct Direct {
    connector: SharedHttpConnector,
    endpoint: String,
    region: String,
    identity: Identity,
    attempts: u32,
    attempt_max: Duration,
    call_max: Duration,
    first_backoff: Duration,
}

/// In bytes: sixteen megabytes of items are answered at most, as JSON.
const ANSWER_MAX: usize = 64 << 20;
const USER_AGENT: &str = concat!("humanops/", env!("CARGO_PKG_VERSION"));

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
        Ok(Self(Way::Direct(Arc::new(Direct::new(connector, config)?))))
    }

    pub(crate) async fn send<C: Call>(&self, call: C) -> Sent<C> {
        match &self.0 {
            Way::Direct(direct) => direct.send(call).await,
            Way::Sdk(client) => call.send_with(client).await,
        }
    }
}

impl Direct {
    fn new(connector: SharedHttpConnector, config: &SdkConfig) -> Result<Self, BoxError> {
        let region = config.region().ok_or("no region")?.to_string();
        let params = Params::builder().region(region.clone()).set_endpoint(config.endpoint_url().map(str::to_owned));
        let params = params.build()?;
        let endpoint = DefaultResolver::new().resolve_endpoint(&params).now_or_never();
        let endpoint = endpoint.ok_or("the endpoint is not known at once")??.url().to_owned();
        let credentials = config.credentials_provider().ok_or("no credentials")?;
        let credentials = credentials.as_ref().provide_credentials().now_or_never();
        let (timeouts, retries) = (config.timeout_config(), config.retry_config().ok_or("no retries")?);
        Ok(Self {
            connector,
            endpoint,
            region,
            identity: credentials.ok_or("the credentials are not at hand")??.into(),
            attempts: retries.max_attempts(),
            attempt_max: timeouts.and_then(|it| it.operation_attempt_timeout()).ok_or("no time-out of an attempt")?,
            call_max: timeouts.and_then(|it| it.operation_timeout()).ok_or("no time-out")?,
            first_backoff: retries.initial_backoff(),
        })
    }

    async fn send<C: Call>(&self, call: C) -> Sent<C> {
        let begun = Instant::now();
        let mut request = self.request(call).map_err(SdkError::construction_failure)?;
        let mut attempt = 1;
        loop {
            let left = self.call_max.saturating_sub(begun.elapsed());
            let sent = match timeout(left.min(self.attempt_max), self.attempt::<C>(&mut request)).await {
                Ok(sent) => sent,
                Err(late) => Err(SdkError::timeout_error(late)),
            };
            let pause = jittered(self.first_backoff.saturating_mul(1 << (attempt - 1).min(10)));
            match sent {
                Err(error)
                    if attempt < self.attempts && is_passing(&error) && begun.elapsed() + pause < self.call_max =>
                {
                    attempt += 1;
                    sleep(pause).await;
                }
                sent => return sent,
            }
        }
    }

    /// Signed anew each time, so that what waited is not too old. Whoever says that something is wrong with itself is not asked
    /// over the same connection again.
    async fn attempt<C: Call>(&self, request: &mut HttpRequest) -> Sent<C> {
        self.sign(request, SystemTime::now()).map_err(SdkError::construction_failure)?;
        let mut again = request.try_clone().expect("its body is at hand");
        let connection = CaptureSmithyConnection::new();
        again.add_extension(connection.clone());
        let mut answer = self.connector.call(again).await.map_err(SdkError::dispatch_failure)?;
        let body = std::mem::replace(answer.body_mut(), SdkBody::taken());
        let read = Limited::new(body, ANSWER_MAX).collect().await;
        let body = read.map_err(|error| SdkError::dispatch_failure(ConnectorError::io(error)))?;
        *answer.body_mut() = SdkBody::from(body.to_bytes());
        if is_ill(answer.status().as_u16())
            && let Some(connection) = connection.get()
        {
            connection.poison();
        }
        call::read::<C>(answer)
    }

    /// What is to be sent, without a signature.
    fn request<C: Call>(&self, call: C) -> Result<HttpRequest, BoxError> {
        let mut request = call::written(call)?;
        request.uri_mut().set_endpoint(&self.endpoint)?;
        request.headers_mut().insert("user-agent", USER_AGENT);
        Ok(request)
    }

    fn sign(&self, request: &mut HttpRequest, now: SystemTime) -> Result<(), BoxError> {
        let headers = request.headers_mut();
        for name in ["authorization", "x-amz-date", "x-amz-security-token"] {
            headers.remove(name);
        }
        let parameters = SigningParams::builder()
            .identity(&self.identity)
            .region(&self.region)
            .name("dynamodb")
            .time(now)
            .settings(SigningSettings::default())
            .build()?
            .into();
        let body = SignableBody::Bytes(request.body().bytes().ok_or("its body is not at hand")?);
        let signable = SignableRequest::new(request.method(), request.uri(), request.headers().iter(), body)?;
        let (added, _) = sign(signable, &parameters)?.into_parts().0.into_parts();
        for header in added {
            request.headers_mut().insert(header.name(), header.value().to_owned());
        }
        Ok(())
    }
}

/// Statuses after which the SDK's standard mode asks again.
fn is_ill(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

/// Whether the same call may be answered next time: by the SDK's own list of codes and statuses. A write that somebody's
/// transaction stood in the way of was not made.
fn is_passing<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_io() || failure.is_timeout() || failure.as_other().is_some(),
        SdkError::ServiceError(said) => {
            let code = said.err().code().unwrap_or_default();
            is_ill(said.raw().status().as_u16())
                || code == "TransactionConflictException"
                || THROTTLING_ERRORS.contains(&code)
                || TRANSIENT_ERRORS.contains(&code)
        }
        _ => false,
    }
}

/// Between nothing and all of it.
fn jittered(pause: Duration) -> Duration {
    let [random, ..] = crate::random_bits();
    pause / 255 * u32::from(random)
}

#[cfg(test)]
pub(crate) mod tests;
