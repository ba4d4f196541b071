//! The codes of a JPEG, read to the last one: whether every block of every scan is there. What the codes stand for is
//! not computed; so this takes no memory for pixels, of which a progressive file would need two or three copies.
//! ITU-T T.81, sections F.2 and G.2.

mod codes;
mod frame;
mod scan;

use crate::container::jpeg::{Segment, Segments, code};
use codes::Codes;
use frame::Frame;
use scan::Scan;

/// What has been read so far.
#[derive(Default)]
struct Decoder {
    frame: Option<Frame>,
    tables: Tables,
}

/// Codes of first and of further coefficients, each in four places; MCUs between two restarts, 0 for none.
#[derive(Default)]
struct Tables {
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    restart: u32,
}

/// Reads all scans; `None` when a block is missing or no such code exists.
pub(super) fn decode(bytes: &[u8]) -> Option<()> {
    let (frame, _) = walk(bytes)?;
    frame.is_seen().then_some(())
}

/// Where the pixels end, of which none may be missing, nor any bit of them.
pub(crate) fn end_of_all(bytes: &[u8]) -> Option<usize> {
    walk(bytes)?.1
}

/// Reads until nothing is missing, and says where that was.
fn walk(bytes: &[u8]) -> Option<(Frame, Option<usize>)> {
    let mut decoder = Decoder::default();
    let mut segments = Segments::of(bytes)?;
    while let Some(segment) = segments.next() {
        let used = decoder.read(&segment)?;
        if let Some(frame) = decoder.frame.take_if(|frame| frame.is_whole()) {
            return Some((frame, Some(bytes.len() - segments.left() - segment.scan.len() + used)));
        }
    }
    Some((decoder.frame?, None))
}

impl Decoder {
    /// Bytes of the segment's pixels that were read.
    fn read(&mut self, segment: &Segment<'_>) -> Option<usize> {
        match segment.code {
            code::SOF0_BASELINE | code::SOF1_EXTENDED | code::SOF2_PROGRESSIVE => {
                if self.frame.is_some() {
                    return None;
                }
                self.frame = Some(Frame::read(segment)?);
            }
            code::DHT => self.tables.define(segment.data)?,
            code::DRI => self.tables.restart = u32::from(u16::from_be_bytes(*segment.data.first_chunk()?)),
            code::SOS => {
                let frame = self.frame.as_mut()?;
                return Scan::read(segment.data, frame, &self.tables)?.walk(frame, segment.scan);
            }
            _ => {}
        }
        Some(0)
    }
}

impl Tables {
    fn define(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((place, after)) = data.split_first() {
            let (codes, after) = Codes::read(after)?;
            let tables = if place >> 4 == 0 { &mut self.dc } else { &mut self.ac };
            *tables.get_mut(usize::from(place & 0x0F))? = Some(codes);
            data = after;
        }
        Some(())
    }
}
