//! One pass over blocks: all of their coefficients, or some, or some more bits of those.

use super::Tables;
use super::codes::{Bits, Codes};
use super::frame::Frame;
use std::ops::RangeInclusive;

pub(super) struct Scan<'t> {
    parts: Vec<Part<'t>>,
    /// Coefficients, and the bits of them: above `high`, if it is not zero, they were read before.
    band: RangeInclusive<u8>,
    high: u8,
    low: u8,
    /// MCUs between two restarts, 0 for none.
    restart: u32,
}

/// A component, by its place in the frame, and the codes of its coefficients.
struct Part<'t> {
    component: usize,
    dc: Option<&'t Codes>,
    ac: Option<&'t Codes>,
}

/// The last coefficient of a block.
const LAST: u8 = 63;
/// Sixteen zeros, among the codes of further coefficients.
const ZEROS: u8 = 15;

impl<'t> Scan<'t> {
    pub(super) fn read(header: &[u8], frame: &Frame, tables: &'t Tables) -> Option<Self> {
        let (count, described) = header.split_first()?;
        let (described, [from, to, bits]) = described.split_at_checked(2 * usize::from(*count))? else {
            return None;
        };
        let part = |described: &[u8]| {
            let component = frame.components.iter().position(|component| component.id == described[0])?;
            let (dc, ac) = (usize::from(described[1] >> 4), usize::from(described[1] & 0x0F));
            Some(Part { component, dc: tables.dc.get(dc)?.as_ref(), ac: tables.ac.get(ac)?.as_ref() })
        };
        let parts: Vec<Part<'t>> = described.chunks_exact(2).map(part).collect::<Option<_>>()?;
        let is_one = parts.len() == 1;
        let whole = Self { parts, band: 0..=LAST, high: 0, low: 0, restart: tables.restart };
        match frame.is_progressive {
            // What else its header says is of no use there, and not always right.
            false => Some(whole),
            true if *from == 0 && *to == 0 || is_one && (1..=*to).contains(from) && *to <= LAST => {
                Some(Self { band: *from..=*to, high: bits >> 4, low: bits & 0x0F, ..whole })
            }
            true => None,
        }
    }

    /// Reads all blocks; how many bytes of `data` that took.
    pub(super) fn walk(&self, frame: &mut Frame, data: &[u8]) -> Option<usize> {
        let mut pixels = Pixels { bits: Bits::of(data), run: 0 };
        let (across, down) = match &self.parts[..] {
            [] => return None,
            [part] => frame.components[part.component].blocks,
            _ => frame.mcus,
        };
        let mut until_restart = self.restart;
        for y in 0..down {
            for x in 0..across {
                if self.restart > 0 {
                    if until_restart == 0 {
                        pixels.bits.restart()?;
                        (pixels.run, until_restart) = (0, self.restart);
                    }
                    until_restart -= 1;
                }
                self.mcu((x, y), frame, &mut pixels)?;
            }
        }
        for part in &self.parts {
            let low_bits = &mut frame.components[part.component].low_bits;
            low_bits[usize::from(*self.band.start())..=usize::from(*self.band.end())].fill(Some(self.low));
        }
        Some(pixels.bits.used())
    }

    fn mcu(&self, (x, y): (usize, usize), frame: &mut Frame, pixels: &mut Pixels<'_>) -> Option<()> {
        for part in &self.parts {
            let component = &mut frame.components[part.component];
            let (across, down) = if self.parts.len() == 1 { (1, 1) } else { component.sampling };
            for block in 0..across * down {
                let place = (x * across + block % across, y * down + block / across);
                let place = component.place(frame.mcus.0, place);
                self.block(part, component.nonzero.get_mut(place), pixels)?;
            }
        }
        Some(())
    }

    /// One block of a part; which coefficients of it are not zero is kept for progressive files.
    fn block(&self, part: &Part<'_>, nonzero: Option<&mut u64>, pixels: &mut Pixels<'_>) -> Option<()> {
        if *self.band.start() > 0 {
            return match self.high {
                0 => pixels.first(&self.band, part.ac?, nonzero?),
                _ => pixels.more(&self.band, part.ac?, nonzero?),
            };
        }
        if self.high > 0 {
            return pixels.bits.skip(1);
        }
        let size = part.dc?.next(&mut pixels.bits)?;
        pixels.bits.skip(u32::from(size.min(ZEROS + 1)))?;
        if *self.band.end() == 0 { Some(()) } else { pixels.further(part.ac?) }
    }
}

/// What is left of a scan.
struct Pixels<'a> {
    bits: Bits<'a>,
    /// Blocks to come that have nothing new in them.
    run: u32,
}

impl Pixels<'_> {
    /// All coefficients of a block but the first.
    fn further(&mut self, codes: &Codes) -> Option<()> {
        let mut at = 1;
        while at <= LAST {
            match halves(codes.next(&mut self.bits)?) {
                (ZEROS, 0) => at += ZEROS + 1,
                (_, 0) => break,
                (zeros, size) => {
                    at += zeros + 1;
                    self.bits.skip(size.into())?;
                }
            }
        }
        // The last one may stand at the end, and not behind it.
        (at <= LAST + 1).then_some(())
    }

    /// The first bits of some coefficients of a block.
    fn first(&mut self, band: &RangeInclusive<u8>, codes: &Codes, nonzero: &mut u64) -> Option<()> {
        if self.run > 0 {
            self.run -= 1;
            return Some(());
        }
        let mut at = *band.start();
        while at <= *band.end() {
            match halves(codes.next(&mut self.bits)?) {
                (ZEROS, 0) => at += ZEROS + 1,
                (zeros, 0) => {
                    self.run = (1 << zeros) - 1 + self.bits.take(zeros.into())?;
                    return Some(());
                }
                (zeros, size) => {
                    at += zeros;
                    *nonzero |= bit(at)?;
                    self.bits.skip(size.into())?;
                    at += 1;
                }
            }
        }
        Some(())
    }

    /// One more bit of each coefficient that is not zero, and those that become so.
    fn more(&mut self, band: &RangeInclusive<u8>, codes: &Codes, nonzero: &mut u64) -> Option<()> {
        let mut at = *band.start();
        while self.run == 0 && at <= *band.end() {
            let (mut zeros, size) = halves(codes.next(&mut self.bits)?);
            if size == 0 && zeros < ZEROS {
                self.run = (1 << zeros) + self.bits.take(zeros.into())?;
                break;
            }
            self.bits.skip(size.into())?;
            while at <= *band.end() {
                if *nonzero & bit(at)? != 0 {
                    self.bits.skip(1)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size > 0 {
                *nonzero |= bit(at)?;
            }
            at += 1;
        }
        if self.run > 0 {
            let left = (at..=*band.end()).filter_map(bit).fold(0, |left, bit| left | bit);
            self.bits.skip((*nonzero & left).count_ones())?;
            self.run -= 1;
        }
        Some(())
    }
}

/// How many zeros come first, and the bits of what follows them.
fn halves(value: u8) -> (u8, u8) {
    (value >> 4, value & 0x0F)
}

fn bit(coefficient: u8) -> Option<u64> {
    (coefficient <= LAST).then(|| 1 << coefficient)
}
