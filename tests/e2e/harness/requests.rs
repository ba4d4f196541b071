//! Requests as callers send them, and the steps that most tests begin with.

use super::{Photo, Reply, World};
use axum::Router;
use axum::body::Body;
use axum::http::Request;
use domain::AgentId;
use domain::time::DAY_S;
use serde_json::{Value, json};
use store::Key;
use tower::ServiceExt;

/// An agent with its key.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) id: String,
    pub(crate) key: String,
}

/// An operator's id, which in development is their credential.
#[derive(Clone, Debug)]
pub(crate) struct OperatorKey(pub(crate) String);

/// Who sends a request.
#[derive(Clone, Debug)]
pub(crate) enum Caller<'a> {
    Nobody,
    Agent(&'a Agent),
    Operator(&'a OperatorKey),
    Admin(&'a str),
}

impl<'a> From<&'a Agent> for Caller<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self::Agent(agent)
    }
}

impl<'a> From<&'a OperatorKey> for Caller<'a> {
    fn from(operator: &'a OperatorKey) -> Self {
        Self::Operator(operator)
    }
}

impl<'a> Caller<'a> {
    /// The credential's header.
    pub(crate) fn header(&self) -> Option<(&'static str, &'a str)> {
        match self {
            Self::Nobody => None,
            Self::Agent(agent) => Some(("x-api-key", &agent.key)),
            Self::Operator(operator) => Some(("x-operator-id", &operator.0)),
            Self::Admin(key) => Some(("x-admin-key", key)),
        }
    }
}

/// Sends a request to a router. A body makes it JSON.
pub(crate) async fn send(
    router: Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> Reply {
    let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        request = request.header("content-type", "application/json");
    }
    let request = request.body(Body::from(body.unwrap_or_default())).unwrap();
    Reply::read(router.oneshot(request).await.unwrap()).await
}

impl World {
    /// Sends a request with more headers.
    pub(crate) async fn request<'a>(
        &self,
        caller: impl Into<Caller<'a>>,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let caller = caller.into();
        let headers: Vec<(&str, &str)> = caller.header().into_iter().chain(headers.iter().copied()).collect();
        send(self.router(), method, path, &headers, body.map(|body| body.to_string())).await
    }

    pub(crate) async fn get<'a>(&self, caller: impl Into<Caller<'a>>, path: &str) -> Reply {
        self.request(caller, "GET", path, &[], None).await
    }

    pub(crate) async fn post<'a>(&self, caller: impl Into<Caller<'a>>, path: &str, body: Value) -> Reply {
        self.request(caller, "POST", path, &[], Some(body)).await
    }

    /// The admin of this system.
    pub(crate) fn admin(&self) -> Caller<'_> {
        Caller::Admin(&self.system.admin_key)
    }

    /// A new agent with this many dollars (none for "0").
    pub(crate) async fn agent(&self, dollars: &str) -> Agent {
        let body = json!({ "name": "my-agent", "email": "agent@example.com" });
        let reply = self.post(Caller::Nobody, "/agents/register", body).await.expect(201);
        let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
        if dollars != "0" {
            self.deposit(&agent, dollars).await;
        }
        agent
    }

    /// Deposits with a transaction hash that nobody used before.
    pub(crate) async fn deposit(&self, agent: &Agent, dollars: &str) -> Reply {
        let hash = format!(
            "0x{}",
            web::api_key::random_text(64)
                .bytes()
                .map(|b| char::from(b"0123456789abcdef"[usize::from(b % 16)]))
                .collect::<String>()
        );
        let body = json!({ "tx_hash": hash, "amount_usdc": dollars });
        self.post(agent, "/agents/deposit/usdc", body).await.expect(200)
    }

    /// A new operator, whose identity is checked.
    pub(crate) async fn operator(&self, name: &str) -> OperatorKey {
        let email = format!("{}@example.com", web::api_key::random_text(12));
        let body = json!({ "name": name, "email": email, "skills": ["VERIFICATION"] });
        let reply = self.post(Caller::Nobody, "/operator/register", body).await.expect(201);
        OperatorKey(reply.text_of("operator_id"))
    }

    /// The body of a request for a task that any operator can do, due in two days.
    pub(crate) fn task_body(&self, dollars: &str) -> Value {
        json!({
            "title": "Verify storefront signage",
            "description": "Take a clear photo of the sign at 123 Main St",
            "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" },
            "reward_usd": dollars,
            "deadline": self.now().plus_seconds(2 * DAY_S).to_string(),
            "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"],
            "task_type": "VERIFICATION",
        })
    }

    /// A new task; answers its id.
    pub(crate) async fn task(&self, agent: &Agent, dollars: &str) -> String {
        self.post(agent, "/tasks", self.task_body(dollars)).await.expect(201).text_of("task_id")
    }

    /// A new task whose events go to `inbox`; `events` as in `callback_events`.
    pub(crate) async fn task_with_callback(&self, agent: &Agent, inbox: &super::Inbox, events: &[&str]) -> String {
        let mut body = self.task_body("25");
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        if !events.is_empty() {
            body["callback_events"] = json!(events);
        }
        self.post(agent, "/tasks", body).await.expect(201).text_of("task_id")
    }

    pub(crate) async fn accept(&self, operator: &OperatorKey, task: &str) -> Reply {
        self.post(operator, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200)
    }

    /// Uploads a photo as the operator's client would; answers its `photo_url`.
    pub(crate) async fn upload(&self, operator: &OperatorKey, task: &str, photo: &Photo) -> String {
        let reply = self.post(operator, "/operator/upload", photo.announcement(task)).await.expect(200);
        assert_eq!(photo.put(&reply).await, 200);
        reply.text_of("photo_url")
    }

    /// Submits a fresh photo with notes: `guardian:approve`, `guardian:review` and `guardian:reject`
    /// decide the verdict.
    pub(crate) async fn submit(&self, operator: &OperatorKey, task: &str, notes: &str) -> Reply {
        let photo = self.upload(operator, task, &Photo::fresh()).await;
        let body = json!({ "photos": [photo], "notes": notes });
        self.post(operator, &format!("/operator/tasks/{task}/submit"), body).await.expect(200)
    }

    /// A task brought to this point: accepted, submitted with `notes`, judged.
    pub(crate) async fn judged(&self, agent: &Agent, operator: &OperatorKey, notes: &str) -> String {
        let task = self.task(agent, "25").await;
        self.accept(operator, &task).await;
        self.submit(operator, &task, notes).await;
        self.settle().await;
        task
    }

    pub(crate) async fn show(&self, agent: &Agent, task: &str) -> Reply {
        self.get(agent, &format!("/tasks/{task}")).await.expect(200)
    }

    /// `deposit 70.50 escrow 29.50 revenue 0.00`, as they are stored.
    #[track_caller]
    pub(crate) fn assert_balances(&self, agent: &Agent, expected: &str) -> impl Future<Output = ()> {
        let (id, expected) = (AgentId::parse(&agent.id).unwrap(), expected.to_owned());
        async move {
            let stored = self.system.store.read([Key::agent(id)]).await.unwrap().agent(id).unwrap().unwrap();
            let (deposit, escrow, revenue) = (stored.deposit, stored.escrow, stored.revenue);
            assert_eq!(format!("deposit {deposit} escrow {escrow} revenue {revenue}"), expected);
        }
    }

    /// `pending 25.00 available 0.00 total 25.00`, as answered.
    pub(crate) async fn assert_earnings(&self, operator: &OperatorKey, expected: &str) {
        let reply = self.get(operator, "/operator/earnings").await.expect(200);
        let [pending, available, total] =
            ["pending_balance", "available_balance", "total_earned"].map(|field| reply.amount(field));
        assert_eq!(format!("pending {pending} available {available} total {total}"), expected);
    }
}
