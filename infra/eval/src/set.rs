//! The labelled set: submissions of four kinds, and for each what the Guardian may decide. Everything follows from numbers
//! in here, so that two runs judge the same.

mod family;
mod scene;
mod shot;
mod subject;

pub(crate) use family::Family;
pub(crate) use shot::{Photo, Shot};
pub(crate) use subject::Kind;

use domain::guardian::Decision;
use domain::task_type::TaskType;

/// A task with a submission, and its label.
#[derive(Clone, Debug)]
pub(crate) struct Submission {
    /// `sign-wrong-2`.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) family: Family,
    pub(crate) requirements: Vec<String>,
    /// Dollars.
    pub(crate) reward: u32,
    pub(crate) shot: Shot,
    pub(crate) notes: &'static str,
    /// What may be decided: the label comes first.
    pub(crate) right: &'static [Decision],
}

impl Submission {
    pub(crate) fn task_type(&self) -> TaskType {
        match self.kind {
            Kind::Sign => TaskType::Verification,
            Kind::Receipt => TaskType::Photo,
            Kind::Parcel => TaskType::Delivery,
            Kind::Screen => TaskType::BrowserInteraction,
        }
    }

    pub(crate) fn label(&self) -> Decision {
        self.right[0]
    }

    pub(crate) fn may_be_approved(&self) -> bool {
        self.right.contains(&Decision::Approve)
    }
}

/// All of it, in the order in which it is handed in: what is reused comes after what it was.
pub(crate) fn all() -> Vec<Submission> {
    let of_kind = |kind: Kind| {
        Family::ALL.into_iter().flat_map(move |family| (0..family.count()).map(move |nth| family.submission(kind, nth)))
    };
    Kind::ALL.into_iter().flat_map(of_kind).collect()
}

#[cfg(test)]
mod tests;
