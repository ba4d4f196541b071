//! A task's brief: texts that are written once and read where they are shown.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, half, size_bytes, word};
use crate::engine::read::{Found, Key, Table};
use crate::task::state::state_item;
use domain::TaskId;
use domain::guardian::{Verification, VerificationMode};
use domain::task::{Authorization, Basis, Brief, Task};
use serde::{Deserialize, Serialize};

/// Sort key of the brief.
pub const BRIEF: &str = "B";

/// A pending state item of at most this many bytes has about 1 KB when its task is completed: it grows by some 200 bytes, a
/// revision included. A long name of its operator, or a dispute, takes it beyond.
const PENDING_BYTES_MAX: usize = 830;
/// Characters of the description that stay in an abridged state item.
const EXCERPT_CHARS: usize = 200;

#[derive(Serialize, Deserialize)]
struct BriefItem {
    pk: String,
    sk: String,
    #[serde(rename = "ds", default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(rename = "pr", default, skip_serializing_if = "Option::is_none")]
    requirements: Option<Vec<String>>,
    #[serde(rename = "di", default, skip_serializing_if = "Option::is_none")]
    digital_instructions: Option<String>,
    #[serde(rename = "pub_key", default, skip_serializing_if = "Option::is_none")]
    agent_public_key: Option<String>,
    #[serde(rename = "ab", default, skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    #[serde(rename = "at", default, skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
    #[serde(rename = "vm", default, skip_serializing_if = "Option::is_none")]
    verification_mode: Option<String>,
    #[serde(rename = "vc", default, skip_serializing_if = "Option::is_none")]
    min_confidence: Option<u8>,
}

impl Key {
    /// A task's brief.
    pub fn brief(id: TaskId) -> Self {
        Self::new(Table::Core, id, BRIEF)
    }
}

impl Found {
    /// A task's brief; the empty one if there is none.
    pub fn brief(&mut self, id: TaskId) -> Result<Brief, StoreError> {
        Ok(self.take(&Key::brief(id), brief_of)?.unwrap_or_default())
    }
}

/// Splits a new task: long texts move to the brief so that the state item stays small.
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
    let chosen = Some(brief.verification).filter(|chosen| *chosen != Verification::default());
    Some(encode(&BriefItem {
        pk: id.to_string(),
        sk: BRIEF.to_owned(),
        description: brief.description.clone(),
        requirements: brief.requirements.clone(),
        digital_instructions: brief.digital_instructions.clone(),
        agent_public_key: brief.agent_public_key.clone(),
        basis: brief.authorization.as_ref().map(|a| a.basis.to_string()),
        statement: brief.authorization.as_ref().map(|a| a.statement.clone()),
        verification_mode: chosen.map(|chosen| chosen.mode.to_string()),
        min_confidence: chosen.map(|chosen| chosen.min_confidence),
    }))
}

/// Reads a brief.
pub fn brief_of(item: Item) -> Result<Brief, StoreError> {
    let b: BriefItem = decode(item)?;
    let authorization = match (word(b.basis, "a basis", Basis::parse)?, b.statement) {
        (Some(basis), Some(statement)) => Some(Authorization { basis, statement }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => return Err(half(&b.pk, "an authorization")),
    };
    let verification = match (word(b.verification_mode, "a mode", VerificationMode::parse)?, b.min_confidence) {
        (Some(mode), Some(min_confidence)) => Verification { mode, min_confidence },
        (None, None) => Verification::default(),
        (Some(_), None) | (None, Some(_)) => return Err(half(&b.pk, "a verification")),
    };
    Ok(Brief {
        description: b.description,
        requirements: b.requirements,
        digital_instructions: b.digital_instructions,
        agent_public_key: b.agent_public_key,
        authorization,
        verification,
    })
}

#[cfg(test)]
mod tests;
