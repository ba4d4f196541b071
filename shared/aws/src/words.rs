//! Failures in words, for logs: the SDK's say of themselves no more than that there is an unhandled error.

use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use std::error::Error;

/// With all its causes, and the id by which AWS finds what happened.
pub fn in_words<E: Error + ProvideErrorMetadata>(error: &E) -> String {
    let text = chain(error);
    match error.meta().extra("aws_request_id") {
        Some(id) if !text.contains(id) => format!("{text} (request {id})"),
        _ => text,
    }
}

fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}
