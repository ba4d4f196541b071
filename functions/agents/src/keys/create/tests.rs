//! Slots and labels of new keys.

use super::*;
use domain::{AgentId, Mode, Timestamp};

fn taken(slots: impl IntoIterator<Item = u8>) -> Vec<KeyRecord> {
    let record = |slot| {
        let key = ApiKey::generate(Mode::Test, AgentId::from_bytes([1; 16]), slot);
        keys::record(&key, "n".to_owned(), Timestamp::from_millis(0))
    };
    slots.into_iter().map(record).collect()
}

#[test]
fn the_lowest_free_slot_is_taken_until_there_is_none() {
    assert_eq!(free_slot(&taken([])), Some(0));
    assert_eq!(free_slot(&taken([0, 1, 3])), Some(2));
    assert_eq!(free_slot(&taken([1])), Some(0));
    assert_eq!(free_slot(&taken(0..19)), Some(19));
    assert_eq!(free_slot(&taken(0..20)), None);
}
