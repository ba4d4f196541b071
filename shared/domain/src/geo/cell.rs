//! Where somebody is, to two kilometres, and how that is found again.
//!
//! A point is in a cell, of which nothing but the centre is ever kept: rows of a fiftieth of a degree, each with as many
//! columns as are that wide at its end that is nearer to a pole. Squares of two degrees, made in the same way, are what is
//! looked through.

use super::distance::{across, along_meridian, cosine, haversine, metres};
use super::{Degrees, Point};
use std::fmt;

/// Units of a row, ten-millionths of a degree: 2.2 km.
const CELL: i64 = 200_000;
/// The same of a square: 222 km.
const SQUARE: i64 = 20_000_000;
const POLE: i64 = 900_000_000;
const HALF_TURN: i64 = 1_800_000_000;
const TURN: i64 = 3_600_000_000;
const ONE: i64 = 1_000_000_000;
/// Distances are told in steps of this.
pub const BAND_KM: u64 = 5;

/// Where to look for a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Square {
    band: i64,
    column: i64,
}

/// Rows of cells from south to north, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    pub first: i64,
    pub last: i64,
}

impl Point {
    /// The centre of the cell that the point is in: the same for all points of the cell.
    pub fn cell(self) -> Self {
        let (row, column) = place(self, CELL);
        let (north, count) = (row * CELL + CELL / 2 - POLE, columns(row, CELL));
        let east = (2 * column + 1) * TURN / (2 * count) - HALF_TURN;
        Self { lat: degrees(north), lng: degrees(east) }
    }

    pub fn square(self) -> Square {
        let (band, column) = place(self, SQUARE);
        Square { band, column }
    }

    /// Its row of cells.
    pub fn row(self) -> i64 {
        place(self, CELL).0
    }

    /// How far it is from one cell to another, in kilometres rounded up to a whole [`BAND_KM`].
    pub fn band_km(self, other: Self) -> u64 {
        metres(self.cell(), other.cell()).div_ceil(BAND_KM * 1_000).max(1) * BAND_KM
    }

    /// Every square that has something within so many metres, and the rows in which that is.
    pub fn around(self, reach_m: u64) -> (Vec<Square>, Rows) {
        // What is measured is a little short.
        let reach_m = reach_m + reach_m / 1_000;
        let reach = i64::try_from(along_meridian(reach_m)).expect("nothing is further than round the Earth");
        let (lat, lng) = (i64::from(self.lat.scaled()), i64::from(self.lng.scaled()));
        let (south, north) = ((lat - reach).max(-POLE), (lat + reach).min(POLE));
        let last = POLE * 2 / SQUARE - 1;
        let limit = haversine(reach_m);

        let mut squares = Vec::new();
        for band in (south + POLE) / SQUARE..=((north + POLE) / SQUARE).min(last) {
            let count = columns(band, SQUARE);
            let narrow = cosine(i32::try_from(poleward(band, SQUARE)).unwrap_or(i32::MAX));
            // What is in the square is at least as far as its nearer meridian is where the square is narrowest.
            let near = |column: &i64| {
                let edges = [column * TURN / count - HALF_TURN, (column + 1) * TURN / count - HALF_TURN];
                let inside = edges[0] <= lng && lng <= edges[1];
                let apart = edges.map(|edge| (edge - lng).abs()).map(|apart| apart.min(TURN - apart));
                let east = if inside { 0 } else { apart[0].min(apart[1]) };
                across(cosine(self.lat.scaled()), narrow, east.unsigned_abs()) <= limit
            };
            squares.extend((0..count).filter(near).map(|column| Square { band, column }));
        }
        let row = |north: i64| ((north + POLE) / CELL).min(POLE * 2 / CELL - 1);
        (squares, Rows { first: row(south), last: row(north) })
    }
}

/// Row and column of a point in the grid of this size. East and west meet at the date line.
fn place(point: Point, size: i64) -> (i64, i64) {
    let row = ((i64::from(point.lat.scaled()) + POLE) / size).min(POLE * 2 / size - 1);
    let count = columns(row, size);
    (row, (i64::from(point.lng.scaled()) + HALF_TURN) * count / TURN % count)
}

/// Columns of a row: none is narrower than the row is high.
fn columns(row: i64, size: i64) -> i64 {
    let cosine = cosine(i32::try_from(poleward(row, size)).unwrap_or(i32::MAX));
    (TURN / size * i64::try_from(cosine).unwrap_or(ONE) / ONE).max(1)
}

/// The latitude of a row's end that is nearer to a pole, without its sign.
fn poleward(row: i64, size: i64) -> i64 {
    (row * size - POLE).abs().max(((row + 1) * size - POLE).abs())
}

fn degrees(scaled: i64) -> Degrees {
    Degrees::from_scaled(i32::try_from(scaled).expect("half a turn in ten-millionths of a degree fits"))
}

/// `65.053`: sorts by band.
impl fmt::Display for Square {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}.{:03}", self.band, self.column)
    }
}

#[cfg(test)]
mod tests;
