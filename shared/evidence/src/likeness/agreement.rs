//! How many places of two pictures look alike and lie alike.

use super::points::{Point, STEPS};
use super::signs::{POSES, Signs};

/// Two places that look alike.
struct Pair {
    ours: usize,
    theirs: usize,
    /// Of theirs, in the pose in which both look alike.
    place: (f32, f32),
    /// How much larger ours is, in steps.
    growth: i16,
}

/// Signs that may differ.
const SIGNS_MAX: u32 = 5;
/// Steps of size that pairs may differ by in how much larger one picture shows things: a quarter.
const GROWTH_MAX: i16 = 5;
/// How much larger it may show them: half as much again, either way.
const ENLARGEMENT_MAX: i16 = 10;
/// How far off a place may be, in parts of the longer side; and more, the farther it is from the pair that said where.
const OFF: f32 = 7.0;
const OFF_PER_DISTANCE: f32 = 0.08;

/// In the pose in which most agree.
pub(super) fn of(ours: &[Point], theirs: &[Point]) -> usize {
    let posed: Vec<[Signs; POSES]> = theirs.iter().map(|point| point.signs.posed()).collect();
    (0..POSES).map(|pose| in_pose(pose, ours, theirs, &posed)).max().unwrap_or_default()
}

fn in_pose(pose: usize, ours: &[Point], theirs: &[Point], posed: &[[Signs; POSES]]) -> usize {
    let mut pairs = Vec::new();
    for (at, our) in ours.iter().enumerate() {
        for (their_at, (their, signs)) in theirs.iter().zip(posed).enumerate() {
            let growth = i16::from(our.size) - i16::from(their.size);
            if (our.signs.0 ^ signs[pose].0).count_ones() <= SIGNS_MAX && growth.abs() <= ENLARGEMENT_MAX {
                pairs.push(Pair { ours: at, theirs: their_at, place: place(their, pose), growth });
            }
        }
    }
    pairs.iter().map(|pair| agreeing(pair, &pairs, ours)).max().unwrap_or_default()
}

/// How many of the pairs lie as this one says.
fn agreeing(first: &Pair, pairs: &[Pair], ours: &[Point]) -> usize {
    let scale = (f32::from(first.growth) / STEPS).exp2();
    let at = |pair: &Pair| place(&ours[pair.ours], 0);
    let (our_x, our_y) = at(first);
    let is_alike = |pair: &&Pair| {
        let (x, y) = at(pair);
        let (dx, dy) = ((pair.place.0 - first.place.0) * scale, (pair.place.1 - first.place.1) * scale);
        let off = (x - our_x - dx).hypot(y - our_y - dy);
        (pair.growth - first.growth).abs() <= GROWTH_MAX && off <= OFF + OFF_PER_DISTANCE * dx.hypot(dy)
    };
    let (mut our_places, mut their_places) = (0_u32, 0_u32);
    for pair in pairs.iter().filter(is_alike) {
        (our_places, their_places) = (our_places | 1 << pair.ours, their_places | 1 << pair.theirs);
    }
    our_places.count_ones().min(their_places.count_ones()) as usize
}

/// Where a place lies in this pose.
fn place(point: &Point, pose: usize) -> (f32, f32) {
    let (x, y) = (f32::from(point.x), f32::from(point.y));
    let (x, y) = if pose & 4 == 0 { (x, y) } else { (y, x) };
    (if pose & 1 == 0 { x } else { -x }, if pose & 2 == 0 { y } else { -y })
}
