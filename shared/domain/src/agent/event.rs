//! What happens to an agent's account, and the name of anything that does: of that or of a task.

use crate::event::EventName;
use crate::ids::EventId;
use crate::words::{Words, words};
use sha2::{Digest, Sha256};

words! {
    /// An event that is of no task: it is in the agent's stream, and no callback tells it.
    AgentEvent {
        DepositConfirmed = "deposit.confirmed",
        DepositReversed = "deposit.reversed",
        WithdrawalRequested = "withdrawal.requested",
        WithdrawalCompleted = "withdrawal.completed",
        WithdrawalFailed = "withdrawal.failed",
        WithdrawalAddressChanged = "withdrawal_address.changed",
        KeyCreated = "key.created",
        KeyRevoked = "key.revoked",
        EndpointDisabled = "endpoint.disabled",
        Ping = "test.ping",
    }
}

impl AgentEvent {
    /// The id of this event of what `subject` names: the same however often it is derived.
    pub fn id(self, subject: &str) -> EventId {
        let digest = Sha256::new().chain_update(b"agent event").chain_update(self.word()).chain_update([0]);
        EventId::from_digest(digest.chain_update(subject).finalize().into())
    }
}

/// The name of an event of an agent's stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventType {
    Task(EventName),
    Agent(AgentEvent),
}

/// How many there are.
const COUNT: usize = EventName::ALL.len() + AgentEvent::ALL.len();

impl EventType {
    const EACH: [Self; COUNT] = {
        let mut each = [Self::Agent(AgentEvent::Ping); COUNT];
        let mut at = 0;
        while at < COUNT {
            each[at] = if at < EventName::ALL.len() {
                Self::Task(EventName::ALL[at])
            } else {
                Self::Agent(AgentEvent::ALL[at - EventName::ALL.len()])
            };
            at += 1;
        }
        each
    };

    /// What a callback can be asked to tell; `None` for what is of no task.
    pub const fn of_task(self) -> Option<EventName> {
        match self {
            Self::Task(name) => Some(name),
            Self::Agent(_) => None,
        }
    }
}

impl Words for EventType {
    const NAME: &'static str = "EventType";
    const ALL: &'static [Self] = &Self::EACH;

    fn word(self) -> &'static str {
        match self {
            Self::Task(name) => name.word(),
            Self::Agent(name) => name.word(),
        }
    }

    fn parse(word: &str) -> Option<Self> {
        EventName::parse(word).map(Self::Task).or_else(|| AgentEvent::parse(word).map(Self::Agent))
    }
}

impl std::fmt::Display for EventType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_of_one_event_and_is_read_back() {
        let words: std::collections::BTreeSet<&str> = EventType::ALL.iter().map(|name| name.word()).collect();
        assert_eq!(words.len(), COUNT);
        assert!(EventType::ALL.iter().all(|name| name.to_string() == name.word()));
        for name in EventType::ALL {
            assert_eq!(EventType::parse(name.word()), Some(*name));
        }
    }

    #[test]
    fn the_same_thing_happens_once_and_another_is_another() {
        let ids = [AgentEvent::KeyCreated.id("a"), AgentEvent::KeyRevoked.id("a"), AgentEvent::KeyCreated.id("b")];
        assert!(ids[0] == AgentEvent::KeyCreated.id("a") && ids[0] != ids[1] && ids[0] != ids[2]);
    }
}
