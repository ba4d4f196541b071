//! Handlers speak one dialect: which endpoint they are, then `Body`, `handle` and `Reply`. And each has its test
//! where its URL says. Routers take the route of a description, and nothing else of it.

use crate::repository::{File, obey, sources};

const HANDLE: &str = "pub(crate) async fn handle(";
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// Whether a file answers requests. A router's own file does not.
fn is_handler(path: &str, text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_start_matches(['/', '!', ' ', '`']);
    let names_method = METHODS.iter().any(|method| first.starts_with(method));
    path.starts_with("functions/") && !path.ends_with("/lib.rs") && (names_method || text.contains("async fn handle("))
}

/// ``"POST /tasks"`` of ``//! `POST /tasks`: …``; of two methods the last.
fn endpoint(text: &str) -> Option<&str> {
    let first = text.lines().next()?.strip_prefix("//! `")?;
    let (before, _) = first.split_once("`: ")?;
    let endpoint = before.rsplit('`').next()?;
    let (method, path) = endpoint.split_once(' ')?;
    (METHODS.contains(&method) && path.starts_with('/')).then_some(endpoint)
}

/// What is wrong with how a handler is written.
fn complaints(path: &str, text: &str) -> Vec<String> {
    let mut complaints = Vec::new();
    if endpoint(text).is_none() {
        complaints.push(format!("{path}: the first line must be ``//! `METHOD /path`: …``"));
    }
    match text.split_once(HANDLE) {
        None => complaints.push(format!("{path}: `{HANDLE}…)` is missing")),
        Some((before, _)) if before.lines().any(|line| line.starts_with("pub") && !line.contains(" mod ")) => {
            complaints.push(format!("{path}: something public stands before `handle`"));
        }
        Some(_) => {}
    }
    complaints
}

/// Whether the test at `path` is that of an endpoint: there its URL leads, and so it says.
fn is_test_of(endpoint: &str, path: &str, text: &str) -> bool {
    let url = endpoint.split_once(' ').map_or("", |(_, path)| path).replace('-', "_");
    let folders: Vec<&str> = url.split('/').filter(|part| !part.is_empty() && !part.starts_with('{')).collect();
    let lies = path.strip_prefix("tests/e2e/").and_then(|path| path.strip_prefix(&folders.join("/")));
    let lies = lies.is_some_and(|rest| rest == ".rs" || rest.starts_with('/') && rest.matches('/').count() == 1);
    lies && text.lines().next().is_some_and(|first| first.contains(&format!("{endpoint}`")))
}

/// Where a function's router takes a description by more than its route: all that it points to would be linked.
fn takes_more_than_the_route(text: &str) -> usize {
    let code: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    code.split(".on(").skip(1).filter(|taken| !taken.trim_start().starts_with("const { ")).count()
}

fn handlers() -> impl Iterator<Item = &'static File> {
    sources().filter(|file| is_handler(&file.path, &file.text))
}

#[test]
fn handlers_speak_one_dialect() {
    assert!(handlers().count() > 30, "only {} handlers are recognised: their form changed", handlers().count());
    obey("Body, handle, Reply", &handlers().flat_map(|file| complaints(&file.path, &file.text)).collect::<Vec<_>>());
}

#[test]
fn functions_are_linked_with_nothing_of_a_description_but_its_route() {
    let routers: Vec<&File> =
        sources().filter(|file| file.path.starts_with("functions/") && file.text.contains(".on(")).collect();
    assert!(routers.len() > 5, "only {} routers are recognised: their form changed", routers.len());
    let all = routers.iter().filter(|file| takes_more_than_the_route(&file.text) > 0);
    obey("say `.on(const { ENDPOINT.route }, handle)`", &all.map(|file| file.path.clone()).collect::<Vec<_>>());
}

#[test]
fn a_description_that_is_linked_whole_is_found() {
    for (router, more) in [
        ("Routes::new().on(const { me::ENDPOINT.route }, me::handle)", 0),
        ("Routes::new()\n    .on(\n        const { me::ENDPOINT.route },\n        me::handle,\n    )", 0),
        ("Routes::new().on(me::ENDPOINT.route, me::handle).on(const { keys::ENDPOINT.route }, keys::handle)", 1),
    ] {
        assert_eq!(takes_more_than_the_route(router), more, "{router}");
    }
}

#[test]
fn the_test_of_an_endpoint_lies_where_its_url_leads() {
    let endpoints = handlers().filter_map(|file| endpoint(&file.text));
    let untested = endpoints.filter(|endpoint| !sources().any(|it| is_test_of(endpoint, &it.path, &it.text)));
    let all: Vec<String> = untested.map(|endpoint| format!("no file below tests/e2e is that of {endpoint}")).collect();
    obey("the URL is the folder", &all);
}

#[test]
fn another_dialect_is_found() {
    let path = "functions/tasks/src/cancel.rs";
    let own = "//! `POST /tasks/{id}/cancel`: a refund.\n\nstruct Body;\n\npub(crate) async fn handle() {}\n\npub(crate) struct Reply;\n";
    assert!(is_handler(path, own));
    assert_eq!(complaints(path, own), [""; 0]);
    for (from, to) in [
        ("`POST /tasks/{id}/cancel`", "POST /tasks/{id}/cancel"),
        ("`POST /tasks/{id}/cancel`", "`/tasks/{id}/cancel`"),
        ("pub(crate) async fn handle", "async fn handle"),
        ("struct Body", "pub(crate) struct Body"),
    ] {
        let other = own.replacen(from, to, 1);
        assert!(is_handler(path, &other), "{other}");
        assert_eq!(complaints(path, &other).len(), 1, "{other}");
    }
    assert!(!is_handler("functions/tasks/src/own.rs", "//! Loading a task.\n\npub(crate) fn task() {}\n"));
}

#[test]
fn a_test_that_lies_elsewhere_is_found() {
    for (endpoint, path, fine) in [
        ("POST /tasks", "tests/e2e/tasks/create.rs", true),
        ("POST /tasks", "tests/e2e/tasks/create/limits.rs", false),
        ("POST /tasks/{id}/cancel", "tests/e2e/tasks/cancel.rs", true),
        ("GET /task-types", "tests/e2e/task_types.rs", true),
        ("GET /operator/payout/status/{id}", "tests/e2e/operator/payout/status.rs", true),
        ("GET /operator/payout/status/{id}", "tests/e2e/operator/payout.rs", false),
        ("GET /tasks", "tests/e2e/task_types.rs", false),
    ] {
        let said = format!("//! `{endpoint}`: what it does.\n");
        assert_eq!(is_test_of(endpoint, path, &said), fine, "{endpoint} in {path}");
        assert!(!is_test_of(endpoint, path, "//! Something else.\n"), "{path}");
    }
}
