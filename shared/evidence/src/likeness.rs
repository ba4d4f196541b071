//! What a picture looks like, so that it is known again when somebody made it smaller, compressed or lit it otherwise,
//! mirrored it, turned it by quarters, cut off its edges, or put a border around it or a line of writing on it.
//!
//! Twenty places that stand out, and what they look like: a hash of each is a key of the index, the same for every way
//! to mirror and turn it. Two pictures that share a key are compared by where the places lie. One hash of a whole
//! picture would be smaller, but cutting off a twentieth changes a third of its bits, and no index finds it then.
//!
//! What an index costs, with a million photos of at most 40 keys (of each place two, because one sign may flip): parts
//! of twenty real photos shared 1.8 of a million pairs of keys, so that a key has 70 entries on average; half of the
//! keys have fewer than ten, and one in a hundred a thousand (`tests::index`). An entry of 235 bytes, with its
//! [`Likeness`], comes to 17 in 4 KiB: a query of at most 17 entries, the newest first, eventually consistent, is half a
//! read unit, and 16 of them are 8, whatever is stored. About seven of ten keys are read whole like that; a photo is missed
//! when all keys that it shares are among the others. Writing is 40 units. Mirrored and turned pictures cost nothing
//! more, because a key is the least of its eight poses; a key for each would cost eight times that, written or read.

mod agreement;
mod points;
mod signs;

use crate::picture::{Luminance, Picture};
use points::Point;
use signs::Signs;

/// The places of a picture that stand out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// The strongest first; at least [`POINTS_MIN`].
    points: Vec<Point>,
}

/// What pictures that look alike share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub [u8; 4]);

/// How sure it is that two pictures are of one photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// They share places that another photo of the same things could have too.
    Weak,
    /// They share more than two photos do.
    Strong,
}

/// Places of a picture, and keys that are written for it.
const POINTS_MAX: usize = 20;
/// With fewer, too much looks like it: a wall, a sky.
const POINTS_MIN: usize = 4;
/// Keys that are read for a picture.
const PROBES_MAX: usize = 16;
/// Places that agree.
const STRONG_MIN: usize = 5;
const WEAK_MIN: usize = 4;

impl Likeness {
    /// `None` when too little stands out to tell the picture from others, as in a blank one: all of these would meet.
    pub fn of(picture: &Picture) -> Option<Self> {
        let points = points::of(&Luminance::of(picture, points::SIDE), POINTS_MAX);
        (points.len() >= POINTS_MIN).then_some(Self { points })
    }

    /// The keys under which it is to be found: at most 40, each once.
    pub fn keys(&self) -> Vec<Key> {
        unique(self.points.iter().flat_map(|point| [point.signs, point.signs.but(point.weakest)]))
    }

    /// The keys under which one like it is looked for: at most 16, each once.
    pub fn probes(&self) -> Vec<Key> {
        unique(self.points.iter().take(PROBES_MAX).map(|point| point.signs))
    }

    /// How many of the places look alike and lie alike, whichever of the two was mirrored, turned or cut: at most 20.
    pub fn agreement(&self, other: &Self) -> usize {
        agreement::of(&self.points, &other.points)
    }

    /// Whether both are of one photo.
    pub fn nearness(&self, other: &Self) -> Option<Nearness> {
        match self.agreement(other) {
            STRONG_MIN.. => Some(Nearness::Strong),
            WEAK_MIN.. => Some(Nearness::Weak),
            _ => None,
        }
    }

    /// Eight bytes for each place: at most 160.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.points.iter().flat_map(|point| point.to_bytes()).collect()
    }

    /// `None` for what [`Likeness::to_bytes`] never gives.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (points, rest) = bytes.as_chunks();
        let is_possible = rest.is_empty() && (POINTS_MIN..=POINTS_MAX).contains(&points.len());
        is_possible.then(|| Self { points: points.iter().map(|bytes| Point::from_bytes(*bytes)).collect() })
    }
}

/// The keys of these, each once.
fn unique(signs: impl Iterator<Item = Signs>) -> Vec<Key> {
    let mut keys = Vec::new();
    for key in signs.map(|signs| Key(signs.upright().0.to_be_bytes())) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

#[cfg(test)]
mod tests;
