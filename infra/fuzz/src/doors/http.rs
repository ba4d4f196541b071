//! What comes by HTTP.

use crate::bytes::{Bytes, encoded};
use crate::stage::{DLOCAL_SECRET, Stage, on_stage};
use axum::http::{HeaderName, HeaderValue};
use contract::endpoint::Endpoint;
use fiat::dlocal::Notice;
use outbound::signature;
use std::time::Duration;

const LISTS: [&str; 5] = ["/tasks", "/operator/tasks", "/operator/payouts", "/agents/withdrawals", "/admin/disputes"];
const ASKED: [&str; 4] = ["GET /agents/me", "GET /operator/me", "POST /tasks", "GET /events?wait=0"];
const HEADERS_MAX: usize = 30;

/// Any operation by anybody, with any id, any query and any body: a line each, but the body.
pub(crate) fn requests(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    on_stage(async |stage| {
        let endpoints: Vec<&Endpoint> = contract::endpoints().collect();
        let route = &endpoints[bytes.chosen(&endpoints, |endpoint| endpoint.operation)].route;
        let headers = credential(stage, &mut bytes);
        let id = match bytes.line().as_str() {
            "task" => stage.task.clone(),
            "operator" => stage.operator.0.clone(),
            "agent" => stage.agent.id.clone(),
            // Without one it would be another path.
            other => encoded(&format!("x{other}")),
        };
        let path: Vec<&str> =
            route.path.split('/').map(|part| if part.starts_with('{') { &id } else { part }).collect();
        let query = Some(bytes.line()).filter(|query| !query.is_empty()).map(|query| format!("?{}", escaped(&query)));
        let path = format!("{}{}", path.join("/"), query.unwrap_or_default());
        let body = Some(bytes.text()).filter(|body| !body.is_empty());
        stage.ask(route.method.word(), &path, &headers, body).await;
    });
}

/// The credential of whom a line names.
fn credential<'a>(stage: &'a Stage, bytes: &mut Bytes<'_>) -> Vec<(&'static str, &'a str)> {
    let callers = stage.callers();
    let (_, caller) = &callers[bytes.chosen(&callers, |(name, _)| name)];
    caller.header().into_iter().collect()
}

/// A query as it stands, but for what no line of a request can hold.
fn escaped(query: &str) -> String {
    let fits = |c: char| c.is_ascii_graphic() && !r##"#"<>`\^{}|"##.contains(c);
    query.chars().map(|c| if fits(c) { c.to_string() } else { encoded(&c.to_string()) }).collect()
}

/// The place in a list from which it goes on.
pub(crate) fn cursors(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    on_stage(async |stage| {
        let list = LISTS[bytes.chosen(&LISTS, |list| list)];
        let headers = credential(stage, &mut bytes);
        let cursor = encoded(&bytes.text());
        stage.ask("GET", &format!("{list}?cursor={cursor}"), &headers, None).await;
    });
}

/// Headers of any name, a line each.
pub(crate) fn headers(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    on_stage(async |stage| {
        let asked = ASKED[bytes.chosen(&ASKED, |asked| asked)];
        let (method, path) = asked.split_once(' ').unwrap_or_default();
        let mut headers = Vec::new();
        while !bytes.0.is_empty() && headers.len() < HEADERS_MAX {
            let line = bytes.line();
            let Some((name, value)) = line.split_once(':') else { continue };
            if HeaderName::try_from(name).is_ok() && HeaderValue::try_from(value).is_ok() {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let body = (method == "POST").then(|| stage.world.task_body("25").to_string());
        stage.ask(method, path, &headers, body).await;
    });
}

/// A message of the Model Context Protocol, from whoever has a key.
pub(crate) fn mcp(bytes: &[u8]) {
    let body = Bytes(bytes).text();
    on_stage(async |stage| {
        let http = outbound::trusted(Duration::from_secs(9)).expect("a client can be made");
        let asked = http.post(format!("http://{}/mcp", stage.world.address)).bearer_auth(&stage.agent.key);
        let asked = asked.header("accept", "application/json, text/event-stream");
        let answer = asked.header("content-type", "application/json").body(body.clone()).send().await;
        let status = answer.map(|answer| answer.status().as_u16());
        assert!(status.as_ref().is_ok_and(|status| *status < 500), "{body}: {status:?}");
    });
}

/// What dLocal says, `signed` by it or not; and as live mode reads it, which goes and asks dLocal then.
pub(crate) fn webhooks(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    on_stage(async |stage| {
        let secret = if bytes.line() == "signed" { DLOCAL_SECRET } else { "another" };
        let body = bytes.text();
        let _ = Notice::parse(body.as_bytes());
        let signature = signature::humanops(secret, body.as_bytes());
        stage.ask("POST", "/webhooks/dlocal", &[("x-signature", &signature)], Some(body)).await;
    });
}
