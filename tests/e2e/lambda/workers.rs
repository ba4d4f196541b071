//! The functions that no client calls: from the table's stream over the queues to an agent's server.

use super::runtime_api::{Function, TRACE};
use super::{IPS, system, variables};
use aws_sdk_dynamodb::types::AttributeValue;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use domain::TaskId;
use domain::task::Task;
use harness::binary::in_days;
use harness::{Api, Inbox, Step, World, send, task_body};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex};
use store::engine::item::Item;
use store::task::state::state_item;
use store::{Key, Store};
use tokio::net::TcpListener;

/// AWS at one address: the engine's tables, a secret, and queues that keep what they get.
#[derive(Clone)]
struct Aws {
    engine: String,
    http: reqwest::Client,
    sent: Arc<Mutex<Vec<(String, String)>>>,
    /// What every secret is.
    secret: String,
}

impl Aws {
    /// Answers at the URL that it returns.
    async fn beside(engine: &str, secret: &str) -> (Self, String) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let http = outbound::trusted(std::time::Duration::from_secs(60)).unwrap();
        let aws = Self { engine: engine.to_owned(), http, sent: Arc::default(), secret: secret.to_owned() };
        let app = Router::new().fallback(answer).with_state(aws.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        (aws, url)
    }

    /// Queue and body of each message since the last time.
    fn sent(&self) -> Vec<(String, String)> {
        std::mem::take(&mut self.sent.lock().unwrap())
    }
}

async fn answer(State(aws): State<Aws>, headers: HeaderMap, body: Bytes) -> Response {
    let target = headers["x-amz-target"].to_str().unwrap().to_owned();
    if target == "secretsmanager.GetSecretValue" {
        return json!({ "SecretString": aws.secret }).to_string().into_response();
    }
    if target != "AmazonSQS.SendMessageBatch" {
        let mut request = aws.http.post(&aws.engine).body(body);
        for name in ["content-type", "x-amz-target", "authorization", "x-amz-date"] {
            request = request.header(name, &headers[name]);
        }
        let answer = request.send().await.unwrap();
        return (answer.status(), answer.bytes().await.unwrap()).into_response();
    }
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let mut successful = Vec::new();
    for entry in asked["Entries"].as_array().unwrap() {
        assert_eq!(entry["MessageSystemAttributes"]["AWSTraceHeader"]["StringValue"], TRACE);
        aws.sent.lock().unwrap().push((word(&asked["QueueUrl"]), word(&entry["MessageBody"])));
        successful.push(json!({ "Id": entry["Id"], "MessageId": "m", "MD5OfMessageBody": "0" }));
    }
    json!({ "Successful": successful, "Failed": [] }).to_string().into_response()
}

/// An item in DynamoDB's JSON, as its streams write it.
fn image(item: Item) -> Value {
    Value::Object(item.into_iter().map(|(name, value)| (name, attribute(value))).collect::<Map<_, _>>())
}

fn attribute(value: AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({ "S": text }),
        AttributeValue::N(digits) => json!({ "N": digits }),
        AttributeValue::Bool(flag) => json!({ "BOOL": flag }),
        AttributeValue::L(list) => json!({ "L": list.into_iter().map(attribute).collect::<Vec<_>>() }),
        AttributeValue::M(map) => json!({ "M": image(map) }),
        other => panic!("no item of ours has {other:?}"),
    }
}

fn change(before: &Task, after: &Task) -> Value {
    let images = json!({
        "SequenceNumber": "111", "OldImage": image(state_item(before)), "NewImage": image(state_item(after)),
    });
    json!({ "Records": [{ "eventID": "1", "eventName": "MODIFY", "dynamodb": images }] })
}

/// A state item that lost all but its name.
fn corrupt(task: &str) -> Value {
    let image = json!({ "pk": { "S": task }, "sk": { "S": "S" } });
    json!({ "eventID": "0", "eventName": "MODIFY", "dynamodb": { "SequenceNumber": "110", "NewImage": image } })
}

fn messages(bodies: &[&str]) -> Value {
    let message = |(n, body): (usize, &&str)| json!({ "messageId": format!("m{n}"), "body": body, "attributes": {} });
    json!({ "Records": bodies.iter().enumerate().map(message).collect::<Vec<_>>() })
}

async fn stored(store: &Store, id: &str) -> Task {
    let id = TaskId::parse(id).unwrap();
    store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap()
}

#[tokio::test]
async fn a_change_goes_from_the_stream_over_the_queue_to_the_agents_server() {
    let (system, engine) = system().await;
    let (aws, url) = Aws::beside(&engine.endpoint, &system.callback_key).await;
    let mut variables = variables(&url);
    for (name, value) in [
        ("HUMANOPS_JUDGE_QUEUE_URL", "https://queues/judge"),
        ("HUMANOPS_DELIVER_QUEUE_URL", "https://queues/deliver"),
        ("HUMANOPS_PAY_QUEUE_URL", "https://queues/pay"),
        ("HUMANOPS_PUSH_QUEUE_URL", "https://queues/push"),
        ("ALLOW_LOOPBACK_CALLBACKS", "true"),
        ("HUMANOPS_CALLBACK_KEY_ARN", "arn:callback-key"),
    ] {
        variables.push((name, value.to_owned()));
    }
    let post = async |headers: &[(&str, &str)], path: &str, body: Value| {
        let router = system.api_from(IPS[1].parse().unwrap());
        send(router, "POST", path, headers, Some(body.to_string())).await
    };

    let agent = json!({ "name": "my-agent", "email": "agent@example.com" });
    let key = post(&[], "/agents/register", agent).await.expect(201).text_of("api_key");
    let agent = [("x-api-key", key.as_str())];
    let deposit = json!({ "tx_hash": "0xabc...def", "amount_usdc": "100.00" });
    post(&agent, "/agents/deposit/usdc", deposit).await.expect(200);
    let inbox = Inbox::open().await;
    let mut body = task_body(25, in_days(2));
    body["callback_url"] = json!(inbox.url);
    body["callback_secret"] = json!(inbox.secret);
    body["callback_events"] = json!(["task.accepted"]);
    let task = post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    let jane = json!({ "name": "Jane Doe", "email": "jane@example.com" });
    let jane = post(&[], "/operator/register", jane).await.expect(201).text_of("operator_id");
    let before = stored(&system.store, &task).await;
    post(&[("x-operator-id", &jane)], &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200);
    let after = stored(&system.store, &task).await;

    let nothing_failed = json!({ "batchItemFailures": [] });
    let mut relay = Function::start("relay", &variables).await;
    assert_eq!(relay.invoke(change(&before, &after)).await, nothing_failed);
    let [(queue, job)] = aws.sent().try_into().expect("one message");
    assert_eq!(queue, "https://queues/deliver");
    assert!(job.starts_with(r#"{"job":"deliver","event":"evt_"#) && job.contains(&task), "{job}");
    // What nobody can read holds up nothing, and is counted and named.
    let mut records = json!({ "Records": [corrupt(&task)] });
    records["Records"].as_array_mut().unwrap().extend(change(&before, &after)["Records"].as_array().cloned().unwrap());
    assert_eq!(relay.invoke(records).await, nothing_failed);
    assert_eq!(aws.sent().len(), 1);
    assert_eq!(relay.logged().await["of"], task);
    assert_eq!(relay.measured().await["ChangesPassedOver"], 1);

    let mut callbacks = Function::start("callbacks", &variables).await;
    let answer = callbacks.invoke(messages(&["poison", &job])).await;
    assert_eq!(answer, json!({ "batchItemFailures": [{ "itemIdentifier": "m0" }] }));
    assert_eq!(inbox.events(), ["task.accepted"]);
    assert_eq!(callbacks.measured().await["CallbackFailures"], 0.0);
    // Whoever relays a change once more asks once more for what has arrived.
    assert_eq!(callbacks.invoke(messages(&[&job])).await, json!({ "batchItemFailures": [] }));
    assert_eq!(inbox.events(), ["task.accepted"]);

    let mut guardian = Function::start("guardian", &variables).await;
    let judge = json!({ "job": "judge", "task": task }).to_string();
    let answer = guardian.invoke(messages(&[&judge, &job])).await;
    assert_eq!(answer, json!({ "batchItemFailures": [{ "itemIdentifier": "m1" }] }));

    let mut sweeper = Function::start("sweeper", &variables).await;
    assert_eq!(sweeper.invoke(json!({})).await, Value::Null);
    assert_eq!(aws.sent(), []);
}

#[tokio::test]
async fn a_notice_goes_from_the_queue_to_the_operators_browser() {
    let (system, engine) = system().await;
    let (_aws, url) = Aws::beside(&engine.endpoint, &system.push_key).await;
    let world = World::of(system, "127.0.0.1:9".parse().unwrap());
    let (play, inbox) = (world.play(&[Step::Accept]).await, Inbox::open().await);
    let public_key = world.get(&play.operator, "/operator/push").await.text_of("public_key");
    world.subscribe(&play.operator, inbox.subscription()).await.expect(200);
    let with = |public_key: &str| {
        let mut variables = variables(&url);
        for (name, value) in [
            ("ALLOW_LOOPBACK_CALLBACKS", "true"),
            ("HUMANOPS_PUSH_KEY_ARN", "arn:push-key"),
            ("HUMANOPS_PUSH_CONTACT", "mailto:operations@example.com"),
            ("HUMANOPS_PUSH_PUBLIC_KEY", public_key),
        ] {
            variables.push((name, value.to_owned()));
        }
        variables
    };
    let (task, operator) = (&play.task, &play.operator.0);
    let job =
        json!({ "job": "push", "task": task, "event": "task.message", "operator": operator, "at": 0 }).to_string();
    let judge = json!({ "job": "judge", "task": task }).to_string();
    let failed = |names: &[&str]| {
        let failures: Vec<_> = names.iter().map(|name| json!({ "itemIdentifier": name })).collect();
        json!({ "batchItemFailures": failures })
    };

    let mut pushes = Function::start("pushes", &with(&public_key)).await;
    assert_eq!(pushes.invoke(messages(&[&job, "poison", &judge])).await, failed(&["m1", "m2"]));
    let [received] = inbox.received().try_into().unwrap();
    let opened = received.opened(&public_key);
    assert_eq!(opened["claims"]["sub"], "mailto:operations@example.com");
    assert_eq!(opened["message"]["event"], "task.message");
    assert_eq!(pushes.measured().await["PushFailures"], 0.0);

    // A secret that is not the other half signs nothing.
    let other = format!("B{}", "A".repeat(86));
    let mut pushes = Function::start("pushes", &with(&other)).await;
    assert_eq!(pushes.invoke(messages(&[&job])).await, failed(&["m0"]));
    // Where nobody can subscribe there is nothing to send, and no key is asked for.
    let mut pushes = Function::start("pushes", &with("")).await;
    assert_eq!(pushes.invoke(messages(&[&job])).await, failed(&[]));
    assert_eq!(inbox.received().len(), 1);
}
