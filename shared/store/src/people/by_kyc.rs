//! Operators by what is known of their identity, who has waited longest first: the index `by-operator`.

use crate::engine::item::text;
use crate::engine::schema::BY_OPERATOR;
use crate::task::listing::{COUNT_MAX, Listed, Window};
use crate::{Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use domain::OperatorId;
use domain::operator::{Kyc, Operator};

/// Partition of `g2` with the operators of a status.
pub(super) fn partition(kyc: Kyc) -> String {
    format!("K#{kyc}")
}

/// Sorts by registration, then id.
pub fn place(operator: &Operator) -> String {
    format!("{:013}#{}", operator.created_at.millis(), operator.id)
}

impl Store {
    /// Operators with this result of their identity check, earliest registration first.
    pub async fn operators_by_kyc(&self, kyc: Kyc, window: &Window) -> Result<Listed<Operator>, StoreError> {
        let reach = usize::try_from(window.reach()).unwrap_or(COUNT_MAX);
        let counted = self.ids_by_kyc(kyc, None, reach.max(COUNT_MAX));
        let (total, ids) = match window.cursor.as_deref() {
            None => {
                let ids = counted.await?;
                (ids.len(), ids.into_iter().skip(window.offset).take(window.limit + 1).collect())
            }
            cursor @ Some(_) => {
                let (counted, ids) = futures::try_join!(counted, self.ids_by_kyc(kyc, cursor, window.limit + 1))?;
                (counted.len(), ids)
            }
        };
        let mut found = self.read(ids.iter().map(Key::operator)).await?;
        let mut rows = Vec::new();
        for id in &ids {
            // Who was checked since the index was written stays in this page, with the new result.
            rows.extend(found.operator(id)?);
        }
        Ok(Listed { rows, total })
    }

    /// At most `limit` of them, behind a place.
    async fn ids_by_kyc(&self, kyc: Kyc, behind: Option<&str>, limit: usize) -> Result<Vec<OperatorId>, StoreError> {
        let (mut ids, mut next) = (Vec::new(), None);
        loop {
            let query = QueryInput::builder()
                .table_name(&self.tables.core)
                .index_name(BY_OPERATOR.name)
                .key_condition_expression("g2p = :p AND g2s > :s")
                .expression_attribute_values(":p", text(partition(kyc)))
                // Every place begins with a digit.
                .expression_attribute_values(":s", text(behind.unwrap_or("!")))
                .set_exclusive_start_key(next.take())
                .set_limit(i32::try_from(limit - ids.len()).ok());
            let answer = self.database.send(query).await.map_err(unavailable("list operators"))?;
            for item in answer.items.unwrap_or_default() {
                let id = item.get("pk").and_then(|pk| OperatorId::parse(pk.as_s().ok()?));
                ids.push(id.ok_or_else(|| StoreError::Corrupt("an operator without an id is in a list".to_owned()))?);
            }
            next = answer.last_evaluated_key;
            if next.is_none() || ids.len() >= limit {
                return Ok(ids);
            }
        }
    }
}
