//! Where a task's events go, and what signs them: an item of its own beside the brief, so that nobody reads the secret who
//! reads the brief. Written with the task; only `callbacks` reads it, and of `tasks` what shows an agent its own.

use crate::StoreError;
use crate::engine::item::{Item, decode, encode, known};
use crate::engine::read::{Found, Key, Table};
use domain::TaskId;
use domain::event::EventName;
use domain::task::Callback;
use serde::{Deserialize, Serialize};

/// Sort key of the callback.
pub(crate) const CALLBACK: &str = "H";

#[derive(Serialize, Deserialize)]
struct CallbackItem {
    pk: String,
    sk: String,
    #[serde(rename = "cu")]
    url: String,
    #[serde(rename = "cs", default, skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
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

pub(crate) fn callback_item(id: TaskId, callback: &Callback) -> Item {
    encode(&CallbackItem {
        pk: id.to_string(),
        sk: CALLBACK.to_owned(),
        url: callback.url.clone(),
        secret: callback.secret.clone(),
        events: callback.events.iter().map(ToString::to_string).collect(),
    })
}

pub(crate) fn callback_of(item: Item) -> Result<Callback, StoreError> {
    let CallbackItem { url, secret, events, .. } = decode(item)?;
    let events = events.iter().map(|name| known(EventName::parse(name), "an event", name));
    Ok(Callback { url, secret, events: events.collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_back_under_these_names() {
        let id = TaskId::from_bytes([2; 16]);
        for (secret, names) in [(Some("s".to_owned()), "ce cs cu pk sk"), (None, "ce cu pk sk")] {
            let callback =
                Callback { url: "https://example.com/h".to_owned(), secret, events: vec![EventName::Verified] };
            let item = callback_item(id, &callback);
            let mut stored: Vec<_> = item.keys().map(String::as_str).collect();
            stored.sort_unstable();
            assert_eq!(stored.join(" "), names);
            assert_eq!(callback_of(item).unwrap(), callback);
        }
    }
}
