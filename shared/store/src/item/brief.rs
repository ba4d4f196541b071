//! A task's brief: texts that are written once and read where they are shown.

use super::task::{state_item, word};
use super::{Item, decode, encode, known, size_bytes};
use crate::StoreError;
use domain::TaskId;
use domain::event::EventName;
use domain::task::{Authorization, Basis, Brief, Callback, Task};
use serde::{Deserialize, Serialize};

/// Sort key of the brief.
pub const BRIEF: &str = "B";

/// A pending state item of at most this many bytes stays below 1 KB through all of its life.
const PENDING_BYTES_MAX: usize = 830;
/// Characters of the description that stay in an abridged state item.
const EXCERPT_CHARS: usize = 200;

#[derive(Serialize, Deserialize)]
struct BriefItem {
    pk: String,
    sk: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ds: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pr: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    di: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cu: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cs: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ce: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ab: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<String>,
}

/// Splits a new task: long texts move to the brief so that the state item stays below 1 KB.
pub fn split(mut task: Task, mut brief: Brief) -> (Task, Brief) {
    if size_bytes(&state_item(&task)) > PENDING_BYTES_MAX {
        brief.description = Some(std::mem::take(&mut task.description));
        brief.requirements = Some(std::mem::take(&mut task.requirements));
        task.description = brief.description.iter().flat_map(|d| d.chars()).take(EXCERPT_CHARS).collect();
        task.abridged = true;
    }
    (task, brief)
}

/// The brief's item; none when there is nothing to say.
pub fn brief_item(id: TaskId, brief: &Brief) -> Option<Item> {
    if *brief == Brief::default() {
        return None;
    }
    let callback = brief.callback.as_ref();
    Some(encode(&BriefItem {
        pk: id.to_string(),
        sk: BRIEF.to_owned(),
        ds: brief.description.clone(),
        pr: brief.requirements.clone(),
        di: brief.digital_instructions.clone(),
        cu: callback.map(|c| c.url.clone()),
        cs: callback.and_then(|c| c.secret.clone()),
        ce: callback.map(|c| c.events.iter().map(ToString::to_string).collect()).unwrap_or_default(),
        pub_key: brief.agent_public_key.clone(),
        ab: brief.authorization.as_ref().map(|a| a.basis.to_string()),
        at: brief.authorization.as_ref().map(|a| a.statement.clone()),
    }))
}

/// Reads a brief.
pub fn brief_of(item: Item) -> Result<Brief, StoreError> {
    let b: BriefItem = decode(item)?;
    let events = b.ce.iter().map(|name| known(EventName::parse(name), "an event", name));
    let events = events.collect::<Result<Vec<_>, _>>()?;
    let basis = word(b.ab, "a basis", Basis::parse)?;
    Ok(Brief {
        description: b.ds,
        requirements: b.pr,
        digital_instructions: b.di,
        callback: b.cu.map(|url| Callback { url, secret: b.cs, events }),
        agent_public_key: b.pub_key,
        authorization: basis.map(|basis| Authorization { basis, statement: b.at.unwrap_or_default() }),
    })
}
