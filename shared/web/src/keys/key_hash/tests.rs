//! Keys of staff, given whole or by their hash.

use super::*;

const KEY: &str = "an-admin-key-of-at-least-32-bytes";
/// `printf %s KEY | sha256sum`
const HASH: &str = "c6ca503725a92593be7466efff973b44d4cdd20d5e0884fce9a22de0f73f97fb";

#[test]
fn a_key_is_recognised_whether_it_was_given_whole_or_by_its_hash() {
    for key in [KeyHash::new(KEY), KeyHash::of_sha256(HASH), KeyHash::of_sha256(&HASH.to_uppercase())] {
        let key = key.unwrap();
        assert!(key.matches(KEY));
        assert!(!key.matches(&KEY[1..]));
        assert!(!key.matches(HASH));
    }
}

#[test]
fn what_is_no_hash_and_what_is_too_short_is_no_key() {
    for hash in ["", &HASH[1..], &format!("{HASH}0"), &HASH.replace('a', "g"), &"é".repeat(32)] {
        assert!(KeyHash::of_sha256(hash).is_none(), "{hash}");
    }
    assert!(KeyHash::new(&KEY[..31]).is_none());
}
