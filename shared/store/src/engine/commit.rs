//! Making a decision true: one conditional put, or one transaction. Retries what is safe to retry.

use crate::engine::item::{Item, hex};
use crate::{Store, StoreError, unavailable};
use aws::in_words;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::put_item::{PutItemError, PutItemInput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsInput};
use aws_sdk_dynamodb::types::builders::PutBuilder;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use std::collections::HashMap;
use std::time::Duration;
use tokio::time::sleep;

/// Attempts at a commit that is cancelled for conflicts or for lack of capacity.
const ATTEMPTS: u32 = 8;
/// Between questions after a transaction that is said to be in progress. Five seconds after it began DynamoDB brings it to an
/// end when it is asked (`TransactionInProgressException`): a first attempt of 2.5 seconds and seven pauses are six.
const IN_PROGRESS_PAUSE: Duration = Duration::from_millis(500);

/// What a write of a transaction is for; a cancellation reason is understood by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The state item, conditional on its version or its absence.
    State,
    /// An agent's account: the balance must suffice.
    Agent,
    /// An operator's earnings.
    Earnings,
    /// A line of the journal, which must not exist yet.
    Journal,
    /// Long texts or the callback beside a new task: whatever was there.
    Beside,
    /// By which identical tasks know of each other: none must be recent.
    Marker,
    /// What an Idempotency-Key was used for: nothing yet, or the same.
    KeyUse,
    /// An API key beside the one that goes: it must stay.
    OtherKey,
    /// A claim on a photo: nobody else must have it.
    Photo,
    /// A transfer of a chain: no other deposit must have it.
    Transfer,
    /// What was paid lately, and what a relayer has sent: as it was read.
    Count,
}

/// Why nothing was written.
#[derive(Debug)]
pub(crate) enum CommitError {
    /// A condition failed: at which write, and the item that is there instead (empty if none).
    Condition {
        /// The first write whose condition failed, state items first.
        role: Role,
        /// As it is.
        found: Item,
    },
    /// Neither written nor refused.
    Store(StoreError),
}

/// What must hold for a put.
pub(crate) struct Condition<'a> {
    pub(crate) expression: &'a str,
    pub(crate) values: Vec<(&'a str, AttributeValue)>,
}

impl Store {
    /// Puts the item, which must not exist yet.
    pub(crate) fn put_once(&self, table: &str, item: Item) -> TransactWriteItem {
        write_put(Put::builder().condition_expression("attribute_not_exists(pk)"), table, item)
    }

    /// Puts the item whatever was there.
    pub(crate) fn put_always(&self, table: &str, item: Item) -> TransactWriteItem {
        write_put(Put::builder(), table, item)
    }

    /// Puts an item of `core` on a condition.
    pub(crate) fn put_on(&self, item: Item, condition: Condition<'_>) -> TransactWriteItem {
        self.put_in(&self.tables.core, item, condition)
    }

    /// Puts an item on a condition.
    pub(crate) fn put_in(&self, table: &str, item: Item, condition: Condition<'_>) -> TransactWriteItem {
        let values: HashMap<_, _> =
            condition.values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let put = Put::builder().condition_expression(condition.expression);
        let put = put.set_expression_attribute_values((!values.is_empty()).then_some(values));
        write_put(put, table, item)
    }

    /// Puts the state item, conditional on the version it was decided on.
    pub(crate) fn put_version(&self, item: Item, version: u64) -> TransactWriteItem {
        self.put_on(item, at_version(version))
    }

    /// Puts a state item that was decided on `version`, alone.
    pub(crate) async fn put_state(&self, item: Item, version: u64) -> Result<(), CommitError> {
        self.put_if(&self.tables.core, item, at_version(version), "put a task").await
    }

    /// Puts an item that must not exist. Answers what is there instead, if something is.
    pub(crate) async fn put_new(
        &self,
        table: &str,
        item: Item,
        operation: &'static str,
    ) -> Result<Option<Item>, StoreError> {
        let absent = Condition { expression: "attribute_not_exists(pk)", values: Vec::new() };
        self.put_unless(table, item, absent, operation).await
    }

    /// Puts an item on a condition. Answers what is there instead, if the condition does not hold.
    pub(crate) async fn put_unless(
        &self,
        table: &str,
        item: Item,
        condition: Condition<'_>,
        operation: &'static str,
    ) -> Result<Option<Item>, StoreError> {
        match self.put_if(table, item, condition, operation).await {
            Ok(()) => Ok(None),
            Err(CommitError::Condition { found, .. }) => Ok(Some(found)),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// One conditional put.
    async fn put_if(
        &self,
        table: &str,
        item: Item,
        condition: Condition<'_>,
        operation: &'static str,
    ) -> Result<(), CommitError> {
        let mut put = PutItemInput::builder()
            .table_name(table)
            .set_item(Some(item))
            .condition_expression(condition.expression)
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        for (name, value) in condition.values {
            put = put.expression_attribute_values(name, value);
        }
        let Err(error) = self.database.send(put).await else { return Ok(()) };
        match error {
            SdkError::ServiceError(failure) => match failure.into_err() {
                PutItemError::ConditionalCheckFailedException(failed) => {
                    Err(CommitError::Condition { role: Role::State, found: failed.item.unwrap_or_default() })
                }
                other => Err(CommitError::Store(StoreError::said(operation, other.code(), in_words(&other)))),
            },
            error => Err(CommitError::Store(unavailable(operation)(error))),
        }
    }

    /// Applies all writes or none.
    pub(crate) async fn transact(&self, writes: Vec<(Role, TransactWriteItem)>) -> Result<(), CommitError> {
        let (roles, items): (Vec<Role>, Vec<TransactWriteItem>) = writes.into_iter().unzip();
        let mut attempt = 0;
        // The same until the transaction is known to be cancelled: what was done and not answered, or is still being done, is
        // not done twice.
        let mut token = hex(&crate::random_bits());
        loop {
            let call = TransactWriteItemsInput::builder().set_transact_items(Some(items.clone()));
            let sent = self.database.send(call.client_request_token(&token)).await;
            attempt += 1;
            let error = match sent {
                Ok(_) => return Ok(()),
                Err(error) if error.code() == Some("TransactionInProgressException") && attempt < ATTEMPTS => {
                    sleep(IN_PROGRESS_PAUSE).await;
                    continue;
                }
                Err(SdkError::ServiceError(failure)) => failure.into_err(),
                Err(error) => return Err(CommitError::Store(unavailable("commit")(error))),
            };
            let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else {
                return Err(CommitError::Store(StoreError::said("commit", error.code(), in_words(&error))));
            };
            let reasons = cancelled.cancellation_reasons.unwrap_or_default();
            // Beside a conflict a failed condition means nothing: it may have been looked at in the middle of the
            // other transaction. Only what is said of items that nobody holds is believed.
            if reasons.iter().any(|reason| is_for_now(reason.code())) {
                if attempt < ATTEMPTS {
                    back_off(attempt).await;
                    token = hex(&crate::random_bits());
                    continue;
                }
            } else if let Some(refused) = refused(&roles, &reasons) {
                return Err(refused);
            }
            let codes: Vec<&str> = reasons.iter().map(|r| r.code().unwrap_or("None")).collect();
            let cause = format!("cancelled: {}", codes.join(", "));
            // Of several the one that lasts: without it the others would not have helped.
            let code = codes.iter().copied().find(|code| *code == "ValidationError");
            return Err(CommitError::Store(StoreError::said("commit", code, cause)));
        }
    }
}

fn at_version(version: u64) -> Condition<'static> {
    Condition { expression: "v = :version", values: vec![(":version", AttributeValue::N(version.to_string()))] }
}

/// The condition that failed, by position. The state item speaks first: a replay must win over
/// "insufficient funds" when both failed.
fn refused(roles: &[Role], reasons: &[CancellationReason]) -> Option<CommitError> {
    let failed = |reason: &CancellationReason| reason.code() == Some("ConditionalCheckFailed");
    let mut refusals: Vec<(Role, &CancellationReason)> =
        roles.iter().copied().zip(reasons).filter(|(_, reason)| failed(reason)).collect();
    refusals.sort_by_key(|(role, _)| *role != Role::State);
    let (role, reason) = refusals.first()?;
    Some(CommitError::Condition { role: *role, found: reason.item.clone().unwrap_or_default() })
}

/// Reasons for which the same transaction may be done next time.
fn is_for_now(reason: Option<&str>) -> bool {
    matches!(reason, Some("TransactionConflict" | "ThrottlingError" | "ProvisionedThroughputExceeded"))
}

/// 10 to 50 ms more with each attempt, with full jitter.
pub(crate) async fn back_off(attempt: u32) {
    let [random, ..] = crate::random_bits();
    let ceiling = u64::from(attempt) * 50;
    sleep(Duration::from_millis(10 + ceiling * u64::from(random) / 255)).await;
}

fn write_put(put: PutBuilder, table: &str, item: Item) -> TransactWriteItem {
    let put = put
        .table_name(table)
        .set_item(Some(item))
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
}

#[cfg(test)]
mod tests;
