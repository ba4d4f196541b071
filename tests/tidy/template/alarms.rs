//! Each alarm watches what is really emitted, under that name and with those dimensions: by our code, or by AWS as its
//! documents have it.

use super::document::{of_type, properties, sam, word};
use crate::repository::files;
use domain::next_action::DueKind;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const OWN: &str = "HumanOps/${AWS::StackName}";

/// What AWS emits by itself: namespace, metric, dimensions. From "Metrics and dimensions" of each service.
const OF_AWS: [(&str, &str, &[&str]); 9] = [
    ("AWS/ApiGateway", "5xx", &["ApiId"]),
    ("AWS/Lambda", "Duration", &["FunctionName"]),
    ("AWS/DynamoDB", "ReadThrottleEvents", &["TableName"]),
    ("AWS/DynamoDB", "WriteThrottleEvents", &["TableName"]),
    ("AWS/Lambda", "Throttles", &[]),
    ("AWS/Lambda", "Errors", &["FunctionName"]),
    ("AWS/Lambda", "IteratorAge", &["FunctionName", "Resource"]),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", &["QueueName"]),
    ("AWS/SQS", "ApproximateAgeOfOldestMessage", &["QueueName"]),
];

/// The names in `counter!("…"` and `histogram!("…"`, each with its dimensions.
fn counted() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let sources = files().iter().filter(|file| file.path.starts_with("functions/") || file.path.starts_with("shared/"));
    let sources = sources.filter(|file| file.path.ends_with(".rs") && !file.path.ends_with("/tests.rs"));
    let recorded = sources.flat_map(|file| {
        let calls = ["metrics::counter!(\"", "metrics::histogram!(\""].map(|call| file.text.split(call).skip(1));
        calls.into_iter().flatten().filter_map(|rest| {
            let (name, rest) = rest.split_once('"')?;
            let labels = rest.split_once(").").map_or("", |(labels, _)| labels);
            let dimensions = labels.split(',').filter_map(|label| label.split_once("\" =>"));
            Some((name, dimensions.map(|(name, _)| name.trim_start_matches([' ', '"'])).collect()))
        })
    });
    recorded.collect()
}

fn dimensions(alarm: &Value) -> Vec<(&str, &Value)> {
    let all = alarm["Dimensions"].as_array().into_iter().flatten();
    all.map(|dimension| (word(&dimension["Name"]), &dimension["Value"])).collect()
}

#[test]
fn every_alarm_is_on_a_metric_that_is_emitted_with_those_dimensions() {
    let counted = counted();
    let mut own = BTreeSet::new();
    for (name, alarm) in of_type(sam(), "AWS::CloudWatch::Alarm") {
        let alarm = properties(alarm);
        let (metric, dimensions) = (word(&alarm["MetricName"]), dimensions(alarm));
        let names: BTreeSet<&str> = dimensions.iter().map(|(name, _)| *name).collect();
        if alarm["Namespace"]["Fn::Sub"] == OWN {
            assert_eq!(counted.get(metric), Some(&names), "{name} on {metric}");
            own.insert(metric);
            continue;
        }
        let known = OF_AWS.iter().find(|(namespace, known, _)| (alarm["Namespace"] == *namespace) && *known == metric);
        let (_, _, expected) = known.unwrap_or_else(|| panic!("{name}: AWS has no {metric}"));
        assert_eq!(names, expected.iter().copied().collect(), "{name} on {metric}");
    }
    let expected = [
        "CallbackFailures",
        "ChainTrouble",
        "ChangesPassedOver",
        "DepositsBooked",
        "DepositsReversed",
        "DisputesOverdue",
        "DueAge",
        "LedgerImbalance",
        "ObserverFailures",
        "Parked",
        "PaymentMismatch",
        "PayoutsFailed",
        "PayoutsHeld",
        "PayoutsTampered",
        "PayoutsUnconfirmed",
        "PushFailures",
        "ReconciliationDifference",
        "SanctionedSenders",
        "SweepFailures",
    ];
    assert!(own.is_superset(&BTreeSet::from(expected)), "{own:?}");
}

#[test]
fn each_kind_of_what_is_due_has_its_alarm_on_waiting() {
    let alarms = of_type(sam(), "AWS::CloudWatch::Alarm").map(|(_, alarm)| properties(alarm));
    let kinds = alarms.filter(|alarm| alarm["MetricName"] == "DueAge").map(|alarm| word(dimensions(alarm)[0].1));
    assert_eq!(kinds.collect::<BTreeSet<_>>(), DueKind::ALL.iter().map(|kind| kind.word()).collect());
}

/// The words of `PayoutsHeld` stand where it is counted, in no list.
#[test]
fn whatever_holds_payouts_back_has_its_alarm() {
    let sources = files().iter().filter(|file| file.path.starts_with("functions/payouts/src/"));
    let said = sources.flat_map(|file| file.text.split('"').skip(1).step_by(2)).collect::<BTreeSet<_>>();
    let alarms = of_type(sam(), "AWS::CloudWatch::Alarm").map(|(_, alarm)| properties(alarm));
    let held = alarms.filter(|alarm| alarm["MetricName"] == "PayoutsHeld").map(|alarm| word(dimensions(alarm)[0].1));
    let held: BTreeSet<&str> = held.collect();
    let causes = ["blacklisted", "cap", "gas", "over", "paused", "payoneer", "refused", "treasury"];
    assert_eq!(held, causes.into());
    assert!(held.is_subset(&said), "{:?} is said nowhere", held.difference(&said));
}

#[test]
fn what_the_code_counts_is_on_the_dashboard() {
    let body = word(&properties(&sam()["Resources"]["Dashboard"])["DashboardBody"]["Fn::Sub"]);
    for metric in counted().into_keys() {
        assert!(body.contains(&format!("\"{metric}\"")), "the dashboard does not show {metric}");
    }
}
