//! Logs: JSON on standard output, a line for each event, with the ids under which AWS knows the invocation.

use lambda_runtime::Context;
use tracing::{Level, Span};

/// Everything from `info` up. Not by `RUST_LOG`: its filters cost time at each start.
pub(crate) fn install() {
    let lines = tracing_subscriber::fmt().json().flatten_event(true).with_span_list(false);
    lines.with_max_level(Level::INFO).init();
}

/// What the events of one invocation have in common. `request.id` is ours and in the answer; this is
/// AWS's.
pub(crate) fn invocation(context: &Context) -> Span {
    let trace = context.xray_trace_id.as_deref().unwrap_or_default();
    tracing::info_span!("invocation", lambda.request_id = context.request_id, trace.id = trace)
}

/// What a panic said, as a failure.
pub(crate) fn panicked(panic: &(dyn std::any::Any + Send)) -> crate::Failure {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    format!("panic: {}", text.unwrap_or("of an unknown kind")).into()
}
