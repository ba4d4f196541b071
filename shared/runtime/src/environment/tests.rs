//! What the environment may leave out, and what it may not.

use super::api::Api;
use super::deployment::Core;
use super::proof_bucket::ProofBucket;
use crate::Failure;
use crate::jobs::Queues;
use crate::meter;
use crate::variables::{Refusal, Variables};
use axum::serve::ListenerExt;
use domain::Mode;
use domain::task_type::Restriction;
use outbound::Reach;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const GOOD: &[(&str, &str)] = &[
    ("AWS_REGION", "eu-west-1"),
    ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
    ("AWS_SECRET_ACCESS_KEY", "a-very-secret-key"),
    ("HUMANOPS_MODE", "test"),
    ("HUMANOPS_METRICS_NAMESPACE", "HumanOps/test"),
    ("HUMANOPS_CORE_TABLE", "core"),
    ("HUMANOPS_LEDGER_TABLE", "ledger"),
    ("HUMANOPS_EDGE_TABLE", "edge"),
    ("HUMANOPS_ADMIN_KEYS", "jane:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    ("HUMANOPS_PROOF_BUCKET", "proofs"),
    ("HUMANOPS_JUDGE_QUEUE_URL", "https://queues/judge"),
    ("HUMANOPS_DELIVER_QUEUE_URL", "https://queues/deliver"),
    ("HUMANOPS_PAY_QUEUE_URL", "https://queues/pay"),
    ("HUMANOPS_PUSH_QUEUE_URL", "https://queues/push"),
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
    variables.flag("ALLOW_DEV_OPERATOR_ID_HEADER")?;
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
        ("HUMANOPS_ADMIN_KEYS", "an-admin-key-of-at-least-32-bytes"),
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

    let loopback = with("ALLOW_LOOPBACK_CALLBACKS", "true");
    assert_eq!(unset.callback_reach(Mode::Test), Ok(Reach::PublicOnly));
    assert_eq!(loopback.callback_reach(Mode::Test), Ok(Reach::LoopbackAllowed { own_port: None }));
    assert!(loopback.callback_reach(Mode::Live).is_err());
}

/// A function with endpoints of operators, with these changes to the good environment; why it does not start.
fn operators(changes: &[(&str, &str)]) -> Option<String> {
    let all = GOOD.iter().chain(changes).map(|&(name, value)| (name.to_owned(), value.to_owned()));
    let variables: Variables = all.collect();
    let api = Api::read(&variables).map_err(Failure::from).and_then(|api| api.for_operators(&variables));
    api.err().map(|failure| failure.to_string())
}

#[test]
fn operators_of_live_mode_sign_in_and_nothing_else_starts() {
    const LIVE: (&str, &str) = ("HUMANOPS_MODE", "live");
    const ISSUER: (&str, &str) = ("CLERK_ISSUER", "https://clerk.example.com");
    const PARTIES: (&str, &str) = ("CLERK_AUTHORIZED_PARTIES", "https://app.example.com");
    const HEADER: (&str, &str) = ("ALLOW_DEV_OPERATOR_ID_HEADER", "true");
    for changes in [&[][..], &[HEADER], &[ISSUER, PARTIES], &[ISSUER, PARTIES, HEADER], &[LIVE, ISSUER, PARTIES]] {
        assert_eq!(operators(changes), None, "{changes:?}");
    }
    for (changes, named) in [
        (&[LIVE][..], "CLERK_ISSUER"),
        (&[LIVE, PARTIES], "CLERK_ISSUER"),
        (&[LIVE, HEADER], "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (&[LIVE, ISSUER, PARTIES, HEADER], "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (&[LIVE, ISSUER, PARTIES, ("ALLOW_DEV_OPERATOR_ID_HEADER", "1")], "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (&[LIVE, ISSUER], "CLERK_AUTHORIZED_PARTIES"),
        (&[ISSUER], "CLERK_AUTHORIZED_PARTIES"),
        (&[ISSUER, ("CLERK_AUTHORIZED_PARTIES", "*")], "CLERK_AUTHORIZED_PARTIES"),
        (&[PARTIES, ("CLERK_ISSUER", "http://clerk.example.com")], "CLERK_ISSUER"),
        (&[PARTIES, ("CLERK_ISSUER", "http://127.0.0.1:9001")], "CLERK_ISSUER"),
        (&[PARTIES, ("CLERK_ISSUER", "https://clerk.example.com/")], "CLERK_ISSUER"),
        (&[ISSUER, PARTIES, ("CLERK_JWT_KEY", "ins_2x")], "CLERK_JWT_KEY"),
        (&[LIVE, ISSUER, PARTIES, ("HUMANOPS_ADMIN_KEYS", "")], "HUMANOPS_ADMIN_KEYS"),
        (&[LIVE, ISSUER, PARTIES, ("HUMANOPS_ADMIN_KEYS", "admin:0123")], "HUMANOPS_ADMIN_KEYS"),
    ] {
        let refusal = operators(changes).unwrap_or_default();
        assert!(refusal.contains(named), "{changes:?}: {refusal}");
    }
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
        let bucket = ProofBucket::read(&variables).unwrap().bucket(&core).unwrap();
        assert_eq!(bucket.object_url("a/b"), url);
    }
}

#[test]
fn no_value_is_printed() {
    let printed = format!("{:?}", with("AWS_SESSION_TOKEN", "a-token"));
    assert!(printed.contains("AWS_SECRET_ACCESS_KEY"), "{printed}");
    assert!(!printed.contains("a-very-secret-key") && !printed.contains("a-token"), "{printed}");
}

/// A database in which there is nothing: its address, and how many connections it has had.
async fn empty_database() -> (String, Arc<AtomicUsize>) {
    let connections = Arc::<AtomicUsize>::default();
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let counted = Arc::clone(&connections);
    let listener = listener.tap_io(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
    });
    let answer = async || {
        tokio::task::yield_now().await;
        ([("content-type", "application/x-amz-json-1.0")], r#"{"Responses": {}, "UnprocessedKeys": {}}"#)
    };
    tokio::spawn(axum::serve(listener, axum::Router::new().fallback(answer)).into_future());
    (format!("http://{address}"), connections)
}

#[tokio::test]
async fn a_start_opens_a_connection_and_where_requests_come_the_two_that_each_needs_at_once() {
    for _ in 0..20 {
        let (endpoint, connections) = empty_database().await;
        let core = Core::read(&with("AWS_ENDPOINT_URL", &endpoint)).unwrap();
        core.store().await.unwrap();
        assert_eq!(connections.swap(0, Ordering::SeqCst), 1);

        let core = Core::read(&with("AWS_ENDPOINT_URL", &endpoint)).unwrap();
        core.store_for_requests().await.unwrap();
        assert_eq!(connections.load(Ordering::SeqCst), 2);
    }
}
