//! Who holds which key.

use super::*;

/// SHA-256 of `test`.
const TEST: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
/// SHA-256 of nothing.
const NOTHING: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn holder(list: &str, key: &str) -> Option<String> {
    list.parse::<AdminKeys>().unwrap().holder(key).map(ToString::to_string)
}

#[test]
fn a_key_says_who_holds_it() {
    let list = format!("jane:{TEST}, john.roe:{NOTHING}");
    assert_eq!(holder(&list, "test").as_deref(), Some("jane"));
    assert_eq!(holder(&list, "").as_deref(), Some("john.roe"));
    assert_eq!(holder(&list, "Test"), None);
    assert_eq!(holder("", "test"), None);
}

#[test]
fn while_a_key_takes_anothers_place_both_are_their_holders() {
    let list = format!("jane:{TEST},jane:{NOTHING}");
    assert_eq!((holder(&list, "test"), holder(&list, "")), (Some("jane".to_owned()), Some("jane".to_owned())));
}

#[test]
fn what_is_no_list_is_refused() {
    let short = &TEST[1..];
    for list in [
        TEST.to_owned(),
        format!(":{TEST}"),
        format!("Jane:{TEST}"),
        format!("jane doe:{TEST}"),
        format!("jane:{short}"),
        format!("jane:{TEST}0"),
        format!("jane:{TEST},"),
        format!("jane:{TEST}:{TEST}"),
        "jane:test".to_owned(),
        " ".to_owned(),
    ] {
        assert_eq!(list.parse::<AdminKeys>().err(), Some(WANTED), "{list}");
    }
}
