//! Photos: those that were announced and checked, counted, and those that were submitted, claimed. Which an operator has
//! announced for a task, and had checked, is in `edge`: lost, it lets more be uploaded and checked and nothing else.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, hex, known, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, if_held};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemInputBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use domain::limits::{DEADLINE_MAX_S, UPLOADS_MAX};
use domain::{OperatorId, TaskId, Timestamp, UploadId};

/// Who handed a photo in first, and for what. It stays so for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    pub task: TaskId,
    pub operator: OperatorId,
}

/// Sort key of a claim.
const CLAIM: &str = "$";

impl Key {
    /// The claim on the photo of this identity.
    pub fn claim(identity: &[u8; 32]) -> Self {
        Self::new(Table::Core, claim_pk(identity), CLAIM)
    }
}

impl Found {
    /// The claim on the photo of this identity, if it was asked for and there is one.
    pub fn claim(&mut self, identity: &[u8; 32]) -> Result<Option<Claim>, StoreError> {
        self.take(&Key::claim(identity), claim_of)
    }
}

/// The item that claims a photo.
pub(crate) fn claim_item(identity: &[u8; 32], claim: &Claim) -> Item {
    Item::from([
        ("pk".to_owned(), text(claim_pk(identity))),
        ("sk".to_owned(), text(CLAIM)),
        ("tk".to_owned(), text(claim.task)),
        ("op".to_owned(), text(&claim.operator)),
    ])
}

/// Nobody has the photo that `item` claims, or whoever claims it has.
pub(crate) fn unclaimed(item: &Item) -> Condition<'static> {
    let expression = "attribute_not_exists(pk) OR (tk = :task AND op = :operator)";
    Condition { expression, values: vec![(":task", item["tk"].clone()), (":operator", item["op"].clone())] }
}

fn claim_pk(identity: &[u8; 32]) -> String {
    format!("H#{}", hex(identity))
}

fn claim_of(item: Item) -> Result<Claim, StoreError> {
    let part = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    let (task, operator) = (part("tk"), part("op"));
    Ok(Claim {
        task: known(task.and_then(|text| TaskId::parse(text)), "a photo's task", &format!("{task:?}"))?,
        operator: known(
            operator.and_then(|text| OperatorId::parse(text)),
            "a photo's operator",
            &format!("{operator:?}"),
        )?,
    })
}

impl Store {
    /// Takes back that an upload was noted, because it is no photo: another one may be announced in its place. At most
    /// ten times a task, so that there is an end to it.
    pub async fn drop_upload(&self, task: TaskId, operator: &OperatorId, upload: UploadId) -> Result<(), StoreError> {
        let call = self
            .photos(task, operator, &upload.to_string(), UPLOADS_MAX)
            .update_expression("DELETE up :these ADD dr :these")
            .condition_expression("contains(up, :this) AND (attribute_not_exists(dr) OR size(dr) < :max)");
        let sent = self.database.send(call).await;
        if_held(sent, "drop an upload").map(drop)
    }

    /// Notes an upload; `false` when the operator has announced `max` others for the task. Noting it again changes
    /// nothing.
    pub async fn note_upload(
        &self,
        task: TaskId,
        operator: &OperatorId,
        upload: UploadId,
        max: u8,
    ) -> Result<bool, StoreError> {
        let call = self
            .photos(task, operator, &upload.to_string(), max)
            .update_expression("ADD up :these SET #ttl = :ttl")
            .condition_expression("attribute_not_exists(up) OR size(up) < :max OR contains(up, :this)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":ttl", number(self.photos_end().seconds()));
        let sent = self.database.send(call).await;
        Ok(if_held(sent, "note an upload")?.is_some())
    }

    /// Notes that a list of photos is checked, by its digest; how many were by then, or `None` when `max` others were. Noting
    /// it again changes nothing.
    pub async fn note_check(
        &self,
        task: TaskId,
        operator: &OperatorId,
        photos: [u8; 16],
        max: u8,
    ) -> Result<Option<u8>, StoreError> {
        let list = hex(&photos);
        let call = self
            .photos(task, operator, &list, max)
            .update_expression("ADD ck :these SET #ttl = :ttl")
            .condition_expression("attribute_not_exists(ck) OR size(ck) < :max OR contains(ck, :this)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":ttl", number(self.photos_end().seconds()))
            .return_values(ReturnValue::UpdatedNew);
        let sent = self.database.send(call).await;
        let Some(answer) = if_held(sent, "note a check")? else { return Ok(None) };
        let lists = answer.attributes.as_ref().and_then(|item| item.get("ck")?.as_ss().ok()).map(Vec::len);
        Ok(Some(known(lists.and_then(|lists| u8::try_from(lists).ok()), "the checks of a task", &list)?))
    }

    /// When what is noted here is forgotten: no task is worked on for longer.
    fn photos_end(&self) -> Timestamp {
        self.now().plus_seconds(DEADLINE_MAX_S)
    }

    /// A change of what an operator has announced or had checked for a task: of `:this`, within `max`.
    fn photos(&self, task: TaskId, operator: &OperatorId, this: &str, max: u8) -> UpdateItemInputBuilder {
        let update = UpdateItemInput::builder().table_name(&self.tables.edge);
        update
            .key("pk", text(format!("U#{task}")))
            .key("sk", text(operator))
            .expression_attribute_values(":these", AttributeValue::Ss(vec![this.to_owned()]))
            .expression_attribute_values(":this", text(this))
            .expression_attribute_values(":max", number(max.into()))
    }
}
