//! `/mcp`: the tools of `clients/mcp` over Streamable HTTP, without sessions: each request says whose it is. A tool's call
//! goes to the API's own routers in this process (decisions/0020), as a request of whoever called.

mod admission;
mod inside;

use admission::Admission;
use agents::Agents;
use axum::Router;
use axum::middleware::from_fn;
use axum::routing::any_service;
use events::Events;
use humanops_mcp::{Server, Session};
use payments::Claims;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use std::sync::Arc;
use tasks::Tasks;
use tower::ServiceBuilder;
use web::{Gate, Origins, Routes};

/// What the endpoint needs.
#[derive(Clone, Debug)]
pub struct Mcp {
    /// Where callers who are refused are counted.
    pub gate: Gate,
    /// The API's endpoints, as requests from outside meet them.
    pub api: Router,
    /// Names by which this server may be spoken to; `None` where that was checked before.
    pub hosts: Option<Vec<String>>,
    /// Whose pages may speak to it.
    pub origins: Origins,
}

/// Where it is.
pub const PATH: &str = "/mcp";
/// Bytes of a message.
const MESSAGE_BYTES_MAX: usize = 256 * 1_024;

/// The endpoints that tools call, and no others: an assistant reaches no key, address or webhook.
pub fn endpoints(tasks: Tasks, events: Events, claims: Claims) -> Router {
    let gate = || tasks.gate.clone();
    let all = agents::tool_routes(Agents { gate: gate() })
        .merge(operators::tool_routes(gate()))
        .merge(payments::tool_routes(claims))
        .merge(events::tool_routes(events))
        .merge(tasks::tool_routes(tasks));
    web::envelope::wrap(all, Origins::default())
}

pub fn routes(state: Mcp) -> Routes {
    let Mcp { gate, api, hosts, origins } = state;
    let config = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        // API Gateway sends nothing before all of it is there.
        .with_json_response(true)
        .with_sse_keep_alive(None)
        .with_allowed_origins(origins.names().iter().map(with_port))
        .enforce_origin_validation()
        .with_max_request_body_bytes(MESSAGE_BYTES_MAX);
    let config = match hosts {
        Some(hosts) => config.with_allowed_hosts(hosts),
        None => config.disable_allowed_hosts(),
    };
    let server = Server::new(|extensions| {
        let request = extensions.get::<axum::http::request::Parts>()?;
        request.extensions.get::<Session>().cloned()
    });
    let service =
        StreamableHttpService::new(move || Ok(server.clone()), Arc::new(NeverSessionManager::default()), config);
    let admission = Admission { gate, api };
    let admitted = from_fn(move |request, next| admission::admit(admission.clone(), request, next));
    Routes::new().mount(PATH, any_service(ServiceBuilder::new().layer(admitted).service(service)))
}

/// To the library a name without a port is that of any.
fn with_port(origin: &String) -> String {
    let (scheme, host) = origin.split_once("://").unwrap_or(("https", origin));
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let own = if scheme == "http" { 80 } else { 443 };
    if has_port { origin.clone() } else { format!("{origin}:{own}") }
}
