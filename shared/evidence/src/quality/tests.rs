//! Sharp and blurred pictures of things, and pictures of nothing.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels and sides of small pictures"
)]

use super::*;
use crate::tests::scenes::{Dice, Scene};

const PHOTOS: u64 = 60;

/// Grey, by column and row of 640 x 480 pixels.
fn grey(mut lightness: impl FnMut(f32, f32) -> f32) -> Picture {
    let pixels = (0..640 * 480).flat_map(|at| [lightness((at % 640) as f32, (at / 640) as f32) as u8; 3]).collect();
    Picture::of_pixels(640, 480, pixels)
}

/// As grey, out of focus by so many pixels, and then with the noise of a sensor.
fn blurred(picture: &Picture, deviation: f32, noise: f32, dice: &mut Dice) -> Picture {
    let blurred = Luminance::of(picture, 640).blurred(deviation);
    let noisy = blurred.values.iter().flat_map(|value| [(value + dice.between(-noise, noise)) as u8; 3]).collect();
    Picture::of_pixels(blurred.width as u32, blurred.height as u32, noisy)
}

#[test]
fn photos_are_sharp_and_blurred_ones_are_not() {
    let mut dice = Dice::of(1);
    let (mut sharp, mut soft) = (Vec::new(), Vec::new());
    for number in 0..PHOTOS {
        let picture = Scene::photo(number, 640, 480).picture();
        assert_eq!(Quality::of(&picture), Quality { is_uniform: false, is_blurred: false }, "{number}");
        sharp.push(sharpness(&Luminance::of(&picture, EDGES_SIDE)));
        let picture = blurred(&picture, 4.0, 1.0, &mut dice);
        assert!(Quality::of(&picture).is_blurred, "{number}");
        soft.push(sharpness(&Luminance::of(&picture, EDGES_SIDE)));
    }
    sharp.sort_by(f32::total_cmp);
    soft.sort_by(f32::total_cmp);
    println!("sharp from {:.0}, blurred to {:.0}", sharp[0], soft[soft.len() - 1]);
}

#[test]
fn a_little_that_is_sharp_is_enough() {
    let card = |x: f32, y: f32| (200.0..360.0).contains(&x) && (200.0..320.0).contains(&y);
    let card = grey(|x, y| if card(x, y) && (y as u32 / 6).is_multiple_of(2) { 60.0 } else { 200.0 });
    assert_eq!(Quality::of(&card), Quality { is_uniform: false, is_blurred: false });
}

#[test]
fn nothing_is_uniform_whatever_its_colour_light_and_noise() {
    let mut dice = Dice::of(2);
    let vignette = |x: f32, y: f32| 30.0 * ((x / 640.0 - 0.5).powi(2) + (y / 480.0 - 0.5).powi(2));
    let cases = [
        ("white", grey(|_, _| 255.0)),
        ("black", grey(|_, _| 0.0)),
        ("a covered lens", grey(|_, _| dice.between(0.0, 14.0))),
        ("a wall with a lamp at its side", grey(|x, _| 150.0 + x / 16.0 + dice.between(-6.0, 6.0))),
        ("a wall, darker at the corners", grey(|x, y| 180.0 - vignette(x, y) + dice.between(-3.0, 3.0))),
        ("one pixel", Picture::of_pixels(1, 1, vec![9; 3])),
        ("one row", Picture::of_pixels(9, 1, vec![9; 27])),
    ];
    for (what, picture) in cases {
        assert!(Quality::of(&picture).is_uniform, "{what}");
    }
}

#[test]
fn something_small_or_faint_is_not_nothing() {
    let note = |x: f32, y: f32| (40.0..240.0).contains(&x) && (y as u32 / 8).is_multiple_of(3) && y < 100.0;
    let cases = [
        ("a sheet with some lines", grey(|x, y| if note(x, y) && x as u32 % 5 < 3 { 90.0 } else { 230.0 })),
        ("a faint stain", grey(|x, y| if (x - 300.0).hypot(y - 200.0) < 50.0 { 170.0 } else { 200.0 })),
        ("a sky from dark to light", grey(|_, y| y / 2.0)),
    ];
    for (what, picture) in cases {
        assert!(!Quality::of(&picture).is_uniform, "{what}");
    }
}
