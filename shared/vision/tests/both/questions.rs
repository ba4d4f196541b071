//! Questions that no provider of ours should be asked: the server refuses them by either wire, and says why.

use crate::asking::{PATIENCE, ask_of, both, limits, met, schema};
use models::{Models, picture};
use serde_json::json;
use vision::{Part, Unanswered};

/// `jpeg` with a segment of metadata.
fn with_exif(jpeg: &[u8]) -> Vec<u8> {
    [&jpeg[..2], b"\xFF\xE1\x00\x0AExif\0\0II", &jpeg[2..]].concat()
}

#[tokio::test]
async fn a_question_that_is_not_as_it_must_be_is_refused_by_both() {
    let models = Models::open(met()).await;
    let (good, exif) = (picture::plain(80), with_exif(&picture::plain(80)));
    let open = json!({ "type": "object", "properties": {}, "required": [] });
    let cut = &good[..good.len() - 9];
    for (parts, schema, complaint) in [
        (vec![Part::Jpeg(&exif)], schema(), "metadata"),
        (vec![Part::Jpeg(cut)], schema(), "no whole JPEG"),
        (vec![Part::Jpeg(b"\x89PNG")], schema(), "no whole JPEG"),
        (vec![Part::Jpeg(&good); 21], schema(), "21 images"),
        (vec![Part::Jpeg(&good)], open, "additionalProperties"),
        (vec![Part::Jpeg(&good)], json!({ "type": "string" }), "root"),
    ] {
        let codes = ["400 invalid_value", "400 ValidationException"];
        for (model, code) in both(&models, limits(PATIENCE)).iter().zip(codes) {
            assert_eq!(ask_of(model, &parts, &schema).await, Err(Unanswered::Odd(code.to_owned())));
            let said = models.refused().pop().unwrap();
            assert!(said.contains(complaint), "{said}");
        }
    }
    assert_eq!(models.calls(), 12);
}
