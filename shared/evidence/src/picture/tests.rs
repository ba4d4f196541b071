//! Small pictures of large photos: the same whatever kind of file, upright, and without anything but pixels.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels and sides of small pictures"
)]

use super::*;
use crate::tests::scenes::Scene;
use crate::tests::{encoded, kinds};
use domain::upload::PhotoType;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;

/// The mean and the largest difference of two pictures' channels.
fn difference(one: &Picture, other: &Picture) -> (f32, u8) {
    assert_eq!((one.width, one.height), (other.width, other.height));
    let differences: Vec<u8> = one.rgb.iter().zip(&other.rgb).map(|(a, b)| a.abs_diff(*b)).collect();
    let sum: u32 = differences.iter().map(|difference| u32::from(*difference)).sum();
    (sum as f32 / differences.len() as f32, differences.into_iter().max().unwrap())
}

/// Without loss.
fn png(scene: &Scene) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    let (width, height) = (scene.width as u32, scene.height as u32);
    encoder.write_image(scene.pixels.as_flattened(), width, height, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// As another decoder has it.
fn by_image(bytes: &[u8]) -> Picture {
    let decoded = image::load_from_memory(bytes).unwrap().to_rgb8();
    Picture { width: decoded.width(), height: decoded.height(), rgb: decoded.into_raw() }
}

#[test]
fn files_of_other_programs_look_as_in_another_decoder() {
    for (kind, bytes) in kinds::FILES {
        // What is transparent stands on white here.
        if kind == "lossy, with alpha" {
            continue;
        }
        let (mean, most) = difference(&Picture::read(bytes).unwrap().1, &by_image(bytes));
        println!("{kind}: {mean:.2} on average, {most} at the most");
        // Other decoders smooth colours that have fewer pixels than the lightness.
        assert!(mean < if kind.contains("4:2:0") { 6.0 } else { 1.0 }, "{kind}: {mean}");
    }
}

#[test]
fn pixels_are_those_that_were_written() {
    let scene = Scene::photo(1, 97, 61);
    let mut webp = Vec::new();
    WebPEncoder::new_lossless(&mut webp).encode(scene.pixels.as_flattened(), 97, 61, ExtendedColorType::Rgb8).unwrap();
    for bytes in [png(&scene), webp] {
        assert_eq!(Picture::read(&bytes).unwrap().1.pixels(), scene.pixels);
    }
    let (mean, most) = difference(&Picture::read(&scene.jpeg(100)).unwrap().1, &scene.picture());
    assert!(mean < 0.8 && most <= 10, "{mean} {most}");
}

#[test]
fn a_jpeg_is_shrunk_as_if_all_of_its_pixels_had_been_there() {
    // Sides at which blocks become 8, 5, 4, 3, 2 and 1 pixels a side.
    for side in [1_568, 2_600, 3_200, 4_200, 6_400, 12_600] {
        let scene = Scene::photo(7, side, 40);
        let whole = Picture::read(&png(&scene)).unwrap().1;
        let shrunk = Picture::read(&scene.jpeg(95)).unwrap().1;
        let (mean, _) = difference(&shrunk, &whole);
        assert_eq!((shrunk.width, shrunk.height), (1_568, (40 * 1_568 + side as u32 / 2) / side as u32));
        println!("{side}: {mean:.2}");
        assert!(mean < 4.0, "{side}: {mean}");
    }
}

#[test]
fn a_large_picture_is_made_small_and_a_small_one_is_not_made_larger() {
    let cases = [
        ((1, 1), (1, 1)),
        ((1_568, 1_568), (1_568, 1_568)),
        ((1_569, 3), (1_568, 3)),
        ((3_136, 2_000), (1_568, 1_000)),
        ((2_000, 3_136), (1_000, 1_568)),
        ((16_000, 1), (1_568, 1)),
    ];
    for photo_type in PhotoType::ALL {
        for ((width, height), expected) in cases {
            let (photo, picture) = Picture::read(&encoded(*photo_type, width, height, None)).unwrap();
            assert_eq!((photo.width, photo.height), (width, height));
            assert_eq!((picture.width(), picture.height()), expected, "{photo_type:?}");
        }
    }
}

#[test]
fn a_shrunken_pixel_is_the_mean_of_those_that_it_covers() {
    let mut canvas = Canvas::<1>::of(2, 5, 1);
    canvas.row(0, (0, 1), [10.0, 20.0, 30.0, 40.0, 50.0].into_iter().map(|value| [value]));
    assert_eq!(canvas.means, [[18.0], [42.0]]);
    // Rows that come in another order, and in parts, as those of an interlaced file.
    let mut canvas = Canvas::<1>::of(2, 4, 4);
    for (y, value) in [(3, 4.0), (1, 2.0), (0, 1.0), (2, 3.0)] {
        canvas.row(y, (1, 2), [[value], [value]].into_iter());
        canvas.row(y, (0, 2), [[value], [value]].into_iter());
    }
    assert_eq!(canvas.means, [[1.5], [1.5], [3.5], [3.5]]);
}

#[test]
fn a_picture_is_upright_as_exif_says() {
    let pixels: [u8; 6] = [1, 2, 3, 4, 5, 6];
    let picture = Picture { width: 3, height: 2, rgb: pixels.iter().flat_map(|value| [*value; 3]).collect() };
    let cases = [
        (0, (3, 2), [1, 2, 3, 4, 5, 6]),
        (1, (3, 2), [1, 2, 3, 4, 5, 6]),
        (2, (3, 2), [3, 2, 1, 6, 5, 4]),
        (3, (3, 2), [6, 5, 4, 3, 2, 1]),
        (4, (3, 2), [4, 5, 6, 1, 2, 3]),
        (5, (2, 3), [1, 4, 2, 5, 3, 6]),
        (6, (2, 3), [4, 1, 5, 2, 6, 3]),
        (7, (2, 3), [6, 3, 5, 2, 4, 1]),
        (8, (2, 3), [3, 6, 2, 5, 1, 4]),
    ];
    for (orientation, sides, expected) in cases {
        let upright = picture.clone().upright(orientation);
        assert_eq!((upright.width, upright.height), sides, "{orientation}");
        assert_eq!(upright.rgb.iter().copied().step_by(3).collect::<Vec<u8>>(), expected, "{orientation}");
    }
}

#[test]
fn the_jpeg_of_a_picture_looks_like_it_and_says_nothing() {
    let scene = Scene::photo(5, 640, 480);
    let picture = scene.picture();
    let jpeg = picture.jpeg();
    let (photo, again) = Picture::read(&jpeg).unwrap();
    assert_eq!(photo.photo_type, PhotoType::Jpeg);
    assert_eq!((photo.taken_at, photo.position, photo.orientation), (None, None, 0));
    assert_eq!(photo.origin, crate::Origin::default());
    assert!(difference(&again, &picture).0 < 4.0);
    for code in 0xE1..=0xEF {
        assert!(!jpeg.windows(2).any(|pair| pair == [0xFF, code]), "{code:x}");
    }
}
