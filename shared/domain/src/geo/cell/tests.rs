//! Cells, squares, and what can be found out by asking.

use super::{BAND_KM, Square};
use crate::geo::distance::metres;
use crate::geo::{Degrees, Point};
use std::collections::{BTreeMap, BTreeSet};

fn point(lat: &str, lng: &str) -> Point {
    Point::parse(lat, lng).unwrap()
}

fn scaled(lat: i64, lng: i64) -> Point {
    let part = |part: i64| Degrees::from_scaled(i32::try_from(part).unwrap());
    Point { lat: part(lat), lng: part(lng) }
}

/// Points of all the Earth, poles and date line among them.
fn everywhere() -> impl Iterator<Item = Point> {
    let latitudes = (-90..90).step_by(3).map(|lat| i64::from(lat) * 10_000_000 + 1_234_567);
    let latitudes = latitudes.chain([-900_000_000, -899_999_999, 0, 899_000_000, 899_999_999, 900_000_000]);
    let longitudes = || (-180..180).step_by(7).map(|lng| i64::from(lng) * 10_000_000 + 7_654_321);
    let longitudes = move || longitudes().chain([-1_800_000_000, 0, 1_799_999_999, 1_800_000_000]);
    latitudes.flat_map(move |lat| longitudes().map(move |lng| scaled(lat, lng)))
}

#[test]
fn a_cell_is_the_same_for_all_its_points_and_nobody_is_far_from_its_centre() {
    for point in everywhere() {
        let centre = point.cell();
        assert_eq!(centre.cell(), centre, "{point:?}");
        assert!(metres(point, centre) < 3_200, "{point:?}");
        assert_eq!(centre.row(), point.row(), "{point:?}");
    }
}

#[test]
fn no_cell_is_narrower_than_two_kilometres() {
    for row in 0..9_000_i64 {
        let middle = scaled(row * 200_000 + 100_000 - 900_000_000, 12_345_678);
        let first = middle.cell();
        // The next centre to the east, found by going until the cell changes.
        let (lat, lng) = (i64::from(first.lat.scaled()), i64::from(first.lng.scaled()));
        let step = |east: i64| scaled(lat, lng + east);
        let (mut inside, mut outside) = (0, 1_800_000_000 - lng);
        if step(outside).cell() == first {
            continue;
        }
        while outside - inside > 1 {
            let middle = i64::midpoint(inside, outside);
            if step(middle).cell() == first { inside = middle } else { outside = middle }
        }
        let width = 2 * metres(first, step(inside));
        assert!(width >= 2_000, "row {row}: {width} m");
    }
}

#[test]
fn both_names_of_the_date_line_are_one_cell() {
    for lat in ["-89.99", "-41.3", "0", "66.5", "90"] {
        assert_eq!(point(lat, "180").cell(), point(lat, "-180").cell());
        assert_eq!(point(lat, "180").square(), point(lat, "-180").square());
    }
}

#[test]
fn everything_within_reach_is_in_few_squares() {
    let (mut most, mut found) = (0, 0);
    let all: Vec<Point> = everywhere().collect();
    for centre in &all {
        for reach_km in [5, 25, 200] {
            let (squares, rows) = centre.around(reach_km * 1_000);
            most = most.max(squares.len());
            let squares: BTreeSet<Square> = squares.into_iter().collect();
            // Points about the edge of what is in reach, whatever way.
            let near = (-4..=4).flat_map(|north: i64| (-4..=4).map(move |east: i64| (north, east)));
            let cosine = i64::try_from(super::cosine(centre.lat.scaled())).unwrap().max(1_000_000);
            for (north, east) in near {
                let lat = i64::from(centre.lat.scaled()) + north * i64::try_from(reach_km).unwrap() * 23_500;
                let east = east * i64::try_from(reach_km).unwrap() * 23_500 * 1_000_000_000 / cosine;
                let lng =
                    (i64::from(centre.lng.scaled()) + east + 1_800_000_000).rem_euclid(3_600_000_000) - 1_800_000_000;
                if lat.abs() > 900_000_000 {
                    continue;
                }
                let other = scaled(lat, lng);
                if metres(*centre, other) <= reach_km * 1_000 {
                    found += 1;
                    assert!(squares.contains(&other.square()), "{centre:?} {reach_km} km: {other:?}");
                    assert!((rows.first..=rows.last).contains(&other.row()), "{centre:?} {reach_km} km: {other:?}");
                }
            }
        }
    }
    println!("{found} points found, in at most {most} squares");
    assert!(found > 200_000 && most <= SQUARES_MAX, "{found} in {most}");
}

/// What a search reads at the most.
const SQUARES_MAX: usize = 12;

#[test]
fn whoever_is_in_the_same_cell_is_told_apart_by_no_question() {
    // Everything that is ever answered is a function of two cells: so two people of one cell look the same from anywhere,
    // and one cell is at least two kilometres each way.
    let (one, other) = (point("48.1210", "11.5570"), point("48.1390", "11.5840"));
    assert_eq!(one.cell(), other.cell());
    assert!(metres(one, other) > 2_000);
    for from in everywhere() {
        assert_eq!(from.band_km(one), from.band_km(other));
    }
    let mut asked = 0;
    for north in -100..100_i64 {
        for east in -100..100_i64 {
            let from = scaled(481_372_000 + north * 12_345, 115_755_000 + east * 17_771);
            assert_eq!(from.band_km(one), from.band_km(other), "{from:?}");
            asked += 1;
        }
    }
    assert_eq!(asked, 40_000);
}

#[test]
fn a_band_is_what_a_distance_is_rounded_up_to() {
    let from = point("48", "11");
    let mut seen: BTreeMap<u64, usize> = BTreeMap::new();
    for step in 0..400_i64 {
        let to = scaled(480_000_000 + step * 30_000, 110_000_000);
        let band = from.band_km(to);
        assert!(band.is_multiple_of(BAND_KM) && band > 0, "{band}");
        let exact = metres(from, to);
        assert!(exact < band * 1_000 + 3_000 && exact + 8_000 > band * 1_000, "{exact} m in band {band}");
        *seen.entry(band).or_default() += 1;
    }
    assert!(seen.len() > 25, "{seen:?}");
}
