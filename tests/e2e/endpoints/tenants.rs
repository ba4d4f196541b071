//! What is somebody else's answers like what does not exist, to the byte.

use super::{Cast, Who, answers, body, url, who};
use contract::endpoint::Endpoint;
use harness::{Api, Inbox};
use serde_json::json;

/// Something of the first agent or operator, and an id of nothing.
struct Foreign {
    prefix: &'static str,
    theirs: String,
}

impl Foreign {
    fn belongs_in(&self, endpoint: &Endpoint) -> bool {
        // Claiming is open to everybody, who thereby learns that the task is taken.
        endpoint.route.path != "/operator/tasks/{id}/accept"
            && named(endpoint) == Some(self.prefix)
            && matches!(who(endpoint), Who::Agent | Who::Operator)
    }
}

/// The prefix of the ids that an endpoint takes, in its path or elsewhere.
pub(super) fn named(endpoint: &Endpoint) -> Option<&'static str> {
    let text = endpoint.example.request;
    match endpoint.id {
        Some(id) => id.example.split_inclusive('_').next().filter(|prefix| prefix.ends_with('_')),
        None if text.contains("\"pay_") || text.contains("=pay_") => Some("pay_"),
        None if text.contains("\"task_0") => Some("task_"),
        None => None,
    }
}

/// The id with its last digit changed: of nothing.
pub(super) fn missing(id: &str) -> String {
    let (front, last) = id.split_at(id.len() - 1);
    format!("{front}{}", if last == "z" { "y" } else { "z" })
}

/// A key, a payment, a payout, and tasks in every state in which others cannot see them.
async fn belongings(cast: &Cast) -> Vec<Foreign> {
    let Cast { world, agent, operator } = cast;
    world.deposit(agent, "1000").await;
    let key = world.get(agent, "/agents/keys").await.expect(200)["data"][0]["id"].as_str().unwrap().to_owned();
    let body = json!({ "amount_usd": 5, "payment_method": "card" });
    let payment = world.post(agent, "/agents/deposit", body).await.expect(200).text_of("payment_id");
    let completed = world.judged(agent, operator, "guardian:approve").await;
    world.advance(7 * 24 * 60 * 60).await;
    let payout = world.post(operator, "/operator/payout", json!({ "amount_usd": 10 })).await.expect(200);

    let disputed = world.judged(agent, operator, "guardian:reject").await;
    let reviewed = world.judged(agent, operator, "guardian:review").await;
    let accepted = world.task(agent, "25").await;
    world.accept(operator, &accepted).await;
    let cancelled = world.task(agent, "25").await;
    world.accept(operator, &cancelled).await;
    world.post(agent, &format!("/tasks/{cancelled}/cancel"), json!({})).await.expect(200);

    let inbox = Inbox::open().await;
    let browser = world.subscribe(operator, inbox.subscription()).await.expect(200).text_of("id");
    let tasks = [completed, disputed, reviewed, accepted, cancelled].map(|task| ("task_", task));
    world.settle().await;
    let events = world.get(agent, "/events?type=task.created").await.expect(200);
    let event = events["data"][0]["id"].as_str().unwrap().to_owned();
    let others = [("evt_", event), ("key_", key), ("pay_", payment), ("payout_", payout.text_of("payout_id"))];
    tasks
        .into_iter()
        .chain(others)
        .chain([("push_", browser)])
        .map(|(prefix, theirs)| Foreign { prefix, theirs })
        .collect()
}

/// The endpoint's request about `id`.
pub(super) fn about(endpoint: &Endpoint, id: &str) -> (String, Option<String>) {
    let put = |text: &str| {
        let examples = ["pay_01kh3w5v8g3w2f7d5r6n8p9q0s", "task_01kh3w5v8g3w2f7d5r6n8p9q0s"];
        let named = endpoint.id.map(|id| id.example);
        examples.into_iter().chain(named).fold(text.to_owned(), |text, example| text.replace(example, id))
    };
    (put(&url(endpoint)), body(endpoint).map(put))
}

#[tokio::test]
async fn what_is_somebody_elses_answers_like_what_does_not_exist() {
    let mut cast = Cast::assemble().await;
    let belongings = belongings(&cast).await;
    cast.agent = cast.world.agent("0").await;
    cast.operator = cast.world.operator("John Roe").await;

    let mut tried = 0;
    for foreign in &belongings {
        for endpoint in contract::endpoints().filter(|endpoint| foreign.belongs_in(endpoint)) {
            let (theirs, nothing) = (about(endpoint, &foreign.theirs), about(endpoint, &missing(&foreign.theirs)));
            let theirs = cast.call(endpoint, &theirs.0, &[], theirs.1.as_deref()).await;
            let nothing = cast.call(endpoint, &nothing.0, &[], nothing.1.as_deref()).await;
            let theirs = theirs.expect_error(404, "not_found");
            assert_eq!(
                theirs.without_request_id(),
                nothing.without_request_id(),
                "{} {}",
                endpoint.route,
                foreign.theirs
            );
            tried += 1;
        }
    }
    // Five tasks on twenty-one endpoints, and the seven for events, keys, payments, payouts, withdrawals and browsers.
    assert_eq!(tried, 5 * 21 + 7);
}

#[tokio::test]
async fn an_id_that_is_none_answers_like_what_does_not_exist() {
    let cast = Cast::assemble().await;
    let long = "x".repeat(2_000);
    for endpoint in contract::endpoints().filter(|endpoint| endpoint.id.is_some() && answers(endpoint) == 404) {
        let missing = cast.call(endpoint, &url(endpoint), &[], body(endpoint)).await.expect_error(404, "not_found");
        let (upper, other) = ("TASK_00000000000000000000000001", "agent_00000000000000000000000001");
        for id in ["x", "task_", "op_", "key_%00", "..%2F..", "%C3%A4", upper, other, &long] {
            let url = endpoint.route.path.replace("{id}", id);
            let reply = cast.call(endpoint, &url, &[], body(endpoint)).await;
            assert_eq!(reply.without_request_id(), missing.without_request_id(), "{}: {id}", endpoint.route);
        }
    }
}
