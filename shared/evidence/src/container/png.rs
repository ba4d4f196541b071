//! The chunks of a PNG: length, name, data and a checksum.

use super::{Chunk, Container, Identity, TEXTS_MAX, tiff};

const XMP_KEY: &[u8] = b"XML:com.adobe.xmp";
const SIGNATURE_BYTES: usize = 8;
/// Bit 5 of a name's first byte: a decoder may skip the chunk, so its damage hurts nobody.
const ANCILLARY: u8 = 0x20;

pub(super) fn walk(bytes: &[u8]) -> Option<Container<'_>> {
    let (mut found, mut identity) = (Container::default(), Identity::default());
    let mut rest = bytes.get(SIGNATURE_BYTES..)?;
    loop {
        let Chunk { name, data } = next(&mut rest)?;
        match name {
            b"IHDR" => {
                found.width = u32::from_be_bytes(*data.first_chunk()?);
                found.height = u32::from_be_bytes(*data.get(4..)?.first_chunk()?);
                identity.add(&[name, data]);
            }
            b"PLTE" | b"tRNS" => identity.add(&[name, data]),
            // However the pixels are cut into chunks.
            b"IDAT" => identity.add(&[data]),
            b"eXIf" if found.exif.is_none() => found.exif = Some(tiff(data)),
            b"caBX" => found.manifest.push(data),
            b"tEXt" | b"iTXt" => {
                if let Some((key, text)) = text(name, data).filter(|_| found.texts.len() < TEXTS_MAX) {
                    found.texts.push((key, text));
                    found.xmp = found.xmp.or((key == XMP_KEY).then_some(text));
                }
            }
            b"acTL" => found.animated = true,
            b"IEND" => {
                found.identity = identity.end();
                return Some(found);
            }
            _ => {}
        }
    }
}

/// The key and the text of a chunk, if it is not compressed.
fn text<'a>(name: &[u8; 4], data: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let split = |bytes: &'a [u8]| {
        let end = bytes.iter().position(|byte| *byte == 0)?;
        Some((&bytes[..end], &bytes[end + 1..]))
    };
    let (key, after) = split(data)?;
    match (name, after) {
        (b"tEXt", text) => Some((key, text)),
        // Not compressed; a language, and the key in it.
        (_, [0, _, translated @ ..]) => Some((key, split(split(translated)?.1)?.1)),
        _ => None,
    }
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (length, named) = rest.split_first_chunk()?;
    let (name, after) = named.split_first_chunk()?;
    let (data, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let (checksum, after) = after.split_first_chunk()?;
    let is_whole = crc32fast::hash(&named[..name.len() + data.len()]) == u32::from_be_bytes(*checksum);
    *rest = after;
    (is_whole || name[0] & ANCILLARY != 0).then_some(Chunk { name, data })
}
