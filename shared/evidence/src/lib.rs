//! What a photo itself says: format, hash, size, what it shows in small and what it looks like, and where, when and
//! with what it was made.
//!
//! Reads bytes and nothing else: fetches nothing, rules on nothing. Metadata is written by whoever sends
//! the photo, so it can contradict a task but never prove one.

mod canvas;
mod check;
mod container;
mod format;
mod likeness;
mod metadata;
mod origin;
mod picture;
mod pixels;
mod quality;

pub use check::{Demand, Expected, position_check, time_check};
pub use check::{edited_check, origin_check, screenshot_check, sharp_check, similar_check, size_check, uniform_check};
pub use format::sniff;
pub use likeness::{Key, Likeness, Nearness};
pub use metadata::Taken;
pub use origin::Origin;
pub use picture::Picture;
pub use quality::Quality;

use domain::geo::Point;
use domain::limits::PHOTO_BYTES;
use domain::upload::PhotoType;
use sha2::{Digest, Sha256};
use std::fmt;

/// A photo within the limits, all of whose parts are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// By its first bytes, whatever was announced.
    pub photo_type: PhotoType,
    /// Of the file.
    pub sha256: [u8; 32],
    /// Of the file.
    pub size_bytes: u64,
    /// Digest of what makes the picture: whatever stands behind its end or is said about it, it is the same photo.
    pub identity: [u8; 32],
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
    /// How it says that it is to be turned: 1 to 8 as in EXIF, or 0 when it does not say.
    pub orientation: u8,
    /// With what it says it was made.
    pub origin: Origin,
}

/// Why a photo cannot be looked at. Displays as one sentence for people: what is wrong, and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// Neither JPEG nor PNG nor WebP.
    UnknownFormat,
    /// Truncated, or its pixels do not decode.
    Broken,
    /// More bytes or pixels than the limits allow.
    TooLarge,
    /// An animated PNG or WebP: what was judged and what is shown could be different frames.
    Animated,
}

/// Pixels of either side: what a JPEG can have.
const SIDE_MAX: u32 = 65_535;
/// Pixels in all. Phones make 108 million, and some of them 200 million, which they keep as JPEG.
const PIXELS_MAX: u64 = 120_000_000;
const JPEG_PIXELS_MAX: u64 = 240_000_000;
/// Scans of a JPEG. Encoders write about ten; each costs a pass over all blocks and few bytes.
const SCANS_MAX: usize = 64;

/// Reads a photo from its first part to its last, without its pixels: quickly, and with no more memory than the file
/// takes, but for a JPEG without end marker, of which all pixels must be there. EXIF that cannot be read counts as
/// absent.
pub fn read(bytes: &[u8]) -> Result<Photo, Unreadable> {
    let size_bytes = u64::try_from(bytes.len()).map_err(|_| Unreadable::TooLarge)?;
    if size_bytes > PHOTO_BYTES {
        return Err(Unreadable::TooLarge);
    }
    let photo_type = sniff(bytes).ok_or(Unreadable::UnknownFormat)?;
    let container = container::open(photo_type, bytes)?;
    let says = container.exif.map(metadata::read).unwrap_or_default();
    let origin = Origin::of(&says, &container);
    Ok(Photo {
        photo_type,
        sha256: Sha256::digest(bytes).into(),
        size_bytes,
        identity: container.identity,
        width: container.width,
        height: container.height,
        taken_at: says.taken_at,
        position: says.position,
        position_error_m: says.position_error_m,
        orientation: says.orientation,
        origin,
    })
}

/// Reads a photo, and decodes every pixel: as [`Picture::read`], for whoever does not look at it.
pub fn decode(bytes: &[u8]) -> Result<Photo, Unreadable> {
    Picture::read(bytes).map(|(photo, _)| photo)
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownFormat => {
                "The photo is not a JPEG, PNG or WebP that can be read here, whatever its name says (HEIC, AVIF and GIF \
                 are not accepted): save it as an ordinary JPEG."
            }
            Self::Broken => "The photo is damaged or incomplete: save or take it again.",
            Self::TooLarge => {
                "The photo is too large: at most 10 MiB, 65,535 pixels a side, 120 megapixels, and 240 as a JPEG. \
                 Save it smaller."
            }
            Self::Animated => "The photo is animated: save it as a still one.",
        })
    }
}

impl std::error::Error for Unreadable {}

#[cfg(test)]
mod tests;
