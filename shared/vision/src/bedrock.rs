//! Converse of Amazon Bedrock. Asks for JSON by `outputConfig.textFormat`, so that the model must be one of those that
//! Bedrock lists for structured output. The SDK tries nothing again: its rules are not those of `tries`.

mod bound;
mod wire;

use crate::tries::{self, Failed};
use crate::{Answer, Limits, Question, Unanswered, answer};
use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::config::timeout::TimeoutConfig;
use aws_sdk_bedrockruntime::config::{self, http::HttpResponse};
use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_bedrockruntime::operation::converse::ConverseError;
use aws_types::SdkConfig;
use std::fmt;

pub struct Client {
    sdk: aws_sdk_bedrockruntime::Client,
    model: String,
    limits: Limits,
}

/// As the model's name: the SDK's client has credentials.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("model", &self.model).finish_non_exhaustive()
    }
}

impl Client {
    /// Of `config` are taken: the account, the region, the endpoint, the connections. `model` is the id or the ARN of a
    /// model or of an inference profile.
    pub fn new(config: &SdkConfig, model: impl Into<String>, limits: Limits) -> Self {
        let timeouts =
            TimeoutConfig::builder().operation_attempt_timeout(limits.one_try).operation_timeout(limits.one_try);
        let config = config::Builder::from(config)
            .retry_config(RetryConfig::disabled())
            .timeout_config(timeouts.build())
            .interceptor(bound::AnswerBytesMax);
        Self { sdk: aws_sdk_bedrockruntime::Client::from_conf(config.build()), model: model.into(), limits }
    }

    pub(crate) fn model(&self) -> &str {
        &self.model
    }

    pub(crate) async fn ask(&self, question: &Question<'_>) -> Result<Answer, Unanswered> {
        let request = wire::request(question)?.model_id(&self.model);
        tries::ask(&self.limits, || async {
            // In a box: the SDK's future is dozens deep, and the compiler counts.
            let answer = Box::pin(request.clone().send_with(&self.sdk)).await;
            Ok(wire::answer(answer.map_err(|error| failed(&error))?)?)
        })
        .await
    }
}

fn failed(error: &SdkError<ConverseError, HttpResponse>) -> Failed {
    match error {
        SdkError::TimeoutError(_) => Failed::ForGood(Unanswered::Timeout),
        // No answer began. Others have a kind if it was the connection, and none if it was, say, a credential.
        SdkError::DispatchFailure(why) if why.is_io() || why.is_timeout() || why.as_other().is_some() => {
            Failed::ForNow(None)
        }
        SdkError::ServiceError(refused) => {
            let status = refused.raw().status().as_u16();
            let code = refused.err().code().and_then(answer::code);
            Failed::of_status(status, code, refused.raw().headers().get("retry-after"))
        }
        SdkError::ResponseError(_) if bound::is_cause_of(error) => Failed::ForGood(Unanswered::TooLarge),
        SdkError::ResponseError(_) => Failed::ForGood(Unanswered::odd("it broke off, or is none of Converse")),
        _ => Failed::ForGood(Unanswered::odd("the request cannot be made")),
    }
}
