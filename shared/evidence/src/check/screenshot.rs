//! Whether a photo is what a screen showed: proof of nothing that was in front of a camera.

use super::picture::judged;
use crate::Photo;
use domain::guardian::{Check, CheckName};
use domain::upload::PhotoType;

/// Longer and shorter side of screens that people have, in pixels. Those of iPads are as well the sides of small photos.
const SCREENS: [(u32, u32); 54] = [
    (1280, 720),
    (1280, 800),
    (1334, 750),
    (1366, 768),
    (1440, 900),
    (1520, 720),
    (1536, 864),
    (1560, 720),
    (1600, 720),
    (1600, 900),
    (1680, 1050),
    (1792, 828),
    (1920, 1080),
    (1920, 1200),
    (2048, 1536),
    (2160, 1080),
    (2160, 1620),
    (2208, 1242),
    (2220, 1080),
    (2224, 1668),
    (2244, 1080),
    (2266, 1488),
    (2280, 1080),
    (2310, 1080),
    (2340, 1080),
    (2360, 1640),
    (2388, 1668),
    (2400, 1080),
    (2408, 1080),
    (2412, 1080),
    (2424, 1080),
    (2436, 1125),
    (2532, 1170),
    (2556, 1179),
    (2560, 1440),
    (2560, 1600),
    (2622, 1206),
    (2688, 1242),
    (2712, 1220),
    (2732, 2048),
    (2772, 1240),
    (2778, 1284),
    (2796, 1290),
    (2868, 1320),
    (2880, 1800),
    (2960, 1440),
    (2992, 1344),
    (3024, 1964),
    (3088, 1440),
    (3120, 1440),
    (3200, 1440),
    (3456, 2234),
    (3840, 2160),
    (5120, 2880),
];

/// Whether it says so, or is a PNG of a screen's size that says neither where nor when it was taken: cameras write none.
pub fn screenshot_check(photo: &Photo) -> Check {
    let sides = (photo.width.max(photo.height), photo.width.min(photo.height));
    let is_silent = photo.taken_at.is_none() && photo.position.is_none();
    let is_screen = photo.photo_type == PhotoType::Png && is_silent && SCREENS.contains(&sides);
    let detail = match (photo.origin.is_screenshot, is_screen) {
        (true, _) => "The photo says that it is a screenshot.",
        (false, true) => "The photo is a PNG of a screen's size, as screenshots are.",
        (false, false) => "The photo does not look like a screenshot.",
    };
    judged(CheckName::NotScreenshot, !photo.origin.is_screenshot && !is_screen, detail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::picture::tests::photo;
    use super::*;
    use crate::Origin;
    use crate::metadata::Taken;
    use domain::Timestamp;
    use domain::guardian::CheckStatus::{Fail, Pass};

    #[test]
    fn a_screenshot_is_known_by_what_it_says_or_by_its_size() {
        let taken = Some(Taken::Local(Timestamp::from_millis(0)));
        let says = Origin { is_screenshot: true, ..Origin::default() };
        let plain = |photo_type, width, height| Photo { photo_type, ..photo(width, height) };
        let cases = [
            (plain(PhotoType::Png, 1170, 2532), Fail),
            (plain(PhotoType::Png, 2532, 1170), Fail),
            (plain(PhotoType::Png, 1171, 2532), Pass),
            (plain(PhotoType::Jpeg, 1920, 1080), Pass),
            (Photo { taken_at: taken, ..plain(PhotoType::Png, 1920, 1080) }, Pass),
            (Photo { origin: says, taken_at: taken, ..plain(PhotoType::Jpeg, 4032, 3024) }, Fail),
        ];
        for (photo, status) in cases {
            assert_eq!(screenshot_check(&photo).status, status, "{photo:?}");
        }
        assert!(SCREENS.is_sorted() && SCREENS.iter().all(|(longer, shorter)| longer > shorter));
    }
}
