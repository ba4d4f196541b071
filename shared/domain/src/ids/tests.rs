//! An id has one spelling; everything else is refused.

use super::*;
use crate::example::rows;
use proptest::prelude::*;

/// Prefix, and what parsing and writing again gives.
type Kind = (&'static str, fn(&str) -> Option<String>);

const KINDS: &[Kind] = &[
    ("agent_", |text| AgentId::parse(text).map(|id| id.to_string())),
    ("key_", |text| KeyId::parse(text).map(|id| id.to_string())),
    ("task_", |text| TaskId::parse(text).map(|id| id.to_string())),
    ("txn_", |text| TransactionId::parse(text).map(|id| id.to_string())),
    ("entry_", |text| EntryId::parse(text).map(|id| id.to_string())),
    ("payout_", |text| PayoutId::parse(text).map(|id| id.to_string())),
    ("pay_", |text| PaymentId::parse(text).map(|id| id.to_string())),
    ("upl_", |text| UploadId::parse(text).map(|id| id.to_string())),
    ("proof_", |text| ProofId::parse(text).map(|id| id.to_string())),
    ("evt_", |text| EventId::parse(text).map(|id| id.to_string())),
    ("push_", |text| PushId::parse(text).map(|id| id.to_string())),
];

#[test]
fn each_kind_reads_its_own_prefix_only() {
    const BODY: &str = "01kgrq6x5ttesttesttesttest";
    for (reader, parse) in KINDS {
        for (writer, _) in KINDS {
            let text = format!("{writer}{BODY}");
            assert_eq!(parse(&text), (reader == writer).then_some(text.clone()), "{reader} reads {text}");
        }
        assert_eq!(parse(BODY), None, "{reader} without its prefix");
        assert_eq!(parse(&format!("{}{BODY}", reader.to_uppercase())), None, "{reader} in upper case");
        assert_eq!(parse(&format!(" {reader}{BODY}")), None, "{reader} after a space");
    }
}

#[test]
fn the_body_is_26_digits_of_at_most_128_bits() {
    let table = "
        00000000000000000000000000  | read
        7zzzzzzzzzzzzzzzzzzzzzzzzz  | read
        # One bit more than there are.
        80000000000000000000000000  | refused
        zzzzzzzzzzzzzzzzzzzzzzzzzz  | refused
        # Too short, too long, empty.
        0000000000000000000000000   | refused
        000000000000000000000000000 | refused
                                    | refused
        # Letters that the alphabet leaves out, and upper case.
        0000000000000000000000000i  | refused
        0000000000000000000000000l  | refused
        0000000000000000000000000o  | refused
        0000000000000000000000000u  | refused
        0000000000000000000000000A  | refused
        # Other characters, of one byte and of more.
        0000000000000000000000000-  | refused
        0000000000000 000000000000  | refused
        000000000000000000000000é   | refused
    ";
    for [body, expected] in rows(table) {
        let text = format!("task_{body}");
        let read = TaskId::parse(&text);
        assert_eq!(if read.is_some() { "read" } else { "refused" }, expected, "{text}");
        assert!(read.is_none_or(|id| id.to_string() == text && format!("{id:?}") == text), "{text}");
    }
}

#[test]
fn a_digest_gives_the_same_id_each_time() {
    let digest: [u8; 32] = std::array::from_fn(|i| u8::try_from(i).unwrap());
    let id = TaskId::from_digest(digest);
    assert_eq!(id, TaskId::from_digest(digest));
    assert_eq!(id.bytes(), digest[..16]);
    assert_eq!(OperatorId::from_digest(digest).as_str(), id.to_string().replace("task_", "op_"));
    assert_ne!(id, TaskId::from_digest([7; 32]));
}

#[test]
fn an_operator_id_is_4_to_64_letters_and_digits() {
    let (longest, too_long) = ("a".repeat(64), "a".repeat(65));
    let cases: &[(&str, bool)] = &[
        ("", false),
        ("abc", false),
        ("abcd", true),
        ("Jane42", true),
        (&longest, true),
        (&too_long, false),
        ("ab-cd", false),
        ("ab_cd", false),
        ("ab cd", false),
        ("ab:cd", false),
        ("abcdé", false),
    ];
    for (body, expected) in cases {
        let text = format!("op_{body}");
        let read = OperatorId::parse(&text);
        assert_eq!(read.is_some(), *expected, "{text}");
        assert!(read.is_none_or(|id| id.as_str() == text && id.to_string() == text), "{text}");
    }
    assert_eq!(OperatorId::parse("abcd"), None);
    assert_eq!(OperatorId::parse("OP_abcd"), None);
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_the_same(bytes in any::<[u8; 16]>()) {
        let id = TaskId::from_bytes(bytes);
        prop_assert_eq!(TaskId::parse(&id.to_string()), Some(id));
        prop_assert_eq!(id.bytes(), bytes);
    }

    #[test]
    fn texts_sort_like_the_moments_of_their_ids(
        early in 0..253_402_300_800_000_i64,
        gap in 1..1_000_000_000_i64,
        random in any::<[[u8; 10]; 2]>(),
    ) {
        let first = TaskId::new(Timestamp::from_millis(early), random[0]);
        let second = TaskId::new(Timestamp::from_millis(early + gap), random[1]);
        prop_assert!(first < second);
        prop_assert!(first.to_string() < second.to_string());
    }
}
