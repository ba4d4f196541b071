//! Chats: the messages of a task in one partition, in the order of their times, and beside them how many each side has
//! sent to or as each operator. A message has a seat before it is written: so a side never sends more than it may, and
//! who sends again takes the same seat.

use crate::engine::item::{Item, decode, encode, known, moment, number, text};
use crate::engine::read::Table;
use crate::task::listing::{COUNT_MAX, Listed, Window};
use crate::{Key, Once, Store, StoreError, if_held, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use domain::chat::Message;
use domain::limits::{MESSAGES_MAX, MESSAGES_SHOWN};
use domain::task::Side;
use domain::{MessageId, OperatorId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct MessageItem {
    pk: String,
    sk: String,
    #[serde(rename = "op")]
    operator: String,
    #[serde(rename = "by")]
    sender: String,
    #[serde(rename = "bd")]
    body: String,
}

/// Prefix of the partition of a task's messages. It is not the task's own, which is read whole.
const CHAT: &str = "C#";
/// Prefix of the sort key of messages, and what sorts behind all of them.
pub(crate) const MESSAGE: &str = "M#";
const MESSAGES_END: &str = "M$";
/// Prefix of the sort key of the seats that one side has taken.
const SEATS: &str = "N#";

/// Which messages of a task are read.
struct Part<'a> {
    task: TaskId,
    /// Only what is of this operator.
    operator: Option<&'a OperatorId>,
    /// Only what is behind this place.
    after: Option<&'a str>,
}

/// The place of a message among those of its task.
pub fn place(message: &Message) -> String {
    format!("{:013}#{}", message.at.millis(), message.id)
}

impl Store {
    /// Takes a seat for the message: when it was first sent, or nothing if its sender has no seat left.
    pub async fn take_seat(&self, message: &Message) -> Result<Option<Timestamp>, StoreError> {
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.core)
            .key("pk", text(partition(message.task)))
            .key("sk", text(seats(message)))
            .update_expression("ADD n :one SET #id = :at")
            .condition_expression("attribute_not_exists(#id) AND (attribute_not_exists(n) OR n < :max)")
            .expression_attribute_names("#id", seat(message))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":max", number(MESSAGES_MAX.into()))
            .expression_attribute_values(":at", number(message.at.millis()));
        let sent = self.database.send(call).await;
        match if_held(sent, "take a seat in a chat")? {
            Some(_) => Ok(Some(message.at)),
            None => self.seat(message).await,
        }
    }

    /// When a message with this id was first sent, if it was.
    pub async fn seat(&self, message: &Message) -> Result<Option<Timestamp>, StoreError> {
        let key = Key::new(Table::Core, partition(message.task), seats(message));
        let taken = self.read([key.clone()]).await?.take(&key, Ok)?;
        let Some(at) = taken.as_ref().and_then(|seats| seats.get(seat(message).as_str())) else {
            return Ok(None);
        };
        let millis = at.as_n().ok().and_then(|digits| digits.parse().ok());
        known(millis, "the time of a seat", &format!("{at:?}")).map(|millis| Some(moment(millis)))
    }

    /// Writes a message that has a seat, once. Answers the one that is there.
    pub async fn put_message(&self, message: Message) -> Result<Once<Message>, StoreError> {
        match self.put_new(&self.tables.core, message_item(&message), "put a message").await? {
            None => Ok(Once::New(message)),
            Some(there) => message_of(there).map(Once::Replay),
        }
    }

    /// Messages of a task, oldest first: all, or those of one operator.
    pub async fn messages(
        &self,
        task: TaskId,
        operator: Option<&OperatorId>,
        window: &Window,
    ) -> Result<Listed<Message>, StoreError> {
        let reach = usize::try_from(window.reach()).unwrap_or(COUNT_MAX);
        let all = self.read_messages(Part { task, operator, after: None }, reach.max(COUNT_MAX));
        let Some(after) = window.cursor.as_deref() else {
            let all = all.await?;
            let total = all.len();
            return Ok(Listed { rows: all.into_iter().skip(window.offset).take(window.limit + 1).collect(), total });
        };
        let rows = self.read_messages(Part { task, operator, after: Some(after) }, reach);
        let (all, rows) = futures::try_join!(all, rows)?;
        Ok(Listed { rows, total: all.len() })
    }

    /// The newest messages of a task, the oldest of them first.
    pub async fn newest_messages(&self, task: TaskId) -> Result<Vec<Message>, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.core)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(partition(task)))
            .expression_attribute_values(":prefix", text(MESSAGE))
            .consistent_read(true)
            .scan_index_forward(false)
            .limit(MESSAGES_SHOWN.into());
        let answer = self.database.send(call).await.map_err(unavailable("read messages"))?;
        answer.items.unwrap_or_default().into_iter().rev().map(message_of).collect()
    }

    /// The first `limit` messages of a part.
    async fn read_messages(&self, part: Part<'_>, limit: usize) -> Result<Vec<Message>, StoreError> {
        // A place is followed by nothing longer than itself.
        let from = part.after.map_or_else(|| MESSAGE.to_owned(), |after| format!("{MESSAGE}{after}!"));
        let (mut messages, mut start) = (Vec::new(), None);
        loop {
            let mut query = QueryInput::builder()
                .table_name(&self.tables.core)
                .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
                .expression_attribute_values(":pk", text(partition(part.task)))
                .expression_attribute_values(":from", text(&from))
                .expression_attribute_values(":to", text(MESSAGES_END))
                .consistent_read(true)
                .set_exclusive_start_key(start)
                .set_limit(i32::try_from(limit - messages.len()).ok());
            if let Some(operator) = part.operator {
                query = query.filter_expression("op = :op").expression_attribute_values(":op", text(operator));
            }
            let answer = self.database.send(query).await.map_err(unavailable("list messages"))?;
            for item in answer.items.unwrap_or_default() {
                messages.push(message_of(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() || messages.len() >= limit {
                return Ok(messages);
            }
        }
    }
}

fn partition(task: TaskId) -> String {
    format!("{CHAT}{task}")
}

fn seats(message: &Message) -> String {
    format!("{SEATS}{}#{}", message.sender, message.operator)
}

/// The name of a message's seat: the id, whose kind is known.
fn seat(message: &Message) -> String {
    let id = message.id.to_string();
    id.trim_start_matches(MessageId::PREFIX).to_owned()
}

fn message_item(message: &Message) -> Item {
    encode(&MessageItem {
        pk: partition(message.task),
        sk: format!("{MESSAGE}{}", place(message)),
        operator: message.operator.to_string(),
        sender: message.sender.to_string(),
        body: message.body.clone(),
    })
}

pub(crate) fn message_of(item: Item) -> Result<Message, StoreError> {
    let m: MessageItem = decode(item)?;
    let place = m.sk.strip_prefix(MESSAGE).and_then(|place| place.split_once('#'));
    let (at, id) = known(place, "the place of a message", &m.sk)?;
    Ok(Message {
        id: known(MessageId::parse(id), "a message id", id)?,
        task: known(m.pk.strip_prefix(CHAT).and_then(TaskId::parse), "a chat's task", &m.pk)?,
        operator: known(OperatorId::parse(&m.operator), "an operator id", &m.operator)?,
        sender: known(Side::parse(&m.sender), "a side", &m.sender)?,
        at: moment(known(at.parse().ok(), "the time of a message", at)?),
        body: m.body,
    })
}
