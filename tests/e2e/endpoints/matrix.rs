//! Who may do what: every route, asked by every kind of caller, about what is theirs, somebody else's, and not there.
//! `matrix.txt` says who is let in; whoever is finds their own things, and of others' as much as of none.

use super::{Cast, tenants};
use contract::endpoint::{Caller as Class, Endpoint};
use domain::{AgentId, Mode};
use harness::clerk::{self, Clerk, SigningKey};
use harness::{Api, Caller, OperatorKey, Reply, World};
use humanops::Options;
use humanops::system::Rig;
use serde_json::json;
use web::keys::ApiKey;

const TABLE: &str = include_str!("matrix.txt");
/// SHA-256 of `test`.
const SECOND_ADMIN: &str = "jane:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// A kind of caller, by its name in the table.
struct Kind {
    name: &'static str,
    header: Option<(&'static str, String)>,
}

fn column(endpoint: &Endpoint) -> usize {
    1 + match endpoint.route.caller {
        Class::Anyone => 0,
        Class::Registrar => 1,
        Class::Agent => 2,
        Class::Operator => 3,
        Class::Newcomer => 4,
        Class::VerifiedOperator => 5,
        Class::Admin => 6,
        Class::Provider => 7,
    }
}

/// `in`, or the code of the refusal.
fn expected(kind: &Kind, endpoint: &Endpoint) -> &'static str {
    let row = TABLE.lines().find(|line| line.split_whitespace().next() == Some(kind.name));
    row.and_then(|row| row.split_whitespace().nth(column(endpoint))).unwrap()
}

/// Whose the things are that the endpoint is about.
fn owns(kind: &Kind, endpoint: &Endpoint) -> bool {
    match endpoint.route.caller {
        Class::Agent => kind.name == "agent",
        Class::Operator | Class::VerifiedOperator | Class::Newcomer => kind.name == "operator",
        Class::Admin => kind.name.starts_with("admin"),
        Class::Anyone | Class::Registrar | Class::Provider => true,
    }
}

async fn assemble(clerk: &Clerk) -> Cast {
    let admin_keys = SECOND_ADMIN.parse().unwrap();
    let world = World::with(Options { admin_keys, ..clerk::with_sign_in(&clerk.issuer) }, Rig::default()).await;
    let agent = world.agent("1000").await;
    let operator = world.operator("Jane Doe").await;
    Cast { world, agent, operator }
}

async fn with_kyc(world: &World, status: &str) -> OperatorKey {
    let operator = world.operator("John Roe").await;
    let path = format!("/admin/operators/{}/kyc", operator.0);
    world.post(world.admin(), &path, json!({ "status": status })).await.expect(200);
    operator
}

async fn kinds(cast: &Cast, clerk: &Clerk) -> Vec<Kind> {
    let Cast { world, agent, operator } = cast;
    let now = world.clock.unmoved();
    let kind = |name, header: Option<(&'static str, &str)>| Kind {
        name,
        header: header.map(|(name, value)| (name, value.to_owned())),
    };
    let key = |name, key: &str| kind(name, Some(("x-api-key", key)));
    let id = |name, operator: &OperatorKey| kind(name, Caller::from(operator).header());
    let token = |name, token: &str| kind(name, Some(("authorization", &format!("Bearer {token}"))));

    let revoked = world.post(agent, "/agents/keys", json!({})).await.expect(201).text_of("api_key");
    let list = world.get(agent, "/agents/keys").await.expect(200);
    let path = format!("/agents/keys/{}", list["data"][0]["id"].as_str().unwrap());
    world.request(agent, "DELETE", &path, &[], None).await.expect(200);
    let live = ApiKey::generate(Mode::Live, AgentId::parse(&agent.id).unwrap(), 0).reveal();
    let session = clerk.session("user_jane", now);
    let body = json!({ "name": "Ann Poe", "email": "ann@example.com" });
    world.post(&session, "/operator/register", body).await.expect(201);
    let good = SigningKey::first().token(&clerk.claims("user_jane", now));
    let unsigned = format!("{}.", good.rsplit_once('.').unwrap().0);
    vec![
        kind("nobody", None),
        key("agent.other", &world.agent("0").await.key),
        key("agent.revoked", &revoked),
        key("agent.garbled", &agent.key[1..]),
        key("agent.live", &live),
        id("operator.other", &world.operator("John Roe").await),
        kind("operator.signed_in", Caller::from(&session).header()),
        id("operator.pending", &with_kyc(world, "PENDING").await),
        id("operator.rejected", &with_kyc(world, "REJECTED").await),
        id("operator.unregistered", &OperatorKey("op_nobody1".to_owned())),
        token("token.expired", &SigningKey::first().token(&clerk.claims("user_jane", now.plus_seconds(-120)))),
        token("token.foreign", &SigningKey::first().token(&Clerk::open().await.claims("user_jane", now))),
        token("token.unsigned", &unsigned),
        kind("admin.second", Some(("x-admin-key", "test"))),
        kind("admin.wrong", Some(("x-admin-key", "an-admin-key-of-nobody-with-32-bytes"))),
        // Last: what they do may end what the others ask about.
        kind("admin", world.admin().header()),
        id("operator", operator),
        key("agent", &agent.key),
    ]
}

/// What the endpoint is about, made anew: the agent's, and the operator's who has it. Nothing where its ids are of
/// another kind.
async fn belonging(cast: &Cast, endpoint: &Endpoint) -> Option<String> {
    let Cast { world, agent, operator } = cast;
    match tenants::named(endpoint)? {
        "task_" => {
            world.deposit(agent, "100").await;
            let task = world.task(agent, "25").await;
            world.accept(operator, &task).await;
            Some(task)
        }
        "key_" => {
            world.post(agent, "/agents/keys", json!({})).await.expect(201);
            let list = world.get(agent, "/agents/keys").await.expect(200);
            Some(list["data"][0]["id"].as_str().unwrap().to_owned())
        }
        "pay_" => {
            let body = json!({ "amount_usd": 5, "payment_method": "card" });
            Some(world.post(agent, "/agents/deposit", body).await.expect(200).text_of("payment_id"))
        }
        "payout_" if endpoint.route.path.starts_with("/agents/") => {
            world.deposit(agent, "100").await;
            Some(world.withdrawn(agent).await)
        }
        "payout_" => {
            world.deposit(agent, "100").await;
            world.judged(agent, operator, "guardian:approve").await;
            world.advance(7 * 24 * 60 * 60).await;
            let paid = world.post(operator, "/operator/payout", json!({ "amount_usd": 10 })).await.expect(200);
            Some(paid.text_of("payout_id"))
        }
        "op_" => Some(operator.0.clone()),
        _ => None,
    }
}

async fn ask(cast: &Cast, kind: &Kind, endpoint: &Endpoint, id: Option<&str>) -> Reply {
    let (url, body) = match id {
        Some(id) => tenants::about(endpoint, id),
        None => (super::url(endpoint), super::body(endpoint).map(str::to_owned)),
    };
    let headers: Vec<(&str, &str)> = kind.header.iter().map(|(name, value)| (*name, value.as_str())).collect();
    cast.send(endpoint.route.method.word(), &url, &headers, body.as_deref()).await
}

/// What became of the request, in a word.
fn outcome(reply: &Reply, is_about_something: bool) -> &str {
    match reply.status {
        401 | 403 => reply["code"].as_str().unwrap_or_default(),
        404 if is_about_something => "not_found",
        _ => "in",
    }
}

/// The cells of one route and one kind of caller: what is wrong in each, if anything is.
async fn cells(cast: &Cast, kind: &Kind, endpoint: &Endpoint, there: Option<&str>) -> Vec<Option<String>> {
    let is_about_something = tenants::named(endpoint).is_some();
    let wrong = |about: &str, reply: &Reply, wanted: &str| {
        let found = outcome(reply, is_about_something);
        (found != wanted).then(|| format!("{} by {} {about}: {found} and not {wanted}", endpoint.route, kind.name))
    };
    let entry = expected(kind, endpoint);
    let Some(named) = tenants::named(endpoint) else {
        return vec![wrong("", &ask(cast, kind, endpoint, None).await, entry)];
    };
    let missing = there.map_or_else(|| format!("{named}00000000000000000000000001"), tenants::missing);
    let nothing = ask(cast, kind, endpoint, Some(&missing)).await;
    let of_nothing = if entry == "in" { "not_found" } else { entry };
    let mut cells = vec![wrong("about nothing", &nothing, of_nothing)];
    if let Some(there) = there {
        let reply = ask(cast, kind, endpoint, Some(there)).await;
        // Claiming is open to everybody, who thereby learns that the task is taken.
        let may = owns(kind, endpoint) || endpoint.route.path == "/operator/tasks/{id}/accept";
        // A task of this type has no credential: not for its owner either.
        let shown = may && endpoint.route.path != "/tasks/{id}/retrieve-credential";
        cells.push(wrong("about what is there", &reply, if shown { entry } else { of_nothing }));
        if entry != "in" || !may {
            let same = reply.without_request_id() == nothing.without_request_id();
            cells.push((!same).then(|| format!("{} by {}: tells what is there", endpoint.route, kind.name)));
        }
    }
    cells
}

#[tokio::test]
async fn everybody_may_do_what_the_table_says_and_nothing_else() {
    let clerk = Clerk::open().await;
    let cast = assemble(&clerk).await;
    let kinds = kinds(&cast, &clerk).await;
    assert_eq!(kinds.len(), TABLE.lines().count() - 1);

    let mut endpoints: Vec<&Endpoint> = contract::endpoints().collect();
    // Last: who registers is somebody from then on.
    endpoints.sort_by_key(|endpoint| endpoint.route.caller == Class::Newcomer);
    let mut all = Vec::new();
    for endpoint in endpoints {
        let there = belonging(&cast, endpoint).await;
        for kind in &kinds {
            all.extend(cells(&cast, kind, endpoint, there.as_deref()).await);
        }
        if let Some(task) = there.filter(|id| id.starts_with("task_")) {
            // Nobody may have many tasks at work. Whether it still is does not matter.
            cast.world.post(&cast.operator, &format!("/operator/tasks/{task}/release"), json!({})).await;
        }
    }
    let surprises: Vec<&String> = all.iter().flatten().collect();
    println!("{} cells of the authorization matrix, {} surprises", all.len(), surprises.len());
    assert!(surprises.is_empty(), "{surprises:#?}");
    assert!(all.len() >= 700, "{} cells", all.len());
    cast.world.audit().await;
}
