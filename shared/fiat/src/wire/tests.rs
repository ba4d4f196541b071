//! Ids, paths and excerpts; the exchange itself is tested by the clients.

use super::{excerpt, is_id, under};
use url::Url;

#[test]
fn only_what_means_itself_in_a_path_is_an_id() {
    for id in ["D-4-be8eda8c-5fe7", "pay_01kh3w5v8g", "CHAR42", "a.b", &"a".repeat(128)] {
        assert!(is_id(id), "{id}");
    }
    for id in ["", ".", "..", "a/b", "../x", "a?b", "a#b", "a%2e", "a b", "é", "a\n", &"a".repeat(129)] {
        assert!(!is_id(id), "{id:?}");
    }
}

#[test]
fn a_path_continues_that_of_its_base() {
    for base in ["https://api.payoneer.com/v4", "https://api.payoneer.com/v4/"] {
        let url = under(&Url::parse(base).unwrap(), &["programs", "7"]).unwrap();
        assert_eq!(url.as_str(), "https://api.payoneer.com/v4/programs/7");
    }
    assert!(under(&Url::parse("mailto:x@example.com").unwrap(), &["a"]).is_err());
}

#[test]
fn strangers_are_quoted_briefly_and_on_one_line() {
    assert_eq!(excerpt("a\r\nb\u{7}"), "ab");
    assert_eq!(excerpt(&"é".repeat(1_000)), "é".repeat(200));
}
