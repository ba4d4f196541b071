//! Where a task's events go, and what signs them, sealed: an item of its own beside the brief. Written with the task;
//! only `callbacks` can open the secret, and `tasks` replaces it.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, decode, encode, known, moment, text};
use crate::engine::read::{Found, Key, Table};
use crate::{Store, StoreError};
use domain::TaskId;
use domain::event::EventName;
use domain::task::{Callback, Sealed};
use serde::{Deserialize, Serialize};

/// Sort key of the callback.
pub(crate) const CALLBACK: &str = "H";

#[derive(Serialize, Deserialize)]
struct CallbackItem {
    pk: String,
    sk: String,
    #[serde(rename = "cu")]
    url: String,
    /// Sealed.
    #[serde(rename = "ss", default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    /// Sealed, and until when it signs.
    #[serde(rename = "rs", default, skip_serializing_if = "Option::is_none")]
    replaced: Option<(String, i64)>,
    #[serde(rename = "ce", default)]
    events: Vec<String>,
}

impl Key {
    /// A task's callback.
    pub fn callback(id: TaskId) -> Self {
        Self::new(Table::Core, id, CALLBACK)
    }
}

impl Found {
    /// A task's callback, if it has one.
    pub fn callback(&mut self, id: TaskId) -> Result<Option<Callback>, StoreError> {
        self.take(&Key::callback(id), callback_of)
    }
}

impl Store {
    /// Writes a task's callback in the place of the one that was read; `false` when somebody else has changed it.
    pub async fn replace_callback(&self, id: TaskId, seen: &Callback, callback: &Callback) -> Result<bool, StoreError> {
        let condition = match &seen.secret {
            None => Condition { expression: "attribute_exists(pk) AND attribute_not_exists(ss)", values: Vec::new() },
            Some(Sealed(secret)) => Condition { expression: "ss = :seen", values: vec![(":seen", text(secret))] },
        };
        let item = callback_item(id, callback);
        let there = self.put_unless(&self.tables.core, item.clone(), condition, "replace a callback").await?;
        // The answer to our own write may have been lost on the way.
        Ok(there.is_none_or(|there| there == item))
    }
}

pub(crate) fn callback_item(id: TaskId, callback: &Callback) -> Item {
    encode(&CallbackItem {
        pk: id.to_string(),
        sk: CALLBACK.to_owned(),
        url: callback.url.clone(),
        secret: callback.secret.clone().map(|Sealed(secret)| secret),
        replaced: callback.replaced.clone().map(|(Sealed(secret), until)| (secret, until.millis())),
        events: callback.events.iter().map(ToString::to_string).collect(),
    })
}

pub(crate) fn callback_of(item: Item) -> Result<Callback, StoreError> {
    let CallbackItem { url, secret, replaced, events, .. } = decode(item)?;
    let events = events.iter().map(|name| known(EventName::parse(name), "an event", name));
    let (secret, replaced) = (secret.map(Sealed), replaced.map(|(secret, until)| (Sealed(secret), moment(until))));
    Ok(Callback { url, secret, replaced, events: events.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back_under_these_names() {
        let id = TaskId::from_bytes([2; 16]);
        let sealed = || Sealed("s".to_owned());
        for (secret, replaced, names) in [
            (Some(sealed()), Some((sealed(), moment(7))), "ce cu pk rs sk ss"),
            (Some(sealed()), None, "ce cu pk sk ss"),
            (None, None, "ce cu pk sk"),
        ] {
            let (url, events) = ("https://example.com/h".to_owned(), vec![EventName::Verified]);
            let callback = Callback { url, secret, replaced, events };
            let item = callback_item(id, &callback);
            let mut stored: Vec<_> = item.keys().map(String::as_str).collect();
            stored.sort_unstable();
            assert_eq!(stored.join(" "), names);
            assert_eq!(callback_of(item).unwrap(), callback);
        }
    }
}
