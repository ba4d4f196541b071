//! `GET` and `PATCH /operator/me`: who an operator is.

use domain::OperatorId;
use domain::operator::{Kyc, Operator};
use harness::{Api, Caller, Clerk, OperatorKey, START, World, clerk};
use humanops::system::Rig;
use serde_json::json;
use store::Key;

#[tokio::test]
async fn in_development_any_id_is_an_identity() {
    let world = World::new().await;
    let operator = OperatorKey("op_xyz789".to_owned());
    let body = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    let reply = world.post(&operator, "/operator/register", body.clone()).await.expect(201);
    assert_eq!(reply["operator_id"], "op_xyz789");
    let me = world.get(&operator, "/operator/me").await.expect(200);
    let expected = json!({
        "operator_id": "op_xyz789", "name": "Jane Doe", "email": "jane@example.com", "phone": null,
        "location": { "city": null, "country": null, "lat": null, "lng": null }, "skills": [], "kyc_status": "VERIFIED", "created_at": START,
        "rating": null, "rating_count": 0,
        "record": {
            "accepted": 0, "at_work": 0, "at_work_max": 5, "completed": 0, "released": 0, "no_shows": 0, "disputes_lost": 0,
        },
    });
    assert_eq!(me.json, expected);
    // Two identities are two operators, even with the same details.
    let other = OperatorKey("op_XYZ789".to_owned());
    world.get(&other, "/operator/me").await.expect_error(404, "not_found");
    world.post(&other, "/operator/register", body).await.expect(201);
}

#[tokio::test]
async fn a_profile_changes_where_it_is_told_to() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    let before = world.get(&operator, "/operator/me").await.expect(200);
    let changed =
        async |body| world.request(&operator, "PATCH", "/operator/me", &[], Some(body)).await.expect(200).json;

    let mut expected = before.json;
    assert_eq!(changed(json!({})).await, expected);
    // Not to say what changes is a mistake; to say that nothing does is none.
    world.request(&operator, "PATCH", "/operator/me", &[], None).await.expect_error(400, "invalid_json");
    for (field, value) in [
        ("name", json!("Jane Roe")),
        ("email", json!("roe@example.org")),
        ("phone", json!("+14155550123")),
        ("location", json!({ "city": "Boston", "country": "US" })),
        ("skills", json!(["PHOTO"])),
        ("skills", json!([])),
    ] {
        expected[field] = value.clone();
        if field == "location" {
            // The cell of the city.
            (expected[field]["lat"], expected[field]["lng"]) = (json!(42.37), json!(-71.0522753));
        }
        assert_eq!(changed(json!({ field: value })).await, expected);
        assert_eq!(world.get(&operator, "/operator/me").await.json, expected);
    }
    expected["location"] = json!({ "city": "Lyon", "country": "US", "lat": null, "lng": null });
    assert_eq!(changed(json!({ "location": { "city": "Lyon" } })).await, expected, "the country stays");
}

#[tokio::test]
async fn a_change_of_the_profile_is_no_verdict_on_identity_and_makes_nobody() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    world.post(world.admin(), &format!("/admin/operators/{}/kyc", operator.0), json!({ "status": "REJECTED" })).await;
    let patch = async |who, body| world.request(who, "PATCH", "/operator/me", &[], Some(body)).await;
    let changed = patch(Caller::from(&operator), json!({ "email": "roe@example.org" })).await.expect(200);
    assert_eq!(changed["kyc_status"], "REJECTED");

    let body = json!({ "email": "a@b", "phone": "555-0123", "kyc_status": "VERIFIED" });
    patch(Caller::from(&operator), body).await.expect_fields(&["email", "kyc_status", "phone"]);
    let nobody = OperatorKey("op_nobody".to_owned());
    patch(Caller::from(&nobody), json!({ "name": "N" })).await.expect_error(404, "not_found");
    world.get(&nobody, "/operator/me").await.expect_error(404, "not_found");
    patch(Caller::Nobody, json!({})).await.expect_error(401, "missing_operator");
}

#[tokio::test]
async fn who_is_verified_and_takes_another_name_in_live_mode_is_checked_again() {
    let clerk = Clerk::open().await;
    let world = World::with(clerk::live(&clerk.issuer), Rig::default()).await;
    let session = clerk.session("user_jane", world.now());
    let jane = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    let id = world.post(&session, "/operator/register", jane).await.expect(201).text_of("operator_id");
    let kyc = format!("/admin/operators/{id}/kyc");
    world.post(world.admin(), &kyc, json!({ "status": "VERIFIED" })).await.expect(200);
    let patch = async |body| world.request(&session, "PATCH", "/operator/me", &[], Some(body)).await.expect(200);

    let same = patch(json!({ "name": "Jane Doe", "email": "roe@example.org" })).await;
    assert_eq!(same["kyc_status"], "VERIFIED");
    let other = patch(json!({ "name": "John Roe" })).await;
    assert_eq!(other["kyc_status"], "PENDING");
    assert_eq!(world.get(&session, "/operator/me").await.expect(200)["kyc_status"], "PENDING");
    let waiting = world.get(world.admin(), "/admin/operators?kyc_status=PENDING").await.expect(200);
    assert!(waiting.text.contains(&id), "{}", waiting.text);

    world.post(world.admin(), &kyc, json!({ "status": "REJECTED" })).await.expect(200);
    assert_eq!(patch(json!({ "name": "Jane Roe" })).await["kyc_status"], "REJECTED");
}

/// Who is verified while another name is on its way is not verified under that.
#[tokio::test]
async fn a_profile_is_written_on_the_identity_that_it_was_decided_on_and_on_no_other() {
    let world = World::new().await;
    let operator = world.operator("Jane Doe").await;
    let (store, id) = (&world.system.store, OperatorId::parse(&operator.0).unwrap());
    let profile = store.read([Key::operator(&id)]).await.unwrap().operator(&id).unwrap().unwrap();
    assert_eq!(profile.kyc, Kyc::Verified);

    let other = Operator { name: "John Roe".to_owned(), kyc: Kyc::Pending, ..profile.clone() };
    assert!(!store.change_operator(&other, Kyc::Pending).await.unwrap());
    assert_eq!(world.get(&operator, "/operator/me").await["name"], "Jane Doe");
    assert!(store.change_operator(&other, Kyc::Verified).await.unwrap());
    assert_eq!(world.get(&operator, "/operator/me").await["kyc_status"], "PENDING");
}
