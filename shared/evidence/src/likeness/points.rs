//! Where a picture stands out from what is around it, in which size, and what it looks like there.
//!
//! Blobs, lighter or darker than their surroundings, are where differences of Gaussians are extreme in place and size
//! (D. Lowe, "Distinctive Image Features from Scale-Invariant Keypoints", 2004): they are found again whatever was cut
//! off, put around or written across elsewhere. Only those that are large in the picture are looked for, because
//! they stay when it is made small or compressed.

use super::signs::Signs;
use crate::picture::Luminance;

/// A place that stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// From the middle of the picture, in parts of [`UNIT`] of its longer side.
    pub(super) x: i8,
    pub(super) y: i8,
    /// How large it is: steps of which [`STEPS`] double it.
    pub(super) size: u8,
    pub(super) signs: Signs,
    /// Which sign is most easily another.
    pub(super) weakest: u8,
}

/// Parts of the longer side.
pub(super) const UNIT: f32 = 250.0;
/// Steps of size to the double.
pub(super) const STEPS: f32 = 16.0;
/// The longer side at which blobs are looked for.
pub(super) const SIDE: u32 = 128;
/// Deviations of the Gaussians: the first, and from one to the next.
const FIRST: f32 = 1.44;
const NEXT: f32 = 1.189_207;
const LEVELS: u8 = 13;
/// Steps of lightness by which a blob differs at least: less may be noise, or compression.
const CONTRAST_MIN: f32 = 0.6;
/// How much longer than wide a blob may be: along an edge it has no place.
const LENGTH_MAX: f32 = 12.0;
/// The half of a side of the square that is looked at, in deviations.
const REACH: f32 = 4.0;

impl Point {
    pub(super) fn to_bytes(self) -> [u8; 8] {
        let [x, y] = [self.x, self.y].map(i8::cast_unsigned);
        let [a, b, c, d] = self.signs.0.to_be_bytes();
        [x, y, self.size, self.weakest, a, b, c, d]
    }

    pub(super) fn from_bytes([x, y, size, weakest, signs @ ..]: [u8; 8]) -> Self {
        let [x, y] = [x, y].map(u8::cast_signed);
        Self { x, y, size, weakest, signs: Signs(u32::from_be_bytes(signs)) }
    }
}

/// Areas of the picture, across and down, and points of each: a line of writing may not be all that stands out.
const AREAS: usize = 3;
const AREA_MAX: usize = 5;

/// A blob, as it was found.
struct Blob {
    x: f32,
    y: f32,
    level: f32,
    strength: f32,
}

/// The strongest points, first the strongest.
pub(super) fn of(luminance: &Luminance, points_max: usize) -> Vec<Point> {
    let mut levels: Vec<Luminance> = vec![luminance.blurred(FIRST)];
    for level in 1..LEVELS {
        let deviation = FIRST * NEXT.powi(i32::from(level) - 1);
        let more = deviation * (NEXT * NEXT - 1.0).sqrt();
        levels.extend(levels.last().map(|last| last.blurred(more)));
    }
    let mut blobs = blobs(&levels);
    blobs.sort_by(|a, b| b.strength.total_cmp(&a.strength));
    let mut areas = [0; AREAS * AREAS];
    let points = blobs.iter().filter_map(|blob| point(blob, &levels));
    points.filter(|point| is_spread(point, &mut areas)).take(points_max).collect()
}

/// Whether there is room for it in its area.
fn is_spread(point: &Point, areas: &mut [usize; AREAS * AREAS]) -> bool {
    let area = |at: i8| (usize::from((i16::from(at) - i16::from(i8::MIN)).unsigned_abs()) * AREAS) >> u8::BITS;
    let count = &mut areas[area(point.y) * AREAS + area(point.x)];
    *count += 1;
    *count <= AREA_MAX
}

fn blobs(levels: &[Luminance]) -> Vec<Blob> {
    let differences: Vec<Luminance> = levels
        .windows(2)
        .map(|pair| Luminance {
            width: pair[0].width,
            height: pair[0].height,
            values: pair[1].values.iter().zip(&pair[0].values).map(|(more, less)| more - less).collect(),
        })
        .collect();
    let mut blobs = Vec::new();
    for (level, around) in (1_u8..).zip(differences.windows(3)) {
        let [below, here, above] = around else { continue };
        for y in 1..here.height.saturating_sub(1) {
            let row = here.values[y * here.width..(y + 1) * here.width].windows(3);
            // Most are none within their row: that is seen quickly.
            for x in (1..).zip(row).filter(|(_, row)| is_extreme_in(row)).map(|(x, _)| x) {
                if is_extreme([here, below, above], x, y) {
                    blobs.extend(located([here, below, above], x, y, level));
                }
            }
        }
    }
    blobs
}

fn is_extreme_in(row: &[f32]) -> bool {
    let (before, value, after) = (row[0], row[1], row[2]);
    let is_beyond = if value > 0.0 { before < value && after < value } else { before > value && after > value };
    is_beyond && value.abs() >= CONTRAST_MIN
}

/// Among those around it that are not in its row, and in the levels below and above.
fn is_extreme(levels: [&Luminance; 3], x: usize, y: usize) -> bool {
    let value = levels[0].at(x, y);
    let is_beyond = |other: f32| if value > 0.0 { other < value } else { other > value };
    let row = |level: &Luminance, y: usize| {
        let at = y * level.width + x;
        [level.values[at - 1], level.values[at], level.values[at + 1]]
    };
    [y - 1, y + 1].into_iter().all(|y| row(levels[0], y).into_iter().all(is_beyond))
        && levels[1..].iter().all(|level| (y - 1..=y + 1).all(|y| row(level, y).into_iter().all(is_beyond)))
}

/// Between pixels and levels, where parabolas through the values are extreme; `None` on an edge.
#[allow(clippy::cast_precision_loss, reason = "sides of a small picture")]
fn located([here, below, above]: [&Luminance; 3], x: usize, y: usize, level: u8) -> Option<Blob> {
    let at = |dx: usize, dy: usize| here.at(x + dx - 1, y + dy - 1);
    let value = at(1, 1);
    let (xx, yy) = (at(0, 1) + at(2, 1) - 2.0 * value, at(1, 0) + at(1, 2) - 2.0 * value);
    let xy = (at(2, 2) + at(0, 0) - at(0, 2) - at(2, 0)) / 4.0;
    let (trace, determinant) = (xx + yy, xx * yy - xy * xy);
    if trace * trace * LENGTH_MAX >= (LENGTH_MAX + 1.0).powi(2) * determinant {
        return None;
    }
    let top = |before: f32, after: f32| ((before - after) / (2.0 * (before + after - 2.0 * value))).clamp(-0.5, 0.5);
    Some(Blob {
        x: x as f32 + top(at(0, 1), at(2, 1)),
        y: y as f32 + top(at(1, 0), at(1, 2)),
        level: f32::from(level) + top(below.at(x, y), above.at(x, y)),
        strength: value.abs() * NEXT.powi(level.into()),
    })
}

/// `None` when what is around it is not all in the picture: elsewhere it could be.
#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "sides of a small picture, and casts of floats, which are their nearest integers"
)]
fn point(blob: &Blob, levels: &[Luminance]) -> Option<Point> {
    let deviation = FIRST * NEXT.powf(blob.level);
    let reach = REACH * deviation;
    let (width, height) = (levels[0].width as f32, levels[0].height as f32);
    let is_inside = |at: f32, side: f32| at - reach >= 0.0 && at + reach <= side - 1.0;
    if !is_inside(blob.x, width) || !is_inside(blob.y, height) {
        return None;
    }
    let lower = (blob.level as usize).min(levels.len() - 2);
    let (signs, weakest) = Signs::of(|across, down| {
        let at = (blob.x + across * reach, blob.y + down * reach);
        let [less, more] = [&levels[lower], &levels[lower + 1]].map(|level| level.between(at));
        less + (more - less) * (blob.level - lower as f32)
    });
    let longest = width.max(height);
    let place = |at: f32, side: f32| ((at - (side - 1.0) / 2.0) / longest * UNIT).round() as i8;
    let size = ((deviation / longest).log2() * STEPS).round() + 128.0;
    Some(Point { x: place(blob.x, width), y: place(blob.y, height), size: size as u8, signs, weakest })
}
