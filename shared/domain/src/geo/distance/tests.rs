//! Distances against a second implementation, in floats.

#![expect(clippy::float_arithmetic, reason = "they are the second implementation")]

use super::metres;
use crate::geo::{Degrees, Point};

fn haversine(a: Point, b: Point) -> f64 {
    let radians = |degrees: Degrees| (f64::from(degrees.scaled()) / 1e7).to_radians();
    let half = |x: f64| (x / 2.0).sin().powi(2);
    let (north, east) = (radians(b.lat) - radians(a.lat), radians(b.lng) - radians(a.lng));
    let h = half(north) + radians(a.lat).cos() * radians(b.lat).cos() * half(east);
    2.0 * 6_371_009.0 * h.sqrt().asin()
}

/// Pseudo-random, the same each time.
fn numbers(mut seed: u64) -> impl FnMut(i32, i32) -> i32 {
    move |from, to| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let span = i64::from(to) - i64::from(from);
        let offset = i64::try_from(seed >> 16).unwrap() % span;
        i32::try_from(i64::from(from) + offset).unwrap()
    }
}

#[test]
fn it_agrees_with_a_second_implementation() {
    let mut number = numbers(7);
    let (mut compared, mut worst) = (0, 0.0_f64);
    for _ in 0..200_000 {
        let point = |lat, lng| Point { lat: Degrees::from_scaled(lat), lng: Degrees::from_scaled(lng) };
        let (lat, lng) = (number(-900_000_000, 900_000_001), number(-1_800_000_000, 1_800_000_000));
        let a = point(lat, lng);
        // Near the poles any longitude is near; across the date line the sign changes.
        let reach = if lat.unsigned_abs() > 880_000_000 { 1_800_000_000 } else { 30_000_000 };
        let east = i64::from(lng) + i64::from(number(-reach, reach)) + 1_800_000_000;
        let east = i32::try_from(east.rem_euclid(3_600_000_000) - 1_800_000_000).unwrap();
        let b = point((lat + number(-20_000_000, 20_000_000)).clamp(-900_000_000, 900_000_000), east);
        let (ours, theirs) = (f64::from(u32::try_from(metres(a, b)).unwrap()), haversine(a, b));
        if theirs > 500_000.0 {
            continue;
        }
        compared += 1;
        let off = (ours - theirs).abs() - 2.0;
        worst = worst.max(off / theirs);
        assert!(off <= theirs * 0.001, "{a:?} {b:?}: {ours} m, not {theirs} m");
        assert_eq!(metres(a, b), metres(b, a));
    }
    println!("{compared} compared, at most {:.4} % off", worst * 100.0);
    assert!(compared > 100_000, "{compared}");
}

#[test]
fn known_distances() {
    for (a, b, km) in [
        (("0", "0"), ("0", "1"), 111),
        (("0", "179.5"), ("0", "-179.5"), 111),
        (("89.5", "0"), ("89.5", "180"), 111),
        (("52.5200", "13.4050"), ("53.5511", "9.9937"), 255),
        (("90", "0"), ("90", "123"), 0),
    ] {
        let point = |(lat, lng)| Point::parse(lat, lng).unwrap();
        assert_eq!(metres(point(a), point(b)) / 1_000, km, "{a:?} {b:?}");
    }
}
