//! The segments of a JPEG: 0xFF, a code and, behind all but a few codes, a length and as many bytes.

use super::{Container, EXIF_PREFIX};

const ESCAPE: u8 = 0xFF;

/// Codes, named as in ITU-T T.81, table B.1.
mod code {
    /// Not a marker: an 0xFF among the pixels.
    pub(super) const STUFFED: u8 = 0x00;
    pub(super) const TEM: u8 = 0x01;
    pub(super) const SOF0_BASELINE: u8 = 0xC0;
    pub(super) const SOF1_EXTENDED: u8 = 0xC1;
    pub(super) const SOF2_PROGRESSIVE: u8 = 0xC2;
    pub(super) const RST0: u8 = 0xD0;
    pub(super) const SOI: u8 = 0xD8;
    pub(super) const EOI: u8 = 0xD9;
    pub(super) const SOS: u8 = 0xDA;
    pub(super) const APP1: u8 = 0xE1;
}

/// Where a start of frame says how many components there are: behind precision, height and width.
const COMPONENTS_AT: usize = 5;

struct Segment<'a> {
    code: u8,
    /// Without marker and length; empty for the end of the image.
    data: &'a [u8],
}

pub(super) fn walk(bytes: &[u8]) -> Option<Container<'_>> {
    let mut found = Container::default();
    let mut components = 0;
    let mut rest = bytes.get(2..)?;
    loop {
        let Segment { code, data } = next(&mut rest)?;
        match code {
            code::SOF0_BASELINE | code::SOF1_EXTENDED => components = *data.get(COMPONENTS_AT)?,
            code::SOF2_PROGRESSIVE => {
                components = *data.get(COMPONENTS_AT)?;
                found.scratch_bytes_per_pixel = all_coefficients(components);
            }
            code::APP1 if found.exif.is_none() => found.exif = data.strip_prefix(EXIF_PREFIX),
            code::SOS => {
                found.scans += 1;
                // It does not have all components: what it has is kept until the others come.
                if data.first() != Some(&components) {
                    found.scratch_bytes_per_pixel = all_coefficients(components);
                }
            }
            code::EOI => return (found.scans > 0).then_some(found),
            _ => {}
        }
    }
}

/// Bytes a pixel when the decoder keeps every coefficient, of 16 bits, to the end.
fn all_coefficients(components: u8) -> u64 {
    2 * u64::from(components)
}

/// Takes the next segment off `rest`, and whatever stands before it: a scan's pixels follow its segment.
fn next<'a>(rest: &mut &'a [u8]) -> Option<Segment<'a>> {
    loop {
        let (code, after) = marker(rest)?;
        *rest = after;
        match code {
            code::STUFFED | code::TEM | code::RST0..=code::SOI => {}
            code::EOI => return Some(Segment { code, data: &[] }),
            _ => {
                // The length counts its own two bytes.
                let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                *rest = after.get(length..)?;
                return Some(Segment { code, data: after.get(2..length)? });
            }
        }
    }
}

/// The code of the next marker, and what follows it. Any number of 0xFF may fill the space before a code.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let start = bytes.iter().position(|byte| *byte == ESCAPE)?;
    let fill = bytes[start..].iter().position(|byte| *byte != ESCAPE)?;
    bytes[start + fill..].split_first().map(|(code, after)| (*code, after))
}
