//! Stops reading an answer that is too long: the SDK itself would take whatever comes into memory.

use crate::answer::BYTES_MAX;
use aws_sdk_bedrockruntime::config::interceptors::BeforeDeserializationInterceptorContextMut;
use aws_sdk_bedrockruntime::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_bedrockruntime::error::BoxError;
use aws_smithy_types::body::SdkBody;
use http_body_util::{LengthLimitError, Limited};
use std::error::Error;

#[derive(Debug)]
pub(super) struct AnswerBytesMax;

impl Intercept for AnswerBytesMax {
    fn name(&self) -> &'static str {
        "AnswerBytesMax"
    }

    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let body = context.response_mut().body_mut();
        let whole = std::mem::replace(body, SdkBody::taken());
        *body = SdkBody::from_body_1_x(Limited::new(whole, BYTES_MAX));
        Ok(())
    }
}

/// Whether `error` comes of that.
pub(super) fn is_cause_of(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| (*error).source()).any(|error| error.is::<LengthLimitError>())
}
