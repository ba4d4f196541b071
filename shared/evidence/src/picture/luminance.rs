//! How light the pixels of a picture are, of which measures are taken.

use super::Picture;
use crate::canvas::Canvas;

/// 0 for black to 255 for white.
pub(crate) struct Luminance {
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Row by row.
    pub(crate) values: Vec<f32>,
}

impl Luminance {
    /// Of a picture made so small that its longer side is at most `side_max`.
    pub(crate) fn of(picture: &Picture, side_max: u32) -> Self {
        let mut canvas = Canvas::<1>::of(side_max, picture.width, picture.height);
        for (y, row) in (0..).zip(picture.pixels().chunks_exact(picture.width as usize)) {
            canvas.row(y, (0, 1), row.iter().map(|pixel| [luminance(*pixel)]));
        }
        let (width, height) = (canvas.width as usize, canvas.height as usize);
        Self { width, height, values: canvas.means.into_flattened() }
    }

    pub(crate) fn at(&self, x: usize, y: usize) -> f32 {
        self.values[y * self.width + x]
    }

    /// Between four pixels, at this place in the picture.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "a place in a small picture"
    )]
    pub(crate) fn between(&self, (x, y): (f32, f32)) -> f32 {
        let (left, top) = ((x.max(0.0) as usize).min(self.width - 1), (y.max(0.0) as usize).min(self.height - 1));
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (across, down) = (x - left as f32, y - top as f32);
        let row = |y: usize| self.at(left, y) * (1.0 - across) + self.at(right, y) * across;
        row(top) * (1.0 - down) + row(bottom) * down
    }

    /// Blurred by a Gaussian of this deviation, in pixels. What lies outside is as at the edge.
    pub(crate) fn blurred(&self, deviation: f32) -> Self {
        let weights = weights(deviation);
        let (width, height) = (self.width, self.height);
        let mut across = vec![0.0; width * height];
        for (row, blurred) in self.values.chunks_exact(width).zip(across.chunks_exact_mut(width)) {
            convolve(row, blurred, &weights);
        }
        // Row by row, because columns lie far apart in memory.
        let mut values = vec![0.0; width * height];
        for (y, blurred) in values.chunks_exact_mut(width).enumerate() {
            let row = |y: usize| &across[y * width..(y + 1) * width];
            blurred.iter_mut().zip(row(y)).for_each(|(sum, value)| *sum += weights[0] * value);
            for (offset, weight) in weights.iter().enumerate().skip(1) {
                let (above, below) = (row(y.saturating_sub(offset)), row((y + offset).min(height - 1)));
                let pairs = above.iter().zip(below);
                blurred.iter_mut().zip(pairs).for_each(|(sum, (a, b))| *sum += weight * (a + b));
            }
        }
        Self { width, height, values }
    }
}

/// ITU-R BT.601.
fn luminance([red, green, blue]: [u8; 3]) -> f32 {
    0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue)
}

/// From the middle outwards; together, both sides, 1.
fn weights(deviation: f32) -> Vec<f32> {
    let weight = |offset: u16| (-0.5 * (f32::from(offset) / deviation).powi(2)).exp();
    let mut weights: Vec<f32> = (0..).map(weight).take_while(|weight| *weight > 0.02).collect();
    let sum: f32 = weights.iter().sum::<f32>() * 2.0 - weights[0];
    weights.iter_mut().for_each(|weight| *weight /= sum);
    weights
}

fn convolve(row: &[f32], blurred: &mut [f32], weights: &[f32]) {
    let reach = weights.len() - 1;
    let padded: Vec<f32> = [vec![row[0]; reach].as_slice(), row, &vec![row[row.len() - 1]; reach]].concat();
    for (offset, weight) in weights.iter().enumerate() {
        let sides = padded[reach - offset..].iter().zip(&padded[reach + offset..]);
        let weight = if offset == 0 { weight / 2.0 } else { *weight };
        blurred.iter_mut().zip(sides).for_each(|(sum, (left, right))| *sum += weight * (left + right));
    }
}
