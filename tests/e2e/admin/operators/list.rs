//! `GET /admin/operators`: whose identity is to be checked, and whose was.

use harness::{Api, Caller, OperatorKey, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::{Value, json};

async fn list(world: &World, query: &str) -> Reply {
    world.get(world.admin(), &format!("/admin/operators?{query}")).await.expect(200)
}

fn ids(page: &Reply) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|line| line["operator_id"].as_str().unwrap()).collect()
}

async fn set(world: &World, caller: Caller<'_>, operator: &OperatorKey, status: &str) {
    let path = format!("/admin/operators/{}/kyc", operator.0);
    world.post(caller, &path, json!({ "status": status })).await.expect(200);
}

/// So many operators, a second apart.
async fn crowd(world: &World, count: usize) -> Vec<OperatorKey> {
    let mut crowd = Vec::new();
    for _ in 0..count {
        crowd.push(world.operator("Jane Doe").await);
        world.pass(1);
    }
    crowd
}

#[tokio::test]
async fn an_operator_is_in_the_list_of_its_status_with_who_set_it_and_when() {
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let admin_keys = format!("jane:{hash}").parse().unwrap();
    let world = World::with(Options { admin_keys, ..Options::ephemeral() }, Rig::default()).await;
    let body = json!({
        "name": "Joe Roe", "email": "joe@example.com", "phone": "+14155550123", "skills": ["VERIFICATION"],
        "location": { "city": "New York", "country": "US" },
    });
    let id = world.post(Caller::Nobody, "/operator/register", body).await.expect(201).text_of("operator_id");
    let operator = OperatorKey(id.clone());
    let mut line = json!({
        "operator_id": id, "name": "Joe Roe", "email": "joe@example.com", "phone": "+14155550123",
        "location": { "city": "New York", "country": "US", "lat": 40.71, "lng": -74.0004399 },
        "skills": ["VERIFICATION"], "kyc_status": "VERIFIED",
        "checked": null, "created_at": "2026-02-05T12:00:00.000Z",
    });
    assert_eq!(list(&world, "kyc_status=VERIFIED").await["data"], json!([line]));

    world.pass(60);
    for (caller, by, status) in [(world.admin(), "admin", "REJECTED"), (Caller::Admin("test"), "jane", "PENDING")] {
        set(&world, caller, &operator, status).await;
        line["kyc_status"] = json!(status);
        line["checked"] = json!({ "by": by, "at": "2026-02-05T12:01:00.000Z" });
        for other in ["PENDING", "VERIFIED", "REJECTED"] {
            let page = list(&world, &format!("kyc_status={other}")).await;
            let expected = if other == status { json!([line]) } else { json!([]) };
            assert_eq!(
                (&page["data"], &page["pagination"]["total"]),
                (&expected, &json!(expected.as_array().unwrap().len()))
            );
        }
    }
    assert_eq!(list(&world, "").await["data"], json!([line]));
    // What an operator says of itself changes nothing about it.
    world.request(&operator, "PATCH", "/operator/me", &[], Some(json!({ "name": "Joe Poe" }))).await.expect(200);
    line["name"] = json!("Joe Poe");
    assert_eq!(list(&world, "").await["data"], json!([line]));
}

#[tokio::test]
async fn pages_go_from_who_has_waited_longest_to_the_latest_and_miss_nobody() {
    let world = World::new().await;
    let crowd = crowd(&world, 7).await;
    let expected: Vec<&str> = crowd.iter().map(|operator| operator.0.as_str()).collect();
    for limit in [1, 2, 3, 7, 100] {
        let (mut seen, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = list(&world, &format!("kyc_status=VERIFIED&limit={limit}{cursor}")).await;
            assert_eq!(page["pagination"]["total"], 7);
            seen.extend(ids(&page).into_iter().map(str::to_owned));
            match &page["pagination"]["next_cursor"] {
                Value::String(next) => cursor = format!("&cursor={next}"),
                _ => break,
            }
        }
        assert_eq!(seen, expected, "{limit} a page");
    }
    assert_eq!(ids(&list(&world, "kyc_status=VERIFIED&offset=5").await), expected[5..]);
    assert_eq!(ids(&list(&world, "kyc_status=VERIFIED&offset=7").await), [""; 0]);
}

#[tokio::test]
async fn who_was_checked_meanwhile_is_not_what_the_next_page_begins_behind() {
    let world = World::new().await;
    let crowd = crowd(&world, 3).await;
    let first = list(&world, "kyc_status=VERIFIED&limit=1").await;
    let cursor = first["pagination"]["next_cursor"].as_str().unwrap();
    set(&world, world.admin(), &crowd[0], "REJECTED").await;
    set(&world, world.admin(), &crowd[1], "REJECTED").await;
    let second = list(&world, &format!("kyc_status=VERIFIED&cursor={cursor}")).await;
    assert_eq!(ids(&second), [crowd[2].0.as_str()]);
}

#[tokio::test]
async fn an_unknown_status_is_refused() {
    let world = World::new().await;
    for status in ["verified", "MAYBE", "K"] {
        world.get(world.admin(), &format!("/admin/operators?kyc_status={status}")).await.expect_fields(&["kyc_status"]);
    }
    world.get(Caller::Nobody, "/admin/operators").await.expect_error(403, "admin_key_required");
}
