//! A brief is read back as it was written, and half a thing in it is corrupt.

use super::*;

fn full() -> Brief {
    Brief {
        description: Some("d".to_owned()),
        requirements: Some(vec!["r".to_owned()]),
        digital_instructions: Some("i".to_owned()),
        agent_public_key: Some("k".to_owned()),
        authorization: Some(Authorization { basis: Basis::Owner, statement: "mine".to_owned() }),
        verification: Verification { mode: VerificationMode::Agent, min_confidence: 95 },
    }
}

fn item() -> Item {
    brief_item(TaskId::from_bytes([2; 16]), &full()).unwrap()
}

#[test]
fn what_was_written_is_read_back() {
    assert_eq!(brief_of(item()).unwrap(), full());
    assert_eq!(brief_item(TaskId::from_bytes([2; 16]), &Brief::default()), None);
}

#[test]
fn the_stored_names_are_these() {
    let mut names: Vec<String> = item().into_keys().collect();
    names.sort();
    assert_eq!(names, ["ab", "at", "di", "ds", "pk", "pr", "pub_key", "sk", "vc", "vm"]);
}

#[test]
fn half_a_stored_thing_is_corrupt() {
    let parts =
        [("ab", "an authorization"), ("at", "an authorization"), ("vm", "a verification"), ("vc", "a verification")];
    for (name, part) in parts {
        let mut item = item();
        item.remove(name);
        let error = brief_of(item).unwrap_err().to_string();
        assert!(error.contains(&format!("half of {part}")), "without {name}: {error}");
    }
}
