//! Every endpoint of the description, and what all of them have in common. What each one does is told by
//! the modules that are named like it.

mod bodies;
mod callers;
mod description;
mod live;
mod matrix;
pub(crate) mod origins;
mod paths;
mod rate_limit;
mod secrets;
mod semantics;
mod sign_in;
mod tenants;

use contract::endpoint::{EMBEDDED, Endpoint, Input, Method, Rate};
use harness::{Agent, Api, Caller, OperatorKey, Reply, World, send};
use humanops::Options;
use humanops::system::Rig;
use std::collections::BTreeSet;

/// Whose credential an endpoint wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Anyone,
    Agent,
    Operator,
    Admin,
    /// The payment provider, by the signature of its body.
    Provider,
}

fn who(endpoint: &Endpoint) -> Who {
    use contract::endpoint::Caller;
    match endpoint.route.caller {
        Caller::Anyone | Caller::Registrar | Caller::Newcomer => Who::Anyone,
        Caller::Agent => Who::Agent,
        Caller::Operator | Caller::VerifiedOperator => Who::Operator,
        Caller::Admin => Who::Admin,
        Caller::Provider => Who::Provider,
    }
}

/// `POST /tasks`, …: what a deployment answers.
pub(crate) fn deployed_names() -> BTreeSet<String> {
    let deployed = contract::endpoints().filter(|endpoint| endpoint.route.function() != EMBEDDED);
    deployed.map(|endpoint| endpoint.route.to_string()).collect()
}

/// The path of the description's example, about something that does not exist, with its query.
fn url(endpoint: &Endpoint) -> String {
    let path = endpoint.route.path.replace("{id}", endpoint.id.map_or("", |id| id.example));
    match endpoint.input {
        Input::Query(_) if !endpoint.example.request.is_empty() => format!("{path}?{}", endpoint.example.request),
        Input::Nothing | Input::Query(_) | Input::Body(_) | Input::Foreign(_) => path,
    }
}

/// The body of the description's example. A DELETE takes an empty object too.
fn body(endpoint: &Endpoint) -> Option<&'static str> {
    match endpoint.input {
        Input::Body(_) | Input::Foreign(_) => Some(endpoint.example.request),
        Input::Nothing if endpoint.route.method == Method::Delete => Some("{}"),
        Input::Nothing | Input::Query(_) => None,
    }
}

/// How the example is answered where nothing that it names is there.
fn answers(endpoint: &Endpoint) -> u16 {
    match endpoint.operation {
        "getDocsFile" => 200,
        "requestPayout" => 402,
        // The address that the example before it names does not count yet.
        "requestWithdrawal" => 409,
        // The week that the example before it goes forward refunds the example of a task.
        "resetTestClock" => 409,
        "createUpload" | "getDepositStatus" | "getDepositStatusByPost" | "receiveDlocalNotice" => 404,
        _ if endpoint.id.is_some() => 404,
        _ => endpoint.success,
    }
}

/// Reads nothing at all, and so refuses nothing.
fn looks_at_nothing(endpoint: &Endpoint) -> bool {
    endpoint.route.rate == Rate::Unlimited
}

/// A world with one caller of each kind.
struct Cast {
    world: World,
    agent: Agent,
    operator: OperatorKey,
}

const DLOCAL_SECRET: &str = "dlocal-secret-of-this-test";

impl Cast {
    async fn assemble() -> Self {
        let options = Options { dlocal_secret: Some(DLOCAL_SECRET.to_owned()), ..Options::ephemeral() };
        let world = World::with(options, Rig::default()).await;
        let agent = world.agent("100").await;
        let operator = world.operator("Jane Doe").await;
        Self { world, agent, operator }
    }

    /// Sends a request with these headers and no credential of its own.
    async fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        send(self.world.router(), method, url, headers, body.map(str::to_owned)).await
    }

    /// Sends a request as whoever may call the endpoint.
    async fn call(&self, endpoint: &Endpoint, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Reply {
        let signature = outbound::signature::humanops(DLOCAL_SECRET, body.unwrap_or_default().as_bytes());
        let credential = match who(endpoint) {
            Who::Anyone => None,
            Who::Agent => Caller::from(&self.agent).header(),
            Who::Operator => Caller::from(&self.operator).header(),
            Who::Admin => self.world.admin().header(),
            Who::Provider => Some(("x-signature", signature.as_str())),
        };
        let headers: Vec<(&str, &str)> = credential.into_iter().chain(headers.iter().copied()).collect();
        self.send(endpoint.route.method.word(), url, &headers, body).await
    }
}
