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
    let mut changed = 0;
    for position in "ho_live_".len()..key.len() {
        for other in ALPHABET.iter().filter(|other| **other != key.as_bytes()[position]) {
            let mut text = key.clone().into_bytes();
            text[position] = *other;
            let text = String::from_utf8(text).unwrap();
            assert_eq!(ApiKey::parse(&text, Mode::Live).unwrap_err(), Malformed::NotAKey, "{position}");
            changed += 1;
        }
    }
    println!("{changed} keys with a changed character refused");
}

/// Of 61 degrees of freedom: a good generator exceeds it once in a thousand million runs.
const CHI_SQUARED_MAX: f64 = 160.0;

#[test]
fn secrets_are_unique_and_each_character_is_as_likely_as_another() {
    const KEYS: usize = 20_000;
    let secrets: std::collections::BTreeSet<String> = (0..KEYS).map(|_| random_text(SECRET_CHARS)).collect();
    assert_eq!(secrets.len(), KEYS);
    let mut seen = [0.0; 62];
    secrets.iter().flat_map(|secret| secret.bytes()).for_each(|byte| seen[usize::from(digit(byte).unwrap())] += 1.0);
    let expected = (KEYS * SECRET_CHARS) as f64 / 62.0;
    let chi_squared: f64 = seen.iter().map(|count: &f64| (count - expected).powi(2) / expected).sum();
    assert!(chi_squared < CHI_SQUARED_MAX, "{chi_squared}");
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
