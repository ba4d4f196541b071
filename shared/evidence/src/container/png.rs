//! The chunks of a PNG: length, name, data and a checksum, which is for the decoder to look at.

use super::{Chunk, Container, tiff};

const SIGNATURE_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;

pub(super) fn walk(bytes: &[u8]) -> Option<Container<'_>> {
    let mut found = Container::default();
    let mut rest = bytes.get(SIGNATURE_BYTES..)?;
    loop {
        let Chunk { name, data } = next(&mut rest)?;
        match name {
            b"eXIf" if found.exif.is_none() => found.exif = Some(tiff(data)),
            b"acTL" => found.animated = true,
            b"IEND" => return Some(found),
            _ => {}
        }
    }
}

fn next<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (length, after) = rest.split_first_chunk()?;
    let (name, after) = after.split_first_chunk()?;
    let (data, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    *rest = after.get(CHECKSUM_BYTES..)?;
    Some(Chunk { name, data })
}
