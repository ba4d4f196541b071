//! The chunks of a WebP: name, length and data, within a RIFF that says how long all of it is.

use super::{Chunk, Container, tiff};

/// Lossless pixels are decoded as RGBA and then copied; lossy ones need less.
const SCRATCH_BYTES_PER_PIXEL: u64 = 4;
/// In the flags of an extended file.
const ANIMATION: u8 = 0x02;

pub(super) fn walk(bytes: &[u8]) -> Option<Container<'_>> {
    let mut found = Container { scratch_bytes_per_pixel: SCRATCH_BYTES_PER_PIXEL, ..Container::default() };
    let riff = next(&mut &*bytes)?;
    // Behind the word WEBP.
    let mut rest = riff.data.get(4..)?;
    // Fewer bytes than a name are no chunk.
    while rest.len() >= 4 {
        let Chunk { name, data } = next(&mut rest)?;
        match name {
            b"EXIF" if found.exif.is_none() => found.exif = Some(tiff(data)),
            b"VP8X" => found.animated |= data.first().is_some_and(|flags| flags & ANIMATION != 0),
            b"ANIM" | b"ANMF" => found.animated = true,
            _ => {}
        }
    }
    Some(found)
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (name, after) = rest.split_first_chunk()?;
    let (length, after) = after.split_first_chunk()?;
    let (data, after) = after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    // Chunks are padded to an even length; the last one's padding may be missing.
    *rest = after.get(data.len() % 2..).unwrap_or_default();
    Some(Chunk { name, data })
}
