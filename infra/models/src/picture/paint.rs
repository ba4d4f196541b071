//! Paints what tests show.

use font8x8::legacy::BASIC_LEGACY;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};

const QUALITY: u8 = 85;
/// A letter has eight by eight points, and a line begins every twelve.
pub const LETTER: u32 = 8;
pub const LINE: u32 = 12;
/// Pixels of a point.
const POINT: u32 = 4;
const MARGIN: u32 = 40;
/// So many fit on what may be sent.
const LETTERS_MAX: usize = 44;

/// A JPEG of one shade with a slope, so that no two shades are alike.
pub fn plain(shade: u8) -> Vec<u8> {
    let picture =
        GrayImage::from_fn(64, 48, |x, y| Luma([shade.saturating_add(u8::try_from(x / 8 + y / 8).unwrap_or(0))]));
    jpeg(&picture)
}

/// A JPEG of a sign with this text, black on white, broken into lines between its words. Of letters ASCII alone.
pub fn sign(text: &str) -> Vec<u8> {
    let lines = wrapped(text);
    let longest = lines.iter().map(|line| line.len()).max().unwrap_or_default();
    let size = |count: usize, step: u32| u32::try_from(count).unwrap_or(u32::MAX) * step * POINT + 2 * MARGIN;
    // No smaller than photos are.
    let (width, height) = (size(longest, LETTER).max(640), size(lines.len(), LINE).max(480));
    let is_black =
        |x: u32, y: u32| x >= MARGIN && y >= MARGIN && inked(&lines, (x - MARGIN) / POINT, (y - MARGIN) / POINT);
    let picture = GrayImage::from_fn(width, height, |x, y| Luma([if is_black(x, y) { 0 } else { 255 }]));
    // Steps of a staircase are no letters to a reader of print.
    jpeg(&image::imageops::fast_blur(&picture, 2.0))
}

/// Whether these lines, written from the upper left corner on, have ink at a point. Of letters ASCII alone.
pub fn inked(lines: &[impl AsRef<str>], x: u32, y: u32) -> bool {
    let points = || -> Option<u8> {
        let line = lines.get(usize::try_from(y / LINE).ok()?)?.as_ref();
        let letter = line.as_bytes().get(usize::try_from(x / LETTER).ok()?)?;
        BASIC_LEGACY.get(usize::from(*letter))?.get(usize::try_from(y % LINE).ok()?).copied()
    };
    points().is_some_and(|points| points >> (x % LETTER) & 1 == 1)
}

fn wrapped(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.len() + 1 + word.len() > LETTERS_MAX {
                lines.push(std::mem::take(&mut line));
            }
            line = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        }
        lines.push(line);
    }
    lines
}

fn jpeg(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    picture.write_with_encoder(encoder).expect("a picture in memory can be written to memory");
    bytes
}
