//! One transaction, one canonical text, one transaction id.

use super::*;

const ANNA: AgentId = AgentId::from_bytes([1; 16]);
const BERT: AgentId = AgentId::from_bytes([2; 16]);
const HASH: &str = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

#[test]
fn every_way_to_write_a_hash_is_the_same_hash() {
    let upper = HASH.to_uppercase();
    let mixed = HASH.replace("aabb", "AaBb");
    let padded = format!("  {HASH}\n");
    for mode in [Mode::Test, Mode::Live] {
        let canonical = TxHash::parse(HASH, mode).unwrap();
        assert_eq!(canonical.reference(ANNA), HASH);
        for text in [&upper, &mixed, &padded] {
            let hash = TxHash::parse(text, mode).unwrap();
            assert_eq!(hash.reference(BERT), HASH, "{text}");
            assert_eq!(hash.transaction(BERT), canonical.transaction(ANNA), "{text}");
        }
    }
}

#[test]
fn both_modes_take_nothing_but_sixty_four_digits() {
    let (short, long) = (&HASH[..65], format!("{HASH}0"));
    let other = HASH.replace("ff", "fg");
    for text in ["", "0x", "0x12", "0xabc...de", "0xabc...def0", &HASH[2..], short, &long, &other, "0x 0", "0xäöü"] {
        for mode in [Mode::Test, Mode::Live] {
            assert_eq!(TxHash::parse(text, mode), None, "{text} in {mode} mode");
        }
    }
}

#[test]
fn test_mode_also_takes_the_placeholder_of_the_reference() {
    for text in ["0xabc...def", " 0XABC...DEF"] {
        assert_eq!(TxHash::parse(text, Mode::Live), None);
        let placeholder = TxHash::parse(text, Mode::Test).unwrap();
        assert_eq!(placeholder.reference(ANNA), format!("{PLACEHOLDER}@{ANNA}"));
        assert_ne!(placeholder.transaction(ANNA), placeholder.transaction(BERT));
    }
}

#[test]
fn other_transactions_have_other_ids() {
    let other = HASH.replace("ff", "fe");
    let [a, b] = [HASH, &other].map(|text| TxHash::parse(text, Mode::Test).unwrap());
    assert_ne!(a.transaction(ANNA), b.transaction(ANNA));
}

#[test]
fn what_is_shown_is_the_text_that_was_sent() {
    for text in [HASH, "0xabc...def"] {
        let hash = TxHash::parse(text, Mode::Test).unwrap();
        assert_eq!(shown(&hash.reference(ANNA)), text);
    }
}
