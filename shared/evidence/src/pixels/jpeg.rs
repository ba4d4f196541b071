//! The codes of a JPEG, read to the last one: whether every block of every scan is there. Of what they stand for, only
//! as much is kept as a small picture needs: a progressive file would otherwise take two or three copies of its
//! pixels. ITU-T T.81, sections F.2 and G.2.

mod block;
mod codes;
mod colours;
mod frame;
mod scan;

use crate::canvas::{Canvas, SIDE_MAX};
use crate::container::jpeg::{Segment, Segments, code};
use block::Shrink;
use codes::Codes;
use colours::Colours;
use frame::Frame;
use scan::Scan;

/// What has been read so far.
struct Decoder {
    /// How much is made of a frame of these sides.
    shrink: fn((usize, usize)) -> Shrink,
    frame: Option<Frame>,
    tables: Tables,
    /// What Adobe's segment says of the colours.
    transform: Option<u8>,
}

/// Codes of first and of further coefficients, and what these count, each in four places; MCUs between two restarts,
/// 0 for none.
#[derive(Default)]
struct Tables {
    dc: [Option<Codes>; 4],
    ac: [Option<Codes>; 4],
    quantization: [Option<[u16; 64]>; 4],
    restart: u32,
}

/// Where Adobe's segment says how colours were transformed.
const TRANSFORM_AT: usize = 11;

/// Reads all scans and paints the picture; `None` when a block is missing or no such code exists.
pub(super) fn decode(bytes: &[u8]) -> Option<Canvas> {
    let (mut decoder, _) = walk(bytes, fitting)?;
    let mut frame = decoder.frame.take_if(|frame| frame.is_seen())?;
    frame.develop();
    Colours::of(&frame, decoder.transform)?.paint(&frame)
}

/// Where the pixels end, of which none may be missing, nor any bit of them.
pub(crate) fn end_of_all(bytes: &[u8]) -> Option<usize> {
    walk(bytes, |_| Shrink::to(0))?.1
}

/// The fewest pixels of a block with which a picture is not smaller than it may be.
fn fitting((width, height): (usize, usize)) -> Shrink {
    let longest = width.max(height);
    Shrink::to((1..8).find(|side| longest * side / 8 >= SIDE_MAX as usize).unwrap_or(8))
}

/// Reads until nothing is missing, and says where that was.
fn walk(bytes: &[u8], shrink: fn((usize, usize)) -> Shrink) -> Option<(Decoder, Option<usize>)> {
    let mut decoder = Decoder { shrink, frame: None, tables: Tables::default(), transform: None };
    let mut segments = Segments::of(bytes)?;
    while let Some(segment) = segments.next() {
        let used = decoder.read(&segment)?;
        if decoder.frame.as_ref().is_some_and(Frame::is_whole) {
            let end = bytes.len() - segments.left() - segment.scan.len() + used;
            return Some((decoder, Some(end)));
        }
    }
    Some((decoder, None))
}

impl Decoder {
    /// Bytes of the segment's pixels that were read.
    fn read(&mut self, segment: &Segment<'_>) -> Option<usize> {
        match segment.code {
            code::SOF0_BASELINE | code::SOF1_EXTENDED | code::SOF2_PROGRESSIVE => {
                if self.frame.is_some() {
                    return None;
                }
                self.frame = Some(Frame::read(segment, self.shrink)?);
            }
            code::DHT => self.tables.define(segment.data)?,
            code::DQT => self.tables.quantize(segment.data)?,
            code::DRI => self.tables.restart = u32::from(u16::from_be_bytes(*segment.data.first_chunk()?)),
            code::APP14 if segment.data.starts_with(b"Adobe") => {
                self.transform = segment.data.get(TRANSFORM_AT).copied();
            }
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

    fn quantize(&mut self, mut data: &[u8]) -> Option<()> {
        while let Some((place, after)) = data.split_first() {
            let wide = usize::from(place >> 4 != 0);
            let (values, after) = after.split_at_checked(64 << wide)?;
            let table = std::array::from_fn(|at| match wide {
                0 => values[at].into(),
                _ => u16::from_be_bytes([values[2 * at], values[2 * at + 1]]),
            });
            *self.quantization.get_mut(usize::from(place & 0x0F))? = Some(table);
            data = after;
        }
        Some(())
    }
}
