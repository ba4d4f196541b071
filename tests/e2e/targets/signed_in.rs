//! Live mode, wherever it runs: an operator signs in, is verified by staff, works, talks and is rated.

use harness::binary::in_days;
use harness::deployed::poll;
use harness::{Agent, Api, Caller, Clerk, Wire, task_body};
use serde_json::json;
use std::time::Duration;
use store::Clock;

/// How often somebody looks for the verdict.
const BEAT: Duration = Duration::from_millis(500);

/// What a story is played against.
pub(crate) struct Live<'a> {
    pub(crate) api: &'a Wire,
    /// Whose tokens it takes.
    pub(crate) clerk: &'a Clerk,
    pub(crate) admin_key: &'a str,
}

impl Live<'_> {
    /// Nobody registers but by staff. It has no money.
    pub(crate) async fn agent(&self) -> Agent {
        let body = json!({ "name": "my-agent", "email": "agent@example.com" });
        let reply = self.api.post(self.staff(), "/agents/register", body).await.expect(201);
        Agent { id: reply.text_of("agent_id"), key: reply.text_of("api_key") }
    }

    fn staff(&self) -> Caller<'_> {
        Caller::Admin(self.admin_key)
    }

    /// A $25 task of an agent with $100 is done by an operator whom nobody knew.
    pub(crate) async fn an_operator_signs_in_is_verified_works_talks_and_is_rated(&self, agent: &Agent) {
        let user = format!("user_{}", web::keys::random_text(12));
        // Each lives for a minute, as Clerk's do.
        let session = || self.clerk.session(&user, Clock::system(0).now());
        self.refuses_what_is_no_session(&user).await;
        let jane = json!({ "name": "Jane Doe", "email": format!("{user}@example.com"), "skills": ["VERIFICATION"] });
        let me = self.api.post(&session(), "/operator/register", jane).await.expect(201);
        assert_eq!(me.text_of("kyc_status"), "PENDING");

        let task = self.api.post(agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
        let (accept, talk) = (format!("/operator/tasks/{task}/accept"), format!("/operator/tasks/{task}/messages"));
        self.api.post(&session(), &accept, json!({})).await.expect_error(403, "kyc_required");
        let kyc = format!("/admin/operators/{}/kyc", me.text_of("operator_id"));
        self.api.post(self.staff(), &kyc, json!({ "status": "VERIFIED" })).await.expect(200);
        self.api.post(&session(), &accept, json!({})).await.expect(200);

        self.api.post(&session(), &talk, json!({ "body": "On my way." })).await.expect(201);
        let reply = json!({ "body": "From the street, please." });
        self.api.post(agent, &format!("/tasks/{task}/messages"), reply).await.expect(201);
        let talked = self.api.get(&session(), &talk).await.expect(200);
        assert_eq!(talked["pagination"]["total"], 2);

        self.api.submit(&session(), &task, "guardian:approve").await;
        let judged = async || {
            let shown = self.api.get(agent, &format!("/tasks/{task}")).await.expect(200);
            shown["guardian_result"].is_object().then_some(shown)
        };
        let shown = poll(BEAT, "the verdict", judged).await;
        // No word of a submission decides anything in live mode.
        assert_eq!(shown["guardian_result"]["decision"], "MANUAL_REVIEW", "{}", shown.text);
        let approval = json!({ "decision": "APPROVE" });
        self.api.post(agent, &format!("/tasks/{task}/verify"), approval).await.expect(200);

        self.api.post(agent, &format!("/tasks/{task}/rating"), json!({ "score": 5 })).await.expect(200);
        self.api.post(&session(), &format!("/operator/tasks/{task}/rating"), json!({ "score": 4 })).await.expect(200);
        let shown = self.api.get(agent, &format!("/tasks/{task}")).await.expect(200);
        assert_eq!((&shown["operator"]["rating_count"], &shown["status"]), (&json!(1), &json!("COMPLETED")));
        let earnings = self.api.get(&session(), "/operator/earnings").await.expect(200);
        assert_eq!(earnings.amount("pending_balance"), "25.00");
        let audit = self.api.get(self.staff(), "/admin/ledger/audit").await.expect(200);
        assert_eq!(audit["clean"], true, "{}", audit.text);
    }

    async fn refuses_what_is_no_session(&self, user: &str) {
        let jane = json!({ "name": "Jane Doe", "email": "jane@example.com" });
        for (name, session) in self.clerk.refused(user, Clock::system(0).now()) {
            println!("{name}");
            self.api.post(&session, "/operator/register", jane.clone()).await.expect_error(401, "invalid_token");
        }
        // Nothing was written: whoever comes with a good one is nobody yet.
        let session = self.clerk.session(user, Clock::system(0).now());
        self.api.get(&session, "/operator/me").await.expect_error(404, "not_found");
    }
}
