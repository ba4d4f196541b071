//! The lines, as CloudWatch's specification of the format has them.

use super::*;
use metrics::Label;

const NOW_MS: u64 = 1_770_292_800_000;

/// The line of a value, and that it is one.
fn line(labels: Vec<Label>, value: Number) -> Value {
    let series = Series { namespace: "HumanOps/test".into(), key: Key::from_parts("Verdicts", labels) };
    let line = series.line(NOW_MS, value);
    assert_eq!(line.matches('\n').count(), 1);
    serde_json::from_str(line.strip_suffix('\n').unwrap()).unwrap()
}

fn about(dimensions: &Value) -> Value {
    let metrics = json!([{ "Name": "Verdicts", "Unit": "Count" }]);
    let about = json!({ "Namespace": "HumanOps/test", "Dimensions": [dimensions], "Metrics": metrics });
    json!({ "Timestamp": NOW_MS, "CloudWatchMetrics": [about] })
}

#[test]
fn a_value_is_a_line_that_says_what_it_is() {
    assert_eq!(line(Vec::new(), 3.into()), json!({ "_aws": about(&json!([])), "Verdicts": 3 }));

    let outcome = vec![Label::new("Outcome", "MANUAL_REVIEW")];
    let expected = json!({ "_aws": about(&json!(["Outcome"])), "Outcome": "MANUAL_REVIEW", "Verdicts": 1 });
    assert_eq!(line(outcome, 1.into()), expected);
}

#[test]
fn no_id_and_no_key_becomes_a_dimension() {
    for secret in ["task_0123456789abcdef", "ho_test_a1B2c3", "agent@example.com", "192.0.2.1", ""] {
        let labels = vec![Label::new("Outcome", secret), Label::new("Kind", "expire")];
        let expected = json!({ "_aws": about(&json!(["Kind"])), "Kind": "expire", "Verdicts": 1 });
        assert_eq!(line(labels, 1.into()), expected, "{secret}");
    }
}
