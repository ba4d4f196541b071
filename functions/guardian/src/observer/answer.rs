//! A model's answer, read as what anybody may have written: each statement answered once, by an id that was given out, and
//! none seen that nobody can see.

use super::question::Statements;
use super::{Unbelieved, phrases};
use domain::guardian::{Doubt, Requirement, Seen};
use serde::Deserialize;
use std::collections::HashMap;

/// Characters of a sentence that people are shown.
const SENTENCE_CHARS: usize = 300;
/// Texts of photos that are read on, and characters of each.
const TEXTS_MAX: usize = 100;
const TEXT_CHARS: usize = 2_000;

/// What a look came to.
pub(super) struct Told {
    /// In the order of the requirements.
    pub(super) seen: Vec<Seen>,
    pub(super) doubts: Vec<Doubt>,
    pub(super) visible_text: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    statements: Vec<Statement>,
    visible_text: Vec<String>,
    signs_of_editing: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    id: String,
    what_is_visible: String,
    photo: u8,
    verdict: String,
    confidence: u8,
}

/// `order` is that in which the photos were shown.
pub(super) fn read(json: &str, statements: &Statements, order: &[usize]) -> Result<Told, Unbelieved> {
    let wire: Wire = serde_json::from_str(json).map_err(|_| Unbelieved::Malformed("other fields"))?;
    if wire.statements.len() != statements.asked.len() {
        return Err(Unbelieved::Malformed("not every statement once"));
    }
    let mut answers: HashMap<String, Statement> = wire.statements.into_iter().map(|it| (it.id.clone(), it)).collect();
    let mut seen = Vec::new();
    for (id, place) in &statements.asked {
        let answer = answers.remove(id).ok_or(Unbelieved::Malformed("an id that was not given out"))?;
        let verdict = Requirement::parse(&answer.verdict).ok_or(Unbelieved::Malformed("a verdict"))?;
        match place {
            Some(place) => seen.push((*place, seen_of(answer, verdict, order)?)),
            None if verdict == Requirement::Met => return Err(Unbelieved::Credulous),
            None => {}
        }
    }
    seen.sort_by_key(|(place, _)| *place);
    let mut visible_text = wire.visible_text;
    visible_text.truncate(TEXTS_MAX);
    let visible_text = visible_text.into_iter().map(|text| text.chars().take(TEXT_CHARS).collect()).collect();
    let altered = wire.signs_of_editing.iter().any(|sign| !sign.trim().is_empty());
    let doubts = if altered { vec![Doubt::Tampering] } else { Vec::new() };
    Ok(Told { seen: seen.into_iter().map(|(_, seen)| seen).collect(), doubts, visible_text })
}

fn seen_of(answer: Statement, verdict: Requirement, order: &[usize]) -> Result<Seen, Unbelieved> {
    if answer.confidence > 100 {
        return Err(Unbelieved::Malformed("a confidence"));
    }
    let photo = match usize::from(answer.photo).checked_sub(1) {
        None => None,
        Some(nth) => {
            let place = order.get(nth).ok_or(Unbelieved::Malformed("a photo that was not shown"))?;
            u8::try_from(place + 1).ok()
        }
    };
    Ok(Seen { verdict, confidence: answer.confidence, reasoning: sentence(&answer.what_is_visible), photo })
}

/// What the agent is shown, which may be a model itself: nothing in it may speak to it.
fn sentence(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(SENTENCE_CHARS).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    if plain.is_empty() || phrases::speak_to_a_reviewer(&[&plain]) {
        return "See the photo.".to_owned();
    }
    plain
}

#[cfg(test)]
mod tests;
