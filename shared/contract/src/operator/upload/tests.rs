//! What an announcement takes and refuses.

use super::*;
use crate::read::tests::read;

#[test]
fn a_media_type_is_known_in_any_case_and_by_its_other_name() {
    let cases = [
        ("image/jpeg", Some("image/jpeg")),
        ("image/jpg", Some("image/jpeg")),
        ("IMAGE/JPG", Some("image/jpeg")),
        ("Image/Png", Some("image/png")),
        ("image/webp", Some("image/webp")),
        ("image/heic", None),
        ("image/jpeg; q=1", None),
        ("jpeg", None),
        ("", None),
    ];
    for (given, expected) in cases {
        let body = format!(
            r#"{{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "content_type": "{given}", "size_bytes": 2.048e5,
                "sha256": "{}"}}"#,
            "0F".repeat(32)
        );
        let read = read::<Body>(&body).ok().map(|body| body.photo_type.word());
        assert_eq!(read, expected, "{given}");
    }
}
