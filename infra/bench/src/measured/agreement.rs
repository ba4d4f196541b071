//! Before anything is measured: whoever answers a request answers it alike, so that nobody is measured
//! doing less.

use crate::Failure;
use crate::contestants::{Contestant, Contestants, Transport};
use crate::function::{Function, Reply};
use crate::processes::Spawner;
use crate::requests::Request;
use crate::world::World;
use serde_json::{Value, json};

/// Members of an answer that are its own.
const OWN: [&str; 3] = ["task_id", "created_at", "request_id"];

/// Fails with the first difference.
pub(crate) async fn check(contestants: &Contestants, spawner: &Spawner, world: &World) -> Result<(), Failure> {
    for request in world.requests() {
        let ours = contestants.ours(request.function)?;
        let expected = ask(ours, spawner, &request).await?;
        if expected.status != request.status {
            return Err(format!("{} of ours: {expected:?}", request.name).into());
        }
        for other in [&contestants.naive, &contestants.node] {
            let reply = ask(other, spawner, &request).await?;
            compare(&format!("{} of {}", request.name, other.name), &expected, &reply)?;
            if request.name == "POST /tasks" {
                same_task(contestants, spawner, world, (&expected, &reply)).await?;
            }
        }
    }
    for request in [Request::balance("ho_test_none"), Request::show(&world.key, "task_none")] {
        let expected = ask(contestants.ours(request.function)?, spawner, &request).await?;
        let reply = ask(&contestants.node, spawner, &request).await?;
        compare(&format!("refused {} of Node.js", request.name), &expected, &reply)?;
    }
    Ok(())
}

/// What both have written is read alike.
async fn same_task(
    contestants: &Contestants,
    spawner: &Spawner,
    world: &World,
    (one, other): (&Reply, &Reply),
) -> Result<(), Failure> {
    let ours = contestants.ours("tasks")?;
    let id = |reply: &Reply| reply.body["task_id"].as_str().unwrap_or_default().to_owned();
    let expected = ask(ours, spawner, &Request::show(&world.key, &id(one))).await?;
    let reply = ask(ours, spawner, &Request::show(&world.key, &id(other))).await?;
    compare("the task that was created", &expected, &reply)
}

async fn ask(contestant: &Contestant, spawner: &Spawner, request: &Request) -> Result<Reply, Failure> {
    let mut function = Function::start(contestant, spawner, Transport::Tls, Some(request.event())).await?;
    let answer = function.first_answer().await.map_err(|failure| format!("{}: {failure}", contestant.name))?;
    Ok(answer.1)
}

fn compare(what: &str, expected: &Reply, reply: &Reply) -> Result<(), Failure> {
    let (expected, reply) = (essence(expected), essence(reply));
    if expected == reply { Ok(()) } else { Err(format!("{what} differs:\n  {expected}\n  {reply}").into()) }
}

/// Status, names of headers, and body, without what is each answer's own.
fn essence(reply: &Reply) -> Value {
    let names = reply.headers.as_object().into_iter().flatten().map(|(name, _)| name.to_lowercase());
    // API Gateway sets the length itself.
    let mut names: Vec<String> = names.filter(|name| name != "content-length").collect();
    names.sort();
    json!({ "status": reply.status, "headers": names, "body": plain(&reply.body) })
}

/// Numbers by their value: `25.00` is 25.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(entries) => entries.iter().map(plain).collect(),
        Value::Object(members) => {
            let kept = members.iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
            Value::Object(kept.map(|(name, value)| (name.clone(), plain(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.clone(),
    }
}
