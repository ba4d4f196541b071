//! Credentials by tools alone: opened on the agent's own machine, and nowhere else.

use super::super::rust::sealed_by_webcrypto;
use super::super::typescript::ADMIN_KEY;
use super::assistant::{Desk, Transport, read_private};
use harness::Api;
use harness::binary::in_days;
use humanops_client::credentials::KeyPair;
use serde_json::{Value, json};

pub(super) fn acme() -> Value {
    json!({
        "title": "Create Acme API account", "description": "Sign up at acme.io and retrieve API credentials",
        "credential_category": "API_KEY_PROCUREMENT", "reward_usd": 50, "deadline": in_days(2).to_string(),
    })
}

/// The operator hands in what WebCrypto sealed.
pub(super) async fn delivered(desk: &Desk, id: &str, credential: &Value) {
    let jane = desk.binary.operator("Jane Doe").await;
    desk.binary.accept(&jane, id).await;
    let task = desk.binary.get(&jane, &format!("/operator/tasks/{id}")).await.expect(200);
    let envelope = sealed_by_webcrypto(id, &task.text_of("agent_public_key"), credential).await;
    let path = format!("/operator/tasks/{id}/submit");
    desk.binary.post(&jane, &path, json!({ "encrypted_credential": envelope })).await.expect(200);
    desk.binary.advance(1).await;
}

#[tokio::test]
async fn a_credential_is_sealed_for_this_machine_and_opened_on_it_after_a_restart() {
    let desk = Desk::open().await;
    let mut assistant = desk.assistant(Transport::Stdio);
    let draft = acme();
    let posted = assistant.call("dispatch_credential_task", draft.clone()).await;
    let id = posted["task_id"].as_str().unwrap().to_owned();
    let fingerprint = posted["key_fingerprint"].as_str().unwrap();
    let key = desk.path(&format!("keys/{fingerprint}.json"));
    let private_key = serde_json::from_str::<Value>(&read_private(&key)).unwrap()["private_key"].clone();
    assert!(!posted.to_string().contains(private_key.as_str().unwrap()));
    // Once more, by another process: the same task, with the same key.
    let again = desk.assistant(Transport::Stdio).call("dispatch_credential_task", draft).await;
    assert_eq!((&again["task_id"], &again["key_fingerprint"]), (&json!(id), &json!(fingerprint)));
    assert_eq!(desk.path("keys").read_dir().unwrap().count(), 1);
    let early = assistant.refused("retrieve_credential", json!({ "task_id": id })).await;
    assert!(early.starts_with("credential_not_ready: "), "{early}");
    drop(assistant);

    let credential = json!({ "api_key": "sk_1", "dashboard_url": "https://acme.io" });
    delivered(&desk, &id, &credential).await;
    let mut assistant = desk.assistant(Transport::Stdio);
    let retrieved = assistant.call("retrieve_credential", json!({ "task_id": id })).await;
    assert!(!retrieved.to_string().contains("\"sk_1\""), "{retrieved}");
    assert_eq!(retrieved["operator_text"]["field_names"], json!(["api_key", "dashboard_url"]));
    let written = read_private(std::path::Path::new(retrieved["path"].as_str().unwrap()));
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), credential);
    let revealed = assistant.call("retrieve_credential", json!({ "task_id": id, "reveal": true })).await;
    assert_eq!(revealed["operator_text"]["credential"], credential);
    assistant.call("review_task", json!({ "task_id": id, "decision": "APPROVE" })).await;
    desk.binary.audit(ADMIN_KEY).await;
}

#[tokio::test]
async fn on_another_machine_there_is_no_key_and_that_is_said() {
    let desk = Desk::open().await;
    let posted = desk.assistant(Transport::Stdio).call("dispatch_credential_task", acme()).await;
    let id = posted["task_id"].as_str().unwrap().to_owned();
    delivered(&desk, &id, &json!({ "api_key": "sk_1" })).await;
    std::fs::remove_dir_all(desk.path("keys")).unwrap();
    let refused = desk.assistant(Transport::Stdio).refused("retrieve_credential", json!({ "task_id": id })).await;
    assert!(refused.starts_with("no_private_key: ") && refused.contains("machine that posted the task"), "{refused}");
}

#[tokio::test]
async fn over_http_the_key_pair_is_the_callers_and_the_credential_stays_sealed() {
    let desk = Desk::open().await;
    let mut assistant = desk.assistant(Transport::Http);
    let without = assistant.refused("dispatch_credential_task", acme()).await;
    assert!(without.contains("needs agent_public_key"), "{without}");
    let pair = KeyPair::generate().unwrap();
    let mut draft = acme();
    draft["agent_public_key"] = json!(pair.public_key);
    let posted = assistant.call("dispatch_credential_task", draft).await;
    let id = posted["task_id"].as_str().unwrap().to_owned();
    delivered(&desk, &id, &json!({ "api_key": "sk_1" })).await;
    let retrieved = assistant.call("retrieve_credential", json!({ "task_id": id })).await;
    let envelope = serde_json::from_value(retrieved["encrypted_credential"].clone()).unwrap();
    let opened = humanops_client::credentials::open(&id, &envelope, &pair.private_key).unwrap();
    assert_eq!(opened, json!({ "api_key": "sk_1" }));
    let refused = assistant.refused("retrieve_credential", json!({ "task_id": id, "reveal": true })).await;
    assert!(refused.contains("`reveal` is no argument"), "{refused}");
}
