//! Logs: JSON on standard output, a line for each event, with the ids under which AWS knows the invocation.

use lambda_runtime::Context;
use tracing::{Level, Span};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// Everything from `info` up, but what `rmcp` says of who it speaks to: it repeats what clients write. Not by `RUST_LOG`:
/// its filters cost time at each start.
pub(crate) fn install() {
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true).with_span_list(false);
    let shown = Targets::new().with_default(Level::INFO).with_target("rmcp", Level::ERROR);
    tracing_subscriber::registry().with(lines.with_filter(shown)).init();
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
