//! JPEGs: which a model is shown here, and some to show. Not photos of anything.

mod camera;
mod paint;

pub use camera::{Says, exif};
pub use paint::{LETTER, LINE, inked, plain, sign};

use crate::asked::Image;
use image::ImageFormat;

/// A side, as it is sent by us. Larger ones are scaled down by both providers, and paid for.
const SIDE_MAX: u32 = 1_568;
const BYTES_MAX: usize = 3_750_000;

const SOI: [u8; 2] = [0xFF, 0xD8];
const APP0_JFIF: u8 = 0xE0;
const APP14_COLOURS: u8 = 0xEE;
const COMMENT: u8 = 0xFE;
const SOS: u8 = 0xDA;
const EOI: u8 = 0xD9;

/// The image if it can be decoded, is not too large, and has nothing beside its pixels.
pub(crate) fn checked(bytes: Vec<u8>) -> Result<Image, String> {
    if bytes.len() > BYTES_MAX {
        return Err(format!("the image has more than {BYTES_MAX} bytes"));
    }
    bare(&bytes)?;
    let decoded = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg);
    let decoded = decoded.map_err(|error| format!("the image cannot be decoded: {error}"))?;
    let (width, height) = (decoded.width(), decoded.height());
    if width.max(height) > SIDE_MAX {
        return Err(format!("the image is {width} by {height} pixels, more than {SIDE_MAX} a side"));
    }
    Ok(Image { bytes, width, height })
}

/// Walks the segments to the end marker, behind which nothing may stand.
fn bare(bytes: &[u8]) -> Result<(), String> {
    let broken = || "the image is no whole JPEG".to_owned();
    let mut rest = bytes.strip_prefix(&SOI).ok_or_else(broken)?;
    loop {
        let [0xFF, code, after @ ..] = rest else { return Err(broken()) };
        if *code == EOI {
            return if after.is_empty() { Ok(()) } else { Err("something stands behind the image".to_owned()) };
        }
        if matches!(*code, 0xE0..=0xEF | COMMENT) && ![APP0_JFIF, APP14_COLOURS].contains(code) {
            return Err(format!("the image carries metadata (segment 0x{code:02X})"));
        }
        let length = after.first_chunk::<2>().map(|length| usize::from(u16::from_be_bytes(*length)));
        rest = length.and_then(|length| after.get(length.max(2)..)).ok_or_else(broken)?;
        if *code == SOS {
            let end = rest.windows(2).position(|pair| pair[0] == 0xFF && !matches!(pair[1], 0x00 | 0xD0..=0xD7));
            rest = &rest[end.ok_or_else(broken)?..];
        }
    }
}

#[cfg(test)]
mod tests;
