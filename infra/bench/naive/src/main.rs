//! `/tasks` and `/agents` once more, as a first attempt would put them together: the SDK's default
//! features, `aws_config::load_defaults`, every runtime default, nothing opened before the first request.

use agents::Agents;
use aws_smithy_http_client::Connector;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use axum::Router;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::http::header::STRICT_TRANSPORT_SECURITY;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use bucket::Bucket;
use domain::Mode;
use domain::task_type::Restriction;
use lambda_http::RequestExt;
use lambda_http::request::RequestContext;
use outbound::Reach;
use secrets::SealingKey;
use store::schema::Tables;
use store::{Clock, Store};
use tasks::Tasks;
use web::{Gate, Routes, SignIn};
use web::gate::{ClientIp, Settings};
use web::keys::AdminKeys;

#[tokio::main]
async fn main() -> Result<(), lambda_http::Error> {
    tracing_subscriber::fmt().json().with_max_level(tracing_subscriber::filter::LevelFilter::INFO).init();
    let config = aws_config::load_defaults(aws_config::BehaviorVersion::latest()).await;
    let tables = Tables {
        core: variable("HUMANOPS_CORE_TABLE")?,
        ledger: variable("HUMANOPS_LEDGER_TABLE")?,
        edge: variable("HUMANOPS_EDGE_TABLE")?,
    };
    let store = Store::new(aws_sdk_dynamodb::Client::new(&config).into(), tables, Clock::system(0));
    let admin_keys = variable("HUMANOPS_ADMIN_KEYS")?.parse::<AdminKeys>()?;
    let gate = Gate::new(store, Settings { mode: Mode::Test, admin_keys, sign_in: SignIn::default() });
    // Nothing is fetched from the bucket here.
    let network = SharedHttpConnector::new(Connector::builder().build_http());
    let tasks = Tasks {
        gate: gate.clone(),
        bucket: Bucket::over(&variable("HUMANOPS_PROOF_BUCKET")?, network, &config)?,
        callback_reach: Reach::PublicOnly,
        sealing_key: SealingKey::parse(&variable("HUMANOPS_CALLBACK_PUBLIC_KEY")?).ok_or("no public key")?,
        restriction: Restriction::Open,
    };
    let routes = tasks::routes(tasks).merge(agents::routes(Agents { gate }));
    lambda_http::run(service(routes)).await
}

fn service(routes: Routes) -> Router {
    web::envelope::wrap(routes, web::Origins::default()).layer(from_fn(arrived))
}

async fn arrived(mut request: Request, next: Next) -> Response {
    if let Some(RequestContext::ApiGatewayV2(context)) = request.request_context_ref()
        && let Some(ip) = context.http.source_ip.as_deref().and_then(|ip| ip.parse().ok())
    {
        request.extensions_mut().insert(ClientIp(ip));
    }
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=63072000"));
    answer
}

fn variable(name: &str) -> Result<String, lambda_http::Error> {
    std::env::var(name).map_err(|_| format!("{name} is missing").into())
}
