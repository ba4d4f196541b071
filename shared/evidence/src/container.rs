//! Walks a file from its first marker or chunk to its last. Knows nothing about pixels.
//!
//! The decoders fill what is missing with grey or stop at the last pixel; a file that ends early is
//! found here. Bytes after the end are ignored, as every viewer does.

use crate::format::Format;

/// A file that has its end.
pub(crate) struct Container<'a> {
    /// The TIFF block of the EXIF.
    pub(crate) exif: Option<&'a [u8]>,
    /// Whether it announces more than one frame.
    pub(crate) animated: bool,
    /// Passes over the pixels of a JPEG.
    pub(crate) scans: usize,
    /// What the decoder allocates besides the pixels that it returns; an upper bound.
    pub(crate) scratch_bytes_per_pixel: u64,
}

const EXIF_PREFIX: &[u8] = b"Exif\0\0";

/// Walks the whole file; `None` when it ends early or a length contradicts it.
pub(crate) fn open(format: Format, bytes: &[u8]) -> Option<Container<'_>> {
    match format {
        Format::Jpeg => jpeg(bytes),
        Format::Png => png(bytes),
        Format::Webp => webp(bytes),
    }
}

fn jpeg(bytes: &[u8]) -> Option<Container<'_>> {
    let mut found = Container { exif: None, animated: false, scans: 0, scratch_bytes_per_pixel: 0 };
    let mut components = 0;
    let mut rest = bytes.get(2..)?;
    loop {
        let (code, after) = marker(rest)?;
        match code {
            // A stuffed 0xFF, and the markers without a length.
            0x00 | 0x01 | 0xD0..=0xD8 => {
                rest = after;
                continue;
            }
            0xD9 => return (found.scans > 0).then_some(found),
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
        let segment = after.get(2..length)?;
        rest = after.get(length..)?;
        match code {
            0xC0..=0xC2 => components = *segment.get(5)?,
            0xE1 if found.exif.is_none() => found.exif = segment.strip_prefix(EXIF_PREFIX),
            0xDA => found.scans += 1,
            _ => {}
        }
        // A progressive image, or one scan per component: all coefficients (16 bits) are kept.
        if code == 0xC2 || (code == 0xDA && segment.first() != Some(&components)) {
            found.scratch_bytes_per_pixel = 2 * u64::from(components);
        }
    }
}

/// The code of the next marker, and what follows it.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let start = bytes.iter().position(|byte| *byte == 0xFF)?;
    let fill = bytes[start..].iter().position(|byte| *byte != 0xFF)?;
    bytes[start + fill..].split_first().map(|(code, after)| (*code, after))
}

fn png(bytes: &[u8]) -> Option<Container<'_>> {
    let mut found = Container { exif: None, animated: false, scans: 0, scratch_bytes_per_pixel: 0 };
    let mut rest = bytes.get(8..)?;
    loop {
        let (length, after) = rest.split_first_chunk()?;
        let (name, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        // Four bytes of checksum, which the decoder looks at.
        rest = after.get(length..)?.get(4..)?;
        match name {
            b"eXIf" if found.exif.is_none() => {
                found.exif = Some(data.strip_prefix(EXIF_PREFIX).unwrap_or(data));
            }
            b"acTL" => found.animated = true,
            b"IEND" => return Some(found),
            _ => {}
        }
    }
}

fn webp(bytes: &[u8]) -> Option<Container<'_>> {
    // Lossless pixels are decoded as RGBA and then copied; lossy ones need less.
    let mut found = Container { exif: None, animated: false, scans: 0, scratch_bytes_per_pixel: 4 };
    let length = usize::try_from(u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?)).ok()?;
    let mut rest = bytes.get(8..)?.get(..length)?.get(4..)?;
    while let Some((name, after)) = rest.split_first_chunk::<4>() {
        let (length, after) = after.split_first_chunk()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        // Chunks are padded to an even length; the last one's padding may be missing.
        rest = after.get(length + length % 2..).unwrap_or_default();
        match name {
            b"EXIF" if found.exif.is_none() => {
                found.exif = Some(data.strip_prefix(EXIF_PREFIX).unwrap_or(data));
            }
            b"VP8X" => found.animated |= data.first().is_some_and(|flags| flags & 0x02 != 0),
            b"ANIM" | b"ANMF" => found.animated = true,
            _ => {}
        }
    }
    Some(found)
}
