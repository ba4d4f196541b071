//! Keys are recognised by their own text, and mistyped ones by their checksum.

use super::*;

fn agent() -> AgentId {
    AgentId::from_bytes([7; 16])
}

#[test]
fn a_generated_key_names_its_agent_and_slot() {
    for slot in 0..20 {
        let key = ApiKey::generate(Mode::Test, agent(), slot);
        let parsed = ApiKey::parse(&key.reveal(), Mode::Test).unwrap();
        assert_eq!((parsed.agent, parsed.slot), (agent(), slot));
        assert!(parsed.matches(&key.hash()));
        assert_eq!(parsed.id(), key.id());
    }
}

#[test]
fn every_changed_character_is_noticed_without_reading_anything() {
    let key = ApiKey::generate(Mode::Live, agent(), 3).reveal();
    for position in "ho_live_".len()..key.len() {
        for other in "05Zz".chars().filter(|c| !key[position..].starts_with(*c)) {
            let mut changed: Vec<char> = key.chars().collect();
            changed[position] = other;
            let changed: String = changed.into_iter().collect();
            assert_eq!(ApiKey::parse(&changed, Mode::Live).unwrap_err(), Malformed::NotAKey, "{position}");
        }
    }
}

#[test]
fn other_texts_are_no_keys() {
    let key = ApiKey::generate(Mode::Test, agent(), 0).reveal();
    let cases = [
        "",
        "ho_test_",
        "ho_test_EXAMPLE_KEY",
        "sk_live_x",
        &key[..key.len() - 1],
        &format!("{key}0"),
        &key.to_uppercase(),
    ];
    for case in cases {
        assert_eq!(ApiKey::parse(case, Mode::Test).unwrap_err(), Malformed::NotAKey, "{case}");
    }
}

#[test]
fn a_key_of_the_other_mode_is_told_apart() {
    let live = ApiKey::generate(Mode::Live, agent(), 0).reveal();
    assert_eq!(ApiKey::parse(&live, Mode::Test).unwrap_err(), Malformed::OtherMode(Mode::Live));
}

#[test]
fn prefixes_tell_the_keys_of_an_agent_apart() {
    let [a, b] = [0, 1].map(|slot| ApiKey::generate(Mode::Test, agent(), slot).prefix());
    assert!(a.starts_with("ho_test_") && a.ends_with("..") && a.len() == 17, "{a}");
    assert_ne!(a, b);
}

#[test]
fn debug_does_not_show_the_secret() {
    let key = ApiKey::generate(Mode::Test, agent(), 0);
    assert!(!format!("{key:?}").contains(&key.reveal()[10..40]));
}
