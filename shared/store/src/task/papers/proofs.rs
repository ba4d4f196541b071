//! Proof as submitted, and the Guardian's verdict on it: of each submission its own.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, decode, encode, known, moment, text};
use crate::engine::item::{point, word};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use domain::guardian::{Check, CheckName, CheckStatus, Decision, Finding, Requirement, ReviewReason, Seen, Verdict};
use domain::submission::{Location, Photo, Proof};
use domain::upload::PhotoType;
use domain::{ProofId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Sort key of the verdict on a proof.
pub(crate) fn verdict_key(proof: ProofId) -> String {
    format!("G#{proof}")
}

#[derive(Serialize, Deserialize)]
struct ProofItem {
    pk: String,
    sk: String,
    #[serde(rename = "ph", default, skip_serializing_if = "Vec::is_empty")]
    photos: Vec<String>,
    #[serde(rename = "pt", default, skip_serializing_if = "Vec::is_empty")]
    photo_types: Vec<String>,
    #[serde(rename = "nt", default, skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[serde(rename = "ct", default, skip_serializing_if = "Option::is_none")]
    confirmation_text: Option<String>,
    #[serde(rename = "rf", default, skip_serializing_if = "Option::is_none")]
    reference_url: Option<String>,
    #[serde(rename = "la", default, skip_serializing_if = "Option::is_none")]
    latitude: Option<i32>,
    #[serde(rename = "lo", default, skip_serializing_if = "Option::is_none")]
    longitude: Option<i32>,
    #[serde(rename = "lm", default, skip_serializing_if = "Option::is_none")]
    accuracy_m: Option<u32>,
    #[serde(rename = "lt", default, skip_serializing_if = "Option::is_none")]
    captured_at: Option<i64>,
    #[serde(rename = "su")]
    submitted_at: i64,
}

#[derive(Serialize, Deserialize)]
struct VerdictItem {
    pk: String,
    sk: String,
    #[serde(rename = "de")]
    decision: String,
    #[serde(rename = "fi")]
    finding: String,
    #[serde(rename = "cf")]
    confidence: u8,
    #[serde(rename = "rs")]
    reasoning: String,
    #[serde(rename = "rq")]
    requirements: Vec<SeenItem>,
    #[serde(rename = "rr", default, skip_serializing_if = "Option::is_none")]
    review_reason: Option<String>,
    #[serde(rename = "ck")]
    checks: Vec<CheckItem>,
}

#[derive(Serialize, Deserialize)]
struct SeenItem {
    #[serde(rename = "v")]
    verdict: String,
    #[serde(rename = "c")]
    confidence: u8,
    #[serde(rename = "r")]
    reasoning: String,
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    photo: Option<u8>,
}

#[derive(Serialize, Deserialize)]
struct CheckItem {
    #[serde(rename = "n")]
    name: String,
    #[serde(rename = "s")]
    status: String,
    #[serde(rename = "d")]
    detail: String,
}

impl Key {
    /// A proof of a task.
    pub fn proof(task: TaskId, proof: ProofId) -> Self {
        Self::new(Table::Core, task, proof)
    }

    /// The full verdict on a proof of a task.
    pub fn verdict(task: TaskId, proof: ProofId) -> Self {
        Self::new(Table::Core, task, verdict_key(proof))
    }
}

impl Found {
    /// A proof of a task, if it was asked for and exists.
    pub fn proof(&mut self, task: TaskId, proof: ProofId) -> Result<Option<Proof>, StoreError> {
        self.take(&Key::proof(task, proof), proof_of)
    }

    /// The full verdict on a proof of a task, if it was asked for and there is one.
    pub fn verdict(&mut self, task: TaskId, proof: ProofId) -> Result<Option<Verdict>, StoreError> {
        self.take(&Key::verdict(task, proof), verdict_of)
    }
}

impl Store {
    /// Keeps a submission beside its task, before the task points to it. Putting it again is harmless.
    pub async fn put_proof(&self, task: TaskId, proof: &Proof) -> Result<(), StoreError> {
        let location = proof.location.as_ref();
        let item = encode(&ProofItem {
            pk: task.to_string(),
            sk: proof.id.to_string(),
            photos: proof.photos.iter().map(|photo| photo.key.clone()).collect(),
            photo_types: proof.photos.iter().filter_map(|photo| photo.photo_type).map(|it| it.to_string()).collect(),
            notes: proof.notes.clone(),
            confirmation_text: proof.confirmation_text.clone(),
            reference_url: proof.reference_url.clone(),
            latitude: location.map(|l| l.point.lat.scaled()),
            longitude: location.map(|l| l.point.lng.scaled()),
            accuracy_m: location.and_then(|l| l.accuracy_m),
            captured_at: location.and_then(|l| l.captured_at).map(Timestamp::millis),
            submitted_at: proof.submitted_at.millis(),
        });
        self.put_beside(item, "put a proof").await
    }

    /// Keeps the full verdict beside its task, before the task points to it. The first one that saw something
    /// stays: answers the verdict that is there.
    pub async fn put_verdict(&self, task: TaskId, proof: ProofId, verdict: &Verdict) -> Result<Verdict, StoreError> {
        let expression = "attribute_not_exists(pk) OR fi = :unseen";
        let unseen = Condition { expression, values: vec![(":unseen", text(Finding::Unseen))] };
        match self.put_unless(&self.tables.core, verdict_item(task, proof, verdict), unseen, "put a verdict").await? {
            None => Ok(verdict.clone()),
            Some(there) => verdict_of(there),
        }
    }

    pub(crate) async fn put_beside(&self, item: Item, operation: &'static str) -> Result<(), StoreError> {
        let put = PutItemInput::builder().table_name(&self.tables.core).set_item(Some(item));
        self.database.send(put).await.map(drop).map_err(unavailable(operation))
    }
}

fn verdict_item(task: TaskId, proof: ProofId, verdict: &Verdict) -> Item {
    let check =
        |c: &Check| CheckItem { name: c.name.to_string(), status: c.status.to_string(), detail: c.detail.clone() };
    let seen = |it: &Seen| SeenItem {
        verdict: it.verdict.to_string(),
        confidence: it.confidence,
        reasoning: it.reasoning.clone(),
        photo: it.photo,
    };
    encode(&VerdictItem {
        pk: task.to_string(),
        sk: verdict_key(proof),
        decision: verdict.decision.to_string(),
        finding: verdict.finding.to_string(),
        confidence: verdict.confidence,
        reasoning: verdict.reasoning.clone(),
        requirements: verdict.requirements.iter().map(seen).collect(),
        review_reason: verdict.review_reason.map(|reason| reason.to_string()),
        checks: verdict.checks.iter().map(check).collect(),
    })
}

pub(crate) fn proof_of(item: Item) -> Result<Proof, StoreError> {
    let p: ProofItem = decode(item)?;
    let at = point(&p.sk, p.latitude, p.longitude)?;
    let location = at.map(|point| Location { point, accuracy_m: p.accuracy_m, captured_at: p.captured_at.map(moment) });
    let types = p.photo_types.iter().map(|word| known(PhotoType::parse(word), "a photo's type", word).map(Some));
    let types = types.chain(std::iter::repeat_with(|| Ok(None)));
    let photos = p.photos.into_iter().zip(types);
    Ok(Proof {
        id: known(ProofId::parse(&p.sk), "a proof id", &p.sk)?,
        photos: photos.map(|(key, photo_type)| Ok(Photo { key, photo_type: photo_type? })).collect::<Result<_, _>>()?,
        notes: p.notes,
        confirmation_text: p.confirmation_text,
        reference_url: p.reference_url,
        location,
        submitted_at: moment(p.submitted_at),
    })
}

pub(crate) fn verdict_of(item: Item) -> Result<Verdict, StoreError> {
    let v: VerdictItem = decode(item)?;
    let check = |c: &CheckItem| {
        Ok(Check {
            name: known(CheckName::parse(&c.name), "a check", &c.name)?,
            status: known(CheckStatus::parse(&c.status), "a check's status", &c.status)?,
            detail: c.detail.clone(),
        })
    };
    let seen = |it: SeenItem| {
        let verdict = known(Requirement::parse(&it.verdict), "a requirement's verdict", &it.verdict)?;
        Ok(Seen { verdict, confidence: it.confidence, reasoning: it.reasoning, photo: it.photo })
    };
    Ok(Verdict {
        decision: known(Decision::parse(&v.decision), "a decision", &v.decision)?,
        finding: known(Finding::parse(&v.finding), "a finding", &v.finding)?,
        confidence: v.confidence,
        reasoning: v.reasoning,
        requirements: v.requirements.into_iter().map(seen).collect::<Result<_, StoreError>>()?,
        review_reason: word(v.review_reason, "a review reason", ReviewReason::parse)?,
        checks: v.checks.iter().map(check).collect::<Result<_, StoreError>>()?,
    })
}
