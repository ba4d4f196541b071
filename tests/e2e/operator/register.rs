//! `POST /operator/register`: an operator, and their details.

use harness::{Api, Caller, OperatorKey, START, World};
use serde_json::{Value, json};

/// The body of the reference.
fn jane() -> Value {
    json!({
        "name": "Jane Doe", "email": "jane@example.com", "phone": "+1234567890",
        "location": { "city": "New York", "country": "US" }, "skills": ["VERIFICATION", "PHOTO"],
    })
}

#[tokio::test]
async fn the_request_of_the_reference_registers_an_operator_who_is_verified_in_test_mode() {
    let world = World::new().await;
    let reply = world.post(Caller::Nobody, "/operator/register", jane()).await.expect(201);
    let id = reply.text_of("operator_id");
    assert!(id.starts_with("op_"), "{id}");
    assert_eq!(reply.text, format!(r#"{{"operator_id":"{id}","name":"Jane Doe","kyc_status":"VERIFIED"}}"#));

    let me = world.get(&OperatorKey(id.clone()), "/operator/me").await.expect(200);
    let mut expected = jane();
    expected["operator_id"] = json!(id);
    expected["kyc_status"] = json!("VERIFIED");
    expected["created_at"] = json!(START);
    expected["record"] = me["record"].clone();
    // The cell of the city.
    (expected["location"]["lat"], expected["location"]["lng"]) = (json!(40.71), json!(-74.0004399));
    expected["rating"] = json!(null);
    expected["rating_count"] = json!(0);
    assert_eq!(me.json, expected);
}

#[tokio::test]
async fn registering_again_is_harmless_and_never_changes_anything() {
    let world = World::new().await;
    let first = world.post(Caller::Nobody, "/operator/register", jane()).await.expect(201);
    let operator = OperatorKey(first.text_of("operator_id"));
    world.post(world.admin(), &format!("/admin/operators/{}/kyc", operator.0), json!({ "status": "REJECTED" })).await;
    world.pass(60);
    let again = world.post(Caller::Nobody, "/operator/register", jane()).await.expect(201);
    let expected = json!({ "operator_id": operator.0, "name": "Jane Doe", "kyc_status": "REJECTED" });
    assert_eq!(again.json, expected, "registering does not lift a rejection");

    for (field, value) in [
        ("name", json!("Jane D. Doe")),
        ("email", json!("JANE@example.com")),
        ("phone", json!(null)),
        ("location", json!({ "city": "Boston", "country": "US" })),
        ("skills", json!([])),
    ] {
        let mut body = jane();
        body[field] = value;
        world.post(Caller::Nobody, "/operator/register", body).await.expect_error(409, "operator_exists");
    }
    let me = world.get(&operator, "/operator/me").await.expect(200);
    assert_eq!(
        (&me["name"], &me["email"], &me["created_at"]),
        (&json!("Jane Doe"), &json!("jane@example.com"), &json!(START))
    );
}

#[tokio::test]
async fn an_id_that_cannot_be_one_registers_nobody() {
    let world = World::new().await;
    for id in ["op_", "op_abc", "xyz789", "op_with-dash"] {
        let reply = world.post(&OperatorKey(id.to_owned()), "/operator/register", jane()).await;
        reply.expect_error(401, "invalid_operator_id");
    }
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_registration_is_said_at_once() {
    let world = World::new().await;
    let with = |field: &str, value: Value| {
        let mut body = jane();
        body[field] = value;
        body
    };
    let cases: [(Value, &[&str]); 8] = [
        (json!({}), &["email", "name"]),
        (with("name", json!(" ")), &["name"]),
        (with("email", json!("jane")), &["email"]),
        (with("phone", json!("1")), &["phone"]),
        (with("location", json!("New York")), &["location"]),
        (with("location", json!({ "city": " ", "street": "Main St" })), &["location.city", "location.street"]),
        (with("skills", json!(["PHOTO", "JUGGLING"])), &["skills"]),
        (
            json!({ "name": 5, "email": "a b@c", "skills": "PHOTO", "kyc_status": "VERIFIED" }),
            &["email", "kyc_status", "name", "skills"],
        ),
    ];
    for (body, fields) in cases {
        world.post(Caller::Nobody, "/operator/register", body).await.expect_fields(fields);
    }
}
