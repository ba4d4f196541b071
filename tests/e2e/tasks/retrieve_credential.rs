//! `GET` and `POST /tasks/{id}/retrieve-credential`: sealed by the operator, handed to nobody but the agent.

use harness::{Agent, Api, Caller, OperatorKey, Reply, World};
use serde_json::{Value, json};

/// The first of the vectors that WebCrypto made.
fn vector() -> Value {
    let all: Value = serde_json::from_str(include_str!("../../../shared/sealed/vectors/webcrypto.json")).unwrap();
    all[0].clone()
}

fn envelope() -> Value {
    let vector = vector();
    json!({
        "ciphertext": vector["ct"],
        "iv": vector["iv"],
        "ephemeralPublicKey": vector["eph_raw"],
        "algorithm": "ECDH-P256-AES-256-GCM",
    })
}

/// A task for an API key, accepted.
struct Order {
    agent: Agent,
    operator: OperatorKey,
    task: String,
}

impl Order {
    async fn accepted(world: &World) -> Self {
        let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
        let body = json!({
            "title": "Create Acme API account",
            "description": "Sign up at acme.io and retrieve API credentials",
            "reward_usd": 50,
            "deadline": "2026-02-10T00:00:00Z",
            "proof_requirements": ["API key delivered via encrypted channel"],
            "task_type": "API_KEY_PROCUREMENT",
            "agent_public_key": vector()["agent_raw"],
        });
        let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        world.accept(&operator, &task).await;
        Self { agent, operator, task }
    }

    async fn submit(&self, world: &World, body: Value) -> Reply {
        world.post(&self.operator, &format!("/operator/tasks/{}/submit", self.task), body).await
    }

    async fn verify(&self, world: &World, decision: &str) {
        let path = format!("/tasks/{}/verify", self.task);
        world.post(&self.agent, &path, json!({ "decision": decision })).await.expect(200);
    }

    /// The answers to GET, to POST without a body and to POST with an empty object.
    async fn retrieve(&self, world: &World) -> [Reply; 3] {
        let path = format!("/tasks/{}/retrieve-credential", self.task);
        [
            world.get(&self.agent, &path).await,
            world.request(&self.agent, "POST", &path, &[], None).await,
            world.post(&self.agent, &path, json!({})).await,
        ]
    }
}

#[tokio::test]
async fn the_agent_may_try_the_credential_before_it_approves() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    world.pass(3_600);
    order.submit(&world, json!({ "encrypted_credential": envelope(), "notes": "Done." })).await.expect(200);
    world.advance(60).await;

    let shown = world.show(&order.agent, &order.task).await;
    assert_eq!(shown["status"], "SUBMITTED");
    let result = &shown["guardian_result"];
    assert_eq!((&result["decision"], &result["confidence"]), (&json!("MANUAL_REVIEW"), &json!(70)));
    assert_eq!(result["review_reason"], "E2EE_AGENT_CONFIRMATION");
    assert_eq!((&shown["proof"]["encrypted_credential"], &shown["proof"]["photos"]), (&json!(true), &json!([])));
    assert_eq!(shown["agent_public_key"], vector()["agent_raw"]);

    let sealed = vector();
    let [ct, iv, key] = ["ct", "iv", "eph_raw"].map(|name| sealed[name].as_str().unwrap());
    let expected = format!(
        concat!(
            r#"{{"task_id":"{}","encrypted_credential":{{"ciphertext":"{}","iv":"{}","ephemeralPublicKey":"{}","#,
            r#""algorithm":"ECDH-P256-AES-256-GCM","createdAt":"2026-02-05T13:00:00.000Z"}}}}"#
        ),
        order.task, ct, iv, key
    );
    for decision in ["", "APPROVE"] {
        if !decision.is_empty() {
            order.verify(&world, decision).await;
        }
        for reply in order.retrieve(&world).await {
            let reply = reply.expect(200);
            assert_eq!(reply.text, expected, "{decision}");
            assert_eq!(reply.header("cache-control"), Some("no-store"));
        }
    }
    world.assert_earnings(&order.operator, "pending 50.00 available 0.00 total 50.00").await;
    world.audit().await;
}

#[tokio::test]
async fn nothing_can_be_retrieved_before_delivery_nor_after_a_rejection() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    let expect_all = async |status: u16, code: &str| {
        for reply in order.retrieve(&world).await {
            reply.expect_error(status, code);
        }
    };
    expect_all(404, "not_found").await;
    order.submit(&world, json!({ "encrypted_credential": envelope() })).await.expect(200);
    expect_all(409, "credential_not_ready").await;
    world.settle().await;
    order.verify(&world, "REJECT").await;
    expect_all(409, "credential_not_ready").await;

    world.resolve(&order.task, "RELEASE", None).await.expect(200);
    for reply in order.retrieve(&world).await {
        assert_eq!(reply.expect(200)["encrypted_credential"]["iv"], vector()["iv"]);
    }
    world.audit().await;
}

#[tokio::test]
async fn nobody_but_the_agent_can_retrieve_it() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    order.submit(&world, json!({ "encrypted_credential": envelope() })).await.expect(200);
    world.settle().await;
    let stranger = world.agent("0").await;
    let path = format!("/tasks/{}/retrieve-credential", order.task);

    let foreign = world.get(&stranger, &path).await.expect_error(404, "not_found");
    let missing = world.get(&stranger, "/tasks/task_abc123/retrieve-credential").await.expect_error(404, "not_found");

    assert_eq!(foreign["error"], missing["error"]);
    world.post(&stranger, &path, json!({})).await.expect_error(404, "not_found");
    world.get(&order.operator, &path).await.expect(401);
    world.get(Caller::Nobody, &path).await.expect(401);
}

#[tokio::test]
async fn the_word_of_test_mode_completes_it_like_any_other() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    let body = json!({ "encrypted_credential": envelope(), "notes": "guardian:approve" });
    order.submit(&world, body).await.expect(200);
    world.settle().await;
    assert_eq!(world.show(&order.agent, &order.task).await["status"], "COMPLETED");
    world.audit().await;
}

#[tokio::test]
async fn an_envelope_of_the_wrong_shape_is_refused_field_by_field() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    let agent_key = vector()["agent_raw"].clone();
    let cases: [(Value, &[&str]); 9] = [
        (json!({ "iv": "AAAA" }), &["iv"]),
        (json!({ "iv": "not base64!" }), &["iv"]),
        (json!({ "ciphertext": "AAAAAAAAAAAAAAAAAAAAAA==" }), &["ciphertext"]),
        (json!({ "ephemeralPublicKey": "AAAA" }), &["ephemeralPublicKey"]),
        (json!({ "ephemeralPublicKey": agent_key }), &["ephemeralPublicKey"]),
        (json!({ "algorithm": "AES-128-CBC" }), &["algorithm"]),
        (
            json!({ "ciphertext": "AA==", "iv": "AA==", "ephemeralPublicKey": "BA==", "algorithm": "none" }),
            &["algorithm", "ciphertext", "ephemeralPublicKey", "iv"],
        ),
        (json!({ "iv": null, "algorithm": null }), &["algorithm", "iv"]),
        (json!({ "key": "plaintext" }), &["key"]),
    ];
    for (change, expected) in cases {
        let mut envelope = envelope();
        envelope.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let reply = order.submit(&world, json!({ "encrypted_credential": envelope })).await;
        let reply = reply.expect_error(400, "invalid_request");
        let named: Vec<&str> = reply["details"]["fields"]
            .as_object()
            .unwrap()
            .keys()
            .map(|name| name.split_once('.').unwrap().1)
            .collect();
        assert_eq!(named, expected, "{change}: {}", reply.text);
        assert!(reply.text.contains(&format!("\"encrypted_credential.{}\"", expected[0])), "{}", reply.text);
    }
    for body in [json!({}), json!({ "notes": "the key is sk_123" }), json!({ "encrypted_credential": "sk_123" })] {
        let reply = order.submit(&world, body).await.expect_error(400, "invalid_request");
        assert!(reply["details"]["fields"]["encrypted_credential"].is_string(), "{}", reply.text);
    }
    assert_eq!(world.show(&order.agent, &order.task).await["status"], "ACCEPTED");
}

#[tokio::test]
async fn a_public_key_may_come_as_spki_and_must_be_on_the_curve() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let mut body = world.task_body("50");
    body["task_type"] = json!("ACCOUNT_CREATION");
    body["agent_public_key"] = vector()["agent_spki"].clone();
    let task = world.post(&agent, "/tasks", body.clone()).await.expect(201).text_of("task_id");
    assert_eq!(world.show(&agent, &task).await["agent_public_key"], vector()["agent_raw"]);

    let raw = vector()["agent_raw"].as_str().unwrap().to_owned();
    let off_curve = format!("{}A{}", &raw[..40], &raw[41..]);
    assert_ne!(off_curve, raw);
    for bad in [off_curve.as_str(), &raw[..80], "", "BASE64_ENCODED_P256_PUBLIC_KEY"] {
        body["agent_public_key"] = json!(bad);
        let reply = world.post(&agent, "/tasks", body.clone()).await.expect_error(400, "invalid_request");
        assert!(reply["details"]["fields"]["agent_public_key"].is_string(), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_guardian_that_is_late_leaves_the_credential_to_be_tried_and_pays_for_no_silence() {
    let world = World::new().await;
    let order = Order::accepted(&world).await;
    order.submit(&world, json!({ "encrypted_credential": envelope() })).await.expect(200);
    for hours in [1, 71, 2] {
        for reply in order.retrieve(&world).await {
            reply.expect(if hours == 1 { 409 } else { 200 });
        }
        world.pass(3_600 * hours);
        let carry = |_| std::future::ready(Ok::<_, std::convert::Infallible>(()));
        sweeper::sweep(&world.system.store, std::time::Duration::from_secs(60), carry).await.unwrap();
    }
    let shown = world.show(&order.agent, &order.task).await;
    assert_eq!((&shown["status"], &shown["dispute"]["origin"]), (&json!("DISPUTED"), &json!("REVIEW_OVERDUE")));
    assert_eq!(shown["guardian_result"]["review_reason"], "E2EE_AGENT_CONFIRMATION");
    world.audit().await;
}
