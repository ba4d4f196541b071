//! Tasks are posted: money goes into escrow, once.

use super::{Field, Kind, Param, READS, SPENDS, Tool, can_have, has, may, need};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{self, Object, Session};
use contract::tasks::task_types;
use humanops_client::types::ErrorCode;
use humanops_client::{Answer, Error, Usd, operations};
use serde_json::{Map, Value, json};

const KEY: Param = may("idempotency_key")
    .own(super::text)
    .about("Repeat a call with the same key and arguments: the task is posted once.");
pub(super) const REWARD: Param = need("reward_usd")
    .about("What the operator earns, in US dollars, from 10. A fee of 12 to 18 %, at least $2, comes on top.");
pub(super) const DEADLINE: Param = need("deadline").about("RFC 3339, 5 minutes to 90 days ahead.");
pub(super) const AUTHORIZATION: Param =
    may("authorization").about("Needed where a type is restricted: on what authority you ask for it.");

/// What posting answers.
pub(super) const POSTED: &[Field] = &[
    has("task_id", Kind::Text),
    has("status", Kind::Text),
    has("reward_usd", Kind::Amount),
    has("platform_fee", Kind::Amount),
    has("total_escrow", Kind::Amount),
    has("deadline", Kind::Text),
    has("already_posted", Kind::Flag),
    can_have("idempotency_key", Kind::Text),
    can_have("next_action", Kind::MaybeObject),
    can_have("key_fingerprint", Kind::Text),
];

pub(super) const PHYSICAL: Tool = Tool {
    name: "post_task",
    title: "Post physical task",
    about: "Posts a task that is done at a place, and moves reward and fee from your deposit into escrow; cancel_task gives \
            them back until work was handed in. Returns task_id for get_task_result. Called again within 10 minutes with the \
            same arguments it answers with the first task.",
    about_home: ["", ""],
    hints: SPENDS,
    operation: "createTask",
    params: &[
        need("title"),
        need("description"),
        need("location").about("lat, lng and address, all three."),
        REWARD,
        DEADLINE,
        need("proof_requirements"),
        need("task_type").words(task_types::physical),
        may("callback_url"),
        may("callback_secret"),
        KEY,
    ],
    output: POSTED,
    run: |session, arguments| Box::pin(post(session, arguments)),
};

pub(super) const DIGITAL: Tool = Tool {
    name: "dispatch_digital_task",
    title: "Dispatch digital task",
    about: "Posts a task that is done online, like post_task without a place. list_digital_categories has each category's \
            limits and usual proof; for accounts, API keys and other secrets use dispatch_credential_task.",
    about_home: ["", ""],
    hints: SPENDS,
    operation: "createTask",
    params: &[
        need("title"),
        need("description"),
        need("digital_category").field("task_type").words(task_types::digital),
        REWARD,
        DEADLINE,
        need("proof_requirements"),
        may("digital_instructions"),
        AUTHORIZATION,
        may("callback_url"),
        may("callback_secret"),
        KEY,
    ],
    output: POSTED,
    run: |session, arguments| Box::pin(post(session, arguments)),
};

pub(super) const CATEGORIES: Tool = Tool {
    name: "list_digital_categories",
    title: "List digital categories",
    about: "Lists the categories of work that is done online, with rewards allowed, default proof, and whether this \
            deployment restricts them.",
    about_home: ["", ""],
    hints: READS,
    operation: "listTaskTypes",
    params: &[],
    output: &[has("categories", Kind::List)],
    run: |session, _| Box::pin(categories(session)),
};

/// Seconds in which a task like another is taken for the same, where no key says otherwise.
const DUPLICATE_WITHIN_S: u64 = 600;

const KEY_CHARS_MAX: usize = 255;

/// Posts a task, unless it was posted already.
pub(super) async fn post(session: &Session, mut arguments: Arguments) -> Result<Map<String, Value>, Refusal> {
    let key = arguments.take_text("idempotency_key")?;
    if key.as_ref().is_some_and(|key| key.len() > KEY_CHARS_MAX || !key.bytes().all(|b| (b' '..=b'~').contains(&b))) {
        return Err(Refusal::invalid("`idempotency_key` must be 1 to 255 printable ASCII characters."));
    }
    let Arguments(mut body) = arguments;
    session.limits.permit(body.get("reward_usd"))?;
    if key.is_none() {
        body.insert("reject_duplicate_within_s".to_owned(), DUPLICATE_WITHIN_S.into());
    }
    let mut request = session.client.request::<Object>(operations::CREATE_TASK).body(&body);
    if let Some(key) = key {
        request = request.idempotency_key(key);
    }
    match request.send().await {
        Ok(answer) => Ok(created(answer)),
        Err(error) => match first(&error) {
            Some(id) => existing(session, id).await,
            None => Err(error.into()),
        },
    }
}

fn created(answer: Answer<Object>) -> Map<String, Value> {
    let mut posted = super::picked(answer.data, POSTED);
    posted.insert("already_posted".to_owned(), answer.replayed.into());
    posted.extend(answer.idempotency_key.map(|key| ("idempotency_key".to_owned(), key.into())));
    posted
}

/// The task that a refused one is like.
fn first(error: &Error) -> Option<&str> {
    let refused = error.api().filter(|refused| refused.code == Some(ErrorCode::ProbableDuplicate))?;
    refused.details.get("existing_task_id")?.as_str()
}

async fn existing(session: &Session, id: &str) -> Result<Map<String, Value>, Refusal> {
    let mut task = session.task(id).await?;
    let usd = |name: &str| task.get(name)?.to_string().parse::<Usd>().ok();
    let total = usd("reward_usd").zip(usd("platform_fee_usd")).and_then(|(reward, fee)| reward.checked_add(fee));
    let total = json!(total.ok_or_else(Refusal::unreadable)?);
    let fee = task.remove("platform_fee_usd").unwrap_or_default();
    task.extend([
        ("total_escrow".to_owned(), total),
        ("platform_fee".to_owned(), fee),
        ("already_posted".to_owned(), true.into()),
    ]);
    Ok(super::picked(task, POSTED))
}

async fn categories(session: &Session) -> Result<Map<String, Value>, Refusal> {
    let types = session::list(&mut session.get(operations::LIST_TASK_TYPES, &json!({})).await?, "data")?;
    let digital =
        types.into_iter().filter(|limits| limits.get("task_domain").is_some_and(|domain| domain == "DIGITAL"));
    let shown = digital.map(|limits| {
        let part = |name: &str| limits.get(name).cloned().unwrap_or_default();
        json!({
            "digital_category": part("task_type"), "min_reward_usd": part("min_reward_usd"),
            "max_reward_usd": part("max_reward_usd"), "default_proof_type": part("default_proof_type"),
            "default_proof_requirements": part("default_proof_requirements"), "policy": part("policy"),
            "is_credential": part("requires_agent_public_key"),
        })
    });
    Ok(Map::from_iter([("categories".to_owned(), shown.collect())]))
}
