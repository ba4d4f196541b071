//! What can be asked of a system, wherever it runs, and the steps that most tests begin with.

use crate::{Agent, Caller, OperatorKey, Photo, Reply};
use domain::Timestamp;
use serde_json::{Value, json};

/// A system that answers: in this process, or on the other side of real HTTP.
#[expect(async_fn_in_trait, reason = "its users know the system that they ask")]
pub trait Api {
    /// Sends a request with these headers only. A body makes it JSON, unless a header says otherwise.
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply;

    /// Sends a request with more headers than the caller's credential.
    async fn request<'a>(
        &self,
        caller: impl Into<Caller<'a>>,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Reply {
        let headers: Vec<(&str, &str)> = caller.into().header().into_iter().chain(headers.iter().copied()).collect();
        self.send(method, path, &headers, body.map(|body| body.to_string())).await
    }

    async fn get<'a>(&self, caller: impl Into<Caller<'a>>, path: &str) -> Reply {
        self.request(caller, "GET", path, &[], None).await
    }

    async fn post<'a>(&self, caller: impl Into<Caller<'a>>, path: &str, body: Value) -> Reply {
        self.request(caller, "POST", path, &[], Some(body)).await
    }

    /// A new agent with this many dollars (none for "0").
    async fn agent(&self, dollars: &str) -> Agent {
        let body = json!({ "name": "my-agent", "email": "agent@example.com" });
        let reply = self.post(Caller::Nobody, "/agents/register", body).await.expect(201);
        let agent = Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") };
        if dollars != "0" {
            self.deposit(&agent, dollars).await;
        }
        agent
    }

    /// Deposits with a transaction hash that nobody used before.
    async fn deposit(&self, agent: &Agent, dollars: &str) -> Reply {
        let hash: String = store::random_bits().iter().map(|byte| format!("{byte:02x}")).collect();
        let body = json!({ "tx_hash": format!("0x{hash:0>64}"), "amount_usdc": dollars });
        self.post(agent, "/agents/deposit/usdc", body).await.expect(200)
    }

    /// A new operator, whose identity is checked.
    async fn operator(&self, name: &str) -> OperatorKey {
        let email = format!("{}@example.com", web::keys::random_text(12));
        let body = json!({ "name": name, "email": email, "skills": ["VERIFICATION"] });
        let reply = self.post(Caller::Nobody, "/operator/register", body).await.expect(201);
        OperatorKey(reply.text_of("operator_id"))
    }

    async fn accept<'a>(&self, operator: impl Into<Caller<'a>>, task: &str) -> Reply {
        self.post(operator, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200)
    }

    /// Uploads a photo as the operator's client would; answers its `photo_url`.
    async fn upload<'a>(&self, operator: impl Into<Caller<'a>>, task: &str, photo: &Photo) -> String {
        let reply = self.post(operator, "/operator/upload", photo.announcement(task)).await.expect(200);
        assert_eq!(photo.put(&reply).await, 200);
        reply.text_of("photo_url")
    }

    /// Uploads a photo and submits it with notes.
    async fn hand_in<'a>(&self, operator: impl Into<Caller<'a>>, task: &str, photo: &Photo, notes: &str) -> Reply {
        let operator = operator.into();
        let body = json!({ "photos": [self.upload(operator.clone(), task, photo).await], "notes": notes });
        self.post(operator, &format!("/operator/tasks/{task}/submit"), body).await.expect(200)
    }

    /// Submits a fresh photo with notes: `guardian:approve`, `guardian:review` and `guardian:reject` decide the
    /// verdict.
    async fn submit<'a>(&self, operator: impl Into<Caller<'a>>, task: &str, notes: &str) -> Reply {
        self.hand_in(operator, task, &Photo::fresh(), notes).await
    }
}

/// The body of a request for a task that any operator can do. The reward as JSON may have it: `25`, `"25.00"`.
pub fn task_body(reward_usd: impl Into<Value>, deadline: Timestamp) -> Value {
    json!({
        "title": "Verify storefront signage",
        "description": "Take a clear photo of the sign at 123 Main St",
        "location": { "lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY" },
        "reward_usd": reward_usd.into(),
        "deadline": deadline.to_string(),
        "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"],
        "task_type": "VERIFICATION",
    })
}
