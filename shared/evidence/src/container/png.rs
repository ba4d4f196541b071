//! The chunks of a PNG: length, name, data and a checksum.

use super::{Chunk, Container, Identity, tiff};

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
            b"acTL" => found.animated = true,
            b"IEND" => {
                found.identity = identity.end();
                return Some(found);
            }
            _ => {}
        }
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
