//! Answers that get lost on the way, and what is said and kept then.

use crate::keys::Keys;
use crate::session::{Home, Session};
use crate::{Limits, server};
use http::{Request, Response};
use humanops_client::Client;
use humanops_client::carry::{Carried, Carry, NoAnswer};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An API that has one task at most, and whose answers to posting it go as they are told to.
#[derive(Clone, Default)]
struct Api(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    /// What becomes of the answers to the first posts.
    fates: VecDeque<Fate>,
    /// Of each post that was done.
    posted: Vec<Value>,
}

#[derive(Clone, Copy)]
enum Fate {
    /// Done, and nobody hears of it.
    Lost,
    Unreachable,
    /// Refused with this status.
    Refused(u16),
}

impl Api {
    fn answer(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        let mut state = self.0.lock().expect("the state");
        let (status, body) = match (request.method().as_str(), request.uri().path()) {
            ("GET", "/api/v1/agents/me") => (
                200,
                json!({
                    "agent_id": "agent_1", "name": "a", "email": "a@example.com", "company": null, "mode": "test",
                    "fee_tier": { "tier": "STANDARD", "rate_percent": 18, "trailing_30d_spend_usd": 0, "next_tier_at_usd": null },
                    "created_at": "2026-02-05T12:00:00.000Z",
                }),
            ),
            ("GET", "/api/v1/task-types") => (200, json!({ "data": [] })),
            ("GET", _) => (200, task()),
            (_, _) => return state.post(request),
        };
        drop(state);
        Ok(response(status, &body))
    }
}

impl State {
    fn post(&mut self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, NoAnswer> {
        match self.fates.pop_front() {
            Some(Fate::Unreachable) => return Err(NoAnswer::Unreachable),
            Some(Fate::Refused(status)) => {
                let refusal = json!({ "error": "No.", "code": "rate_limited", "request_id": "req_1", "details": {} });
                return Ok(response(status, &refusal));
            }
            fate => {
                let body: Value = serde_json::from_slice(request.body()).expect("JSON");
                let is_twin = self.posted.contains(&body);
                if !is_twin {
                    self.posted.push(body);
                }
                match fate {
                    Some(_) => return Err(NoAnswer::Timeout),
                    None if is_twin => {
                        let details = json!({ "existing_task_id": "task_1" });
                        return Ok(response(
                            409,
                            &json!({ "error": "Twin.", "code": "probable_duplicate", "details": details }),
                        ));
                    }
                    None => {}
                }
            }
        }
        Ok(response(201, &task()))
    }
}

fn task() -> Value {
    json!({
        "task_id": "task_1", "status": "PENDING", "reward_usd": 50.00, "platform_fee": 9.00, "platform_fee_usd": 9.00,
        "total_escrow": 59.00, "deadline": "2026-02-10T00:00:00.000Z", "next_action": null, "agent_public_key": "x",
    })
}

fn response(status: u16, body: &Value) -> Response<Vec<u8>> {
    Response::builder()
        .status(status)
        .header("retry-after-ms", "1")
        .body(body.to_string().into_bytes())
        .expect("an answer")
}

impl Carry for Api {
    fn carry(&self, request: Request<Vec<u8>>, _: Duration) -> Carried<'_> {
        Box::pin(async move { self.answer(&request) })
    }
}

fn session(api: &Api, folder: &std::path::Path) -> Session {
    let client = Client::builder().api_key("k").url("http://inside").carrier(api.clone()).build().expect("a client");
    Session { client, limits: Limits::default(), home: Home::Own(Keys::new(folder)) }
}

fn acme() -> Value {
    json!({
        "title": "Acme", "description": "d", "credential_category": "API_KEY_PROCUREMENT", "reward_usd": 50,
        "deadline": "2026-02-10T00:00:00Z",
    })
}

async fn call(session: &Session, name: &str, arguments: Value) -> Result<Value, String> {
    let tool = super::TOOLS.iter().find(|tool| tool.name == name).expect(name);
    let Value::Object(arguments) = arguments else { unreachable!("an object") };
    server::called(tool, session, Some(arguments)).await.map(Value::Object).map_err(|refusal| refusal.text(tool))
}

/// Whatever comes behind a lost answer: no key is lost, and no second task is posted.
#[tokio::test(start_paused = true)]
async fn a_key_outlives_every_failure_and_the_call_that_comes_again_is_the_first_one() {
    for fates in [
        vec![Fate::Lost, Fate::Lost, Fate::Lost],
        vec![Fate::Lost, Fate::Unreachable, Fate::Unreachable],
        vec![Fate::Lost, Fate::Refused(429), Fate::Refused(429)],
        vec![Fate::Lost, Fate::Refused(402)],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let api = Api::default();
        api.0.lock().expect("the state").fates = fates.into();
        let refused =
            call(&session(&api, folder.path()), "dispatch_credential_task", acme()).await.expect_err("no answer");
        assert!(refused.starts_with("no_answer: ") && refused.contains("repeat the call"), "{refused}");
        let again = call(&session(&api, folder.path()), "dispatch_credential_task", acme()).await.expect("the task");
        assert_eq!((&again["task_id"], &again["already_posted"]), (&json!("task_1"), &json!(true)));
        assert_eq!(api.0.lock().expect("the state").posted.len(), 1);
        assert_eq!(std::fs::read_dir(folder.path().join("keys")).expect("keys").count(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_not_safe_to_repeat_is_not_advised_to_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let api = Api::default();
    api.0.lock().expect("the state").fates = vec![Fate::Lost, Fate::Lost, Fate::Lost].into();
    let sent =
        call(&session(&api, folder.path()), "send_message", json!({ "task_id": "task_1", "message": "m" })).await;
    let refused = sent.expect_err("no answer");
    assert!(refused.contains("look at get_task_result before"), "{refused}");
    api.0.lock().expect("the state").fates = vec![Fate::Unreachable, Fate::Unreachable, Fate::Unreachable].into();
    let sent =
        call(&session(&api, folder.path()), "send_message", json!({ "task_id": "task_1", "message": "m" })).await;
    assert!(sent.expect_err("no answer").contains("Nothing was done"));
}

/// A gate of a hotel's network answers anything with a page, or with JSON of its own.
#[tokio::test]
async fn an_answer_of_another_shape_is_no_success_and_no_panic() {
    struct Wrong(&'static str);
    impl Carry for Wrong {
        fn carry(&self, _: Request<Vec<u8>>, _: Duration) -> Carried<'_> {
            let body = self.0.as_bytes().to_vec();
            Box::pin(async move { Response::builder().status(200).body(body).map_err(|_| NoAnswer::NotSent) })
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    for body in ["<html>", "[]", "\"ok\"", "{}", "{\"data\": {}}", "null"] {
        let client =
            Client::builder().api_key("k").url("http://inside").carrier(Wrong(body)).build().expect("a client");
        let session = Session { client, limits: Limits::default(), home: Home::Own(Keys::new(folder.path())) };
        for (tool, arguments) in [
            ("get_balance", json!({})),
            ("list_tasks", json!({})),
            ("get_events", json!({})),
            ("list_digital_categories", json!({})),
            ("search_operators", json!({ "lat": 1, "lng": 1 })),
            ("get_task_result", json!({ "task_id": "task_1" })),
            ("check_verification_status", json!({ "task_id": "task_1" })),
            ("fund_account", json!({ "amount_usdc": 5, "tx_hash": "0x" })),
            ("cancel_task", json!({ "task_id": "task_1" })),
            ("retrieve_credential", json!({ "task_id": "task_1" })),
            ("dispatch_credential_task", acme()),
        ] {
            let refused = call(&session, tool, arguments).await.expect_err(tool);
            assert!(
                refused.starts_with("unreadable_answer: ") || refused.starts_with("no_credential_task: "),
                "{tool}: {refused}"
            );
        }
    }
}
