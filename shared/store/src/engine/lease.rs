//! What one of many does: whoever writes its name first.

use crate::engine::item::{Item, hex, text};
use crate::{Store, StoreError, random_bits, unavailable};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemInputBuilder;
use aws_sdk_dynamodb::types::{ReturnValue, ReturnValuesOnConditionCheckFailure};

/// Who has it, beside what retries, payouts, circuits and places of browsers are: a name that is made for each update.
const HOLDER: &str = "ho";

impl Store {
    /// Makes changes on a condition to which they put an end; the item that they leave, or `None` when somebody else
    /// was faster. When the answer was lost, and ours is what stands in the way, it is known by its holder.
    pub(crate) async fn lease(
        &self,
        update: UpdateItemInputBuilder,
        changes: &str,
        operation: &'static str,
    ) -> Result<Option<Item>, StoreError> {
        let holder = text(hex(&random_bits()));
        let call = update
            .update_expression(format!("{changes}, {HOLDER} = :holder"))
            .expression_attribute_values(":holder", holder.clone())
            .return_values(ReturnValue::AllNew)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let error = match self.database.send(call).await {
            Ok(answer) => return Ok(answer.attributes),
            Err(error) => error,
        };
        match error.as_service_error() {
            Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                Ok(failed.item().filter(|there| there.get(HOLDER) == Some(&holder)).cloned())
            }
            _ => Err(unavailable(operation)(error)),
        }
    }
}
