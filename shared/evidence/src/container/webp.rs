//! The chunks of a WebP: name, length and data, within a RIFF that says how long all of it is.

use super::{Chunk, Container, Identity, tiff};

/// In the flags of an extended file.
const ANIMATION: u8 = 0x02;
/// What stands before the sizes of lossy pixels, and of lossless ones.
const LOSSY: [u8; 3] = [0x9D, 0x01, 0x2A];
const LOSSLESS: u8 = 0x2F;
/// Bits of a side: in both the rest is something else.
const SIDE_BITS: u32 = 14;

pub(super) fn walk(bytes: &[u8]) -> Option<Container<'_>> {
    let (mut found, mut identity) = (Container::default(), Identity::default());
    let riff = next(&mut &*bytes)?;
    // Behind the word WEBP.
    let mut rest = riff.data.get(4..)?;
    // Fewer bytes than a name are no chunk.
    while rest.len() >= 4 {
        let Chunk { name, data } = next(&mut rest)?;
        match name {
            b"EXIF" if found.exif.is_none() => found.exif = Some(tiff(data)),
            b"XMP " if found.xmp.is_none() => found.xmp = Some(data),
            b"C2PA" => found.manifest.push(data),
            b"VP8X" => found.animated |= data.first().is_some_and(|flags| flags & ANIMATION != 0),
            b"ANIM" | b"ANMF" => found.animated = true,
            b"VP8 " | b"VP8L" if found.width == 0 => {
                (found.width, found.height) = if name == b"VP8 " { lossy(data)? } else { lossless(data)? };
                identity.add(&[name, data]);
            }
            b"ALPH" => identity.add(&[name, data]),
            _ => {}
        }
    }
    found.identity = identity.end();
    (found.width > 0 || found.animated).then_some(found)
}

fn lossy(data: &[u8]) -> Option<(u32, u32)> {
    let sides = data.get(3..)?.strip_prefix(&LOSSY)?;
    let side = |at| Some(u32::from(u16::from_le_bytes(*sides.get(at..)?.first_chunk()?)) & ((1 << SIDE_BITS) - 1));
    Some((side(0)?, side(2)?))
}

fn lossless(data: &[u8]) -> Option<(u32, u32)> {
    let bits = u32::from_le_bytes(*data.strip_prefix(&[LOSSLESS])?.first_chunk()?);
    let side = |bits: u32| 1 + (bits & ((1 << SIDE_BITS) - 1));
    Some((side(bits), side(bits >> SIDE_BITS)))
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (name, after) = rest.split_first_chunk()?;
    let (length, after) = after.split_first_chunk()?;
    let (data, after) = after.split_at_checked(usize::try_from(u32::from_le_bytes(*length)).ok()?)?;
    // Chunks are padded to an even length; the last one's padding may be missing.
    *rest = after.get(data.len() % 2..).unwrap_or_default();
    Some(Chunk { name, data })
}
