//! Asking, and asking again what may be answered next time.

use crate::Service;
use crate::operation::{Operation, Refusal, Sent, Value};
use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::connection::CaptureSmithyConnection;
use aws_smithy_runtime_api::client::http::HttpConnector;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::{ConnectorError, SdkError};
use aws_smithy_types::body::SdkBody;
use aws_types::SdkConfig;
use http_body_util::BodyExt;
use std::error::Error;
use std::time::{Duration, SystemTime};
use tokio::time::{Instant, sleep, timeout};

/// How long and how often a service is asked.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// That may fail; what is refused for as long as capacity lacks is asked for more often.
    pub attempts: u32,
    /// Until the last byte.
    pub attempt_max: Duration,
    /// Of all attempts and the pauses between them.
    pub call_max: Duration,
    /// The longest pause before the second attempt; before each further one it is twice as long.
    pub first_backoff: Duration,
}

/// An answer of more bytes than were to be read.
#[derive(Debug, thiserror::Error)]
#[error("the answer is longer than {0} bytes")]
struct TooLong(usize);

/// How often it may refuse for now: with the pauses, for 1.6 seconds on average.
const REFUSALS_MAX: u32 = 8;
/// In bytes, of an error, of which more is read if more would be of another answer.
const ERROR_MAX: usize = 64 << 10;
const USER_AGENT: &str = concat!("humanops/", env!("CARGO_PKG_VERSION"));

impl Patience {
    /// By the time-outs and retries that the SDK's clients have.
    ///
    /// # Errors
    /// One of these is not set.
    pub fn of(config: &SdkConfig) -> Result<Self, BoxError> {
        let (timeouts, retries) = (config.timeout_config(), config.retry_config().ok_or("no retries")?);
        Ok(Self {
            attempts: retries.max_attempts(),
            attempt_max: timeouts.and_then(|it| it.operation_attempt_timeout()).ok_or("no time-out of an attempt")?,
            call_max: timeouts.and_then(|it| it.operation_timeout()).ok_or("no time-out")?,
            first_backoff: retries.initial_backoff(),
        })
    }
}

impl Service {
    /// Asks it, and of its answer reads at most `answer_max` bytes.
    ///
    /// # Errors
    /// As the SDK's; of an answer that is too long, [`is_too_long`].
    pub async fn send<I: Value, O: Value, E: Refusal>(
        &self,
        operation: &Operation<I, O, E>,
        input: I,
        answer_max: usize,
    ) -> Sent<O, E> {
        let begun = Instant::now();
        let Patience { attempts, attempt_max, call_max, first_backoff } = self.patience;
        let mut request = self.request(operation, input).map_err(SdkError::construction_failure)?;
        request.headers_mut().insert("user-agent", USER_AGENT);
        let (mut failures, mut refusals) = (0, 0);
        loop {
            let left = call_max.saturating_sub(begun.elapsed());
            let sent = match timeout(left.min(attempt_max), self.attempt(operation, &mut request, answer_max)).await {
                Ok(sent) => sent,
                Err(late) => Err(SdkError::timeout_error(late)),
            };
            let (times, at_most) = match &sent {
                Err(error) if is_for_now(error) => (&mut refusals, REFUSALS_MAX),
                Err(error) if is_passing(error) => (&mut failures, attempts),
                _ => return sent,
            };
            let pause = jittered(first_backoff.saturating_mul(1 << *times));
            *times += 1;
            if *times >= at_most || begun.elapsed() + pause >= call_max {
                return sent;
            }
            sleep(pause).await;
        }
    }

    /// Signed anew each time, so that what waited is not too old. Whoever says that something is wrong with itself is not asked
    /// over the same connection again.
    async fn attempt<I: Value, O: Value, E: Refusal>(
        &self,
        operation: &Operation<I, O, E>,
        request: &mut HttpRequest,
        answer_max: usize,
    ) -> Sent<O, E> {
        self.sign(request, SystemTime::now()).map_err(SdkError::construction_failure)?;
        let mut again = request.try_clone().expect("its body is at hand");
        let connection = CaptureSmithyConnection::new();
        again.add_extension(connection.clone());
        let mut answer = self.connector.call(again).await.map_err(SdkError::dispatch_failure)?;
        let is_success = answer.status().is_success();
        let max = if is_success { answer_max } else { answer_max.max(ERROR_MAX) };
        // An error that can't be read says nothing, however long it is.
        let unread = |error| if is_success { error } else { ConnectorError::io(Box::new(error)) };
        let body = whole(&mut answer, max).await.map_err(|error| SdkError::dispatch_failure(unread(error)))?;
        *answer.body_mut() = SdkBody::from(body);
        if is_ill(answer.status().as_u16())
            && let Some(connection) = connection.get()
        {
            connection.poison();
        }
        operation.read(answer)
    }
}

/// In one piece, at most `max` bytes.
async fn whole(answer: &mut HttpResponse, max: usize) -> Result<Vec<u8>, ConnectorError> {
    let announced = answer.headers().get("content-length").and_then(|length| length.parse::<usize>().ok());
    let mut whole = Vec::with_capacity(announced.unwrap_or_default().min(max));
    let mut body = std::mem::replace(answer.body_mut(), SdkBody::taken());
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(ConnectorError::io)?.into_data() else { continue };
        if data.len() > max - whole.len() {
            return Err(ConnectorError::user(TooLong(max).into()));
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole)
}

/// Whether there was an answer, longer than was to be read.
pub fn is_too_long<E>(error: &SdkError<E, HttpResponse>) -> bool {
    let SdkError::DispatchFailure(failure) = error else { return false };
    let cause = failure.as_connector_error().and_then(Error::source);
    cause.is_some_and(|cause| cause.is::<TooLong>())
}

/// Statuses after which the SDK's standard mode asks again.
fn is_ill(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

/// Whether capacity lacks, which comes back, or somebody's transaction stands in the way, which ends: nothing was done. One that
/// is in progress is our own, and whoever began it asks for its end.
fn is_for_now<E: Refusal>(error: &SdkError<E, HttpResponse>) -> bool {
    let code = error.as_service_error().and_then(|error| error.code()).unwrap_or_default();
    let is_throttled = THROTTLING_ERRORS.contains(&code) && code != "TransactionInProgressException";
    is_throttled || code == "TransactionConflictException"
}

/// Whether the same call may be answered next time: by the SDK's own list of codes and statuses.
fn is_passing<E: Refusal>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::ResponseError(_) => true,
        SdkError::DispatchFailure(failure) => failure.is_io() || failure.is_timeout() || failure.as_other().is_some(),
        SdkError::ServiceError(said) => {
            let code = said.err().code().unwrap_or_default();
            is_ill(said.raw().status().as_u16())
                || THROTTLING_ERRORS.contains(&code)
                || TRANSIENT_ERRORS.contains(&code)
        }
        _ => false,
    }
}

/// Between nothing and all of it.
fn jittered(pause: Duration) -> Duration {
    let mut random = [0];
    getrandom::fill(&mut random).expect("the operating system gives random bytes");
    pause / 255 * u32::from(random[0])
}
