//! What a photo itself says: format, hash, size, pixels that decode, and where and when it was taken.
//!
//! Reads bytes and nothing else: fetches nothing, rules on nothing. EXIF is written by whoever sends
//! the photo, so it can contradict a task but never prove one.

mod check;
mod container;
mod format;
mod metadata;

pub use check::{Expected, position_check, time_check};
pub use format::Format;
pub use metadata::Taken;

use container::Container;
use domain::geo::Point;
use domain::limits::PHOTO_BYTES;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::Cursor;

/// A photo whose every pixel was decoded, within the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// By its first bytes, whatever was announced.
    pub format: Format,
    /// Of the file.
    pub sha256: [u8; 32],
    /// Of the file.
    pub size_bytes: u64,
    /// Pixels, at least 1.
    pub width: u32,
    /// Pixels, at least 1.
    pub height: u32,
    /// When it says it was taken, if it does.
    pub taken_at: Option<Taken>,
    /// Where it says it was taken, if it does.
    pub position: Option<Point>,
    /// How far off it says that `position` may be: whole metres, rounded up, at most 5,000.
    pub position_error_m: Option<u32>,
}

/// Why a photo cannot be looked at. Displays as one sentence for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither JPEG nor PNG nor WebP.
    UnknownFormat,
    /// Truncated, or its pixels do not decode.
    Broken,
    /// More bytes, pixels or memory than the limits allow.
    TooLarge,
    /// An animated PNG or WebP: what was judged and what is shown could be different frames.
    Animated,
}

/// Pixels of either side.
const SIDE_MAX: u32 = 12_000;
/// Pixels in all.
const PIXELS_MAX: u64 = 64_000_000;
/// Bytes of memory while decoding, the pixels included.
const MEMORY_MAX: u64 = 256 * 1024 * 1024;
/// Scans of a JPEG. Encoders write about ten; each costs a pass over all pixels and few bytes.
const SCANS_MAX: usize = 32;

/// Reads a photo and decodes all of it. EXIF that cannot be read counts as absent.
pub fn read(bytes: &[u8]) -> Result<Photo, Unreadable> {
    let format = Format::sniff(bytes).ok_or(Unreadable::UnknownFormat)?;
    let size_bytes = u64::try_from(bytes.len()).map_err(|_| Unreadable::TooLarge)?;
    if size_bytes > PHOTO_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let container = container::open(format, bytes).ok_or(Unreadable::Broken)?;
    if container.animated {
        return Err(Unreadable::Animated);
    }
    if container.scans > SCANS_MAX {
        return Err(Unreadable::TooLarge);
    }
    let (width, height) = decode(format, &container, bytes)?;
    let says = container.exif.map(metadata::read).unwrap_or_default();
    Ok(Photo {
        format,
        sha256: Sha256::digest(bytes).into(),
        size_bytes,
        width,
        height,
        taken_at: says.taken_at,
        position: says.position,
        position_error_m: says.position_error_m,
    })
}

fn decode(format: Format, container: &Container<'_>, bytes: &[u8]) -> Result<(u32, u32), Unreadable> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(MEMORY_MAX);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format.image_format());
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(Unreadable::Broken);
    }
    // `image` counts only the pixels it returns; the decoders' own buffers are counted here.
    let scratch = pixels.saturating_mul(container.scratch_bytes_per_pixel);
    if pixels > PIXELS_MAX || decoder.total_bytes().saturating_add(scratch) > MEMORY_MAX {
        return Err(Unreadable::TooLarge);
    }
    DynamicImage::from_decoder(decoder).map_err(refused)?;
    Ok((width, height))
}

fn refused(error: ImageError) -> Unreadable {
    match error {
        ImageError::Limits(_) => Unreadable::TooLarge,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::Unsupported(_)
        | ImageError::IoError(_) => Unreadable::Broken,
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownFormat => "The photo is not a JPEG, PNG or WebP image.",
            Self::Broken => "The photo is damaged or incomplete.",
            Self::TooLarge => {
                "The photo is too large: at most 10 MiB, 12,000 pixels a side, 64 megapixels, \
                 and 256 MiB of memory to decode."
            }
            Self::Animated => "The photo is animated; send a still one.",
        })
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
