//! Who is let in, and how everybody else is turned away.

use super::{Cast, Who, answers, body, url, who};
use contract::endpoint::{self, Endpoint, Output};
use domain::{AgentId, Mode};
use harness::{Api, Caller, Reply};
use serde_json::json;
use web::keys::ApiKey;

#[tokio::test]
async fn every_endpoint_answers_its_own_caller_in_json_with_its_headers() {
    let cast = Cast::assemble().await;
    for endpoint in contract::endpoints() {
        let reply = cast.call(endpoint, &url(endpoint), &[], body(endpoint)).await;
        assert_eq!(reply.status, answers(endpoint), "{}: {}", endpoint.route, reply.text);
        assert_conventions(endpoint, &reply);
    }
}

/// A request id, and a place in the rate window.
#[track_caller]
fn assert_conventions(endpoint: &Endpoint, reply: &Reply) {
    let route = endpoint.route;
    let id = reply.header("x-request-id").unwrap();
    assert!(id.starts_with("req_") && id.len() == 26, "{route}: {id}");
    let window = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"].map(|name| reply.header(name));
    let limit = route.rate.per_minute().map(|limit| (limit.to_string(), (limit - 1).to_string()));
    let expected = match &limit {
        Some((limit, remaining)) => [Some(limit.as_str()), Some(remaining.as_str()), Some("60")],
        None => [None; 3],
    };
    assert_eq!(window, expected, "{route}");
    let json = matches!(endpoint.output, Output::Json(_)) || reply.status >= 400;
    assert_eq!(reply.header("content-type") == Some("application/json"), json, "{route}");
}

/// Credentials that open nothing of their kind, with the code of the refusal.
struct Wrong {
    who: Who,
    credential: Option<(&'static str, String)>,
    refusal: (u16, &'static str),
}

async fn wrong_credentials(cast: &Cast) -> Vec<Wrong> {
    let world = &cast.world;
    let wrong = |who, credential: Option<(&'static str, &str)>, status, code| Wrong {
        who,
        credential: credential.map(|(name, value)| (name, value.to_owned())),
        refusal: (status, code),
    };
    let header = |caller: Caller<'_>| caller.header().map(|(name, value)| (name, value.to_owned())).unwrap();
    let (agent, operator) = (header(Caller::from(&cast.agent)), header(Caller::from(&cast.operator)));
    let (agent, operator) = ((agent.0, agent.1.as_str()), (operator.0, operator.1.as_str()));
    let admin_key = world.system.admin_key.clone();

    let id = AgentId::parse(&cast.agent.id).unwrap();
    let key = |mode, slot| ApiKey::generate(mode, id, slot).reveal();
    let mut mistyped = cast.agent.key.clone();
    let last = if mistyped.pop() == Some('a') { 'b' } else { 'a' };
    mistyped.push(last);
    let revoked = world.post(&cast.agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let list = world.get(&cast.agent, "/agents/keys").await.expect(200);
    let path = format!("/agents/keys/{}", list["data"][0]["id"].as_str().unwrap());
    world.request(&cast.agent, "DELETE", &path, &[], None).await.expect(200);

    let (missing_key, missing_operator) = ((401, "missing_api_key"), (401, "missing_operator"));
    let mut all = vec![
        wrong(Who::Agent, None, missing_key.0, missing_key.1),
        wrong(Who::Agent, Some(operator), missing_key.0, missing_key.1),
        wrong(Who::Agent, Some(("x-admin-key", &admin_key)), missing_key.0, missing_key.1),
        wrong(Who::Agent, Some(("x-api-key", &key(Mode::Live, 0))), 401, "wrong_mode"),
        wrong(Who::Operator, None, missing_operator.0, missing_operator.1),
        wrong(Who::Operator, Some(agent), missing_operator.0, missing_operator.1),
        wrong(Who::Provider, None, 401, "invalid_signature"),
        wrong(Who::Provider, Some(agent), 401, "invalid_signature"),
        wrong(Who::Provider, Some(("x-signature", "")), 401, "invalid_signature"),
        wrong(Who::Admin, None, 403, "admin_key_required"),
        wrong(Who::Admin, Some(agent), 403, "admin_key_required"),
        wrong(Who::Admin, Some(operator), 403, "admin_key_required"),
        wrong(Who::Admin, Some(("x-api-key", &admin_key)), 403, "admin_key_required"),
        wrong(Who::Admin, Some(("x-admin-key", &admin_key[1..])), 403, "admin_key_required"),
        wrong(Who::Admin, Some(("x-admin-key", &format!("{admin_key}x"))), 403, "admin_key_required"),
    ];
    for value in ["", "ho_test_", "nonsense", &mistyped, &revoked, &key(Mode::Test, 0), &key(Mode::Test, 19)] {
        all.push(wrong(Who::Agent, Some(("x-api-key", value)), 401, "invalid_api_key"));
    }
    for value in ["", "op_", "op_abc", "jane", "op_with-dash", &cast.agent.id] {
        all.push(wrong(Who::Operator, Some(("x-operator-id", value)), 401, "invalid_operator_id"));
    }
    all
}

#[tokio::test]
async fn nobody_gets_in_with_a_wrong_credential_whatever_the_request_says() {
    let cast = Cast::assemble().await;
    for Wrong { who: wanted, credential, refusal } in wrong_credentials(&cast).await {
        let headers: Vec<(&str, &str)> = credential.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for endpoint in contract::endpoints().filter(|endpoint| who(endpoint) == wanted) {
            // A body that would be refused too, if it were looked at: authentication comes first.
            let bad_body = body(endpoint).map(|_| r#"{"surprise": 1}"#);
            let reply = cast.send(endpoint.route.method.word(), &url(endpoint), &headers, bad_body).await;
            let reply = reply.expect_error(refusal.0, refusal.1);
            assert_conventions(endpoint, &reply);
        }
    }
}

#[tokio::test]
async fn an_operator_who_never_registered_may_look_but_not_work() {
    let cast = Cast::assemble().await;
    for endpoint in contract::endpoints().filter(|endpoint| who(endpoint) == Who::Operator) {
        let headers = [("x-operator-id", "op_xyz789")];
        let reply = cast.send(endpoint.route.method.word(), &url(endpoint), &headers, body(endpoint)).await;
        match (endpoint.route.caller, endpoint.operation) {
            (endpoint::Caller::VerifiedOperator, _) => {
                reply.expect_error(403, "operator_not_registered");
            }
            (_, "getOperator" | "updateOperator" | "subscribeToPush") => {
                reply.expect_error(404, "not_found");
            }
            _ => assert_eq!(reply.status, answers(endpoint), "{}: {}", endpoint.route, reply.text),
        }
    }
}
