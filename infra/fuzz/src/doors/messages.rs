//! What AWS hands over.

use crate::bytes::Bytes;
use serde_json::Value;
use store::change::{change_of, partition_of};
use store::engine::item::Item;
use store::events::job::Job;

/// A record of the stream: the images before and after.
pub(crate) fn records(bytes: &[u8]) {
    let Ok(images) = serde_json::from_slice::<Value>(bytes) else { return };
    let image = |name: &str| serde_json::from_value::<serde_dynamo::Item>(images[name].clone()).ok().map(Item::from);
    let (old, new) = (image("OldImage"), image("NewImage"));
    let _ = partition_of(old.as_ref(), new.as_ref());
    let _ = change_of(old, new);
}

/// A message of a queue.
pub(crate) fn queue(bytes: &[u8]) {
    if let Ok(job) = serde_json::from_str::<Job>(&Bytes(bytes).text()) {
        let again = serde_json::to_string(&job).expect("a job can be written");
        assert_eq!(serde_json::from_str::<Job>(&again).ok(), Some(job), "{again}");
    }
}
