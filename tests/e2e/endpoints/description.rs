//! The description against what answers: each endpoint is in the router of the function that it names, and nothing else is.

use contract::endpoint::{Caller, Route};
use harness::World;
use std::collections::BTreeSet;

type Placed = BTreeSet<(String, String)>;

fn placed<'a>(routes: impl IntoIterator<Item = (&'a str, Route)>) -> Placed {
    routes.into_iter().map(|(function, route)| (function.to_owned(), route.to_string())).collect()
}

/// What is described and not routed, and what is routed and not described.
fn differences(described: &Placed, routed: &Placed) -> Vec<String> {
    let missing = described.difference(routed).map(|(function, route)| format!("{function} does not answer {route}"));
    let strange = routed
        .difference(described)
        .map(|(function, route)| format!("{function} answers {route}, which nothing describes"));
    missing.chain(strange).collect()
}

#[tokio::test]
async fn the_routers_answer_what_is_described_and_nothing_else() {
    let world = World::new().await;
    let described = placed(contract::endpoints().map(|endpoint| (endpoint.route.function(), endpoint.route)));
    assert_eq!(described.len(), contract::endpoints().count(), "each route is described once");
    let routed = placed(world.system.routes.iter().copied());
    let differences = differences(&described, &routed);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_route_that_is_in_one_place_only_is_named() {
    let both = ("tasks", Route::get("/tasks", Caller::Agent));
    let one = ("tasks", Route::post("/tasks", Caller::Agent));
    let (less, more) = (placed([both]), placed([both, one]));
    assert_eq!(differences(&more, &less), ["tasks does not answer POST /tasks"]);
    assert_eq!(differences(&less, &more), ["tasks answers POST /tasks, which nothing describes"]);
    assert!(differences(&more, &more).is_empty());
}
