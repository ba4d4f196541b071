//! Live mode: nothing that is only good for trying things out works in it.

use harness::{Agent, Api, Caller, Reply, World, clerk};
use humanops::system::Rig;
use humanops::{Options, System};
use serde_json::json;

const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";

fn options() -> Options {
    Options { admin_key: Some(ADMIN_KEY.to_owned()), ..clerk::live(clerk::ISSUER) }
}

async fn register(world: &World, caller: Caller<'_>) -> Reply {
    world.post(caller, "/agents/register", json!({ "name": "n", "email": "a@b.co" })).await
}

async fn agent(world: &World) -> Agent {
    let reply = register(world, world.admin()).await.expect(201);
    Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") }
}

#[tokio::test]
async fn agents_are_registered_by_the_admin_only() {
    let world = World::with(options(), Rig::default()).await;
    assert_eq!(world.system.admin_key, ADMIN_KEY);
    let wrong = "an-admin-key-of-at-least-33-bytes";
    for caller in [Caller::Nobody, Caller::Admin(wrong), Caller::Admin("")] {
        register(&world, caller).await.expect_error(403, "admin_key_required");
    }
    let agent = agent(&world).await;
    assert!(agent.key.starts_with("ho_live_"));
    let me = world.get(&agent, "/agents/me").await.expect(200);
    assert_eq!(me["mode"], "live");
    // Whoever has a key of the deployment is still no admin.
    register(&world, Caller::Agent(&agent)).await.expect_error(403, "admin_key_required");
}

#[tokio::test]
async fn a_key_of_test_mode_is_told_so() {
    let (test, live) = (World::new().await, World::with(options(), Rig::default()).await);
    let (tester, payer) = (test.agent("0").await, agent(&live).await);
    let reply = live.get(&tester, "/agents/me").await.expect_error(401, "wrong_mode");
    assert_eq!(reply["error"], "This is a test key, but this deployment is in live mode.");
    let reply = test.get(&payer, "/agents/me").await.expect_error(401, "wrong_mode");
    assert_eq!(reply["error"], "This is a live key, but this deployment is in test mode.");
}

#[tokio::test]
async fn an_operator_is_nobody_without_a_session() {
    let world = World::with(options(), Rig::default()).await;
    let operator = harness::OperatorKey("op_xyz789".to_owned());
    world.get(&operator, "/operator/me").await.expect_error(401, "header_not_accepted");
    world.get(Caller::Nobody, "/operator/me").await.expect_error(401, "missing_operator");
    let body = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    world.post(Caller::Nobody, "/operator/register", body.clone()).await.expect_error(401, "missing_operator");
    world.post(&operator, "/operator/register", body).await.expect_error(401, "header_not_accepted");
    let token = [("authorization", "Bearer eyJhbGciOiJub25lIn0.e30.")];
    world.request(Caller::Nobody, "GET", "/operator/me", &token, None).await.expect_error(401, "invalid_token");
}

#[tokio::test]
async fn no_money_is_made_out_of_words() {
    let world = World::with(options(), Rig::default()).await;
    let agent = agent(&world).await;
    let hash = format!("0x{}", "ab".repeat(32));
    let refused = [
        ("/agents/deposit/usdc", json!({ "tx_hash": hash, "amount_usdc": "100.00" })),
        ("/agents/deposit", json!({ "amount_usd": 100, "payment_method": "card" })),
    ];
    for (path, body) in refused {
        world.post(&agent, path, body).await.expect_error(400, "payment_method_unavailable");
    }
    world.get(&agent, "/agents/deposit-address").await.expect_error(400, "payment_method_unavailable");
    // The reference's placeholder is not even a hash.
    let body = json!({ "tx_hash": "0xabc...def", "amount_usdc": "100.00" });
    world.post(&agent, "/agents/deposit/usdc", body).await.expect_fields(&["tx_hash"]);
    world.assert_balances(&agent, "deposit 0.00 escrow 0.00 revenue 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn nobody_moves_the_clock_and_restricted_types_need_an_attestation() {
    let world = World::with(options(), Rig::default()).await;
    let reply = world.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 1 })).await;
    reply.expect_error(404, "no_such_endpoint");
    let types = world.get(Caller::Nobody, "/task-types").await.expect(200);
    let attested = types["data"].as_array().unwrap().iter().filter(|line| line["policy"] == "attested");
    let mut names: Vec<&str> = attested.map(|line| line["task_type"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["ACCOUNT_CREATION", "API_KEY_PROCUREMENT", "CAPTCHA_SOLVING", "PHONE_VERIFICATION"]);
}

#[tokio::test]
async fn a_system_that_would_be_unsafe_does_not_start() {
    let text = |text: &str| Some(text.to_owned());
    let cases = [
        (Options { allow_dev_operator_id_header: Some(true), ..options() }, "ALLOW_DEV_OPERATOR_ID_HEADER"),
        (Options { admin_key: Some("31-bytes-are-one-byte-too-few..".to_owned()), ..options() }, "HUMANOPS_ADMIN_KEY"),
        (Options { mode: "production".to_owned(), ..options() }, "mode"),
        (Options { clerk_issuer: None, ..options() }, "CLERK_ISSUER"),
        (Options { clerk_issuer: text(""), ..options() }, "CLERK_ISSUER"),
        (Options { clerk_issuer: text("http://clerk.example.com"), ..options() }, "CLERK_ISSUER"),
        (Options { clerk_authorized_parties: None, ..options() }, "CLERK_AUTHORIZED_PARTIES"),
        (Options { clerk_authorized_parties: text("*"), ..options() }, "CLERK_AUTHORIZED_PARTIES"),
        (Options { clerk_jwt_key: text("ins_2x"), ..options() }, "CLERK_JWT_KEY"),
    ];
    for (options, named) in cases {
        let refusal =
            System::start(&options, ([127, 0, 0, 1], 1).into(), Rig::default()).await.unwrap_err().to_string();
        assert!(refusal.contains(named), "{refusal}");
    }
}
