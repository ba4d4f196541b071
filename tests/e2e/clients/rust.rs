//! The Rust client, at work against the binary: the whole main job, and a credential that any of the clients opens.

use super::typescript::{ADMIN_KEY, node, system};
use harness::binary::Binary;
use harness::{Agent, Api, Inbox};
use humanops_client::types::{ErrorCode, ListTasks, SubmitTask, TaskStatus, TaskType, VerifyTask};
use humanops_client::{Client, Draft, Usd, Wait, credentials, webhooks};
use serde_json::{Value, json};
use std::time::Duration;

/// Of an account at a binary.
pub(super) fn client(binary: &Binary, agent: &Agent) -> Client {
    Client::builder().url(format!("http://{}", binary.address)).api_key(&agent.key).build().unwrap()
}

async fn operator(binary: &Binary) -> Client {
    let jane = binary.operator("Jane Doe").await;
    Client::builder().url(format!("http://{}", binary.address)).operator_id(jane.0).build().unwrap()
}

const OFTEN: Wait = Wait { limit: Duration::from_secs(60), every: Duration::from_millis(100) };

fn review() -> Draft {
    Draft::new(TaskType::ContentReview, "Assess a page", "Is example.com/p/1 accurate?", Usd::dollars(25))
}

fn key() -> Draft {
    Draft::new(TaskType::ApiKeyProcurement, "Create Acme API account", "Sign up at acme.io", Usd::dollars(50))
}

#[tokio::test]
async fn a_task_is_posted_done_judged_paid_for_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let (binary, agent) = system(folder.path()).await;
    let (client, jane, inbox) = (client(&binary, &agent), operator(&binary).await, Inbox::open().await);
    let draft = review().callback(&inbox.url, &inbox.secret).idempotency_key("page-1");
    let task = client.post_task(draft.clone()).await.unwrap();
    assert_eq!((task.status, task.total_escrow.to_string().as_str()), (TaskStatus::Pending, "29.50"));
    // The answer was lost: one task, one escrow.
    assert_eq!(client.post_task(draft).await.unwrap().task_id, task.task_id);
    assert_eq!(client.get_balance().await.unwrap().escrow_balance, Usd::from_micros(29_500_000));

    let id = task.task_id.as_str();
    jane.accept_task(id).await.unwrap();
    let mut proof = SubmitTask::default();
    proof.confirmation_text = Some("guardian:approve Accurate.".to_owned());
    jane.submit_task(id, &proof).await.unwrap();
    let done = client.wait_for_completion(id, OFTEN).await.unwrap();
    assert_eq!(done.status, TaskStatus::Completed);
    let listed = client.list_tasks(&ListTasks::default()).items().take(10).await.unwrap();
    assert_eq!(listed.iter().map(|task| task.task_id.as_str()).collect::<Vec<_>>(), [id]);
    assert_eq!(jane.get_earnings().await.unwrap().pending_balance, Usd::dollars(25));

    client.advance_test_clock(&humanops_client::types::AdvanceTestClock::new(1)).await.unwrap();
    let [told] = &inbox.received()[..] else { panic!("{:?}", inbox.events()) };
    let event = webhooks::unwrap(&told.body, |name| told.header(name), &inbox.secret).unwrap();
    assert_eq!((event.task_id.as_str(), event.status), (id, TaskStatus::Completed));
    binary.audit(ADMIN_KEY).await;
}

#[tokio::test]
async fn who_has_too_little_is_told_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let (binary, _) = system(folder.path()).await;
    let poor = client(&binary, &binary.agent("0").await);
    let error = poor.post_task(review()).await.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::InsufficientBalance));
    assert_eq!(error.api().unwrap().details["shortfall_usd"], "29.50");
}

/// Sealed by TypeScript and opened by Rust, and the other way round.
#[tokio::test]
async fn a_credential_is_opened_by_whichever_client_its_key_is_given_to() {
    let folder = tempfile::tempdir().unwrap();
    let (binary, agent) = system(folder.path()).await;
    let (client, jane) = (client(&binary, &agent), operator(&binary).await);
    let credential = json!({ "api_key": "sk_1", "dashboard_url": "https://acme.io" });
    for sealed_by_node in [true, false] {
        let pair = credentials::KeyPair::generate().unwrap();
        let id = client.post_task(key().sealed_to(&pair.public_key)).await.unwrap().task_id;
        jane.accept_task(&id).await.unwrap();
        let public_key = jane.get_operator_task(&id).await.unwrap().agent_public_key.unwrap();
        let mut proof = SubmitTask::default();
        let envelope = if sealed_by_node {
            sealed_by_webcrypto(&id, &public_key, &credential).await
        } else {
            serde_json::to_value(credentials::seal(&id, &public_key, &credential).unwrap()).unwrap()
        };
        let [sealed, iv, ephemeral, algorithm] = ["ciphertext", "iv", "ephemeralPublicKey", "algorithm"]
            .map(|name| envelope[name].as_str().unwrap().to_owned());
        proof.encrypted_credential =
            Some(humanops_client::types::SubmittedCredential::new(sealed, iv, ephemeral, algorithm));
        jane.submit_task(&id, &proof).await.unwrap();
        let waiting = client.wait_for_completion(&id, OFTEN).await.unwrap();
        assert_eq!(waiting.status, TaskStatus::Submitted);
        assert_eq!(client.open_credential(&id, &pair.private_key).await.unwrap(), credential);
        let opened = node(
            "const { HumanOpsClient } = await import('@humanops/sdk');
             const [id, key] = process.argv.slice(1);
             console.log(JSON.stringify(await new HumanOpsClient().retrieveCredential(id, key)));",
            &[&id, &pair.private_key],
            &[("HUMANOPS_API_KEY", &agent.key), ("HUMANOPS_API_URL", client.url())],
        )
        .await;
        assert_eq!(serde_json::from_str::<Value>(&opened).unwrap(), credential);
        client.verify_task(&id, &VerifyTask::new("APPROVE".into())).await.unwrap();
    }
    binary.audit(ADMIN_KEY).await;
}

/// What an operator's page hands in.
pub(super) async fn sealed_by_webcrypto(id: &str, public_key: &str, credential: &Value) -> Value {
    let said = node(
        "const { sealCredential } = await import('@humanops/sdk');
         const [id, key, credential] = process.argv.slice(1);
         console.log(JSON.stringify(await sealCredential(id, key, JSON.parse(credential))));",
        &[id, public_key, &credential.to_string()],
        &[],
    )
    .await;
    serde_json::from_str(&said).unwrap()
}
