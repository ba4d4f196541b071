//! Live mode on the binary: operators who sign in, staff who have names, and nothing that must not be there.

use crate::targets::signed_in::Live;
use harness::binary::{Binary, Ended, command, run};
use harness::clerk::{APPLICATION, FIRST_PEM, ISSUER, LIVE};
use harness::{Api, Caller, Clerk, SignedIn, SigningKey};
use humanops::engine::Engine;
use serde_json::json;
use store::engine::schema::Tables;
use store::{Clock, Store};

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

fn jane() -> serde_json::Value {
    json!({ "name": "Jane Doe", "email": "jane@example.com" })
}

fn sha256(key: &str) -> String {
    let hash = ring::digest::digest(&ring::digest::SHA256, key.as_bytes());
    hash.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn an_operator_signs_in_registers_and_is_verified_by_staff_with_a_name() {
    let (folder, clerk) = (tempfile::tempdir().unwrap(), Clerk::open().await);
    let keys = [("jane", "the-old-key-of-jane"), ("jane", "the-new-key-of-jane"), ("joe", "the-key-of-joe")];
    let hashed = keys.map(|(name, key)| format!("{name}:{}", sha256(key))).join(",");
    let args = ["--mode", "live", "--clerk-authorized-parties", APPLICATION, "--admin-keys", &hashed];
    let mut command = command(folder.path(), &args);
    command.env("CLERK_ISSUER", &clerk.issuer);
    let binary = Binary::launch(command).await;

    let now = || Clock::system(0).now();
    let session = || clerk.session("user_jane", now());
    let registered = binary.post(&session(), "/operator/register", jane()).await.expect(201);
    assert_eq!(registered.text_of("kyc_status"), "PENDING");
    let id = registered.text_of("operator_id");
    let accept = "/operator/tasks/task_00000000000000000000000001/accept";
    binary.post(&session(), accept, json!({})).await.expect_error(403, "kyc_required");

    let staff = Caller::Admin("the-key-of-joe");
    let waiting = binary.get(staff.clone(), "/admin/operators?kyc_status=PENDING").await.expect(200);
    assert_eq!(waiting["data"][0]["operator_id"], id.as_str());
    for (key, name) in [("the-old-key-of-jane", "jane"), ("the-new-key-of-jane", "jane"), ("the-key-of-joe", "joe")] {
        let body = json!({ "status": "VERIFIED" });
        binary.post(Caller::Admin(key), &format!("/admin/operators/{id}/kyc"), body).await.expect(200);
        let verified = binary.get(staff.clone(), "/admin/operators?kyc_status=VERIFIED").await.expect(200);
        assert_eq!(verified["data"][0]["checked"]["by"], name);
    }
    binary.post(&session(), accept, json!({})).await.expect_error(404, "not_found");
    let agent = binary.post(Caller::Admin("the-new-key-of-jane"), "/agents/register", jane()).await.expect(201);

    let bad = [
        Clerk::open().await.session("user_jane", now()),
        SignedIn(format!("Bearer {}", SigningKey::second().token(&clerk.claims("user_jane", now())))),
        clerk.session("user_jane", now().plus_seconds(-120)),
    ];
    for session in &bad {
        binary.get(session, "/operator/me").await.expect_error(401, "invalid_token");
        binary.post(session, "/operator/register", jane()).await.expect_error(401, "invalid_token");
    }
    let token = session().0.trim_start_matches("Bearer ").to_owned();
    binary.get(&SignedIn(format!("Bearer {token}")), "/operator/me").await.expect(200);

    let ended = binary.interrupt().await;
    let log = ended.stderr.join("\n");
    let route = r#""http.route":"/api/v1/agents/register""#;
    let line = ended.stderr.iter().find(|line| line.contains(route)).unwrap();
    assert!(line.contains(r#""staff":"jane""#), "{line}");
    for secret in [token.as_str(), "the-key-of-joe", "the-new-key", &agent.text_of("api_key"), "user_jane", "sess_2x"] {
        assert!(!log.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn an_operator_signs_in_is_verified_works_talks_and_is_rated() {
    let (folder, clerk) = (tempfile::tempdir().unwrap(), Clerk::open().await);
    let start = async || {
        let args = ["--mode", "live", "--clerk-authorized-parties", APPLICATION, "--admin-key", ADMIN_KEY];
        Binary::start(folder.path(), &[&args[..], &["--clerk-issuer", &clerk.issuer]].concat()).await
    };
    let binary = start().await;
    let agent = Live { api: &binary, clerk: &clerk, admin_key: ADMIN_KEY }.agent().await;
    binary.interrupt().await;
    let engine = Engine::open(Some(&folder.path().join(".humanops/humanops.db"))).unwrap();
    let store = Store::new(engine.database(), Tables::prefixed("humanops-"), Clock::system(0));
    agent.fund(&store, 100).await;
    drop((store, engine));

    let binary = start().await;
    let live = Live { api: &binary, clerk: &clerk, admin_key: ADMIN_KEY };
    live.an_operator_signs_in_is_verified_works_talks_and_is_rated(&agent).await;
    assert_eq!(clerk.asked(), 1, "the key set is kept");
}

#[tokio::test]
async fn with_a_pinned_key_nothing_is_fetched() {
    let (folder, clerk) = (tempfile::tempdir().unwrap(), Clerk::open().await);
    let args = ["--mode", "live", "--clerk-issuer", &clerk.issuer, "--clerk-jwt-key", FIRST_PEM];
    let parties = ["--clerk-authorized-parties", APPLICATION];
    let binary = Binary::start(folder.path(), &[&args[..], &parties].concat()).await;
    let now = Clock::system(0).now();
    binary.post(&clerk.session("user_jane", now), "/operator/register", jane()).await.expect(201);
    let other = SigningKey::second().token(&clerk.claims("user_jane", now));
    let other = SignedIn(format!("Bearer {other}"));
    binary.get(&other, "/operator/me").await.expect_error(401, "invalid_token");
    assert_eq!(clerk.asked(), 0);
}

#[tokio::test]
async fn what_must_not_be_in_live_mode_or_is_missing_in_it_stops_the_start_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let live = |more: &[&'static str]| [&["--mode", "live"], more].concat();
    let whole = |more: &[&'static str]| [&LIVE[..], more].concat();
    let (issuer, parties) = ("--clerk-issuer", "--clerk-authorized-parties");
    let cases = [
        (live(&[]), "CLERK_ISSUER"),
        (live(&[issuer, ISSUER]), "CLERK_AUTHORIZED_PARTIES"),
        (live(&[issuer, "", parties, APPLICATION]), "CLERK_ISSUER"),
        (live(&[issuer, "http://clerk.example.com", parties, APPLICATION]), "CLERK_ISSUER"),
        (live(&[issuer, "https://clerk.example.com/", parties, APPLICATION]), "CLERK_ISSUER"),
        (live(&[issuer, ISSUER, parties, ""]), "CLERK_AUTHORIZED_PARTIES"),
        (live(&[issuer, ISSUER, parties, "*"]), "CLERK_AUTHORIZED_PARTIES"),
        (whole(&["--clerk-jwt-key", "ins_2x"]), "CLERK_JWT_KEY"),
        (whole(&["--clerk-jwt-key", ""]), "CLERK_JWT_KEY"),
        (whole(&["--allow-dev-operator-id-header"]), "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (whole(&["--allow-dev-operator-id-header", "true"]), "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (whole(&["--admin-key", ""]), "HUMANOPS_ADMIN_KEY"),
        (whole(&["--admin-key", "31-bytes-are-too-short-for-this"]), "HUMANOPS_ADMIN_KEY"),
    ];
    for (args, name) in &cases {
        let Ended { code, stdout, stderr } = run(command(folder.path(), args)).await;
        assert_eq!((code, stdout), (Some(1), vec![]), "{args:?}");
        let [said] = stderr.as_slice() else { panic!("{args:?}: {stderr:?}") };
        assert!(said.starts_with(&format!("humanops: {name} ")), "{args:?}: {said}");
    }
    // What was never started has marked nothing.
    assert_eq!(Binary::start(folder.path(), &[]).await.interrupt().await.code, Some(0));
    println!("{} starts in live mode refused", cases.len());
}
