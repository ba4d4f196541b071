//! What each task type allows, how long texts and deadlines may be, and which types a deployment refuses.

use harness::{Agent, Api, Caller, DAY_S, MINUTE_S, World, clerk};
use humanops::Options;
use humanops::system::Rig;
use serde_json::{Value, json};

/// A P-256 public key: the generator, which is as good as any.
const KEY: &str = "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU=";

/// Type, domain, proof, highest reward in dollars (reference, "Digital Tasks").
const TYPES: [(&str, &str, &str, u32); 13] = [
    ("VERIFICATION", "PHYSICAL", "PHOTO", 10_000),
    ("PHOTO", "PHYSICAL", "PHOTO", 10_000),
    ("DELIVERY", "PHYSICAL", "PHOTO", 10_000),
    ("INSPECTION", "PHYSICAL", "PHOTO", 10_000),
    ("CAPTCHA_SOLVING", "DIGITAL", "SCREENSHOT", 10),
    ("FORM_FILLING", "DIGITAL", "SCREENSHOT", 50),
    ("BROWSER_INTERACTION", "DIGITAL", "SCREENSHOT", 100),
    ("CONTENT_REVIEW", "DIGITAL", "CONFIRMATION", 25),
    ("DATA_VALIDATION", "DIGITAL", "CONFIRMATION", 50),
    ("ACCOUNT_CREATION", "DIGITAL", "ARTIFACT", 100),
    ("API_KEY_PROCUREMENT", "DIGITAL", "ARTIFACT", 200),
    ("PHONE_VERIFICATION", "DIGITAL", "ARTIFACT", 25),
    ("SUBSCRIPTION_SETUP", "DIGITAL", "ARTIFACT", 500),
];
const CREDENTIAL_TYPES: [&str; 4] =
    ["ACCOUNT_CREATION", "API_KEY_PROCUREMENT", "PHONE_VERIFICATION", "SUBSCRIPTION_SETUP"];
const RESTRICTED_TYPES: [&str; 4] =
    ["CAPTCHA_SOLVING", "ACCOUNT_CREATION", "PHONE_VERIFICATION", "API_KEY_PROCUREMENT"];

/// The smallest body for a task of this type.
fn body(world: &World, task_type: &str, cents: u32) -> Value {
    let mut body = world.task_body(&format!("{}.{:02}", cents / 100, cents % 100));
    body["task_type"] = json!(task_type);
    if CREDENTIAL_TYPES.contains(&task_type) {
        body["agent_public_key"] = json!(KEY);
    }
    body
}

#[tokio::test]
async fn each_type_has_its_lowest_and_highest_reward() {
    let world = World::new().await;
    let poor = world.agent("0").await;
    for (task_type, _, _, max) in TYPES {
        for (cents, status) in [(999, 400), (1_000, 402), (100 * max, 402), (100 * max + 1, 400)] {
            let reply = world.post(&poor, "/tasks", body(&world, task_type, cents)).await;
            assert_eq!(reply.status, status, "{task_type} for {cents} cents: {}", reply.text);
            let named = reply["details"]["fields"]["reward_usd"].as_str();
            assert_eq!(
                named.is_some_and(|problem| problem.contains("between 10.00 and")),
                status == 400,
                "{task_type}"
            );
        }
    }
}

#[tokio::test]
async fn each_type_has_its_domain_and_its_usual_proof() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    for (task_type, domain, proof, _) in TYPES {
        let created = world.post(&agent, "/tasks", body(&world, task_type, 1_000)).await.expect(201);
        let shown = world.show(&agent, &created.text_of("task_id")).await;
        let inferred = (&shown["task_type"], &shown["task_domain"], &shown["proof_type"]);
        assert_eq!(inferred, (&json!(task_type), &json!(domain), &json!(proof)));

        let mut without_key = body(&world, task_type, 1_000);
        without_key.as_object_mut().unwrap().remove("agent_public_key");
        let keyless = if CREDENTIAL_TYPES.contains(&task_type) { 400 } else { 201 };
        world.post(&agent, "/tasks", without_key).await.expect(keyless);
        let mut without_place = body(&world, task_type, 1_000);
        without_place.as_object_mut().unwrap().remove("location");
        world.post(&agent, "/tasks", without_place).await.expect(if domain == "PHYSICAL" { 400 } else { 201 });
    }
    world.audit().await;
}

#[tokio::test]
async fn texts_have_limits_in_characters_and_come_back_whole() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let long = |chars: usize| "ü".repeat(chars);
    let requirements = |count: usize, chars: usize| vec![long(chars); count];
    let cases = [
        ("title", json!(long(200)), json!(long(201))),
        ("description", json!(long(10_000)), json!(long(10_001))),
        ("digital_instructions", json!(long(10_000)), json!(long(10_001))),
        ("proof_requirements", json!(requirements(20, 500)), json!(requirements(21, 1))),
        ("proof_requirements", json!(["🪧"]), json!(requirements(1, 501))),
        ("proof_requirements", json!(["\"quoted\"\n\tand odd"]), json!(["fine", "  "])),
    ];
    let mut longest = world.task_body("25");
    for (field, fits, too_long) in cases {
        let mut body = world.task_body("25");
        body[field] = too_long;
        let reply = world.post(&agent, "/tasks", body.clone()).await.expect_error(400, "invalid_request");
        assert_eq!(reply["details"]["fields"].as_object().unwrap().len(), 1, "{}", reply.text);
        assert!(reply["details"]["fields"][field].is_string(), "{}", reply.text);

        body[field] = fits.clone();
        let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        assert_eq!(world.show(&agent, &task).await[field], fits);
        if longest[field].as_array().is_none_or(|list| list.len() < 20) {
            longest[field] = fits;
        }
    }
    let task = world.post(&agent, "/tasks", longest.clone()).await.expect(201).text_of("task_id");
    let shown = world.show(&agent, &task).await;
    for field in ["title", "description", "digital_instructions", "proof_requirements"] {
        assert_eq!(shown[field], longest[field], "all of them long at once");
    }
}

#[tokio::test]
async fn no_text_takes_a_character_that_nobody_sees_or_that_turns_others_round() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let odd = ["\u{0}", "\u{1}", "\u{1f}", "\u{7f}", "\u{9f}"];
    let of_long_texts = ["\t", "\n", "\r", "\u{202e}", "\u{2066}"];
    for (field, refused, taken) in [
        ("title", [odd, of_long_texts].concat(), &["é", "\u{200d}"][..]),
        ("description", odd.to_vec(), &of_long_texts),
        ("digital_instructions", odd.to_vec(), &of_long_texts),
        ("callback_secret", odd.to_vec(), &[]),
    ] {
        let with = async |c: &str| {
            let mut body = world.task_body("10");
            body["callback_url"] = json!("http://127.0.0.1:9/callback");
            body[field] = json!(format!("a{c}b"));
            world.post(&agent, "/tasks", body).await
        };
        for c in refused {
            with(c).await.expect_fields(&[field]);
        }
        for c in taken {
            with(c).await.expect(201);
        }
    }
    let mut body = world.task_body("10");
    body["title"] = json!("a\u{0}");
    let reply = world.post(&agent, "/tasks", body).await.expect(400);
    let sentence = "title must be one line without control characters, nor such that change the direction of writing";
    assert!(reply.text_of("error").contains(sentence), "{}", reply.text);
    let register = json!({ "name": "a\u{202e}b", "email": "jane@example.com" });
    world.post(Caller::Nobody, "/operator/register", register.clone()).await.expect_fields(&["name"]);
    world.post(Caller::Nobody, "/agents/register", register).await.expect_fields(&["name"]);
}

#[tokio::test]
async fn a_deadline_is_five_minutes_to_ninety_days_ahead() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    let cases = [(0, 400), (5 * MINUTE_S - 1, 400), (5 * MINUTE_S, 201), (90 * DAY_S, 201), (90 * DAY_S + 1, 400)];
    for (ahead_s, status) in cases {
        let mut body = world.task_body("25");
        body["deadline"] = json!(world.now().plus_seconds(ahead_s.into()).to_string());
        let reply = world.post(&agent, "/tasks", body).await.expect(status);
        assert_eq!(reply["details"]["fields"]["deadline"].is_string(), status == 400, "{ahead_s}");
    }
    for (written, understood) in [
        ("2026-02-10T00:00:00Z", "2026-02-10T00:00:00.000Z"),
        ("2026-02-10T02:00:00.5+02:00", "2026-02-10T00:00:00.500Z"),
    ] {
        let mut body = world.task_body("25");
        body["deadline"] = json!(written);
        assert_eq!(world.post(&agent, "/tasks", body).await.expect(201)["deadline"], understood);
    }
    for refused in [json!("2026-02-10"), json!("2026-02-30T00:00:00Z"), json!(1_770_681_600), json!("")] {
        let mut body = world.task_body("25");
        body["deadline"] = refused;
        world.post(&agent, "/tasks", body).await.expect_error(400, "invalid_request");
    }
}

#[tokio::test]
async fn a_work_window_is_a_quarter_of_an_hour_to_thirty_days() {
    let world = World::new().await;
    let agent = world.agent("1000").await;
    for (work_window_s, status) in [(899, 400), (900, 201), (2_592_000, 201), (2_592_001, 400)] {
        let mut body = world.task_body("25");
        body["work_window_s"] = json!(work_window_s);
        let reply = world.post(&agent, "/tasks", body).await.expect(status);
        assert_eq!(reply["details"]["fields"]["work_window_s"].is_string(), status == 400, "{work_window_s}");
    }
}

#[tokio::test]
async fn a_deployment_decides_about_the_types_that_are_abused_elsewhere() {
    let attested = json!({ "basis": "OWNER", "statement": "It is my own account." });
    // Policy; the answer without and with an attestation.
    let policies = [
        (None, (201, ""), (201, "")),
        (Some("open"), (201, ""), (201, "")),
        (Some("attested"), (403, "attestation_required"), (201, "")),
        (Some("disabled"), (403, "task_type_disabled"), (403, "task_type_disabled")),
    ];
    for (policy, without, with) in policies {
        let options = Options { restricted_task_types: policy.map(str::to_owned), ..Options::ephemeral() };
        let world = World::with(options, Rig::default()).await;
        let agent = world.agent("1000").await;
        for (task_type, ..) in TYPES {
            let expected = if RESTRICTED_TYPES.contains(&task_type) { [without, with] } else { [(201, ""); 2] };
            for (authorization, (status, code)) in [json!(null), attested.clone()].into_iter().zip(expected) {
                let mut body = body(&world, task_type, 1_000);
                body["authorization"] = authorization;
                let reply = world.post(&agent, "/tasks", body).await.expect(status);
                assert_eq!(reply["code"].as_str().unwrap_or_default(), code, "{task_type} under {policy:?}");
            }
        }
        world.audit().await;
    }
}

#[tokio::test]
async fn live_mode_wants_attestations_unless_told_otherwise() {
    let options = clerk::live(clerk::ISSUER);
    let world = World::with(options, Rig::default()).await;
    let account = json!({ "name": "my-agent", "email": "agent@example.com" });
    world.post(Caller::Nobody, "/agents/register", account.clone()).await.expect(403);
    let registered = world.post(world.admin(), "/agents/register", account).await.expect(201);
    let agent = Agent { id: registered.text_of("agent_id"), key: registered.text_of("api_key") };

    let restricted = world.post(&agent, "/tasks", body(&world, "CAPTCHA_SOLVING", 1_000)).await;
    restricted.expect_error(403, "attestation_required");
    let other = world.post(&agent, "/tasks", body(&world, "CONTENT_REVIEW", 1_000)).await;
    other.expect_error(402, "insufficient_balance");
}
