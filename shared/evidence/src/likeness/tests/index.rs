//! What a look-up meets in an index of many photos.

use super::*;
use crate::likeness::signs::Signs;

/// Signs are not even: this many of 256 are the rarer kind. With it, two keys are the same as often as those of parts of
/// twenty real photos were: 1.8 times in a million.
const RARER: usize = 57;
/// A likeness, its key and the names of a photo: entries that a half read unit returns.
const ENTRIES_READ: usize = 19;
const STORED: usize = 100_000;

fn likeness(dice: &mut Dice) -> Likeness {
    let mut signs = || (0..32).fold(0, |signs, _| signs << 1 | u32::from(dice.below(256) < RARER));
    let points = (0..POINTS_MAX).map(|_| signs()).collect::<Vec<u32>>();
    let point = |signs: u32| Point { x: 0, y: 0, size: 0, weakest: (signs % 32) as u8, signs: Signs(signs) };
    Likeness { points: points.into_iter().map(point).collect() }
}

#[test]
fn a_look_up_among_a_million_photos_costs_eight_read_units_and_most_keys_are_read_whole() {
    let mut dice = Dice::of(1);
    let mut keys: Vec<Key> = (0..STORED).flat_map(|_| likeness(&mut dice).keys()).collect();
    keys.sort_unstable();
    let entries = |key: &Key| keys.partition_point(|other| other <= key) - keys.partition_point(|other| other < key);
    let looked_up: Vec<Vec<usize>> =
        (0..500).map(|_| likeness(&mut dice).probes().iter().map(entries).collect()).collect();

    let mut met: Vec<usize> = looked_up.iter().flatten().copied().collect();
    met.sort_unstable();
    let (median, most) = (met[met.len() / 2], met[met.len() * 99 / 100]);
    let whole = met.iter().filter(|met| **met * 10 <= ENTRIES_READ).count() * 100 / met.len();
    let mean = met.iter().sum::<usize>() as f32 / met.len() as f32;
    println!(
        "with {STORED} photos a key has {median} entries, of a hundred one has {most} or more; {mean:.1} on average"
    );
    println!("with ten times as many, {whole} % of the keys are read whole");
    assert!(looked_up.iter().all(|probes| probes.len() <= PROBES_MAX));
    assert!(median <= 2 && most <= 150 && whole >= 50);
}
