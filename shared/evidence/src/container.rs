//! Walks a file from its first marker or chunk to its last. Knows nothing about pixels.
//!
//! The decoders fill what is missing with grey or stop at the last pixel; a file that ends early is
//! found here. Bytes after the end are ignored, as every viewer does.

pub(crate) mod jpeg;
mod png;
mod webp;

use crate::{PIXELS_MAX, SCANS_MAX, SIDE_MAX, Unreadable};
use domain::upload::PhotoType;
use sha2::{Digest, Sha256};

/// A file that has all its parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Container<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// The TIFF block of the first EXIF.
    pub(crate) exif: Option<&'a [u8]>,
    /// The first packet of XMP.
    pub(crate) xmp: Option<&'a [u8]>,
    /// Names and texts of a PNG, as far as they are not compressed.
    pub(crate) texts: Vec<(&'a [u8], &'a [u8])>,
    /// The pieces of a C2PA manifest.
    pub(crate) manifest: Vec<&'a [u8]>,
    /// Whether it announces more than one frame.
    pub(crate) animated: bool,
    /// Passes over the pixels of a JPEG.
    pub(crate) scans: usize,
    /// A JPEG of a kind that neither phones nor browsers know.
    pub(crate) rare: bool,
    /// Digest of what makes the picture: neither of metadata nor of anything behind the end.
    pub(crate) identity: [u8; 32],
}

/// Takes in what makes a picture, part by part.
#[derive(Default)]
struct Identity(Sha256);

/// A piece of a PNG or a WebP.
struct Chunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
}

/// What JPEG demands before a TIFF block, and some writers put there in other formats too.
const EXIF_PREFIX: &[u8] = b"Exif\0\0";
/// Texts of a PNG: programs write a handful.
const TEXTS_MAX: usize = 64;

/// Walks the whole file; refuses it when it ends early, when a length contradicts it, and for what it announces.
pub(crate) fn open(photo_type: PhotoType, bytes: &[u8]) -> Result<Container<'_>, Unreadable> {
    match photo_type {
        PhotoType::Jpeg => jpeg::walk(bytes),
        PhotoType::Png => png::walk(bytes).ok_or(Unreadable::Broken)?.within(PIXELS_MAX),
        PhotoType::Webp => webp::walk(bytes).ok_or(Unreadable::Broken)?.within(PIXELS_MAX),
    }
}

impl<'a> Container<'a> {
    fn within(self, pixels_max: u64) -> Result<Self, Unreadable> {
        let pixels = u64::from(self.width) * u64::from(self.height);
        match () {
            () if self.rare => Err(Unreadable::UnknownFormat),
            () if self.animated => Err(Unreadable::Animated),
            () if pixels == 0 => Err(Unreadable::Broken),
            () if pixels > pixels_max || self.scans > SCANS_MAX => Err(Unreadable::TooLarge),
            () if self.width > SIDE_MAX || self.height > SIDE_MAX => Err(Unreadable::TooLarge),
            () => Ok(self),
        }
    }
}

/// The TIFF block of a chunk that holds nothing else.
fn tiff(chunk: &[u8]) -> &[u8] {
    chunk.strip_prefix(EXIF_PREFIX).unwrap_or(chunk)
}

impl Identity {
    fn add(&mut self, parts: &[&[u8]]) {
        parts.iter().for_each(|part| self.0.update(part));
    }

    fn end(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests;
