//! Hosts that are asked: whether they answer, how often they did not, and until when nobody asks them.

use crate::engine::item::{Item, decode, moment, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, if_held, unavailable};
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use domain::Timestamp;
use domain::time::DAY_S;
use serde::{Deserialize, Serialize};

/// What is known of a host that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circuit {
    /// Silences in a row.
    pub failures: u32,
    /// Nobody asks it before.
    pub open_until: Timestamp,
    /// Its last answer is a sign of life until then.
    pub alive_until: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct CircuitItem {
    /// Absent like `al` while the first who asks has no answer.
    #[serde(rename = "n", default)]
    failures: u32,
    #[serde(rename = "ou")]
    open_until: i64,
    #[serde(rename = "al", default)]
    alive_until: i64,
}

/// Seconds until a host that nobody asks is forgotten.
const KEPT_S: i64 = 7 * DAY_S;

impl Key {
    /// What is known of a host.
    pub fn circuit(host: &str) -> Self {
        Self::new(Table::Edge, partition(host), "$")
    }
}

impl Found {
    /// What is known of a host, if it was asked for and something is.
    pub fn circuit(&mut self, host: &str) -> Result<Option<Circuit>, StoreError> {
        self.take(&Key::circuit(host), |item: Item| {
            let c: CircuitItem = decode(item)?;
            let (open_until, alive_until) = (moment(c.open_until), moment(c.alive_until));
            Ok(Circuit { failures: c.failures, open_until, alive_until })
        })
    }
}

impl Store {
    /// Counts that a host did not answer; nobody asks it before `open_until`. Those who asked it while somebody else
    /// closed the way are not counted again: `known_until` is until when they knew it to be left alone.
    pub async fn count_silence(
        &self,
        host: &str,
        known_until: Timestamp,
        open_until: Timestamp,
    ) -> Result<(), StoreError> {
        let update = UpdateItemInput::builder().table_name(&self.tables.edge);
        let update = update.key("pk", text(partition(host))).key("sk", text("$"));
        let call = update
            .update_expression("ADD n :one SET ou = :until, #ttl = :ttl")
            .condition_expression("attribute_not_exists(ou) OR ou <= :known")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":until", number(open_until.millis()))
            .expression_attribute_values(":known", number(known_until.millis()))
            .expression_attribute_values(":ttl", number(open_until.max(self.now()).plus_seconds(KEPT_S).seconds()));
        let sent = self.database.send(call).await;
        if_held(sent, "count a silence").map(drop)
    }

    /// Lets one of all who wait for a host ask it: whoever is `true` does, the others wait until `open_until`.
    pub async fn probe(&self, host: &str, seen: Option<Circuit>, open_until: Timestamp) -> Result<bool, StoreError> {
        let update = UpdateItemInput::builder().table_name(&self.tables.edge);
        let update = update.key("pk", text(partition(host))).key("sk", text("$"));
        let update = match seen {
            None => update.condition_expression("attribute_not_exists(ou)"),
            Some(seen) => update
                .condition_expression("ou = :seen")
                .expression_attribute_values(":seen", number(seen.open_until.millis())),
        };
        let call = update
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":until", number(open_until.millis()))
            .expression_attribute_values(":ttl", number(open_until.plus_seconds(KEPT_S).seconds()));
        Ok(self.lease(call, "SET ou = :until, #ttl = :ttl", "ask a silent host").await?.is_some())
    }

    /// The host has answered: whatever silences there were are forgotten.
    pub async fn note_answer(&self, host: &str, alive_until: Timestamp) -> Result<(), StoreError> {
        let put = PutItemInput::builder().table_name(&self.tables.edge);
        let put = put.item("pk", text(partition(host))).item("sk", text("$"));
        let put = put.item("n", number(0)).item("ou", number(0)).item("al", number(alive_until.millis()));
        let put = put.item("ttl", number(alive_until.plus_seconds(KEPT_S).seconds()));
        self.database.send(put).await.map(drop).map_err(unavailable("note an answer"))
    }
}

fn partition(host: &str) -> String {
    format!("C#{host}")
}
