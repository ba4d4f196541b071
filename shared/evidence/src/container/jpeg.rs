//! The segments of a JPEG: 0xFF, a code and, behind all but a few codes, a length and as many bytes.

use super::{Container, EXIF_PREFIX, Identity};
use crate::{JPEG_PIXELS_MAX, Unreadable, pixels};

const ESCAPE: u8 = 0xFF;

/// Codes, named as in ITU-T T.81, table B.1.
pub(crate) mod code {
    /// Not a marker: an 0xFF among the pixels.
    pub(super) const STUFFED: u8 = 0x00;
    pub(super) const TEM: u8 = 0x01;
    pub(crate) const SOF0_BASELINE: u8 = 0xC0;
    pub(crate) const SOF1_EXTENDED: u8 = 0xC1;
    pub(crate) const SOF2_PROGRESSIVE: u8 = 0xC2;
    pub(super) const SOF15: u8 = 0xCF;
    pub(crate) const DHT: u8 = 0xC4;
    pub(crate) const RST0: u8 = 0xD0;
    pub(crate) const RST7: u8 = 0xD7;
    pub(super) const SOI: u8 = 0xD8;
    pub(super) const EOI: u8 = 0xD9;
    pub(crate) const SOS: u8 = 0xDA;
    pub(crate) const DQT: u8 = 0xDB;
    pub(crate) const DRI: u8 = 0xDD;
    pub(super) const APP1: u8 = 0xE1;
    pub(super) const APP11: u8 = 0xEB;
    pub(crate) const APP14: u8 = 0xEE;
}

const XMP_PREFIX: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
/// Where a start of frame has the height; the width follows.
const HEIGHT_AT: usize = 1;

/// A segment, and what stands between it and the next one.
pub(crate) struct Segment<'a> {
    pub(crate) code: u8,
    /// Without marker and length.
    pub(crate) data: &'a [u8],
    /// The pixels, behind a start of scan. With its stuffing and restarts.
    pub(crate) scan: &'a [u8],
}

/// The segments up to the end marker, or to where there are no more.
pub(crate) struct Segments<'a> {
    rest: &'a [u8],
    pub(crate) ended: bool,
}

/// Walks the file. Where the end marker is missing, as phones and cameras sometimes leave it, the pixels must all
/// be there, and what follows them is no part of the photo.
pub(super) fn walk(bytes: &[u8]) -> Result<Container<'_>, Unreadable> {
    let (found, ended) = outline(bytes).ok_or(Unreadable::Broken)?;
    let found = found.within(JPEG_PIXELS_MAX)?;
    if ended {
        return Ok(found);
    }
    let whole = pixels::jpeg::end_of_all(bytes).and_then(|end| outline(&bytes[..end]));
    whole.map(|(found, _)| found).ok_or(Unreadable::Broken)
}

/// What the segments tell, and whether there is an end marker.
pub(super) fn outline(bytes: &[u8]) -> Option<(Container<'_>, bool)> {
    let (mut found, mut identity) = (Container::default(), Identity::default());
    let (mut segments, mut framed) = (Segments::of(bytes)?, false);
    for Segment { code, data, scan } in &mut segments {
        match code {
            code::DQT | code::DHT | code::DRI | code::SOS => identity.add(&[&[code], data, scan]),
            // A second one would be another picture than the one that was measured.
            code::SOF0_BASELINE..=code::SOF15 if framed => return None,
            code::SOF0_BASELINE..=code::SOF15 => {
                framed = true;
                found.height = u32::from(u16::from_be_bytes(*data.get(HEIGHT_AT..)?.first_chunk()?));
                found.width = u32::from(u16::from_be_bytes(*data.get(HEIGHT_AT + 2..)?.first_chunk()?));
                found.rare |= code > code::SOF2_PROGRESSIVE;
                identity.add(&[&[code], data]);
            }
            code::APP1 if data.starts_with(EXIF_PREFIX) => found.exif = found.exif.or(data.strip_prefix(EXIF_PREFIX)),
            code::APP1 => found.xmp = found.xmp.or(data.strip_prefix(XMP_PREFIX)),
            code::APP11 => found.manifest.extend(piece(data)),
            _ => {}
        }
        found.scans += usize::from(code == code::SOS);
    }
    found.identity = identity.end();
    (found.scans > 0).then_some((found, segments.ended))
}

/// A piece of a JUMBF box (ISO/IEC 19566-5, annex D): a name, a number of the box, and of the piece. All but the first
/// have the box's own length and type once more.
fn piece(data: &[u8]) -> Option<&[u8]> {
    let (number, content) = data.strip_prefix(b"JP")?.get(2..)?.split_first_chunk()?;
    if u32::from_be_bytes(*number) <= 1 { Some(content) } else { content.get(8..) }
}

impl<'a> Segments<'a> {
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        Some(Self { rest: bytes.get(2..)?, ended: false })
    }

    /// Bytes behind the segment that came last, and its pixels.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            let (_, code, after) = marker(self.rest)?;
            self.rest = after;
            match code {
                code::STUFFED | code::TEM | code::RST0..=code::SOI => {}
                code::EOI => {
                    self.ended = true;
                    return None;
                }
                _ => {
                    // The length counts its own two bytes.
                    let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                    let (data, behind) = (after.get(2..length)?, after.get(length..)?);
                    let scan = if code == code::SOS { pixels_of(behind) } else { &[] };
                    self.rest = &behind[scan.len()..];
                    return Some(Segment { code, data, scan });
                }
            }
        }
    }
}

/// What stands before the next marker that does not belong to the pixels.
fn pixels_of(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    loop {
        match marker(rest) {
            Some((_, code::STUFFED | code::RST0..=code::RST7, after)) => rest = after,
            Some((start, ..)) => return &bytes[..bytes.len() - rest.len() + start],
            None => return bytes,
        }
    }
}

/// Where the next marker is, its code, and what follows it. Any number of 0xFF may fill the space before a code.
fn marker(bytes: &[u8]) -> Option<(usize, u8, &[u8])> {
    let start = bytes.iter().position(|byte| *byte == ESCAPE)?;
    let fill = bytes[start..].iter().position(|byte| *byte != ESCAPE)?;
    bytes[start + fill..].split_first().map(|(code, after)| (start, *code, after))
}
