//! The body of `POST /tasks`, read into a draft that the domain can open.

use crate::Tasks;
use domain::event::EventName;
use domain::limits::{
    DESCRIPTION_CHARS, DUPLICATE_WINDOW_S, INSTRUCTIONS_CHARS, REQUIREMENT_CHARS, REQUIREMENTS_MAX, TITLE_CHARS,
};
use domain::opening::Draft;
use domain::task::{Authorization, Basis, Brief, Callback};
use domain::task_type::{ProofType, TaskDomain, TaskType};
use domain::{Timestamp, Usd, geo::Point};
use sealed::PublicKey;
use web::fields::{Currency, Fields};
use web::idempotency::{IdempotencyKey, fingerprint};
use web::{ApiError, Payload};

const ADDRESS_CHARS: usize = 500;
const SECRET_CHARS: usize = 256;
const STATEMENT_CHARS: usize = 2_000;
const URL_CHARS: usize = 2_048;

/// A request for a task.
pub(crate) struct Request {
    /// What is asked for, if it can be asked for now.
    pub(crate) draft: Result<Draft, ApiError>,
    /// Digest of the canonical request; `reject_duplicate_within_s` is not part of it.
    pub(crate) fingerprint: [u8; 16],
    /// Refuse a task like one of the last so many seconds.
    pub(crate) reject_duplicate_within_s: Option<i64>,
}

/// Reads the body; the draft's error reports everything that is wrong with it at once.
pub(crate) fn read(
    payload: &Payload,
    key: &IdempotencyKey,
    state: &Tasks,
    now: Timestamp,
) -> Result<Request, ApiError> {
    let mut fields = Fields::parse(&payload.0)?;
    key.check(&mut fields);
    let longest = u64::try_from(DUPLICATE_WINDOW_S).unwrap_or(0);
    let within = fields.optional_integer("reject_duplicate_within_s", 0..=longest);
    let reject_duplicate_within_s = within.and_then(|seconds| i64::try_from(seconds).ok()).filter(|s| *s > 0);
    let reward = fields.money("reward_usd", Currency::Usd);
    // However the amount was written, it is the same request.
    let fingerprint = fingerprint(&format!("{reward} {}", fields.canonical()));
    Ok(Request { draft: draft(fields, reward, state, now), fingerprint, reject_duplicate_within_s })
}

fn draft(mut fields: Fields, reward: Usd, state: &Tasks, now: Timestamp) -> Result<Draft, ApiError> {
    let task_type = fields.word("task_type", TaskType::ALL, TaskType::parse);
    let location_given = fields.has("location");
    let (point, address) = location(&mut fields, task_type);
    let draft = Draft {
        task_type: task_type.unwrap_or(TaskType::Verification),
        task_domain: fields.optional_word("task_domain", TaskDomain::ALL, TaskDomain::parse),
        proof_type: fields.optional_word("proof_type", ProofType::ALL, ProofType::parse),
        title: fields.text("title", 1..=TITLE_CHARS),
        description: fields.text("description", 1..=DESCRIPTION_CHARS),
        requirements: fields.texts("proof_requirements", 1..=REQUIREMENTS_MAX, 1..=REQUIREMENT_CHARS),
        point,
        address,
        reward,
        deadline: fields.time("deadline"),
        brief: brief(&mut fields, state),
    };
    if task_type.is_some() {
        let of_location = |field: &str| field == "location" && location_given;
        for (field, problem) in draft.problems(now).into_iter().filter(|(field, _)| !of_location(field)) {
            fields.problem_once(field, problem);
        }
    }
    fields.finish()?;
    draft.permitted(state.restriction)?;
    Ok(draft)
}

/// Both parts are needed where a task is physical; without any location the draft says so.
fn location(fields: &mut Fields, task_type: Option<TaskType>) -> (Option<Point>, Option<String>) {
    let physical = task_type.is_some_and(|kind| kind.domain() == TaskDomain::Physical);
    let read = |inner: &mut Fields| {
        let (point, address) = (inner.point(), inner.optional_text("address", 1..=ADDRESS_CHARS));
        let fresh = !inner.has_problem();
        for (field, absent) in [("lat", point.is_none()), ("lng", point.is_none()), ("address", address.is_none())] {
            if physical && absent && fresh {
                inner.problem(field, "is required");
            }
        }
        (point, address)
    };
    fields.object("location", read).unwrap_or((None, None))
}

fn brief(fields: &mut Fields, state: &Tasks) -> Brief {
    let key = fields.optional_text("agent_public_key", 1..=256);
    let agent_public_key = key.and_then(|text| match PublicKey::parse(&text) {
        Ok(key) => Some(key.to_base64()),
        Err(refusal) => {
            fields.problem("agent_public_key", refusal.to_string());
            None
        }
    });
    Brief {
        description: None,
        requirements: None,
        digital_instructions: fields.optional_text("digital_instructions", 1..=INSTRUCTIONS_CHARS),
        callback: callback(fields, state),
        agent_public_key,
        authorization: fields.object("authorization", authorization).flatten(),
    }
}

fn authorization(fields: &mut Fields) -> Option<Authorization> {
    let basis = fields.word("basis", Basis::ALL, Basis::parse);
    let statement = fields.text("statement", 1..=STATEMENT_CHARS);
    Some(Authorization { basis: basis?, statement })
}

fn callback(fields: &mut Fields, state: &Tasks) -> Option<Callback> {
    let url = fields.optional_text("callback_url", 1..=URL_CHARS);
    let secret = fields.optional_text("callback_secret", 1..=SECRET_CHARS);
    if secret.as_deref().is_some_and(|secret| !outbound::signature::is_secret(secret)) {
        fields.problem("callback_secret", "must be base64 behind whsec_");
    }
    let names = fields.optional_texts("callback_events", 1..=EventName::ALL.len(), 1..=64);
    let events = events(fields, names.as_deref());
    let Some(url) = url else {
        for (field, given) in [("callback_secret", secret.is_some()), ("callback_events", names.is_some())] {
            if given {
                fields.problem(field, "needs a callback_url");
            }
        }
        return None;
    };
    if let Err(refusal) = outbound::check_url(&url, state.callback_reach) {
        fields.problem("callback_url", refusal.to_string());
    }
    Some(Callback { url, secret, events })
}

fn events(fields: &mut Fields, names: Option<&[String]>) -> Vec<EventName> {
    match names {
        None => EventName::DEFAULT.to_vec(),
        Some([all]) if all == "*" => EventName::ALL.to_vec(),
        Some(names) => {
            let known: Vec<EventName> = names.iter().filter_map(|name| EventName::parse(name)).collect();
            if known.len() != names.len() {
                let words: Vec<&str> = EventName::ALL.iter().map(|name| name.word()).collect();
                fields.problem("callback_events", format!("must be [\"*\"] or some of {}", words.join(", ")));
            }
            known
        }
    }
}
