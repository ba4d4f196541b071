//! What the embedded system itself keeps: how far its stream is handled, and how far its clock is ahead. In a table
//! beside the product's, so that it is as durable as they are.

use super::{Engine, Failure};
use dynoxide::{Database, DynoxideError};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The table.
pub(super) const TABLE: &str = "humanops-local";
/// The attribute with the text that is kept.
pub(super) const TEXT: &str = "text";

/// What is kept, by its key in the table.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    /// The sequence number of the stream up to which everything is handled.
    Handled,
    /// Nothing: that it can be written is the point.
    Heartbeat,
    /// Seconds that the clock is ahead of the system's time.
    ClockAhead,
}

impl Kept {
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Handled => "handled",
            Self::Heartbeat => "heartbeat",
            Self::ClockAhead => "clock-ahead-seconds",
        }
    }
}

pub(super) fn prepare(database: &Database) -> Result<(), Failure> {
    let table = json!({
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "KeySchema": [{ "AttributeName": "pk", "KeyType": "HASH" }],
        "AttributeDefinitions": [{ "AttributeName": "pk", "AttributeType": "S" }],
    });
    match database.create_table(request(table)?) {
        Ok(_) | Err(DynoxideError::ResourceInUseException(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

impl Engine {
    pub(crate) async fn kept(&self, what: Kept) -> Result<Option<String>, Failure> {
        let get = request(json!({ "TableName": TABLE, "Key": { "pk": { "S": what.key() } } }))?;
        let answer = serde_json::to_value(self.run(move |database| database.get_item(get)).await??)?;
        Ok(answer.pointer(&format!("/Item/{TEXT}/S")).and_then(Value::as_str).map(str::to_owned))
    }

    pub(crate) async fn keep(&self, what: Kept, text: &str) -> Result<(), Failure> {
        let item = json!({ "pk": { "S": what.key() }, TEXT: { "S": text } });
        let put = request(json!({ "TableName": TABLE, "Item": item }))?;
        self.run(move |database| database.put_item(put)).await??;
        Ok(())
    }
}

fn request<T: DeserializeOwned>(json: Value) -> Result<T, Failure> {
    Ok(serde_json::from_value(json)?)
}
