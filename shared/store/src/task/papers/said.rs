//! What people say about a submission: why the agent does not approve it, and what each side has to say in a dispute.

use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, decode, encode, moment, text};
use crate::engine::read::Table;
use crate::task::AdvanceError;
use crate::task::state::{STATE, task_of};
use crate::{Found, Key, Store, StoreError};
use aws_sdk_dynamodb::types::{ConditionCheck, ReturnValuesOnConditionCheckFailure, TransactWriteItem};
use domain::moves::{self, Refusal};
use domain::status::Status;
use domain::task::{Said, Saying, Side, Task};
use domain::{TaskId, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct SayingItem {
    pk: String,
    sk: String,
    #[serde(rename = "tx")]
    text: String,
    at: i64,
}

/// Sort key of what the agent says with a move that leads to `after`: a task is disputed once, its changes are counted.
fn remark(after: &Task) -> String {
    match after.status {
        Status::Disputed => OBJECTION.to_owned(),
        _ => changes(after.revisions()),
    }
}

const OBJECTION: &str = "N#";

fn changes(count: u8) -> String {
    format!("N#{count}")
}

fn statement(side: Side) -> String {
    format!("Y#{side}")
}

/// What there may be said about a task.
pub(crate) fn keys(task: &Task) -> impl Iterator<Item = Key> {
    let changes = task.revision.map(|revision| Key::new(Table::Core, task.id, changes(revision.count)));
    changes.into_iter().chain(task.dispute.is_some().then(|| in_dispute(task.id)).into_iter().flatten())
}

fn in_dispute(task: TaskId) -> [Key; 3] {
    let sorts = [OBJECTION.to_owned(), statement(Side::Agent), statement(Side::Operator)];
    sorts.map(|sort| Key::new(Table::Core, task, sort))
}

/// What was said about a task, among the items that lie beside it, by their sort keys.
pub(crate) fn among(task: &Task, items: &mut BTreeMap<String, Item>) -> Result<Said, StoreError> {
    read(task, |sort| items.remove(&sort).map(saying_of).transpose())
}

fn read(task: &Task, mut saying: impl FnMut(String) -> Result<Option<Saying>, StoreError>) -> Result<Said, StoreError> {
    Ok(Said {
        changes: saying(changes(task.revisions()))?,
        objection: saying(OBJECTION.to_owned())?,
        by_agent: saying(statement(Side::Agent))?,
        by_operator: saying(statement(Side::Operator))?,
    })
}

impl Key {
    /// Why the agent rejected a task's submission, or disputes it.
    pub fn objection(task: TaskId) -> Self {
        Self::new(Table::Core, task, OBJECTION)
    }
}

impl Found {
    /// Why the agent rejected a task's submission, if it was asked for and the agent said so.
    pub fn objection(&mut self, task: TaskId) -> Result<Option<Saying>, StoreError> {
        self.take(&Key::objection(task), saying_of)
    }

    /// What was said about a task, of what was asked for.
    pub fn said(&mut self, task: &Task) -> Result<Said, StoreError> {
        read(task, |sort| self.take(&Key::new(Table::Core, task.id, sort), saying_of))
    }
}

impl Store {
    /// Reads these tasks, and what was said in their disputes.
    pub async fn disputed(&self, tasks: impl Iterator<Item = TaskId>) -> Result<Found, StoreError> {
        self.read(tasks.flat_map(|id| in_dispute(id).into_iter().chain([Key::task(id)]))).await
    }

    /// Keeps what a side says in a dispute, instead of what it said before, as long as staff have not decided.
    pub async fn make_statement(
        &self,
        task: &Task,
        side: Side,
        words: String,
        now: Timestamp,
    ) -> Result<Saying, AdvanceError> {
        moves::in_dispute(task).map_err(AdvanceError::Refused)?;
        let disputed = ConditionCheck::builder()
            .table_name(&self.tables.core)
            .key("pk", text(task.id))
            .key("sk", text(STATE))
            .condition_expression("st = :disputed")
            .expression_attribute_values(":disputed", text(Status::Disputed))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let disputed = disputed.build().expect("every required member is set");
        let disputed = TransactWriteItem::builder().condition_check(disputed).build();
        let item = saying_item(task.id, statement(side), &words, now);
        let writes = vec![(Role::State, disputed), (Role::Beside, self.put_always(&self.tables.core, item))];
        match self.transact(writes).await {
            Ok(()) => Ok(Saying { text: words, at: now }),
            Err(CommitError::Store(error)) => Err(AdvanceError::Store(error)),
            Err(CommitError::Condition { found, .. }) => {
                let there = task_of(found).map_err(AdvanceError::Store)?;
                Err(AdvanceError::Refused(Refusal::NoDispute(there.status)))
            }
        }
    }
}

/// What the agent says with the move that led to `after`.
pub(crate) fn remark_item(after: &Task, words: &str) -> Item {
    saying_item(after.id, remark(after), words, after.moved_at)
}

fn saying_item(task: TaskId, sort: String, words: &str, at: Timestamp) -> Item {
    encode(&SayingItem { pk: task.to_string(), sk: sort, text: words.to_owned(), at: at.millis() })
}

fn saying_of(item: Item) -> Result<Saying, StoreError> {
    let s: SayingItem = decode(item)?;
    Ok(Saying { text: s.text, at: moment(s.at) })
}
