//! The end of a story: nothing is lost, nothing is stuck, everybody has what is theirs, and heard of it once.

use crate::dice::Dice;
use crate::parties::ask::{Ask, staff};
use crate::parties::deed::Deed;
use crate::story::Story;
use crate::truth::books::micros;
use domain::agent::event::AgentEvent;
use domain::event::EventName;
use domain::status::Status;
use domain::task::{Outcome, Task};
use humanops::engine::Failure;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Days in which everything becomes due that ever does, in steps; then the hold of what staff have decided is over.
const STEPS_DAYS: [u32; 5] = [1, 2, 3, 4, 8];

pub async fn judge(story: &mut Story, log: &mut Vec<String>) -> Result<(), Failure> {
    for days in STEPS_DAYS {
        settle(story).await?;
        if days == 8 {
            decide_disputes(story, log).await?;
            settle(story).await?;
        }
        story.world.pass(days * 86_400);
    }
    settle(story).await?;

    if let Some(wrong) = story.aws.wrong.iter().chain(&story.world.customer.wrong()).next() {
        return Err(wrong.clone().into());
    }
    let audit = story.world.truth.audit().await?;
    if !audit.violations.is_empty() {
        return Err(format!("{:?}", audit.violations).into());
    }
    let tasks: BTreeMap<String, Task> = story
        .aws
        .history
        .iter()
        .filter_map(|(id, versions)| Some((id.to_string(), versions.last()?.0.clone())))
        .collect();
    nothing_is_stuck(&tasks)?;
    for agent in 0..story.people.agents.len() {
        agent_has_what_is_its(story, agent, &tasks).await?;
        agent_heard_all_once(story, agent).await?;
    }
    revoked_keys_open_nothing(story).await?;
    for operator in story.people.operators.clone() {
        operator_has_what_is_theirs(story, &operator, &tasks).await?;
    }
    Ok(())
}

async fn settle(story: &mut Story) -> Result<(), Failure> {
    let mut dice = Dice::new(0);
    story.aws.settle(&story.world, &mut dice).await
}

/// What only people decide, is decided: else it would wait for ever, as it may.
async fn decide_disputes(story: &mut Story, log: &mut Vec<String>) -> Result<(), Failure> {
    let disputed = story
        .aws
        .history
        .iter()
        .filter(|(_, versions)| versions.last().is_some_and(|(task, _)| task.status == Status::Disputed));
    let disputed: Vec<String> = disputed.map(|(id, _)| id.to_string()).collect();
    for task in disputed {
        let ask = Ask {
            deed: Deed::Resolve,
            credential: staff(),
            method: "POST",
            path: format!("/admin/tasks/{task}/resolve"),
            idempotency_key: None,
            body: Some(json!({ "outcome": "RELEASE", "rationale": "At the end." })),
        };
        let reply = story.asked(&ask).await?;
        log.push(format!("at the end: resolve {task}: {}", reply.status));
        if reply.status != 200 {
            return Err(format!("{task} can't be resolved: {}", reply.text).into());
        }
    }
    Ok(())
}

fn nothing_is_stuck(tasks: &BTreeMap<String, Task>) -> Result<(), String> {
    match tasks.values().find(|task| !matches!(task.status, Status::Completed | Status::Cancelled)) {
        Some(task) => Err(format!("{} is still {:?}, though everything that was due is done", task.id, task.status)),
        None => Ok(()),
    }
}

/// Whoever was told that a key is revoked finds it so for ever: the books complain of any other answer.
async fn revoked_keys_open_nothing(story: &mut Story) -> Result<(), String> {
    for key in story.people.revoked.clone() {
        let (path, credential) = ("/agents/balance".to_owned(), ("x-api-key", key));
        let ask = Ask { deed: Deed::Look, credential, method: "GET", path, idempotency_key: None, body: None };
        let reply = story.asked(&ask).await?;
        story.books.note(&ask, &reply, &mut story.people)?;
    }
    Ok(())
}

async fn get(story: &mut Story, credential: (&'static str, String), path: &str) -> Result<Value, String> {
    let path = path.to_owned();
    let ask = Ask { deed: Deed::Look, credential, method: "GET", path, idempotency_key: None, body: None };
    let reply = story.asked(&ask).await?;
    if reply.status == 200 { Ok(reply.json) } else { Err(format!("{}: {}", ask.path, reply.text)) }
}

/// All pages of a list.
async fn list(story: &mut Story, credential: (&'static str, String), path: &str) -> Result<Vec<Value>, String> {
    let (mut all, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let more = cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page = get(story, credential.clone(), &format!("{path}?limit=100{more}")).await?;
        all.extend(page["data"].as_array().or_else(|| page["tasks"].as_array()).into_iter().flatten().cloned());
        match page["pagination"]["next_cursor"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return Ok(all),
        }
    }
}

fn amount(of: &Value) -> u64 {
    micros(&of.to_string())
}

/// Sum of what has not failed, and the ids of all.
fn sum(payouts: &[Value], id: &str) -> (u64, BTreeSet<String>) {
    let counts = payouts.iter().filter(|payout| !matches!(payout["status"].as_str(), Some("failed" | "refunded")));
    let ids = payouts.iter().filter_map(|payout| payout[id].as_str()).map(str::to_owned);
    (counts.map(|payout| amount(&payout["amount_usd"])).sum(), ids.collect())
}

/// What a task cost in the end, and what its operator earned, in micro-dollars: by the reference, and not by `domain`.
fn shares(task: &Task) -> (u64, u64) {
    let [reward, fee] = [task.reward, task.fee].map(|it| u64::try_from(it.micros()).unwrap_or_default());
    match (task.status, &task.resolution) {
        (Status::Cancelled, _) => (0, 0),
        (_, Some(resolution)) if resolution.outcome == Outcome::Split => {
            // To the cent, half of one up.
            let of =
                |whole: u64| (whole * u64::from(resolution.operator_share_bps) + 50_000_000) / 100_000_000 * 10_000;
            (of(reward) + of(fee), of(reward))
        }
        _ => (reward + fee, reward),
    }
}

async fn agent_has_what_is_its(story: &mut Story, at: usize, tasks: &BTreeMap<String, Task>) -> Result<(), String> {
    let agent = story.people.agents[at].clone();
    let key = ("x-api-key", agent.key.clone());
    let listed = list(story, key.clone(), "/tasks").await?;
    let listed: BTreeSet<&str> = listed.iter().filter_map(|task| task["task_id"].as_str()).collect();
    let promised = story.books.tasks.iter().filter(|(_, owner)| **owner == at).map(|(id, _)| id.as_str());
    let promised: BTreeSet<&str> = promised.collect();
    if listed != promised {
        return Err(format!("{} was promised {promised:?} and is shown {listed:?}", agent.id));
    }
    let withdrawals = list(story, key.clone(), "/agents/withdrawals").await?;
    let (withdrawn, ids) = sum(&withdrawals, "withdrawal_id");
    promised_payouts_are_there(story, &agent.key, &ids)?;
    let spent: u64 = promised_costs(tasks, story, at);
    let expected = story.books.deposited(at).checked_sub(withdrawn + spent);
    let balance = get(story, key, "/agents/balance").await?;
    let has = amount(&balance["deposit_balance"]);
    let held = amount(&balance["escrow_balance"]) + amount(&balance["in_flight_balance"]);
    if Some(has) != expected || held != 0 {
        let put_in = story.books.deposited(at);
        return Err(format!(
            "{} put in {put_in}, withdrew {withdrawn} and spent {spent}, and has {has} and {held} held",
            agent.id
        ));
    }
    Ok(())
}

fn promised_costs(tasks: &BTreeMap<String, Task>, story: &Story, at: usize) -> u64 {
    let own = story.books.tasks.iter().filter(|(_, owner)| **owner == at);
    own.filter_map(|(id, _)| tasks.get(id)).map(|task| shares(task).0).sum()
}

fn promised_payouts_are_there(story: &Story, credential: &str, ids: &BTreeSet<String>) -> Result<(), String> {
    let mut promised = story.books.payouts.iter().filter(|(_, who)| *who == credential);
    match promised.find(|(id, _)| !ids.contains(*id)) {
        Some((id, who)) => Err(format!("{id} was promised to {who} and is not there")),
        None => Ok(()),
    }
}

async fn operator_has_what_is_theirs(
    story: &mut Story,
    operator: &str,
    tasks: &BTreeMap<String, Task>,
) -> Result<(), String> {
    let by = ("x-operator-id", operator.to_owned());
    let me = get(story, by.clone(), "/operator/me").await?;
    if me["record"]["at_work"] != 0 {
        return Err(format!("{operator} is at work on {} tasks, though nothing is open", me["record"]["at_work"]));
    }
    let earnings = get(story, by.clone(), "/operator/earnings").await?;
    let payouts = list(story, by, "/operator/payouts").await?;
    let (paid, ids) = sum(&payouts, "payout_id");
    promised_payouts_are_there(story, operator, &ids)?;
    let own = |task: &&Task| task.operator.as_ref().is_some_and(|assignee| assignee.id.to_string() == operator);
    let earned: u64 = tasks.values().filter(own).map(|task| shares(task).1).sum();
    let [available, pending, total, in_flight] =
        ["available_balance", "pending_balance", "total_earned", "in_flight_balance"]
            .map(|name| amount(&earnings[name]));
    if total != earned || available + paid != earned || pending + in_flight != 0 {
        return Err(format!(
            "{operator} earned {earned} and was paid {paid}; the system says {total} earned, {available} available, \
             {pending} pending and {in_flight} on the way"
        ));
    }
    Ok(())
}

/// Numbered without a gap, each event of each version once and in order, and told to whoever wanted it.
async fn agent_heard_all_once(story: &mut Story, at: usize) -> Result<(), String> {
    let agent = story.people.agents[at].clone();
    let mut events = Vec::new();
    loop {
        let page =
            get(story, ("x-api-key", agent.key.clone()), &format!("/events?limit=100&after={}", events.len())).await?;
        let page = page["data"].as_array().cloned().unwrap_or_default();
        if page.is_empty() {
            break;
        }
        events.extend(page);
    }
    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (number, event) in events.iter().enumerate() {
        if event["sequence"].as_u64() != u64::try_from(number + 1).ok() {
            return Err(format!("{}: event {} is where {} should be", agent.id, event["sequence"], number + 1));
        }
        let text = |field: &str| event[field].as_str().unwrap_or_default().to_owned();
        if let Some(task) = event["task_id"].as_str().filter(|_| text("type") != EventName::Message.word()) {
            told.entry(task.to_owned()).or_default().push(text("id"));
        }
    }
    for (id, versions) in story.aws.history.iter().filter(|(id, _)| story.books.tasks.get(&id.to_string()) == Some(&at))
    {
        let ids =
            versions.iter().flat_map(|(task, names)| names.iter().map(|name| name.id(*id, task.version).to_string()));
        let expected: Vec<String> = ids.collect();
        let heard = told.remove(&id.to_string()).unwrap_or_default();
        if expected != heard {
            let names: Vec<_> = versions.iter().map(|(task, names)| (task.version, names)).collect();
            return Err(format!("of {id} {expected:?} should have been told, and {heard:?} was: {names:?}"));
        }
        callbacks_arrived(story, &id.to_string(), &heard, &events)?;
    }
    for (task, promised) in story.books.messages.clone() {
        if story.books.tasks.get(&task) != Some(&at) {
            continue;
        }
        let written = list(story, ("x-api-key", agent.key.clone()), &format!("/tasks/{task}/messages")).await?.len();
        if written != promised.len() {
            return Err(format!("{task} has {written} messages, and {} were confirmed", promised.len()));
        }
    }
    match told.pop_first() {
        Some((task, _)) => Err(format!("{} was told of {task}, which is not its", agent.id)),
        None => Ok(()),
    }
}

/// What has a delivery that ended well was taken, and no delivery is left open.
fn callbacks_arrived(story: &Story, task: &str, ids: &[String], events: &[Value]) -> Result<(), String> {
    for event in events.iter().filter(|event| ids.iter().any(|id| event["id"] == **id)) {
        let attempts = event["deliveries"].as_array().cloned().unwrap_or_default();
        let Some(last) = attempts.last() else { continue };
        // It came up days later than it happened, while the server was not asked; or nothing had arrived there for five
        // days. The agent sees the one, and is told of the other.
        let is_disabled = || events.iter().any(|event| event["type"] == AgentEvent::EndpointDisabled.word());
        if last["error"] == "too_late" || last["error"] == "endpoint_disabled" && is_disabled() {
            continue;
        }
        let arrived = last["status"].as_u64().is_some_and(|status| status < 300);
        let id = event["id"].as_str().unwrap_or_default();
        if arrived != story.world.customer.took(id) || !arrived && !last["next_at"].is_null() {
            return Err(format!("{id} of {task} was tried {attempts:?}, and taken: {}", story.world.customer.took(id)));
        }
        if !arrived {
            return Err(format!("{id} of {task} never arrived: {attempts:?}"));
        }
    }
    Ok(())
}
