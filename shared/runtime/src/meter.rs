//! Metrics, in CloudWatch's embedded metric format: a line of JSON on standard output for each value, at
//! the moment it is recorded. Nothing is gathered, so nothing is lost with the environment.

use crate::Failure;
use crate::variables::{Refusal, Variables};
use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};
use serde_json::{Map, Number, Value, json};
use std::io::Write;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// `HUMANOPS_METRICS_NAMESPACE`: under which CloudWatch shows what this deployment counts.
pub(crate) fn namespace(variables: &Variables) -> Result<String, Refusal> {
    variables.required("HUMANOPS_METRICS_NAMESPACE")
}

/// Has every value that this process records written under `namespace`. Where nobody calls it, as in the
/// embedded system, values go nowhere.
pub(crate) fn install(namespace: String) -> Result<(), Failure> {
    Ok(metrics::set_global_recorder(Meter { namespace: namespace.into() })?)
}

struct Meter {
    namespace: Arc<str>,
}

/// One metric with its dimensions.
struct Series {
    namespace: Arc<str>,
    key: Key,
}

impl Meter {
    fn series(&self, key: &Key) -> Arc<Series> {
        Arc::new(Series { namespace: Arc::clone(&self.namespace), key: key.clone() })
    }
}

impl Recorder for Meter {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.series(key))
    }

    /// One process of many has no level that would mean anything.
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.series(key))
    }
}

impl CounterFn for Series {
    fn increment(&self, value: u64) {
        self.write(value.into());
    }

    /// CloudWatch adds up increments; a total would be added to the totals before.
    fn absolute(&self, _: u64) {}
}

impl HistogramFn for Series {
    fn record(&self, value: f64) {
        if let Some(value) = Number::from_f64(value) {
            self.write(value);
        }
    }
}

impl Series {
    /// CloudWatch wants the world's time, not the store's, which test mode moves.
    fn write(&self, value: Number) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let line = self.line(u64::try_from(now.as_millis()).unwrap_or(u64::MAX), value);
        // In one piece, so that no line of the log falls between. Without a standard output nobody reads.
        let _ = std::io::stdout().lock().write_all(line.as_bytes());
    }

    fn line(&self, now_ms: u64, value: Number) -> String {
        let labels = self.key.labels().filter(|label| is_word(label.value()));
        let dimensions: Map<String, Value> = labels.map(|it| (it.key().to_owned(), it.value().into())).collect();
        let about = json!({
            "Namespace": &*self.namespace,
            "Dimensions": [dimensions.keys().collect::<Vec<_>>()],
            "Metrics": [{ "Name": self.key.name(), "Unit": "Count" }],
        });
        let mut line = dimensions;
        line.insert("_aws".to_owned(), json!({ "Timestamp": now_ms, "CloudWatchMetrics": [about] }));
        line.insert(self.key.name().to_owned(), value.into());
        format!("{}\n", Value::Object(line))
    }
}

/// A dimension that is no plain word is left out: ids and keys have digits, and each value is a metric of
/// its own to CloudWatch.
fn is_word(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

#[cfg(test)]
mod tests;
