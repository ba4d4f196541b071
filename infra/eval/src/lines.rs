//! What a judgement took, by the line that the Guardian logs for each: `submission judged`.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};
use tracing_subscriber::registry;
use vision::Usage;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) duration_ms: u64,
    pub(crate) calls: u64,
    pub(crate) usage: Usage,
    /// Why the model gave no whole answer.
    pub(crate) failure: Option<String>,
}

/// Of judgements that nobody has asked about yet, by their tasks.
#[derive(Default)]
pub(crate) struct Lines(Mutex<HashMap<String, Line>>);

/// Notes what a line says as it goes into the log.
struct Ear(&'static Lines);

#[derive(Default)]
struct Read {
    task: String,
    message: String,
    line: Line,
}

impl Lines {
    /// Of this process. Nothing else is logged in it.
    pub(crate) fn listen() -> &'static Self {
        static LINES: OnceLock<Lines> = OnceLock::new();
        static EAR: OnceLock<()> = OnceLock::new();
        let lines = LINES.get_or_init(Self::default);
        EAR.get_or_init(|| {
            let of_guardian = filter_fn(|about| about.target() == "guardian" && *about.level() == Level::INFO);
            let subscriber = registry().with(Ear(lines).with_filter(of_guardian));
            tracing::subscriber::set_global_default(subscriber).expect("nobody else logs in this process");
        });
        lines
    }

    pub(crate) fn take(&self, task: &str) -> Option<Line> {
        self.kept().remove(task)
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, Line>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut read = Read::default();
        event.record(&mut read);
        if read.message == "submission judged" {
            self.0.kept().insert(read.task, read.line);
        }
    }
}

impl Visit for Read {
    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "duration_ms" => self.line.duration_ms = value,
            "observer.calls" => self.line.calls = value,
            "observer.tokens.input" => self.line.usage.input = value,
            "observer.tokens.output" => self.line.usage.output = value,
            _ => {}
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "observer.failure" {
            self.line.failure = Some(value.to_owned());
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        match field.name() {
            "task.id" => self.task = format!("{value:?}"),
            "message" => self.message = format!("{value:?}"),
            _ => {}
        }
    }
}
