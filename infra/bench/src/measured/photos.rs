//! Photos of a size: things of chance on a wall, and so much noise that a JPEG of it has the bytes.

use crate::Failure;
use domain::limits::PHOTO_BYTES;
use humanops::objects;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use std::path::Path;

/// Pixels of the sides, and bytes at most.
#[derive(Clone, Copy)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
    bytes: u64,
    /// Of the bytes a photo has at least so many hundredths.
    share_min: u64,
}

/// As large as may be handed in: 50 million pixels.
pub(crate) const LARGEST: Size = Size { width: 8_192, height: 6_144, bytes: PHOTO_BYTES, share_min: 93 };
/// As a phone makes it: 12 million.
pub(crate) const ORDINARY: Size = Size { width: 4_032, height: 3_024, bytes: 1_000_000, share_min: 75 };

/// Of 100: that of phones.
const QUALITY: u8 = 90;
const THINGS: u32 = 24;
/// Of as many values as there are: a step of one would be a tenth of the bytes.
const NOISE_MAX: i32 = 16_384;
/// What is aimed at, in hundredths of what it may have.
const SIZE_AIM: u64 = 97;
/// How many times smaller the sides of a photo are by which noise is told.
const SAMPLE: u32 = 8;

/// Random numbers that are the same every time.
struct Dice(u64);

/// Another one for each seed.
pub(crate) fn draw(size: Size, seed: u64) -> Result<Vec<u8>, Failure> {
    let bytes = jpeg(seed, size.width, size.height, noise(size, seed)?)?;
    let share = u64::try_from(bytes.len())? * 100 / size.bytes;
    if (size.share_min..100).contains(&share) {
        Ok(bytes)
    } else {
        Err(format!("a photo has {share} % of the bytes that it may have").into())
    }
}

/// Where the bucket in `folder` keeps what is put to this URL.
pub(crate) fn put(folder: &Path, url: &str, photo: &[u8]) -> Result<(), Failure> {
    let at = url.find(objects::BUCKET).ok_or("a photo outside the bucket")?;
    let file = folder.join(&url[at..]);
    std::fs::create_dir_all(file.parent().unwrap_or(&file))?;
    Ok(std::fs::write(&file, photo)?)
}

/// The most with which a photo has no more than the bytes that are aimed at, told by smaller ones.
fn noise(size: Size, seed: u64) -> Result<i32, Failure> {
    let bytes = size.bytes * SIZE_AIM / 100 / u64::from(SAMPLE * SAMPLE);
    let (mut low, mut high) = (0, NOISE_MAX);
    while high - low > 1 {
        let middle = i32::midpoint(low, high);
        let fits = u64::try_from(jpeg(seed, size.width / SAMPLE, size.height / SAMPLE, middle)?.len())? <= bytes;
        (low, high) = if fits { (middle, high) } else { (low, middle) };
    }
    Ok(low)
}

/// Noise in parts of all lightness there is.
fn jpeg(seed: u64, width: u32, height: u32, noise: i32) -> Result<Vec<u8>, Failure> {
    let mut dice = Dice(seed);
    let mut picture = RgbImage::from_pixel(width, height, Rgb([180, 170, 160]));
    // Edges are as large a part of a smaller one.
    for _ in 0..THINGS * width / LARGEST.width {
        thing(&mut picture, &mut dice);
    }
    for eight in picture.chunks_mut(8) {
        for (channel, grain) in eight.iter_mut().zip(dice.roll().to_le_bytes()) {
            let value = i32::from(*channel) + i32::from(grain.cast_signed()) * noise / NOISE_MAX;
            *channel = u8::try_from(value.clamp(0, 255))?;
        }
    }
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))?;
    Ok(bytes)
}

/// A disc of any colour, somewhere.
fn thing(picture: &mut RgbImage, dice: &mut Dice) {
    let (width, height) = picture.dimensions();
    let (x, y) = (dice.below(width), dice.below(height));
    let radius = width / 40 + dice.below(width / 10);
    // Not so dark or light that noise would be cut off.
    let [red, green, blue, ..] = dice.roll().to_le_bytes().map(|value| 64 + value / 2);
    for py in y.saturating_sub(radius)..(y + radius).min(height) {
        for px in x.saturating_sub(radius)..(x + radius).min(width) {
            if px.abs_diff(x).pow(2) + py.abs_diff(y).pow(2) < radius.pow(2) {
                picture.put_pixel(px, py, Rgb([red, green, blue]));
            }
        }
    }
}

impl Dice {
    /// SplitMix64.
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u32) -> u32 {
        u32::try_from(self.roll() % u64::from(end)).unwrap_or(0)
    }
}
