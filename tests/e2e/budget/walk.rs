//! Walks through every endpoint and worker once, with all that a measured step needs already there.

use super::meter::{Meter, Part};
use crate::pushes::worker::worker;
use domain::event::EventName;
use domain::limits::DEADLINE_MIN_S;
use domain::money::deposit;
use domain::operator::push::Notice;
use domain::task::Task;
use domain::time::DAY_S;
use domain::{AgentId, OperatorId, PaymentId, TaskId, Usd};
use harness::{Agent, Api, Call, Inbox, OperatorKey, Photo, World};
use serde_json::{Value, json};
use store::Key;

pub(super) const DLOCAL_SECRET: &str = "the secret of this deployment's dLocal account";
const WEBCRYPTO: &str = include_str!("../../../shared/sealed/vectors/webcrypto.json");

/// Write units of one task.
#[derive(Debug, Default)]
pub(super) struct Total {
    /// What the plan counts.
    pub(super) domain: f64,
    pub(super) rate_limit: f64,
    pub(super) event_log: f64,
}

impl Total {
    pub(super) fn of(calls: &[Call]) -> Self {
        let mut total = Self::default();
        for call in calls.iter().filter(|call| call.is_write()) {
            let part = match Part::of(call) {
                Part::RateLimit => &mut total.rate_limit,
                Part::Relay | Part::Callback | Part::Push => &mut total.event_log,
                Part::Sweep | Part::Main => &mut total.domain,
            };
            *part += Call::total(call);
        }
        total
    }
}

pub(super) async fn agents(meter: &mut Meter, world: &World) {
    let body = json!({ "name": "my-agent", "email": "agent@example.com" });
    meter.request("POST /agents/register", 201, world.post(harness::Caller::Nobody, "/agents/register", body)).await;
    let agent = world.agent("100").await;

    let key = meter.request("POST /agents/keys", 201, world.post(&agent, "/agents/keys", json!({ "name": "b" }))).await;
    let list = meter.request("GET /agents/keys", 200, world.get(&agent, "/agents/keys")).await;
    let made = list["data"].as_array().unwrap().iter().find(|k| k["keyPrefix"] == key["key_prefix"]).unwrap();
    let path = format!("/agents/keys/{}", made["id"].as_str().unwrap());
    meter.request("DELETE /agents/keys/{id}", 200, world.request(&agent, "DELETE", &path, &[], None)).await;
    meter.request("GET /agents/balance", 200, world.get(&agent, "/agents/balance")).await;
    let body = json!({ "email": "new@example.com" });
    meter.request("PATCH /agents/me", 200, world.request(&agent, "PATCH", "/agents/me", &[], Some(body))).await;

    let body = json!({ "tx_hash": format!("0x{}", "ab".repeat(32)), "amount_usdc": 40 });
    meter.request("POST /agents/deposit/usdc", 200, world.post(&agent, "/agents/deposit/usdc", body)).await;
    let body = json!({ "amount_usd": 40, "payment_method": "card" });
    let paid = meter.request("POST /agents/deposit", 200, world.post(&agent, "/agents/deposit", body)).await;
    let body = json!({ "payment_id": paid["payment_id"] });
    meter.request("POST /agents/deposit/status", 200, world.post(&agent, "/agents/deposit/status", body)).await;
    dlocal(meter, world, &agent).await;
    meter.request("GET /task-types", 200, world.get(&agent, "/task-types")).await;
}

async fn dlocal(meter: &mut Meter, world: &World, agent: &Agent) {
    let payment = PaymentId::from_bytes([7; 16]);
    let agent = AgentId::parse(&agent.id).unwrap();
    let expected = deposit::expected(payment, agent, Usd::dollars(40), None, world.now());
    world.system.store.expect_payment(expected).await.unwrap();
    let body = json!({ "status": "PAID", "order_id": payment.to_string(), "amount": 40, "currency": "USD" });
    let signature = outbound::signature::humanops(DLOCAL_SECRET, body.to_string().as_bytes());
    let headers = [("x-signature", signature.as_str())];
    let notified = world.request(harness::Caller::Nobody, "POST", "/webhooks/dlocal", &headers, Some(body));
    meter.request("POST /webhooks/dlocal", 200, notified).await;
}

pub(super) async fn operators(meter: &mut Meter, world: &World) {
    let body = json!({ "name": "Jane Doe", "email": "jane@example.com", "skills": ["VERIFICATION"] });
    let register = world.post(harness::Caller::Nobody, "/operator/register", body);
    let registered = meter.request("POST /operator/register", 201, register).await;
    let operator = OperatorKey(registered.text_of("operator_id"));
    let agent = world.agent("1000").await;
    for _ in 0..20 {
        world.task(&agent, "25").await;
    }
    let task = world.task(&agent, "25").await;
    // Who is told of them is another matter.
    world.settle().await;

    meter.request("GET /operator/tasks", 200, world.get(&operator, "/operator/tasks")).await;
    let path = format!("/operator/tasks/{task}/accept");
    let accept = world.post(&operator, &path, json!({}));
    meter.request("POST /operator/tasks/{id}/accept", 200, accept).await;
    let path = format!("/tasks/{task}/messages");
    let message = world.post(&agent, &path, json!({ "body": "From the street, please." }));
    meter.request("POST /tasks/{id}/messages", 201, message).await;
    meter.request("GET /tasks/{id}/messages", 200, world.get(&agent, &path)).await;
    let photo = Photo::fresh();
    let upload = world.post(&operator, "/operator/upload", photo.announcement(&task));
    let signed = meter.request("POST /operator/upload", 200, upload).await;
    assert_eq!(photo.put(&signed).await, 200);
    let path = format!("/operator/tasks/{task}/check");
    // Of something that can be known again, so that it is looked for.
    let sign = Photo { bytes: models::picture::sign("MAIN STREET CAFE"), content_type: "image/jpeg" };
    let sign = world.upload(&operator, &task, &sign).await;
    let check = world.post(&operator, &path, json!({ "photos": [sign] }));
    meter.request("POST /operator/tasks/{id}/check", 200, check).await;
    let body = json!({ "photos": [signed.text_of("photo_url")], "notes": "guardian:approve" });
    let path = format!("/operator/tasks/{task}/submit");
    let submit = world.post(&operator, &path, body);
    meter.request("POST /operator/tasks/{id}/submit", 200, submit).await;
    meter.settle("guardian, approving", world, Part::Main).await;

    let home = json!({ "location": { "city": "Berlin" } });
    world.request(&operator, "PATCH", "/operator/me", &[], Some(home)).await.expect(200);
    let found = world.get(&agent, "/operators/search?lat=52.52&lng=13.405");
    let found = meter.request("GET /operators/search", 200, found).await;
    assert_eq!(found["coverage"]["eligible"], 1);
    let path = format!("/tasks/{task}/rating");
    let rated = world.post(&agent, &path, json!({ "score": 5, "comment": "Quick and careful." }));
    meter.request("POST /tasks/{id}/rating", 200, rated).await;
    meter.request("GET /operator/earnings", 200, world.get(&operator, "/operator/earnings")).await;
    world.advance(u32::try_from(7 * DAY_S).unwrap()).await;
    let body = json!({ "amount_usd": 25, "wallet_address": format!("0x{}", "ab".repeat(20)) });
    let paid = meter.request("POST /operator/payout", 200, world.post(&operator, "/operator/payout", body)).await;
    let path = format!("/operator/payout/status/{}", paid.text_of("payout_id"));
    meter.request("GET /operator/payout/status/{id}", 200, world.get(&operator, &path)).await;
}

pub(super) async fn tasks(meter: &mut Meter, world: &World) {
    let (agent, inbox) = (world.agent("1000").await, Inbox::open().await);
    let create = |body: Value| world.post(&agent, "/tasks", body);
    meter.request("POST /tasks", 201, create(world.task_body("25"))).await;
    let body = |length: usize| {
        let mut body = world.task_body("25");
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        if length > 0 {
            body["description"] = json!("d".repeat(length));
        }
        body
    };
    meter.request("POST /tasks with a callback", 201, create(body(0))).await;
    meter.request("POST /tasks of 1.5 KB", 201, create(body(1_200))).await;
    meter.request("POST /tasks of 10,000 characters", 201, create(body(10_000))).await;
    let send = || world.request(&agent, "POST", "/tasks", &[("idempotency-key", "k")], Some(body(0)));
    send().await.expect(201);
    meter.request("POST /tasks replayed", 201, send()).await;

    let operator = world.operator("Jane Doe").await;
    let task = world.judged(&agent, &operator, "guardian:approve").await;
    meter.request("GET /tasks", 200, world.get(&agent, "/tasks")).await;
    meter.request("GET /tasks?status=COMPLETED", 200, world.get(&agent, "/tasks?status=COMPLETED")).await;
    meter.request("GET /tasks/{id}", 200, world.get(&agent, &format!("/tasks/{task}"))).await;
    credential(meter, world, &agent, &operator).await;
}

async fn credential(meter: &mut Meter, world: &World, agent: &Agent, operator: &OperatorKey) {
    let vectors: Value = serde_json::from_str(WEBCRYPTO).unwrap();
    let vector = &vectors[0];
    let mut body = world.task_body("25");
    body["task_type"] = json!("API_KEY_PROCUREMENT");
    body["agent_public_key"] = vector["agent_raw"].clone();
    let task = world.post(agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(operator, &task).await;
    let envelope = json!({
        "ciphertext": vector["ct"],
        "iv": vector["iv"],
        "ephemeralPublicKey": vector["eph_raw"],
        "algorithm": "ECDH-P256-AES-256-GCM",
    });
    let body = json!({ "encrypted_credential": envelope, "notes": "guardian:approve" });
    world.post(operator, &format!("/operator/tasks/{task}/submit"), body).await.expect(200);
    world.settle().await;
    let path = format!("/tasks/{task}/retrieve-credential");
    let retrieve = world.get(agent, &path);
    meter.request("GET /tasks/{id}/retrieve-credential", 200, retrieve).await;
}

pub(super) async fn ends(meter: &mut Meter, world: &World) {
    let (agent, operator) = (world.agent("1000").await, world.operator("Jane Doe").await);
    let task = world.task(&agent, "25").await;
    let path = format!("/tasks/{task}/cancel");
    let cancel = world.post(&agent, &path, json!({}));
    meter.request("POST /tasks/{id}/cancel", 200, cancel).await;
    for (name, decision) in
        [("POST /tasks/{id}/verify APPROVE", "APPROVE"), ("POST /tasks/{id}/verify REJECT", "REJECT")]
    {
        let task = world.judged(&agent, &operator, "guardian:review").await;
        let path = format!("/tasks/{task}/verify");
        let verify = world.post(&agent, &path, json!({ "decision": decision }));
        meter.request(name, 200, verify).await;
    }
}

pub(super) async fn workers(meter: &mut Meter, world: &World) {
    let (agent, operator, inbox) = (world.agent("1000").await, world.operator("Jane Doe").await, Inbox::open().await);
    let task = world.task(&agent, "25").await;
    world.settle().await;
    world.accept(&operator, &task).await;
    world.submit(&operator, &task, "guardian:review").await;
    meter.settle("guardian, in doubt", world, Part::Main).await;

    let task = world.task_with_callback(&agent, &inbox, &["task.accepted"]).await;
    world.settle().await;
    world.accept(&operator, &task).await;
    meter.settle("callback", world, Part::Callback).await;
    assert_eq!(inbox.events(), ["task.accepted"]);

    let mut body = world.task_body("25");
    body["deadline"] = json!(world.now().plus_seconds(DEADLINE_MIN_S).to_string());
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.settle().await;
    world.pass(u32::try_from(DEADLINE_MIN_S).unwrap());
    meter.settle("expiry", world, Part::Main).await;
    assert_eq!(world.show(&agent, &task).await["status"], "CANCELLED");

    meter.settle("sweep of nothing", world, Part::Sweep).await;
}

/// What it takes to notify one operator, in one browser.
pub(super) async fn pushes(meter: &mut Meter, world: &World) {
    let (agent, operator, inbox) = (world.agent("1000").await, world.operator("Jane Doe").await, Inbox::open().await);
    let subscribe = world.subscribe(&operator, inbox.subscription_near(40.7128, -74.006, 10));
    let id = meter.request("PUT /operator/push", 200, subscribe).await.text_of("id");
    meter.request("GET /operator/push", 200, world.get(&operator, "/operator/push")).await;
    let task = world.task(&agent, "25").await;
    let (worker, task) = (worker(world), TaskId::parse(&task).unwrap());
    let near = Notice { task, event: EventName::Created, operator: None, at: world.now() };
    meter.work("notification of a new task", async { worker.push(&near).await.unwrap() }).await;
    assert_eq!(inbox.received().len(), 1);

    world.accept(&operator, &task.to_string()).await;
    let own = Notice { event: EventName::Verified, operator: OperatorId::parse(&operator.0), ..near };
    meter.work("notification", async { worker.push(&own).await.unwrap() }).await;
    assert_eq!(inbox.received().len(), 2);
    let path = format!("/operator/push/{id}");
    let remove = world.request(&operator, "DELETE", &path, &[], None);
    meter.request("DELETE /operator/push/{id}", 200, remove).await;
}

/// What an agent does with its events, of which there are five.
pub(super) async fn events(meter: &mut Meter, world: &World) {
    let (agent, operator, inbox) = (world.agent("1000").await, world.operator("Jane Doe").await, Inbox::open().await);
    let task = world.task_with_callback(&agent, &inbox, &["task.created"]).await;
    world.accept(&operator, &task).await;
    world.settle().await;
    let listed = meter.request("GET /events", 200, world.get(&agent, "/events")).await;
    let created = listed["data"].as_array().unwrap().iter().find(|event| event["type"] == "task.created").unwrap();
    let path = format!("/events/{}/redeliver", created["id"].as_str().unwrap());
    meter.request("POST /events/{id}/redeliver", 202, world.post(&agent, &path, json!({}))).await;
    let body = json!({ "url": inbox.url, "secret": inbox.secret });
    meter.request("POST /events/test", 202, world.post(&agent, "/events/test", body)).await;
    meter.request("GET /events/endpoints", 200, world.get(&agent, "/events/endpoints")).await;
    let body = json!({ "endpoint": "https://your-app.com" });
    let enable = world.post(&agent, "/events/endpoints/enable", body);
    meter.request("POST /events/endpoints/enable", 200, enable).await;
    let body = json!({ "callback_secret": "another" });
    let path = format!("/tasks/{task}/callback-secret");
    let replace = world.post(&agent, &path, body);
    meter.request("POST /tasks/{id}/callback-secret", 200, replace).await;
}

/// All calls from creation to callback.
pub(super) async fn happy_path(meter: &mut Meter, world: &World) -> (Vec<Call>, Vec<Task>) {
    let (agent, operator, inbox) = (world.agent("1000").await, world.operator("Jane Doe").await, Inbox::open().await);
    // What the deposit and the key have to tell is no part of a task.
    world.settle().await;
    let mut body = world.task_body("25");
    body["callback_url"] = json!(inbox.url);
    body["callback_secret"] = json!(inbox.secret);
    let mut calls = Vec::new();

    let (created, more) = meter.calls(world.post(&agent, "/tasks", body)).await;
    calls.extend(more);
    let task = created.text_of("task_id");
    let id = TaskId::parse(&task).unwrap();
    let state = async || world.system.store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap();
    let mut states = vec![state().await];
    let path = format!("/operator/tasks/{task}");
    calls.extend(meter.calls(world.post(&operator, &format!("{path}/accept"), json!({}))).await.1);
    states.push(state().await);
    let photo = Photo::fresh();
    let upload = world.post(&operator, "/operator/upload", photo.announcement(&task));
    let (signed, more) = meter.calls(upload).await;
    calls.extend(more);
    assert_eq!(photo.put(&signed).await, 200);
    let body = json!({ "photos": [signed.text_of("photo_url")], "notes": "guardian:approve" });
    calls.extend(meter.calls(world.post(&operator, &format!("{path}/submit"), body)).await.1);
    states.push(state().await);
    calls.extend(meter.settled(world).await);

    assert_eq!(inbox.events(), ["task.verified"]);
    assert_eq!(world.show(&agent, &task).await["status"], "COMPLETED");
    states.push(state().await);
    (calls, states)
}
