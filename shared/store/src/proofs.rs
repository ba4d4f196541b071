//! Proof as submitted, the Guardian's verdict on it, and which photos were already used.

use crate::commit::Condition;
use crate::item::task::{point, word};
use crate::item::{Item, decode, encode, hex, known, moment, text};
use crate::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use domain::geo::Point;
use domain::guardian::{Check, CheckName, CheckStatus, Decision, Requirement, ReviewReason, Verdict};
use domain::{ProofId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Sort key of the verdict.
pub(crate) const VERDICT: &str = "G";

/// What an operator handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Digest of the submission: the same submission has the same id.
    pub id: ProofId,
    /// Keys of the photos in the bucket.
    pub photos: Vec<String>,
    /// Free text.
    pub notes: Option<String>,
    /// For CONFIRMATION.
    pub confirmation_text: Option<String>,
    /// Never fetched.
    pub reference_url: Option<String>,
    /// Where the operator says they were, as given.
    pub location: Option<Location>,
    /// When.
    pub submitted_at: Timestamp,
}

/// Where an operator says they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where.
    pub point: Point,
    /// Radius in metres.
    pub accuracy_m: Option<u32>,
    /// When the position was taken.
    pub captured_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct ProofItem {
    pk: String,
    sk: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ph: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ct: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rf: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    la: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lo: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lm: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lt: Option<i64>,
    su: i64,
}

#[derive(Serialize, Deserialize)]
struct VerdictItem {
    pk: String,
    sk: String,
    de: String,
    cf: u8,
    rs: String,
    rq: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rr: Option<String>,
    ck: Vec<CheckItem>,
}

#[derive(Serialize, Deserialize)]
struct CheckItem {
    n: String,
    s: String,
    d: String,
}

impl Key {
    /// The full verdict on a task's submission.
    pub fn verdict(task: TaskId) -> Self {
        Self::new(Table::Core, task, VERDICT)
    }
}

impl Found {
    /// The full verdict on a task's submission, if it was asked for and there is one.
    pub fn verdict(&mut self, task: TaskId) -> Result<Option<Verdict>, StoreError> {
        self.take(&Key::verdict(task), verdict_of)
    }
}

impl Store {
    /// Keeps a submission beside its task, before the task points to it. Putting it again is harmless.
    pub async fn put_proof(&self, task: TaskId, proof: &Proof) -> Result<(), StoreError> {
        let location = proof.location.as_ref();
        let item = encode(&ProofItem {
            pk: task.to_string(),
            sk: proof.id.to_string(),
            ph: proof.photos.clone(),
            nt: proof.notes.clone(),
            ct: proof.confirmation_text.clone(),
            rf: proof.reference_url.clone(),
            la: location.map(|l| l.point.lat.scaled()),
            lo: location.map(|l| l.point.lng.scaled()),
            lm: location.and_then(|l| l.accuracy_m),
            lt: location.and_then(|l| l.captured_at).map(Timestamp::millis),
            su: proof.submitted_at.millis(),
        });
        self.put_beside(item, "put a proof").await
    }

    /// Keeps the full verdict beside its task, before the task points to it. The first one stays:
    /// answers the verdict that is there.
    pub async fn put_verdict(&self, task: TaskId, verdict: &Verdict) -> Result<Verdict, StoreError> {
        match self.put_new(&self.tables.core, verdict_item(task, verdict), "put a verdict").await? {
            None => Ok(verdict.clone()),
            Some(there) => verdict_of(there),
        }
    }

    /// Takes back a submission that did not move its task.
    pub async fn drop_proof(&self, task: TaskId, proof: ProofId) -> Result<(), StoreError> {
        for sort in [proof.to_string(), crate::credentials::sort_key(proof)] {
            let delete = self.client.delete_item().table_name(&self.tables.core);
            let delete = delete.key("pk", text(task)).key("sk", text(sort));
            delete.send().await.map_err(unavailable("drop a proof"))?;
        }
        Ok(())
    }

    pub(crate) async fn put_beside(&self, item: Item, operation: &'static str) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(&self.tables.core).set_item(Some(item));
        put.send().await.map(drop).map_err(unavailable(operation))
    }

    /// Claims a photo, by the hash of its bytes, for a task; answers the task that has it.
    pub async fn claim_photo(&self, sha256: [u8; 32], task: TaskId) -> Result<TaskId, StoreError> {
        let item = Item::from([
            ("pk".to_owned(), text(format!("H#{}", hex(&sha256)))),
            ("sk".to_owned(), text("$")),
            ("tk".to_owned(), text(task)),
        ]);
        let expression = "attribute_not_exists(pk) OR tk = :task";
        let ours = Condition { expression, values: vec![(":task", text(task))] };
        let Some(there) = self.put_unless(&self.tables.core, item, ours, "claim a photo").await? else {
            return Ok(task);
        };
        let owner = there.get("tk").and_then(|v| v.as_s().ok());
        known(owner.and_then(|text| TaskId::parse(text)), "a photo's task", &format!("{owner:?}"))
    }
}

fn verdict_item(task: TaskId, verdict: &Verdict) -> Item {
    let check = |c: &Check| CheckItem { n: c.name.to_string(), s: c.status.to_string(), d: c.detail.clone() };
    encode(&VerdictItem {
        pk: task.to_string(),
        sk: VERDICT.to_owned(),
        de: verdict.decision.to_string(),
        cf: verdict.confidence,
        rs: verdict.reasoning.clone(),
        rq: verdict.requirements.iter().map(ToString::to_string).collect(),
        rr: verdict.review_reason.map(|reason| reason.to_string()),
        ck: verdict.checks.iter().map(check).collect(),
    })
}

pub(crate) fn proof_of(item: Item) -> Result<Proof, StoreError> {
    let p: ProofItem = decode(item)?;
    Ok(Proof {
        id: known(ProofId::parse(&p.sk), "a proof id", &p.sk)?,
        photos: p.ph,
        notes: p.nt,
        confirmation_text: p.ct,
        reference_url: p.rf,
        location: point(p.la, p.lo).map(|point| Location { point, accuracy_m: p.lm, captured_at: p.lt.map(moment) }),
        submitted_at: moment(p.su),
    })
}

pub(crate) fn verdict_of(item: Item) -> Result<Verdict, StoreError> {
    let v: VerdictItem = decode(item)?;
    let check = |c: &CheckItem| {
        Ok(Check {
            name: known(CheckName::parse(&c.n), "a check", &c.n)?,
            status: known(CheckStatus::parse(&c.s), "a check's status", &c.s)?,
            detail: c.d.clone(),
        })
    };
    let requirement = |word: &String| known(Requirement::parse(word), "a requirement's verdict", word);
    Ok(Verdict {
        decision: known(Decision::parse(&v.de), "a decision", &v.de)?,
        confidence: v.cf,
        reasoning: v.rs,
        requirements: v.rq.iter().map(requirement).collect::<Result<_, _>>()?,
        review_reason: word(v.rr, "a review reason", ReviewReason::parse)?,
        checks: v.ck.iter().map(check).collect::<Result<_, StoreError>>()?,
    })
}
