//! One pass over blocks: all of their coefficients, or some, or some more bits of those.

use super::Tables;
use super::block::Block;
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
    pub(super) fn read(header: &[u8], frame: &mut Frame, tables: &'t Tables) -> Option<Self> {
        let (count, described) = header.split_first()?;
        let (described, [from, to, bits]) = described.split_at_checked(2 * usize::from(*count))? else {
            return None;
        };
        let mut part = |described: &[u8]| {
            let component = frame.components.iter().position(|component| component.id == described[0])?;
            frame.components[component].quantize(&tables.quantization)?;
            let (dc, ac) = (usize::from(described[1] >> 4), usize::from(described[1] & 0x0F));
            Some(Part { component, dc: tables.dc.get(dc)?.as_ref(), ac: tables.ac.get(ac)?.as_ref() })
        };
        let parts: Vec<Part<'t>> = described.chunks_exact(2).map(&mut part).collect::<Option<_>>()?;
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
        let mut pixels = Pixels { bits: Bits::of(data), run: 0, last: [0; 4] };
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
                        (pixels.run, pixels.last, until_restart) = (0, [0; 4], self.restart);
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
        let Frame { components, shrink, mcus, is_progressive, .. } = frame;
        let mut whole = [0; 64];
        for part in &self.parts {
            let component = &mut components[part.component];
            let (across, down) = if self.parts.len() == 1 { (1, 1) } else { component.sampling };
            let blocks_across = mcus.0 * component.sampling.0;
            for block in 0..across * down {
                let at = (x * across + block % across, y * down + block / across);
                let place = at.1 * blocks_across + at.0;
                if *is_progressive {
                    let kept = component.kept.get_mut(place * shrink.kept()..(place + 1) * shrink.kept())?;
                    let block = Block { kept, slots: &shrink.slots };
                    self.block(part, component.nonzero.get_mut(place)?, block, pixels)?;
                } else {
                    let kept = &mut whole[..shrink.kept()];
                    kept.fill(0);
                    self.block(part, &mut 0, Block { kept, slots: &shrink.slots }, pixels)?;
                    component.paint(shrink, &whole[..shrink.kept()], at, blocks_across);
                }
            }
        }
        Some(())
    }

    /// One block of a part; which coefficients of it are not zero is kept for progressive files.
    fn block(&self, part: &Part<'_>, nonzero: &mut u64, mut block: Block<'_>, pixels: &mut Pixels<'_>) -> Option<()> {
        if *self.band.start() > 0 {
            return match self.high {
                0 => pixels.first(&self.band, self.low, part.ac?, nonzero, block),
                _ => pixels.more(&self.band, self.low, part.ac?, nonzero, block),
            };
        }
        if self.high > 0 {
            let bit = pixels.bits.take(1)?;
            block.add(0, i32::from(bit > 0) << self.low);
            return Some(());
        }
        let size = part.dc?.next(&mut pixels.bits)?;
        let difference = pixels.value(size.min(ZEROS + 1))?;
        let last = &mut pixels.last[part.component];
        *last = last.wrapping_add(difference);
        block.add(0, last.wrapping_shl(self.low.into()));
        if *self.band.end() == 0 { Some(()) } else { pixels.further(part.ac?, block) }
    }
}

/// What is left of a scan.
struct Pixels<'a> {
    bits: Bits<'a>,
    /// Blocks to come that have nothing new in them.
    run: u32,
    /// By component: the first coefficient of its last block, from which the next one differs.
    last: [i32; 4],
}

impl Pixels<'_> {
    /// A number of so many bits: those that begin with 0 are negative.
    fn value(&mut self, size: u8) -> Option<i32> {
        let bits = i32::try_from(self.bits.take(size.into())?).ok()?;
        Some(if size > 0 && bits >> (size - 1) == 0 { bits + 1 - (1 << size) } else { bits })
    }

    /// All coefficients of a block but the first.
    fn further(&mut self, codes: &Codes, mut block: Block<'_>) -> Option<()> {
        let mut at = 1;
        while at <= LAST {
            match halves(codes.next(&mut self.bits)?) {
                (ZEROS, 0) => at += ZEROS + 1,
                (_, 0) => break,
                (zeros, size) => {
                    at += zeros;
                    let value = self.value(size)?;
                    block.add(at, value);
                    at += 1;
                }
            }
        }
        // The last one may stand at the end, and not behind it.
        (at <= LAST + 1).then_some(())
    }

    /// The first bits of some coefficients of a block.
    fn first(
        &mut self,
        band: &RangeInclusive<u8>,
        low: u8,
        codes: &Codes,
        nonzero: &mut u64,
        mut block: Block<'_>,
    ) -> Option<()> {
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
                    let value = self.value(size)?;
                    block.add(at, value << low);
                    at += 1;
                }
            }
        }
        Some(())
    }

    /// One more bit of each coefficient that is not zero, and those that become so.
    fn more(
        &mut self,
        band: &RangeInclusive<u8>,
        low: u8,
        codes: &Codes,
        nonzero: &mut u64,
        mut block: Block<'_>,
    ) -> Option<()> {
        let mut at = *band.start();
        while self.run == 0 && at <= *band.end() {
            let (mut zeros, size) = halves(codes.next(&mut self.bits)?);
            if size == 0 && zeros < ZEROS {
                self.run = (1 << zeros) + self.bits.take(zeros.into())?;
                break;
            }
            let value = self.value(size)?;
            while at <= *band.end() {
                if *nonzero & bit(at)? != 0 {
                    self.refine(at, low, &mut block)?;
                } else if zeros == 0 {
                    break;
                } else {
                    zeros -= 1;
                }
                at += 1;
            }
            if size > 0 {
                *nonzero |= bit(at)?;
                block.add(at, value << low);
            }
            at += 1;
        }
        if self.run > 0 {
            for at in at..=*band.end() {
                if *nonzero & bit(at)? != 0 {
                    self.refine(at, low, &mut block)?;
                }
            }
            self.run -= 1;
        }
        Some(())
    }

    /// The next bit of a coefficient that is not zero.
    fn refine(&mut self, at: u8, low: u8, block: &mut Block<'_>) -> Option<()> {
        if self.bits.take(1)? > 0 {
            block.grow(at, 1 << low);
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
