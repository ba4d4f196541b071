//! Agents with their API keys, operators, and what they write to each other. Their balances are in `ledger`.

mod agents;
pub mod api_keys;
pub mod by_kyc;
pub mod chat;
pub mod neighbours;
mod operators;
pub mod push;

use crate::engine::update::UpdateExpr;
use crate::{Store, StoreError, if_held};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;

impl Store {
    /// Changes the item of somebody who exists; `false` when there is nobody, or what `profile` requires does not hold.
    async fn change_profile(
        &self,
        mut profile: UpdateExpr,
        (table, pk, sk): (&str, &str, &str),
        operation: &'static str,
    ) -> Result<bool, StoreError> {
        profile.require("attribute_exists(pk)");
        let update = profile.update(table, pk, sk);
        let call = UpdateItemInput::builder()
            .table_name(update.table_name)
            .set_key(Some(update.key))
            .update_expression(update.update_expression)
            .set_condition_expression(update.condition_expression)
            .set_expression_attribute_values(update.expression_attribute_values);
        let sent = self.database.send(call).await;
        Ok(if_held(sent, operation)?.is_some())
    }
}
