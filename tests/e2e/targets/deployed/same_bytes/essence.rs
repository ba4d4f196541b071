//! What must be equal in the answers of two systems to one request.

use super::side::Side;
use harness::Reply;
use std::collections::BTreeMap;

/// An answer without what is its system's own.
pub(super) struct Essence {
    pub(super) status: u16,
    pub(super) text: String,
    pub(super) headers: BTreeMap<String, String>,
}

/// Of which headers only the presence is compared.
const OWN: [&str; 5] = [
    "x-request-id",
    "date",
    // The two minutes do not begin together.
    "ratelimit-remaining",
    "ratelimit-reset",
    // Hosts and signatures differ in length; that it is right is checked.
    "content-length",
];
/// What ids begin with.
const IDS: [&str; 13] = [
    "agent_", "entry_", "evt_", "key_", "op_", "pay_", "payout_", "push_", "req_", "task_", "txn_", "upl_", "ho_test_",
];
/// How an id goes on, at least; a key's prefix is shorter.
const ID_CHARS: usize = 22;
const PREFIX_CHARS: usize = 7;
/// What the audit counts, where a list goes on, how often something was sent, with what browsers subscribe, and parts of a
/// presigned URL.
const VALUES_AFTER: [&str; 9] = [
    "\"accounts\":",
    "\"entries\":",
    "\"tasks\":",
    "\"next_cursor\":\"",
    "\"attempt\":",
    "\"public_key\":\"",
    "X-Amz-Credential=",
    "X-Amz-Date=",
    "X-Amz-Signature=",
];
/// A function signs with the credentials of a session, which the binary has not: left out with its value.
const SESSION: &str = "&X-Amz-Security-Token=";
/// `2026-02-05T12:00:00.000Z`
const TIME: &str = "0000-00-00T00:00:00.000Z";

pub(super) fn essence(side: &Side<'_>, reply: &Reply) -> Essence {
    if let Some(length) = reply.header("content-length").filter(|_| !reply.text.is_empty()) {
        assert_eq!(length, reply.text.len().to_string());
    }
    let plain = |text: &str| {
        let text = without_value_after(&side.unfill(text), SESSION).replace(&format!("{SESSION}*"), "");
        let text = VALUES_AFTER.iter().fold(text, |text, mark| without_value_after(&text, mark));
        without_ids(&without_times(&without_deliveries(&text)))
    };
    let value = |name: &str, value: &str| if OWN.contains(&name) { String::new() } else { plain(value) };
    let headers = reply.headers.iter().map(|(name, text)| (name.as_str(), text.to_str().unwrap()));
    Essence {
        status: reply.status,
        text: plain(&reply.text),
        headers: headers.map(|(name, text)| (name.to_owned(), value(name, text))).collect(),
    }
}

fn without_value_after(text: &str, mark: &str) -> String {
    let mut parts = text.split(mark);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| {
        let rest = part.trim_start_matches(|c: char| !['&', '"', ',', '}'].contains(&c));
        format!("{before}{mark}*{rest}")
    })
}

/// How far the sending of an event has come is a matter of moments.
fn without_deliveries(text: &str) -> String {
    const MARK: &str = "\"deliveries\":[";
    let mut parts = text.split(MARK);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |before, part| format!("{before}{MARK}*{}", part.trim_start_matches(|c: char| c != ']')))
}

fn without_times(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let candidate = rest.get(..TIME.len()).unwrap_or_default();
        let is_time = candidate.len() == TIME.len()
            && candidate.chars().zip(TIME.chars()).all(|(c, form)| match form {
                '0' => c.is_ascii_digit(),
                _ => c == form,
            });
        let (taken, shown) = if is_time { (TIME.len(), "TIME".to_owned()) } else { (first.len_utf8(), first.into()) };
        plain += &shown;
        rest = &rest[taken..];
    }
    plain
}

fn without_ids(text: &str) -> String {
    let wordy = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let pieces = text.split_inclusive(|c: char| !wordy(c));
    pieces
        .map(|piece| {
            let word = piece.trim_end_matches(|c: char| !wordy(c));
            let id = IDS.iter().find(|prefix| word.strip_prefix(**prefix).is_some_and(|rest| is_own(prefix, rest)));
            id.map_or_else(|| piece.to_owned(), |prefix| format!("{prefix}*{}", &piece[word.len()..]))
        })
        .collect()
}

fn is_own(prefix: &str, rest: &str) -> bool {
    rest.len() >= if prefix == "ho_test_" { PREFIX_CHARS } else { ID_CHARS } && !rest.contains('_')
}

#[test]
fn only_what_is_a_systems_own_is_masked() {
    for (text, plain) in [
        (r#"{"at":"2026-02-05T12:00:00.000Z"}"#, r#"{"at":"TIME"}"#),
        (r#"{"at":"2026-02-05T12:00:00Z"}"#, r#"{"at":"2026-02-05T12:00:00Z"}"#),
        (r#"{"id":"task_01m854k3ehq1x16bapyz01f0vq"}"#, r#"{"id":"task_*"}"#),
        (r#"{"code":"task_state_conflict"}"#, r#"{"code":"task_state_conflict"}"#),
        (r#"{"code":"key_slots_are_taken_all_of_them"}"#, r#"{"code":"key_slots_are_taken_all_of_them"}"#),
        (r#""keyPrefix":"ho_test_ZRmwizq..""#, r#""keyPrefix":"ho_test_*..""#),
        ("zoë task_1 €", "zoë task_1 €"),
    ] {
        assert_eq!(without_ids(&without_times(text)), plain);
    }
    let sent = r#"{"deliveries":[{"attempt":1,"at":"x"}]},{"deliveries":[]}"#;
    assert_eq!(without_deliveries(sent), r#"{"deliveries":[*]},{"deliveries":[*]}"#);
    let url = r#""u/proof/1?X-Amz-Date=20260205T120000Z&X-Amz-Expires=300""#;
    assert_eq!(without_value_after(url, "X-Amz-Date="), r#""u/proof/1?X-Amz-Date=*&X-Amz-Expires=300""#);
}
