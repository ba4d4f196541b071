//! The components of a frame, in blocks of 8 × 8 pixels, and what has been read of each.

use crate::container::jpeg::{Segment, code};

pub(super) struct Frame {
    pub(super) is_progressive: bool,
    /// MCUs in a row and in a column.
    pub(super) mcus: (usize, usize),
    pub(super) components: Vec<Component>,
}

pub(super) struct Component {
    pub(super) id: u8,
    /// Blocks of an MCU, across and down.
    pub(super) sampling: (usize, usize),
    /// Blocks of the picture, across and down, without those that only fill up the last MCUs.
    pub(super) blocks: (usize, usize),
    /// Which coefficients of each block are not zero, row by row, of whole MCUs. Later scans of a progressive file
    /// have a bit for each of them; other files need none of it.
    pub(super) nonzero: Vec<u64>,
    /// By coefficient: the lowest bit of it that was read, where one was.
    pub(super) low_bits: [Option<u8>; 64],
}

/// Components that a picture has at the most: CMYK.
const COMPONENTS_MAX: usize = 4;
/// A side of a block.
const BLOCK: usize = 8;

impl Frame {
    /// The sides were looked at before, so that this is not too much.
    pub(super) fn read(segment: &Segment<'_>) -> Option<Self> {
        let is_progressive = segment.code == code::SOF2_PROGRESSIVE;
        let [_, height, height_low, width, width_low, count, described @ ..] = segment.data else { return None };
        let width = usize::from(u16::from_be_bytes([*width, *width_low]));
        let height = usize::from(u16::from_be_bytes([*height, *height_low]));
        let count = usize::from(*count);
        if !(1..=COMPONENTS_MAX).contains(&count) || described.len() != 3 * count {
            return None;
        }
        let sides = |component: &[u8]| (usize::from(component[1] >> 4), usize::from(component[1] & 0x0F));
        let samplings = || described.chunks_exact(3).map(sides);
        if !samplings().all(|(across, down)| (1..=4).contains(&across) && (1..=4).contains(&down)) {
            return None;
        }
        let most = (samplings().map(|(across, _)| across).max()?, samplings().map(|(_, down)| down).max()?);
        let mcus = (width.div_ceil(BLOCK * most.0), height.div_ceil(BLOCK * most.1));
        let component = |(described, sampling): (&[u8], (usize, usize))| Component {
            id: described[0],
            sampling,
            blocks: (
                (width * sampling.0).div_ceil(most.0).div_ceil(BLOCK),
                (height * sampling.1).div_ceil(most.1).div_ceil(BLOCK),
            ),
            nonzero: if is_progressive { vec![0; mcus.0 * sampling.0 * mcus.1 * sampling.1] } else { Vec::new() },
            low_bits: [None; 64],
        };
        let components = described.chunks_exact(3).zip(samplings()).map(component).collect();
        Some(Self { is_progressive, mcus, components })
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
    /// Where a block is among `nonzero`.
    pub(super) fn place(&self, mcus_across: usize, (across, down): (usize, usize)) -> usize {
        down * mcus_across * self.sampling.0 + across
    }
}
