//! Whether a picture shows anything, and whether that is sharp. Judges by its lightness alone.

use crate::picture::{Luminance, Picture};

/// What is measured of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quality {
    /// Nothing stands out: a blank wall, a covered lens.
    pub is_uniform: bool,
    /// Nothing has an edge: out of focus, or shaken.
    pub is_blurred: bool,
}

/// Sides at which edges are looked for, and at which noise is gone but text is not.
const EDGES_SIDE: u32 = 640;
const UNIFORM_SIDE: u32 = 160;
/// A side of the tiles of which the sharpest count: most of a good photo may be a wall, or out of focus.
const TILE: usize = 40;
/// One in so many tiles.
const SHARPEST: usize = 20;
/// The variance of the Laplacian below which those tiles have no edges.
const SHARP_MIN: f32 = 60.0;
/// The deviation of the blur behind which a lamp's light or a vignette is gone.
const GRADIENT: f32 = 8.0;
/// Steps of lightness: what may remain then, and what may be there before. One in so many pixels may be anything.
const REMAINDER_MAX: f32 = 14.0;
const RANGE_MAX: f32 = 64.0;
const STRAY: usize = 200;

impl Quality {
    pub fn of(picture: &Picture) -> Self {
        Self {
            is_uniform: is_uniform(&Luminance::of(picture, UNIFORM_SIDE)),
            is_blurred: sharpness(&Luminance::of(picture, EDGES_SIDE)) < SHARP_MIN,
        }
    }
}

fn is_uniform(luminance: &Luminance) -> bool {
    let smooth = luminance.blurred(GRADIENT);
    let remainder = luminance.values.iter().zip(&smooth.values).map(|(value, smooth)| value - smooth).collect();
    range(remainder) < REMAINDER_MAX && range(luminance.values.clone()) < RANGE_MAX
}

/// Between the lightest and the darkest, without those that are astray.
fn range(mut values: Vec<f32>) -> f32 {
    values.sort_unstable_by(f32::total_cmp);
    let stray = values.len() / STRAY;
    values[values.len() - 1 - stray] - values[stray]
}

/// The variance of the Laplacian in the sharpest tiles.
fn sharpness(luminance: &Luminance) -> f32 {
    let mut tiles = Vec::new();
    for top in (0..luminance.height).step_by(TILE) {
        for left in (0..luminance.width).step_by(TILE) {
            tiles.extend(variance(luminance, left, top));
        }
    }
    tiles.sort_unstable_by(|a, b| b.total_cmp(a));
    tiles.get(tiles.len() / SHARPEST).copied().unwrap_or_default()
}

/// Of one tile, without the pixels at the edge of the picture.
#[allow(clippy::cast_precision_loss, reason = "a tile has few pixels")]
fn variance(luminance: &Luminance, left: usize, top: usize) -> Option<f32> {
    let (mut sum, mut squares, mut count) = (0.0, 0.0, 0_usize);
    for y in top.max(1)..(top + TILE).min(luminance.height.saturating_sub(1)) {
        for x in left.max(1)..(left + TILE).min(luminance.width.saturating_sub(1)) {
            let at = |x, y| luminance.at(x, y);
            let laplacian = at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1) - 4.0 * at(x, y);
            (sum, squares, count) = (sum + laplacian, squares + laplacian * laplacian, count + 1);
        }
    }
    let count = (count > 0).then_some(count as f32)?;
    Some(squares / count - (sum / count).powi(2))
}

#[cfg(test)]
mod tests;
