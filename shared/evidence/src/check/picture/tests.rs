//! What is told of pictures, and how it counts.

use super::*;
use CheckStatus::{Fail, Pass, Skipped};
use domain::upload::PhotoType;

pub(in super::super) fn photo(width: u32, height: u32) -> Photo {
    Photo {
        photo_type: PhotoType::Jpeg,
        sha256: [0; 32],
        identity: [0; 32],
        size_bytes: 1,
        width,
        height,
        taken_at: None,
        position: None,
        position_error_m: None,
        orientation: 0,
        origin: Origin::default(),
    }
}

fn assert_check(check: &Check, name: CheckName, status: CheckStatus, detail: &str) {
    assert_eq!((check.name, check.status, check.detail.as_str()), (name, status, detail));
}

#[test]
fn a_photo_has_at_least_640_by_480_pixels_either_way() {
    let cases = [
        ((640, 480), Pass),
        ((480, 640), Pass),
        ((4_000, 480), Pass),
        ((640, 479), Fail),
        ((639, 480), Fail),
        ((479, 4_000), Fail),
        ((600, 600), Fail),
        ((1, 1), Fail),
    ];
    for ((width, height), expected) in cases {
        assert_eq!(size_check(&photo(width, height)).status, expected, "{width} x {height}");
    }
    let too_few = "The photo has 320 x 240 pixels, which is too few: at least 640 x 480 are needed.";
    assert_check(&size_check(&photo(320, 240)), CheckName::Size, Fail, too_few);
}

#[test]
fn a_photo_shows_something_and_sharply() {
    let cases = [
        (false, false, Pass, Pass),
        (false, true, Pass, Fail),
        // What shows nothing has nothing that could be sharp.
        (true, true, Fail, Skipped),
        (true, false, Fail, Skipped),
    ];
    for (is_uniform, is_blurred, shows, sharp) in cases {
        let quality = Quality { is_uniform, is_blurred };
        assert_eq!(uniform_check(quality).status, shows, "{quality:?}");
        assert_eq!(sharp_check(quality).status, sharp, "{quality:?}");
    }
    let quality = Quality { is_uniform: false, is_blurred: true };
    let detail = "The photo is blurred: nothing on it has a clear edge.";
    assert_check(&sharp_check(quality), CheckName::Sharp, Fail, detail);
    let quality = Quality { is_uniform: true, is_blurred: true };
    let detail = "The photo is nearly of one colour: nothing can be seen on it.";
    assert_check(&uniform_check(quality), CheckName::NotUniform, Fail, detail);
}

#[test]
fn what_a_photo_says_of_its_making_counts_against_it() {
    let edited = Origin { editor: Some("GIMP"), ..Origin::default() };
    let detail = "The photo says that it went through GIMP, which can change what it shows.";
    assert_check(&edited_check(&edited), CheckName::NotEdited, Fail, detail);
    let generated = Origin { generator: Some("Midjourney"), has_manifest: true, ..Origin::default() };
    let detail = "The photo says that it was made by Midjourney, not by a camera.";
    assert_check(&origin_check(&generated), CheckName::Origin, Fail, detail);
    assert_eq!((origin_check(&edited).status, edited_check(&generated).status), (Pass, Pass));
    let signed = Origin { has_manifest: true, ..Origin::default() };
    let detail = "The photo has Content Credentials, which do not say that it was generated.";
    assert_check(&origin_check(&signed), CheckName::Origin, Pass, detail);
}

#[test]
fn what_looks_like_another_fails_and_what_may_do_is_for_somebody_to_look_at() {
    let cases = [(None, Pass), (Some(Nearness::Weak), Skipped), (Some(Nearness::Strong), Fail)];
    for (nearest, expected) in cases {
        assert_eq!(similar_check(nearest).status, expected, "{nearest:?}");
    }
    let detail = "A photo of the same was handed in for another task.";
    assert_check(&similar_check(Some(Nearness::Strong)), CheckName::NotSimilar, Fail, detail);
}
