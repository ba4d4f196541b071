//! The photos of a submission, looked at without a model: what the Guardian's checks say of them, and what an operator can
//! have said before handing them in.

mod demand;
mod examiner;

pub use examiner::{Examined, Examiner, Failed, Shown, Standard, Terms};

use bucket::Bucket;
use domain::{OperatorId, TaskId, upload};

/// What is wrong with a list that is not [`announced`].
pub const NOT_ANNOUNCED: &str =
    "must be photo_url values that POST /api/v1/operator/upload gave you for this task, each once";

/// The keys of photos that were announced for this task by this operator. One other URL spoils the list.
pub fn announced(urls: &[String], task: TaskId, operator: &OperatorId, bucket: &Bucket) -> Option<Vec<String>> {
    let ours = |url: &String| {
        let key = bucket.key_of(url)?;
        let (of_task, by, _) = upload::parse_key(&key)?;
        (of_task == task && by == *operator).then_some(key)
    };
    urls.iter().map(ours).collect()
}
