//! The components of a frame, in blocks of 8 × 8 pixels, and what has been read of each.

use super::block::{Shrink, factors};
use crate::container::jpeg::{Segment, code};

pub(super) struct Frame {
    pub(super) is_progressive: bool,
    /// Of the whole picture.
    pub(super) sides: (usize, usize),
    /// Blocks of an MCU, across and down, of the component that has most.
    pub(super) most: (usize, usize),
    /// What is made of each block.
    pub(super) shrink: Shrink,
    /// MCUs in a row and in a column.
    pub(super) mcus: (usize, usize),
    pub(super) components: Vec<Component>,
}

pub(super) struct Component {
    pub(super) id: u8,
    /// The place of its quantization table.
    pub(super) table: u8,
    /// By coefficient in the order of the file: what it counts. Known from its first scan on.
    pub(super) factors: Option<[f32; 64]>,
    /// Blocks of an MCU, across and down.
    pub(super) sampling: (usize, usize),
    /// Blocks of the picture, across and down, without those that only fill up the last MCUs.
    pub(super) blocks: (usize, usize),
    /// Which coefficients of each block are not zero, row by row, of whole MCUs. Later scans of a progressive file
    /// have a bit for each of them; other files need none of it.
    pub(super) nonzero: Vec<u64>,
    /// Of a progressive file: of each of those blocks, the coefficients that will be used.
    pub(super) kept: Vec<i16>,
    /// The shrunken samples of whole MCUs, row by row.
    pub(super) samples: Vec<u8>,
    /// By coefficient: the lowest bit of it that was read, where one was.
    pub(super) low_bits: [Option<u8>; 64],
}

/// Components that a picture has at the most: CMYK.
const COMPONENTS_MAX: usize = 4;
/// A side of a block.
const BLOCK: usize = 8;
/// Bits of a sample, in files that are shown everywhere.
const PRECISION: u8 = 8;

impl Frame {
    /// The sides were looked at before, so that this is not too much.
    pub(super) fn read(segment: &Segment<'_>, shrink: fn((usize, usize)) -> Shrink) -> Option<Self> {
        let is_progressive = segment.code == code::SOF2_PROGRESSIVE;
        let [precision, height, height_low, width, width_low, count, described @ ..] = segment.data else {
            return None;
        };
        let width = usize::from(u16::from_be_bytes([*width, *width_low]));
        let height = usize::from(u16::from_be_bytes([*height, *height_low]));
        let count = usize::from(*count);
        if !(1..=COMPONENTS_MAX).contains(&count) || described.len() != 3 * count || *precision != PRECISION {
            return None;
        }
        let sides = |component: &[u8]| (usize::from(component[1] >> 4), usize::from(component[1] & 0x0F));
        let samplings = || described.chunks_exact(3).map(sides);
        if !samplings().all(|(across, down)| (1..=4).contains(&across) && (1..=4).contains(&down)) {
            return None;
        }
        let most = (samplings().map(|(across, _)| across).max()?, samplings().map(|(_, down)| down).max()?);
        let mcus = (width.div_ceil(BLOCK * most.0), height.div_ceil(BLOCK * most.1));
        let shrink = shrink((width, height));
        let blocks_of = |sampling: (usize, usize)| mcus.0 * sampling.0 * mcus.1 * sampling.1;
        let component = |(described, sampling): (&[u8], (usize, usize))| Component {
            id: described[0],
            table: described[2],
            factors: None,
            sampling,
            blocks: (
                (width * sampling.0).div_ceil(most.0).div_ceil(BLOCK),
                (height * sampling.1).div_ceil(most.1).div_ceil(BLOCK),
            ),
            nonzero: vec![0; if is_progressive { blocks_of(sampling) } else { 0 }],
            kept: vec![0; if is_progressive { blocks_of(sampling) * shrink.kept() } else { 0 }],
            samples: vec![0; if is_progressive { 0 } else { blocks_of(sampling) * shrink.kept() }],
            low_bits: [None; 64],
        };
        let components = described.chunks_exact(3).zip(samplings()).map(component).collect();
        Some(Self { is_progressive, sides: (width, height), most, shrink, mcus, components })
    }

    /// Makes samples of what was kept of a progressive file, component by component: never all of both are there.
    pub(super) fn develop(&mut self) {
        for component in self.components.iter_mut().filter(|component| !component.kept.is_empty()) {
            let blocks_across = self.mcus.0 * component.sampling.0;
            let (kept, _) = (std::mem::take(&mut component.kept), std::mem::take(&mut component.nonzero));
            component.samples = vec![0; kept.len()];
            for (place, block) in kept.chunks_exact(self.shrink.kept()).enumerate() {
                component.paint(&self.shrink, block, (place % blocks_across, place / blocks_across), blocks_across);
            }
        }
    }

    /// Whether something was read of every block.
    pub(super) fn is_seen(&self) -> bool {
        self.components.iter().all(|component| component.low_bits[0].is_some())
    }

    /// Whether every bit was read of every block.
    pub(super) fn is_whole(&self) -> bool {
        self.components.iter().flat_map(|component| component.low_bits).all(|low| low == Some(0))
    }
}

impl Component {
    /// Takes its quantization table, which may be defined anew once its scans have begun.
    pub(super) fn quantize(&mut self, tables: &[Option<[u16; 64]>; 4]) -> Option<()> {
        if self.factors.is_none() {
            self.factors = Some(factors(tables.get(usize::from(self.table))?.as_ref()?));
        }
        Some(())
    }

    /// Makes samples of one block.
    pub(super) fn paint(&mut self, shrink: &Shrink, kept: &[i16], (x, y): (usize, usize), blocks_across: usize) {
        let (Some(factors), side) = (&self.factors, shrink.side()) else { return };
        let stride = blocks_across * side;
        if side > 0 {
            shrink.paint(kept, factors, &mut self.samples[y * side * stride + x * side..], stride);
        }
    }
}
