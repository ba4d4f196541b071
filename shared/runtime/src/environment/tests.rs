//! What the environment may leave out, and what it may not.

use super::api::Api;
use super::deployment::Core;
use super::proof_bucket::ProofBucket;
use crate::jobs::Queues;
use crate::meter;
use crate::variables::{Refusal, Variables};
use domain::Mode;
use domain::task_type::Restriction;
use outbound::Reach;

const GOOD: &[(&str, &str)] = &[
    ("AWS_REGION", "eu-west-1"),
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "a-very-secret-key"),
    ("HUMANOPS_MODE", "test"),
    ("HUMANOPS_METRICS_NAMESPACE", "HumanOps/test"),
    ("HUMANOPS_CORE_TABLE", "core"),
    ("HUMANOPS_LEDGER_TABLE", "ledger"),
    ("HUMANOPS_EDGE_TABLE", "edge"),
    ("HUMANOPS_ADMIN_KEY_SHA256", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("HUMANOPS_PROOF_BUCKET", "proofs"),
    ("HUMANOPS_JUDGE_QUEUE_URL", "https://queues/judge"),
    ("HUMANOPS_DELIVER_QUEUE_URL", "https://queues/deliver"),
];

/// The good environment with `name` set to `value`.
fn with(name: &str, value: &str) -> Variables {
    GOOD.iter().chain([&(name, value)]).map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// The good environment without `name`.
fn without(name: &str) -> Variables {
    let others = GOOD.iter().filter(|(other, _)| *other != name);
    others.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Everything that any function reads.
fn everything(variables: &Variables) -> Result<(), Refusal> {
    meter::namespace(variables)?;
    let api = Api::read(variables)?;
    ProofBucket::read(variables)?;
    Queues::read(variables)?;
    variables.restriction(api.core.mode)?;
    variables.callback_reach(api.core.mode)?;
    variables.entrance()?;
    Ok(())
}

#[test]
fn a_missing_or_empty_variable_is_named() {
    assert_eq!(everything(&with("AWS_SESSION_TOKEN", "")), Ok(()));
    for &(name, _) in GOOD {
        assert_eq!(everything(&with(name, "")), Err(Refusal::Missing(name)));
        assert_eq!(everything(&without(name)), Err(Refusal::Missing(name)));
        assert_eq!(Refusal::Missing(name).to_string(), format!("the environment variable {name} is missing"));
    }
}

#[test]
fn a_malformed_variable_is_named_and_its_value_is_not_repeated() {
    for (name, value) in [
        ("HUMANOPS_MODE", "production"),
        ("HUMANOPS_ADMIN_KEY_SHA256", "an-admin-key-of-at-least-32-bytes"),
        ("ALLOW_DEV_OPERATOR_ID_HEADER", "yes"),
        ("ALLOW_LOOPBACK_CALLBACKS", "1"),
        ("RESTRICTED_TASK_TYPES", "closed"),
        ("HUMANOPS_WEB_ORIGINS", "https://shop.example.com/"),
    ] {
        let refusal = everything(&with(name, value)).unwrap_err();
        assert!(matches!(refusal, Refusal::Malformed { name: named, .. } if named == name), "{refusal}");
        assert!(refusal.to_string().contains(name) && !refusal.to_string().contains(value), "{refusal}");
    }
}

#[test]
fn what_is_not_set_is_as_strict_as_the_mode_asks_for() {
    let unset = with("RESTRICTED_TASK_TYPES", "");
    assert_eq!(unset.restriction(Mode::Test), Ok(Restriction::Open));
    assert_eq!(unset.restriction(Mode::Live), Ok(Restriction::Attested));
    assert_eq!(with("RESTRICTED_TASK_TYPES", "disabled").restriction(Mode::Test), Ok(Restriction::Disabled));
    assert!(!Api::read(&unset).unwrap().operator_id_header);

    let loopback = with("ALLOW_LOOPBACK_CALLBACKS", "true");
    assert_eq!(unset.callback_reach(Mode::Test), Ok(Reach::PublicOnly));
    assert_eq!(loopback.callback_reach(Mode::Test), Ok(Reach::LoopbackAllowed { own_port: None }));
    assert!(loopback.callback_reach(Mode::Live).is_err());
}

#[test]
fn photos_are_where_the_endpoint_says() {
    for (endpoint, url) in [
        ("", "https://proofs.s3.eu-west-1.amazonaws.com/a/b"),
        ("http://localhost:4566", "http://localhost:4566/proofs/a/b"),
        ("http://localhost:4566/", "http://localhost:4566/proofs/a/b"),
    ] {
        let variables = with("AWS_ENDPOINT_URL", endpoint);
        let core = Core::read(&variables).unwrap();
        let bucket = ProofBucket::read(&variables).unwrap().bucket(&core);
        assert_eq!(bucket.object_url("a/b"), url);
    }
}

#[test]
fn no_value_is_printed() {
    let printed = format!("{:?}", with("AWS_SESSION_TOKEN", "a-token"));
    assert!(printed.contains("AWS_SECRET_ACCESS_KEY"), "{printed}");
    assert!(!printed.contains("a-very-secret-key") && !printed.contains("a-token"), "{printed}");
}
