//! Walks a file from its first marker or chunk to its last. Knows nothing about pixels.
//!
//! The decoders fill what is missing with grey or stop at the last pixel; a file that ends early is
//! found here. Bytes after the end are ignored, as every viewer does.

mod jpeg;
mod png;
mod webp;

use crate::format::Format;

/// A file that has its end.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Container<'a> {
    /// The TIFF block of the first EXIF.
    pub(crate) exif: Option<&'a [u8]>,
    /// Whether it announces more than one frame.
    pub(crate) animated: bool,
    /// Passes over the pixels of a JPEG.
    pub(crate) scans: usize,
    /// What the decoder allocates besides the pixels that it returns; an upper bound.
    pub(crate) scratch_bytes_per_pixel: u64,
}

/// A piece of a PNG or a WebP.
struct Chunk<'a> {
    name: &'a [u8; 4],
    data: &'a [u8],
}

/// What JPEG demands before a TIFF block, and some writers put there in other formats too.
const EXIF_PREFIX: &[u8] = b"Exif\0\0";

/// Walks the whole file; `None` when it ends early or a length contradicts it.
pub(crate) fn open(format: Format, bytes: &[u8]) -> Option<Container<'_>> {
    match format {
        Format::Jpeg => jpeg::walk(bytes),
        Format::Png => png::walk(bytes),
        Format::Webp => webp::walk(bytes),
    }
}

/// The TIFF block of a chunk that holds nothing else.
fn tiff(chunk: &[u8]) -> &[u8] {
    chunk.strip_prefix(EXIF_PREFIX).unwrap_or(chunk)
}

#[cfg(test)]
mod tests;
