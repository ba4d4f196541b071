//! The binary and the stack give the same bytes for the same requests: one walk over every endpoint, both
//! ways in turn. What is each system's own (ids, times, signatures, hosts) is compared by its form only.

mod essence;
mod side;
mod walk;

use super::origins;
use crate::endpoints;
use essence::essence;
use harness::binary::Binary;
use harness::deployed::Deployed;
use harness::{Photo, Reply};
use side::Side;
use std::collections::BTreeSet;
use walk::{Ask, Step, steps};

/// Headers that the stack's answers have beside ours: API Gateway's own id of the request, and that there is TLS only.
const ADDED: [&str; 2] = ["apigw-requestid", "strict-transport-security"];

const SECRET: &str = "dlocal-secret-of-this-test";

#[tokio::test(flavor = "multi_thread")]
async fn the_binary_and_the_stack_give_the_same_bytes_at_every_endpoint() {
    let unwalked = unwalked();
    assert!(unwalked.is_empty(), "{} has no step that succeeds for {unwalked:?}", walk::FILE);
    let (folder, stack) = (tempfile::tempdir().unwrap(), Deployed::open().await);
    let args = ["--admin-key", &stack.admin_key, "--dlocal-secret", SECRET, "--web-origins", origins::SHOP];
    let binary = Binary::start(folder.path(), &args).await;
    let secret = stack.dlocal_secret().await;
    let mut both = [Side::of(&binary, &stack.admin_key, SECRET), Side::of(&stack, &stack.admin_key, &secret)];
    let (mut differences, photo, mut last) = (Vec::new(), Photo::fresh(), None);
    for side in &mut both {
        side.know_run(&photo);
    }

    for step in steps() {
        match step {
            Step::Ask(ask) => {
                let replies = [both[0].ask(&ask).await, both[1].ask(&ask).await];
                differences.extend(differing(&ask, &both, &replies));
                last = Some(replies);
            }
            Step::Put => {
                for signed in last.as_ref().expect("an upload was announced") {
                    assert_eq!(photo.put(signed).await, 200);
                }
            }
            Step::Until(task, text) => {
                binary.advance(0).await;
                stack.forget_calls().await;
                for side in &both {
                    let path = side.fill(&format!("/tasks/<{task}>"));
                    stack.until(text, async || side.shows(&path).await.contains(text).then_some(())).await;
                }
            }
            Step::Overdue(task) => {
                binary.advance(walk::OVERDUE_S).await;
                stack.make_overdue(&both[1].fill(&format!("<{task}>"))).await;
                // The stack's task has another deadline now.
                both.iter_mut().for_each(|side| side.forget("soon"));
            }
            Step::Aged(agent) => {
                binary.advance(walk::OVERDUE_S).await;
                stack.let_address_count(&both[1].fill(&format!("<{agent}>"))).await;
            }
        }
    }

    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

/// What can be done only with something from a chain, which this stack has none of: `on_chain` does it.
const ON_CHAIN: &str = "POST /admin/suspense/{id}/release";

/// Endpoints without a step that is to succeed. Known before anything is asked: the walk takes minutes.
fn unwalked() -> BTreeSet<String> {
    let mut names = endpoints::deployed_names();
    assert!(names.remove(ON_CHAIN), "{ON_CHAIN}");
    for step in steps() {
        if let Step::Ask(ask) = step
            && (200..300).contains(&ask.status)
        {
            names.remove(&ask.endpoint());
        }
    }
    names
}

/// What differs between two answers, and where they are not what the walk expects.
fn differing(ask: &Ask, sides: &[Side<'_>; 2], replies: &[Reply; 2]) -> Vec<String> {
    let [binary, stack] = [essence(&sides[0], &replies[0]), essence(&sides[1], &replies[1])];
    let mut found = Vec::new();
    if [binary.status, stack.status] != [ask.status; 2] {
        found.push(format!("{ask}: {} and {}\n  {}", binary.status, stack.status, stack.text));
    }
    if binary.text != stack.text {
        found.push(format!("{ask}: bodies\n  {}\n  {}", binary.text, stack.text));
    }
    for (name, value) in &binary.headers {
        if stack.headers.get(name) != Some(value) {
            found.push(format!("{ask}: header {name}\n  {value}\n  {:?}", stack.headers.get(name)));
        }
    }
    let added = stack.headers.keys().filter(|name| !binary.headers.contains_key(*name));
    found.extend(added.filter(|name| !ADDED.contains(&name.as_str())).map(|name| format!("{ask}: has header {name}")));
    found
}
