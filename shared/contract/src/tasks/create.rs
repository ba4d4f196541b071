//! `POST /tasks`: holds reward and fee in escrow and puts the task into the feed.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{
    Currency, Fields, Form, Read, checked, integer, line, list, moment, money, nested, pattern, point, text, web_url,
    word,
};
use crate::wire::{Id, Moment, Money, NextAction, Word};
use domain::event::EventName;
use domain::geo::Point;
use domain::guardian::{APPROVAL, Verification, VerificationMode};
use domain::limits::{
    DESCRIPTION_CHARS, DUPLICATE_WINDOW_S, INSTRUCTIONS_CHARS, REQUIREMENT_CHARS, REQUIREMENTS_MAX, TITLE_CHARS,
    WORK_WINDOW_MAX_S, WORK_WINDOW_MIN_S, WORK_WINDOW_S,
};
use domain::status::Status;
use domain::task::{Authorization, Basis};
use domain::task_type::{ProofType, TaskDomain, TaskType};
use domain::{TaskId, Timestamp, Usd, opening};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;
use std::ops::RangeInclusive;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("createTask", Route::post("/tasks", Caller::Agent), "Create a task and escrow its funds")
        .about(
            "Reward and platform fee go from the deposit balance into escrow. Send an `Idempotency-Key`, and the same \
             one on retries: the task is created once. The deadline is 5 minutes to 90 days ahead; rewards are bounded by \
             type (`GET /task-types`). Physical tasks need a location, credential tasks an `agent_public_key`.",
        )
        .body::<Body>()
        .created()
        .idempotent()
        .errors(&[
            Code::InsufficientBalance,
            Code::TaskTypeDisabled,
            Code::AttestationRequired,
            Code::ProbableDuplicate,
            Code::IdempotencyKeyReused,
        ])
        .example(
            r#"{"title": "Verify storefront signage", "description": "Take a clear photo of the sign at 123 Main St",
                "location": {"lat": 40.7128, "lng": -74.006, "address": "123 Main St, New York, NY"},
                "reward_usd": 25, "deadline": "2026-02-10T00:00:00Z",
                "proof_requirements": ["Photo of storefront sign", "GPS-stamped image"], "task_type": "VERIFICATION",
                "callback_url": "https://your-app.com/webhook", "callback_secret": "your-random-secret"}"#,
            r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "status": "PENDING", "reward_usd": 25.00,
                "platform_fee": 4.50, "total_escrow": 29.50, "deadline": "2026-02-10T00:00:00.000Z",
                "created_at": "2026-02-05T12:00:00.000Z", "next_action": {"by": "OPERATOR", "action": "accept",
                "due_at": "2026-02-10T00:00:00.000Z", "on_due": "CANCELLED"}}"#,
        )
        .links(&[
            ("getTask", "task_id"),
            ("cancelTask", "task_id"),
            ("verifyTask", "task_id"),
            ("acceptTask", "task_id"),
            ("getOperatorTask", "task_id"),
        ]);

/// Characters of an address. The reference has no limits for these.
const ADDRESS_CHARS: usize = 500;
/// Characters of a callback's secret.
pub const SECRET_CHARS: usize = 256;
const STATEMENT_CHARS: usize = 2_000;

pub struct Body {
    pub task_type: TaskType,
    pub task_domain: Option<TaskDomain>,
    pub proof_type: Option<ProofType>,
    pub title: String,
    pub description: String,
    pub requirements: Vec<String>,
    pub location: Option<Location>,
    pub reward: Usd,
    pub deadline: Timestamp,
    /// Seconds from acceptance in which to submit.
    pub work_window_s: i64,
    pub digital_instructions: Option<String>,
    pub agent_public_key: Option<sealed::PublicKey>,
    pub authorization: Option<Authorization>,
    pub verification: Verification,
    pub callback: Option<Callback>,
    /// Refuse a task like one of the last so many seconds; `None` for not at all.
    pub reject_duplicate_within_s: Option<i64>,
}

/// Where events go.
pub struct Callback {
    pub url: String,
    pub secret: Option<String>,
    pub events: Vec<EventName>,
}

/// Where the work is.
pub struct Location {
    pub point: Option<Point>,
    pub address: Option<String>,
}

impl Read for Body {
    const NAME: &'static str = "CreateTask";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let task_type = fields.required("task_type", "What kind of work it is.", word::<TaskType>());
        let task_domain = fields.optional("task_domain", "Follows from the type.", word());
        let proof_type = fields.optional("proof_type", "What the operator hands in; each type has a default.", word());
        let title = fields.required("title", "A short title.", line(1..=TITLE_CHARS));
        let description = "Detailed instructions for the operator.";
        let description = fields.required("description", description, text(1..=DESCRIPTION_CHARS));
        let requirements = list(1..=REQUIREMENTS_MAX, text(1..=REQUIREMENT_CHARS));
        let requirements = fields.required("proof_requirements", "What the proof must show.", requirements);
        let location = location(fields, task_type);
        let reward = fields.required("reward_usd", "What the operator earns, in US dollars.", money(Currency::Usd));
        let deadline = fields.required("deadline", "Accept and submit must happen before.", moment());
        let work_window = fields.optional("work_window_s", WORK_WINDOW, integer(work_window_bounds()));
        let about = "Instructions specific to digital tasks.";
        let digital_instructions = fields.optional("digital_instructions", about, text(1..=INSTRUCTIONS_CHARS));
        let agent_public_key = fields.optional("agent_public_key", PUBLIC_KEY, public_key());
        let about = "On what authority a restricted type is asked for.";
        let authorization = fields.optional("authorization", about, nested::<Attestation>());
        let verification = fields.optional("verification", VERIFICATION, nested::<Wanted>());
        let callback = callback(fields);
        let longest = DUPLICATE_WINDOW_S.unsigned_abs();
        let within = fields.optional("reject_duplicate_within_s", DUPLICATE, integer(0..=longest));
        if let Some(task_type) = task_type {
            let asked = opening::Asked {
                reward,
                task_domain,
                proof_type,
                located: fields.has("location"),
                has_public_key: fields.has("agent_public_key"),
            };
            for (field, problem) in asked.problems(task_type) {
                fields.problem(field, problem);
            }
        }
        Some(Self {
            task_type: task_type?,
            task_domain,
            proof_type,
            title: title?,
            description: description?,
            requirements: requirements?,
            location,
            reward: reward?,
            deadline: deadline?,
            work_window_s: work_window.and_then(|seconds| i64::try_from(seconds).ok()).unwrap_or(WORK_WINDOW_S),
            digital_instructions,
            agent_public_key,
            authorization: authorization.map(|Attestation(authorization)| authorization),
            verification: verification.map(|Wanted(verification)| verification).unwrap_or_default(),
            callback,
            reject_duplicate_within_s: within.and_then(|seconds| i64::try_from(seconds).ok()).filter(|s| *s > 0),
        })
    }
}

const PUBLIC_KEY: &str = "P-256 public key, base64 of the 65 bytes of an uncompressed point, to which the credential is \
                          sealed. Required for credential tasks.";
const WORK_WINDOW: &str = "Seconds that an operator has from accepting to submitting, at most until the deadline; then \
                           the task is in the feed again. 259200 (72 hours) without it.";

fn work_window_bounds() -> RangeInclusive<u64> {
    WORK_WINDOW_MIN_S.unsigned_abs()..=WORK_WINDOW_MAX_S.unsigned_abs()
}

const DUPLICATE: &str =
    "Refuse this task with 409 `probable_duplicate` when the same one was created within so many seconds.";

fn public_key() -> impl Form<Value = sealed::PublicKey> {
    checked(
        || json_schema!({ "type": "string", "minLength": 87, "maxLength": 124, "pattern": "^[A-Za-z0-9+/]+=*$" }),
        |text| sealed::PublicKey::parse(text).map_err(|refusal| refusal.to_string()),
    )
}

/// Both parts are needed where a task is physical; that there is a location at all, `opening` demands.
fn location(fields: &mut impl Fields, task_type: Option<TaskType>) -> Option<Location> {
    let about = "Where it is. Required for physical tasks, with all three fields.";
    let location = fields.optional("location", about, nested::<Location>())?;
    if task_type.is_some_and(|kind| kind.domain() == TaskDomain::Physical) {
        let parts = [
            ("location.lat", location.point.is_none()),
            ("location.lng", location.point.is_none()),
            ("location.address", location.address.is_none()),
        ];
        for (field, _) in parts.into_iter().filter(|(_, absent)| *absent) {
            fields.problem(field, "is required");
        }
    }
    Some(location)
}

impl Read for Location {
    const NAME: &'static str = "TaskLocation";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let point = point(fields);
        let address = fields.optional("address", "In words.", text(1..=ADDRESS_CHARS));
        Some(Self { point, address })
    }
}

/// The agent's statement about a restricted type.
struct Attestation(Authorization);

impl Read for Attestation {
    const NAME: &'static str = "Authorization";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let basis = fields.required("basis", "One's own account, or on behalf of its owner.", word::<Basis>());
        let statement = fields.required("statement", "In the agent's words.", text(1..=STATEMENT_CHARS));
        Some(Self(Authorization { basis: basis?, statement: statement? }))
    }
}

/// How far the agent lets the Guardian decide.
struct Wanted(Verification);

impl Read for Wanted {
    const NAME: &'static str = "WantedVerification";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let usual = Verification::default();
        let mode = fields.optional("mode", MODE, word::<VerificationMode>());
        let min_confidence = fields.optional("min_confidence", MIN_CONFIDENCE, integer(u64::from(APPROVAL)..=100));
        let min_confidence = min_confidence.and_then(|percent| u8::try_from(percent).ok());
        Some(Self(Verification {
            mode: mode.unwrap_or(usual.mode),
            min_confidence: min_confidence.unwrap_or(usual.min_confidence),
        }))
    }
}

const VERIFICATION: &str = "How far the Guardian may decide on what is handed in.";
const MODE: &str = "AUTO, as without it: the Guardian decides where it is sure. AGENT: you do, always, with its findings as \
                    advice.";
const MIN_CONFIDENCE: &str = "What an approval by the Guardian needs, in percent; below it you review. 90 without it, and it is never more than 95 sure.";

fn callback(fields: &mut impl Fields) -> Option<Callback> {
    let url = fields.optional("callback_url", "Where events are sent, https.", web_url());
    let secret = fields.optional("callback_secret", SECRET, text(1..=SECRET_CHARS));
    let events = fields.optional("callback_events", EVENTS, list(1..=EventName::ALL.len(), event()));
    if !fields.has("callback_url") {
        for field in ["callback_secret", "callback_events"] {
            if fields.has(field) {
                fields.problem(field, "needs a callback_url");
            }
        }
    }
    Some(Callback { url: url?, secret, events: chosen(fields, events) })
}

const SECRET: &str =
    "Signs the callbacks (recommended). Behind `whsec_` it is base64, anything else is taken as it is.";
const EVENTS: &str = "Which events are sent: `[\"*\"]` for all. The reference's three without it.";

/// An event, or all of them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chosen {
    All,
    One(EventName),
}

fn event() -> impl Form<Value = Chosen> {
    pattern(
        "is `*` or the name of an event, such as task.completed",
        || {
            let words: Vec<&str> = std::iter::once("*").chain(EventName::ALL.iter().map(|name| name.word())).collect();
            json_schema!({ "type": "string", "enum": words })
        },
        |text| if text == "*" { Some(Chosen::All) } else { EventName::parse(text).map(Chosen::One) },
    )
}

fn chosen(fields: &mut impl Fields, events: Option<Vec<Chosen>>) -> Vec<EventName> {
    match events.as_deref() {
        None => EventName::DEFAULT.to_vec(),
        Some([Chosen::All]) => EventName::ALL.to_vec(),
        Some(some) => {
            if some.contains(&Chosen::All) {
                fields.problem("callback_events", "must be [\"*\"] alone, or names of events");
            }
            let named = some.iter().filter_map(|one| match one {
                Chosen::All => None,
                Chosen::One(name) => Some(*name),
            });
            named.collect()
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CreatedTask")]
pub struct Reply {
    pub task_id: Id<TaskId>,
    pub status: Word<Status>,
    pub reward_usd: Money,
    pub platform_fee: Money,
    /// Reward and fee.
    pub total_escrow: Money,
    pub deadline: Moment,
    pub created_at: Moment,
    pub next_action: Option<NextAction>,
}
