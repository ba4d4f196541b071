//! The order of an agent's events: 1, 2, 3 … without a gap, and never another. An event is recorded together with the
//! number of the last one, and with a mark by which whoever records it again hears its number.

use super::{Event, Recorded, event_item, partition, place, recorded_of};
use crate::engine::commit::{CommitError, Condition, Role, back_off};
use crate::engine::item::{Item, decode, encode, known, moment, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::types::{AttributeValue, TransactWriteItem};
use domain::agent::event::EventType;
use domain::{AgentId, EventId, TaskId, Timestamp};
use serde::{Deserialize, Serialize};

/// Times that a number is asked for which somebody else may take meanwhile.
const ROUNDS: u32 = 40;
/// The longest pause between two of them is that of so many conflicts.
const PATIENCE: u32 = 4;
/// Events that are looked at to find those that a filter lets through.
const LOOKS_MAX: usize = 1_000;
/// Events that are looked at in one go.
const LOOKS_EACH: usize = 250;

/// The number of an agent's last event. It stays when the event is gone.
#[derive(Serialize, Deserialize)]
struct HeadItem {
    pk: String,
    sk: String,
    #[serde(rename = "n")]
    last: u64,
    #[serde(rename = "un")]
    until: i64,
}

/// Sorts before every number.
const HEAD: &str = "$";

/// Where an event is.
#[derive(Serialize, Deserialize)]
struct MarkItem {
    pk: String,
    sk: String,
    #[serde(rename = "ag")]
    agent: String,
    #[serde(rename = "n")]
    sequence: u64,
    ttl: i64,
}

const MARK: &str = "$";

/// Which events are wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub task: Option<TaskId>,
    pub name: Option<EventType>,
}

impl Filter {
    /// How many events are looked at in one go to find `limit`.
    fn looks(&self, limit: usize) -> usize {
        if self.task.is_none() && self.name.is_none() { limit } else { LOOKS_EACH }
    }

    fn lets(&self, event: &Event) -> bool {
        self.task.is_none_or(|task| event.task == Some(task)) && self.name.is_none_or(|name| event.name == name)
    }
}

/// Events in their order.
#[derive(Debug)]
pub struct Stretch {
    pub events: Vec<Recorded>,
    /// Everything up to here was looked at.
    pub next_after: u64,
    /// There may be more behind it.
    pub is_cut: bool,
}

impl Key {
    /// Where an event is.
    fn mark(event: EventId) -> Self {
        Self::new(Table::Edge, mark_partition(event), MARK)
    }

    fn head(agent: AgentId) -> Self {
        Self::new(Table::Edge, partition(agent), HEAD)
    }
}

impl Found {
    fn mark(&mut self, event: EventId) -> Result<Option<(AgentId, u64)>, StoreError> {
        self.take(&Key::mark(event), |item| {
            let mark: MarkItem = decode(item)?;
            Ok((known(AgentId::parse(&mark.agent), "an agent id", &mark.agent)?, mark.sequence))
        })
    }

    /// The last number, and until when its event is kept; 0 before the first.
    fn head(&mut self, agent: AgentId) -> Result<(u64, Timestamp), StoreError> {
        let head: Option<HeadItem> = self.take(&Key::head(agent), decode)?;
        Ok(head.map_or((0, moment(0)), |head| (head.last, moment(head.until))))
    }
}

impl Store {
    /// Records what happened in one change to one agent, in this order; answers the numbers. What was recorded before
    /// keeps its number, and its bytes.
    pub async fn record_events(&self, events: &[Event]) -> Result<Vec<u64>, StoreError> {
        let Some(Event { agent, .. }) = events.first() else { return Ok(Vec::new()) };
        for round in 0..ROUNDS {
            if round > 0 {
                back_off(round.min(PATIENCE)).await;
            }
            let keys = events.iter().map(|event| Key::mark(event.id)).chain([Key::head(*agent)]);
            let mut found = self.read(keys).await?;
            let mut numbers = Vec::new();
            for event in events {
                numbers.push(found.mark(event.id)?.map(|(_, sequence)| sequence));
            }
            let head = found.head(*agent)?;
            let (numbers, writes) = self.numbered(*agent, head, events.iter().zip(numbers));
            if writes.is_empty() {
                return Ok(numbers);
            }
            match self.transact(writes).await {
                Ok(()) => return Ok(numbers),
                // Somebody else took the number, or recorded the same: both are seen by looking again.
                Err(CommitError::Condition { .. }) => {}
                Err(CommitError::Store(error)) => return Err(error),
            }
        }
        let cause = "others were faster each time".to_owned();
        Err(StoreError::Unavailable { operation: "record events", cause })
    }

    /// The numbers of events, of which those without one get the next, and what must be written for that.
    fn numbered<'a>(
        &self,
        agent: AgentId,
        (seen, mut until): (u64, Timestamp),
        events: impl Iterator<Item = (&'a Event, Option<u64>)>,
    ) -> (Vec<u64>, Vec<(Role, TransactWriteItem)>) {
        let (mut last, mut numbers, mut writes) = (seen, Vec::new(), Vec::new());
        for (event, known) in events {
            let sequence = known.unwrap_or_else(|| {
                last += 1;
                let mark = MarkItem {
                    pk: mark_partition(event.id),
                    sk: MARK.to_owned(),
                    agent: agent.to_string(),
                    sequence: last,
                    ttl: event.until().seconds(),
                };
                let item = event_item(event, last, until);
                writes.extend([encode(&mark), item].map(|item| (Role::State, self.put_once(&self.tables.edge, item))));
                until = event.until();
                last
            });
            numbers.push(sequence);
        }
        if last > seen {
            let until = until.millis();
            let head = HeadItem { pk: partition(agent), sk: HEAD.to_owned(), last, until };
            let condition = match seen {
                0 => Condition { expression: "attribute_not_exists(pk)", values: Vec::new() },
                _ => {
                    Condition { expression: "n = :seen", values: vec![(":seen", AttributeValue::N(seen.to_string()))] }
                }
            };
            writes.push((Role::State, self.put_in(&self.tables.edge, encode(&head), condition)));
        }
        (numbers, writes)
    }

    /// Where an event is, whose ever it is.
    pub async fn find_event(&self, id: EventId) -> Result<Option<Recorded>, StoreError> {
        let Some((agent, sequence)) = self.read([Key::mark(id)]).await?.mark(id)? else { return Ok(None) };
        self.read([Key::event(agent, sequence)]).await?.event(agent, sequence)
    }

    /// What an agent's stream has behind `after`: at most `limit` events that the filter lets through.
    pub async fn events(
        &self,
        agent: AgentId,
        after: u64,
        filter: &Filter,
        limit: usize,
    ) -> Result<Stretch, StoreError> {
        let (now, mut looks) = (self.now(), 0);
        let mut stretch = Stretch { events: Vec::new(), next_after: after, is_cut: true };
        while stretch.events.len() < limit && looks < LOOKS_MAX {
            let (items, is_last) = self.behind(agent, stretch.next_after, filter.looks(limit)).await?;
            looks += items.len();
            for item in items {
                let recorded = recorded_of(agent, item)?;
                // A transaction's items may be seen one after the other. What was recorded before and can not be seen
                // yet must not be passed over; what has expired may.
                if recorded.sequence > stretch.next_after + 1 && recorded.before_until > now {
                    return Ok(Stretch { is_cut: false, ..stretch });
                }
                stretch.next_after = recorded.sequence;
                if recorded.event.until() > now && filter.lets(&recorded.event) {
                    stretch.events.push(recorded);
                }
                if stretch.events.len() == limit {
                    return Ok(stretch);
                }
            }
            if is_last {
                return Ok(Stretch { is_cut: false, ..stretch });
            }
        }
        Ok(stretch)
    }

    /// The items behind `after`, and whether they are the last.
    async fn behind(&self, agent: AgentId, after: u64, looks: usize) -> Result<(Vec<Item>, bool), StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&self.tables.edge)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", text(partition(agent)))
            .expression_attribute_values(":after", text(place(after)))
            .consistent_read(true)
            .set_limit(i32::try_from(looks).ok())
            .send()
            .await
            .map_err(unavailable("read the events"))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.is_none()))
    }
}

fn mark_partition(event: EventId) -> String {
    format!("W#{event}")
}
