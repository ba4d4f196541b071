//! The keys that a process makes for itself, and keeps with its data where that is kept.

use crate::engine::Failure;
use crate::folder;
use callbacks::OpeningKeys;
use pushes::Vapid;
use secrets::SealingKey;
use std::path::Path;

/// Whom push services may write to about what this process sends.
const PUSH_CONTACT: &str = "https://humanops.io";

pub(super) struct Keys {
    /// The text of `opening`.
    pub(super) callback_key: String,
    pub(super) opening: OpeningKeys,
    pub(super) sealing: SealingKey,
    /// The text of `vapid`.
    pub(super) push_key: String,
    pub(super) vapid: Vapid,
}

impl Keys {
    /// Those of this folder, made at the first start; without a folder, for this run alone.
    pub(super) fn of(folder: Option<&Path>) -> Result<Self, Failure> {
        let callback_key = kept(folder, "callback-key", OpeningKeys::generate)?;
        let opening = OpeningKeys::parse(&callback_key).ok_or("callback-key in the data's folder is no key")?;
        let sealing = SealingKey::parse(&opening.sealing_key()).ok_or("a key has no public half")?;
        let push_key = kept(folder, "push-key", Vapid::generate)?;
        let vapid = Vapid::parse(&push_key, PUSH_CONTACT).ok_or("push-key in the data's folder is no key")?;
        Ok(Self { callback_key, opening, sealing, push_key, vapid })
    }
}

fn kept(folder: Option<&Path>, name: &str, fresh: impl FnOnce() -> String) -> Result<String, String> {
    match folder {
        Some(folder) => folder::kept(&folder.join(name), fresh),
        None => Ok(fresh()),
    }
}
