//! The order of an agent's events: 1, 2, 3 … without a gap, and never another (docs/decisions/0028). Whoever records events
//! first writes them into the agent's head, with the number of the last one, if nobody else did so meanwhile; then each to
//! its place, with a mark by which it is known again. Who finds a head whose events are not at their places puts them there.

use super::{Event, EventItem, Recorded, STREAM, event_item, partition, place, recorded_of};
use crate::engine::commit::{Condition, back_off};
use crate::engine::item::{Item, decode, encode, known, moment, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::agent::event::EventType;
use domain::{AgentId, EventId, TaskId};
use futures::future::try_join_all;
use serde::{Deserialize, Serialize};

/// Times that a number is asked for which somebody else may take meanwhile.
const ROUNDS: u32 = 40;
/// The longest pause between two of them is that of so many conflicts.
const PATIENCE: u32 = 4;
/// Times that whoever wrote a head is waited for, before its events are put at their places by somebody else.
const WAITS_MAX: u32 = 3;
/// Events that are looked at to find those that a filter lets through.
const LOOKS_MAX: usize = 1_000;
/// Events that are looked at in one go.
const LOOKS_EACH: usize = 250;

/// An agent's last events. It stays when they are gone.
#[derive(Default, Serialize, Deserialize)]
struct Head {
    pk: String,
    sk: String,
    /// The number of the last one; 0 before the first.
    #[serde(rename = "n")]
    last: u64,
    /// Until when that one is kept.
    #[serde(rename = "un")]
    until: i64,
    /// Those that were recorded together with the last one.
    #[serde(rename = "ev", default)]
    events: Vec<EventItem>,
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

    fn head(&mut self, agent: AgentId) -> Result<Head, StoreError> {
        Ok(self.take(&Key::head(agent), decode)?.unwrap_or_default())
    }
}

impl Head {
    /// Of what it has, by the id.
    fn number(&self, event: EventId) -> Result<Option<u64>, StoreError> {
        let id = event.to_string();
        let found = self.events.iter().find(|item| item.id == id);
        found.map(|item| known(item.sk.parse().ok(), "a place", &item.sk)).transpose()
    }

    /// The event whose mark is the last thing that is written of it.
    fn last_event(&self) -> Result<Option<EventId>, StoreError> {
        self.events.last().map(|item| known(EventId::parse(&item.id), "an event id", &item.id)).transpose()
    }

    /// The next head, with these events, which get the next numbers.
    fn with(&self, agent: AgentId, events: &[&Event]) -> Self {
        let (mut last, mut until) = (self.last, moment(self.until));
        let number = |event: &&Event| {
            last += 1;
            let item = event_item(event, last, until);
            until = event.until();
            item
        };
        let events = events.iter().map(number).collect();
        Self { pk: partition(agent), sk: HEAD.to_owned(), last, until: until.millis(), events }
    }
}

impl Store {
    /// Records what happened in one change to one agent, in this order; answers the numbers. What was recorded before
    /// keeps its number, and its bytes.
    pub async fn record_events(&self, events: &[Event]) -> Result<Vec<u64>, StoreError> {
        let Some(Event { agent, .. }) = events.first() else { return Ok(Vec::new()) };
        let (mut waited_for, mut waits) = (0, 0);
        for round in 0..ROUNDS {
            if round > 0 {
                back_off(round.min(PATIENCE)).await;
            }
            // Before the marks: what is in no head up to this one and has no mark is not recorded.
            let head = self.read([Key::head(*agent)]).await?.head(*agent)?;
            let (numbers, is_settled) = self.numbers(&head, events).await?;
            if !is_settled {
                waits = if waited_for == head.last { waits + 1 } else { 1 };
                waited_for = head.last;
                if waits <= WAITS_MAX {
                    continue;
                }
                self.settle(&head).await?;
            }
            let new: Vec<&Event> =
                events.iter().zip(&numbers).filter(|(_, number)| number.is_none()).map(|(event, _)| event).collect();
            if !new.is_empty() {
                let next = head.with(*agent, &new);
                // Somebody else may have taken the numbers, or recorded the same: both are seen by looking again.
                if !self.put_head(&head, &next).await? {
                    continue;
                }
                self.settle(&next).await?;
            }
            return Ok(numbers_of(numbers, head.last + 1..));
        }
        let cause = "others were faster each time".to_owned();
        Err(StoreError::Unavailable { operation: "record events", cause })
    }

    /// The numbers of those that are recorded, and whether everything of the head is at its place.
    async fn numbers(&self, head: &Head, events: &[Event]) -> Result<(Vec<Option<u64>>, bool), StoreError> {
        if head.last == 0 {
            return Ok((vec![None; events.len()], true));
        }
        let last = head.last_event()?.filter(|_| moment(head.until) > self.now());
        let marks = events.iter().map(|event| event.id).chain(last);
        let mut found = self.read(marks.map(Key::mark)).await?;
        let is_settled = last.is_none_or(|last| found.has(&Key::mark(last)));
        let mut numbers = Vec::new();
        for event in events {
            let marked = found.mark(event.id)?.map(|(_, sequence)| sequence);
            numbers.push(marked.or(head.number(event.id)?));
        }
        Ok((numbers, is_settled))
    }

    /// Replaces a head by the next; `false` when it is no longer that one.
    async fn put_head(&self, seen: &Head, next: &Head) -> Result<bool, StoreError> {
        let condition = match seen.last {
            0 => Condition { expression: "attribute_not_exists(pk)", values: Vec::new() },
            last => Condition { expression: "n = :seen", values: vec![(":seen", AttributeValue::N(last.to_string()))] },
        };
        let instead = self.put_unless(&self.tables.edge, encode(next), condition, "record events").await?;
        Ok(instead.is_none())
    }

    /// Puts the events of a head at their places, where they are not yet, and marks them: the last one when all else is
    /// done.
    async fn settle(&self, head: &Head) -> Result<(), StoreError> {
        let events = head.events.iter().map(|event| self.put_new(&self.tables.edge, encode(event), "record an event"));
        try_join_all(events).await?;
        let marks = head.events.iter().map(mark_item).collect::<Result<Vec<_>, _>>()?;
        let put = |mark: &MarkItem| self.put_new(&self.tables.edge, encode(mark), "mark an event");
        let Some((last, others)) = marks.split_last() else { return Ok(()) };
        try_join_all(others.iter().map(put)).await?;
        put(last).await?;
        Ok(())
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
                // What was recorded before and can not be seen yet must not be passed over; what has expired may.
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
        let call = QueryInput::builder()
            .table_name(&self.tables.edge)
            .key_condition_expression("pk = :pk AND sk > :after")
            .expression_attribute_values(":pk", text(partition(agent)))
            .expression_attribute_values(":after", text(place(after)))
            .consistent_read(true)
            .set_limit(i32::try_from(looks).ok());
        let answer = self.database.send(call).await.map_err(unavailable("read the events"))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.is_none()))
    }
}

/// Each event's number: its own, or the next of those that it got now.
fn numbers_of(known: Vec<Option<u64>>, mut next: impl Iterator<Item = u64>) -> Vec<u64> {
    known.into_iter().filter_map(|number| number.or_else(|| next.next())).collect()
}

fn mark_item(event: &EventItem) -> Result<MarkItem, StoreError> {
    let id = known(EventId::parse(&event.id), "an event id", &event.id)?;
    let sequence = known(event.sk.parse().ok(), "a place", &event.sk)?;
    let agent = event.pk.trim_start_matches(STREAM).to_owned();
    Ok(MarkItem { pk: mark_partition(id), sk: MARK.to_owned(), agent, sequence, ttl: event.ttl })
}

fn mark_partition(event: EventId) -> String {
    format!("W#{event}")
}
