//! Rate counters: one per client and route and minute.

use crate::engine::item::{number, text};
use crate::{Store, StoreError, unavailable, within};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::ReturnValue;
use domain::Timestamp;
use std::time::Duration;

/// What a request waits to be counted, which it can do without: where `edge` lacks capacity, all of them wait.
const COUNT_MAX: Duration = Duration::from_secs(1);

/// Length of the fixed window in seconds.
pub const WINDOW_S: i64 = 60;

impl Store {
    /// Counts a request of `client` to `route` in the minute of `now`; answers how many there were.
    pub async fn count_request(&self, client: &str, route: &str, now: Timestamp) -> Result<u64, StoreError> {
        let window = now.seconds().div_euclid(WINDOW_S);
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.edge)
            .key("pk", text(format!("{client}|{route}|{window}")))
            .key("sk", text("$"))
            .update_expression("ADD n :one SET #ttl = if_not_exists(#ttl, :ttl)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":ttl", number((window + 2) * WINDOW_S))
            .return_values(ReturnValue::UpdatedNew);
        let answer = within(COUNT_MAX, "count a request", self.database.send(call)).await?;
        let answer = answer.map_err(unavailable("count a request"))?;
        let count = answer.attributes.as_ref().and_then(|a| a.get("n")).and_then(|n| n.as_n().ok());
        let count = count.and_then(|digits| digits.parse().ok());
        count.ok_or_else(|| StoreError::Corrupt("a rate counter without a number".to_owned()))
    }
}
