//! The marker by which identical tasks know of each other. In `edge`, because it is of no use once nobody can look back
//! that far: then it expires.

use crate::engine::item::{Item, hex, number, text};
use crate::task::CreateError;
use crate::{Store, StoreError};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use domain::limits::DUPLICATE_WINDOW_S;
use domain::status::Status;
use domain::task::Task;
use domain::{TaskId, Timestamp};

/// Refuse a task like one created after `since`.
#[derive(Clone, Copy, Debug)]
pub struct DuplicateGuard {
    /// Earliest creation that counts.
    pub since: Timestamp,
}

impl Store {
    /// Puts the marker; conditional on none being recent, or on the recent one being of a task that was cancelled.
    pub(super) fn put_marker(
        &self,
        task: &Task,
        guard: DuplicateGuard,
        cancelled: Option<TaskId>,
    ) -> TransactWriteItem {
        let item = Item::from([
            ("pk".to_owned(), text(task.agent)),
            ("sk".to_owned(), text(format!("F#{}", hex(&task.fingerprint)))),
            ("tk".to_owned(), text(task.id)),
            ("ca".to_owned(), number(task.created_at.millis())),
            ("ttl".to_owned(), number(task.created_at.plus_seconds(DUPLICATE_WINDOW_S).seconds() + 1)),
        ]);
        let put = Put::builder()
            .table_name(&self.tables.edge)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR ca < :since OR tk = :cancelled")
            .expression_attribute_values(":since", number(guard.since.millis()))
            .expression_attribute_values(":cancelled", cancelled.map_or(text(""), text))
            .return_values_on_condition_check_failure("ALL_OLD".into());
        TransactWriteItem::builder().put(put.build().expect("every required member is set")).build()
    }

    /// The task of a marker, if it was cancelled: then it is nobody's duplicate.
    pub(super) async fn cancelled_twin(&self, marker: Item) -> Result<TaskId, CreateError> {
        let id = marker.get("tk").and_then(|v| v.as_s().ok()).and_then(|text| TaskId::parse(text));
        let Some(id) = id else {
            let cause = "a duplicate marker without its task".to_owned();
            return Err(CreateError::Store(StoreError::Corrupt(cause)));
        };
        let found = self.read([crate::Key::task(id)]).await.and_then(|mut found| found.task(id));
        match found.map_err(CreateError::Store)? {
            Some(task) if task.status == Status::Cancelled => Ok(id),
            Some(_) | None => Err(CreateError::Duplicate(id)),
        }
    }
}
