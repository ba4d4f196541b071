//! Photos that were announced, counted: the ids of an operator's uploads for a task. Lost, they let more be uploaded and
//! nothing else, so they are in `edge`.

use crate::engine::item::{number, text};
use crate::{Store, StoreError, if_held};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::limits::{DEADLINE_MAX_S, UPLOADS_MAX};
use domain::{OperatorId, TaskId, UploadId};

impl Store {
    /// Notes an upload; `false` when the operator has announced as many others for the task as is allowed. Noting it
    /// again changes nothing.
    pub async fn note_upload(&self, task: TaskId, operator: &OperatorId, upload: UploadId) -> Result<bool, StoreError> {
        // No task is worked on for longer.
        let ttl = self.now().plus_seconds(DEADLINE_MAX_S).seconds();
        let sent = self
            .client
            .update_item()
            .table_name(&self.tables.edge)
            .key("pk", text(format!("U#{task}")))
            .key("sk", text(operator))
            .update_expression("ADD up :these SET #ttl = :ttl")
            .condition_expression("attribute_not_exists(up) OR size(up) < :max OR contains(up, :this)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":these", AttributeValue::Ss(vec![upload.to_string()]))
            .expression_attribute_values(":this", text(upload))
            .expression_attribute_values(":max", number(UPLOADS_MAX.into()))
            .expression_attribute_values(":ttl", number(ttl))
            .send()
            .await;
        Ok(if_held(sent, "note an upload")?.is_some())
    }
}
