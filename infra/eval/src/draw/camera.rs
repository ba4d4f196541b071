//! What a camera makes of what is before it: not quite straight, not evenly lit, not without noise.

use super::{Area, Chance};
use image::imageops::{self, FilterType};
use image::{GrayImage, Luma, Rgb, RgbImage};

/// A photo shows so much of what is before it, in thousandths; beyond its edges that is mirrored.
const SHOWN_MIN: u32 = 960;
const SHOWN_MAX: u32 = 1_060;
/// Thousandths of a radian, either way: about a degree, which readers of print put up with.
const TILT_MAX: u32 = 20;
/// Deviation of the blur by which steps of a staircase become letters.
const SOFT: f32 = 1.6;
/// Places, across and down, whose light is of chance: what lies between them is between.
const LIGHTS: (u32, u32) = (22, 17);
/// Pixels, across and down, on which the same light falls.
const STEP: u32 = 4;
/// Of 255, the least light that falls on what a photo is of.
const DAYLIGHT: u8 = 205;

/// From where a photo was taken.
pub(crate) struct Stand {
    centre: (f32, f32),
    /// Of the tilt, times what is shown.
    sin: f32,
    cos: f32,
}

/// The shade of leaves, and light of at least so much of 255 in between: no two places look alike there.
pub(crate) fn shade(picture: &mut RgbImage, least: u8, chance: &mut Chance) {
    let range = u32::from(250 - least);
    let lights = GrayImage::from_fn(LIGHTS.0, LIGHTS.1, |_, _| Luma([least + byte(chance.below(range))]));
    let (width, height) = picture.dimensions();
    let light = imageops::resize(&lights, width.div_ceil(STEP), height.div_ceil(STEP), FilterType::CatmullRom);
    for (x, y, Rgb(colour)) in picture.enumerate_pixels_mut() {
        let Luma([light]) = *light.get_pixel(x / STEP, y / STEP);
        *colour = colour.map(|value| byte(u32::from(value) * u32::from(light) / 230));
    }
}

/// A photo of a canvas.
pub(crate) fn taken(canvas: &RgbImage, chance: &mut Chance) -> (RgbImage, Stand) {
    let soft = imageops::fast_blur(canvas, SOFT);
    let (width, height) = soft.dimensions();
    let stand = Stand::of(width, height, chance);
    let mut photo = RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = stand.source(x as f32, y as f32);
        // What is soft needs nothing between its pixels.
        let Rgb(colour) = *soft.get_pixel(mirrored(across, width), mirrored(down, height));
        let noise = chance.below(9);
        Rgb(colour.map(|value| byte((u32::from(value) + noise).saturating_sub(4))))
    });
    shade(&mut photo, DAYLIGHT, chance);
    (photo, stand)
}

impl Stand {
    fn of(width: u32, height: u32, chance: &mut Chance) -> Self {
        let shown = (SHOWN_MIN + chance.below(SHOWN_MAX - SHOWN_MIN)) as f32 / 1_000.0;
        let tilt = (chance.below(2 * TILT_MAX) as f32 - TILT_MAX as f32) / 1_000.0;
        let centre = (width as f32 / 2.0, height as f32 / 2.0);
        Self { centre, sin: shown * tilt.sin(), cos: shown * tilt.cos() }
    }

    /// What of the canvas stands at a point of the photo.
    fn source(&self, x: f32, y: f32) -> (f32, f32) {
        let Self { centre, sin, cos } = self;
        let (dx, dy) = (x - centre.0, y - centre.1);
        (centre.0 + dx * cos - dy * sin, centre.1 + dx * sin + dy * cos)
    }

    /// Where on the photo an area of the canvas stands: the middle of both is the same.
    pub(crate) fn of_area(&self, area: Area) -> Area {
        let Self { centre, sin, cos } = self;
        let middle = |at: u32, size: u32| at as f32 + size as f32 / 2.0;
        let (dx, dy) = (middle(area.x, area.width) - centre.0, middle(area.y, area.height) - centre.1);
        let squared = sin * sin + cos * cos;
        let (x, y) = (centre.0 + (dx * cos + dy * sin) / squared, centre.1 + (dy * cos - dx * sin) / squared);
        let at = |middle: f32, size: u32| pixel(middle).saturating_sub(size / 2);
        Area { x: at(x, area.width), y: at(y, area.height), ..area }
    }
}

/// The nearest pixel, as a mirror at each edge shows what is beyond.
fn mirrored(at: f32, size: u32) -> u32 {
    let (at, last) = (pixel(at.abs()), size - 1);
    (if at > last { (2 * last).saturating_sub(at) } else { at }).min(last)
}

/// The nearest, or the first.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pictures have hundreds of pixels")]
fn pixel(at: f32) -> u32 {
    at.max(0.0).round() as u32
}

fn byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// Out of focus.
pub(crate) fn blur(picture: &RgbImage) -> RgbImage {
    imageops::fast_blur(picture, 14.0)
}

/// A thumb on the lens: one area cannot be read.
pub(crate) fn smudge(picture: &mut RgbImage, area: Area) {
    let Area { x, y, width, height } = area;
    let part = imageops::crop_imm(picture, x, y, width, height).to_image();
    imageops::replace(picture, &imageops::fast_blur(&part, 18.0), x.into(), y.into());
}
