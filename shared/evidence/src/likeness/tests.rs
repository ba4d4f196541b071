//! Photos that are known again, photos that are not, and what an index of them costs.

#![allow(
    clippy::cast_lossless,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels and sides of small pictures"
)]

mod index;

use super::*;
use crate::tests::scenes::{Dice, Scene};
use std::collections::BTreeSet;
use std::thread;

/// What somebody does to a photo, by turns a little otherwise.
type Change = (&'static str, fn(&Scene, u64) -> Scene);

const CHANGES: [Change; 8] = [
    ("compressed", |scene, turn| scene.compressed([40, 60, 75][turn as usize % 3])),
    ("made smaller", |scene, turn| scene.shrunk([0.3, 0.45, 0.7][turn as usize % 3])),
    ("mirrored", |scene, turn| if turn % 2 == 0 { scene.mirrored() } else { scene.upside_down() }),
    ("turned", |scene, turn| scene.turned(1 + turn as usize % 3)),
    ("cut by a twentieth", |scene, _| scene.cropped([0.05; 4])),
    ("lit otherwise", |scene, turn| {
        let (contrast, more) = [(0.7, 20.0), (1.2, -20.0), (0.9, 40.0)][turn as usize % 3];
        scene.lit(contrast, more)
    }),
    ("bordered", |scene, turn| scene.bordered(0.04, [[255; 3], [0; 3]][turn as usize % 2])),
    ("written on", |scene, _| scene.captioned()),
];
/// Beyond what is promised.
const MORE_CHANGES: [Change; 3] = [
    ("cut by a tenth", |scene, _| scene.cropped([0.1; 4])),
    ("cut on two sides", |scene, _| scene.cropped([0.15, 0.1, 0.0, 0.0])),
    ("all at once", |scene, _| scene.mirrored().turned(1).cropped([0.05; 4]).lit(0.9, 15.0).shrunk(0.6).compressed(60)),
];
const PHOTOS: u64 = 1_000;

fn photo(number: u64) -> Scene {
    Scene::photo(number, 400, 300)
}

/// Does the work for every number, on all cores.
fn each<T: Send>(numbers: u64, work: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let threads = thread::available_parallelism().map_or(1, |threads| threads.get() as u64);
    let part = |first: u64| (first..numbers).step_by(threads as usize).map(|n| (n, work(n))).collect::<Vec<_>>();
    let mut all: Vec<(u64, T)> = thread::scope(|scope| {
        let part = &part;
        let parts: Vec<_> = (0..threads).map(|first| scope.spawn(move || part(first))).collect();
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    all.sort_by_key(|(number, _)| *number);
    all.into_iter().map(|(_, result)| result).collect()
}

/// As whoever looks one up: some key must be shared before they are compared.
fn found(new: &Likeness, stored: &Likeness) -> Option<Nearness> {
    let keys = stored.keys();
    new.probes().iter().any(|probe| keys.contains(probe)).then(|| new.nearness(stored)).flatten()
}

#[test]
fn a_photo_is_known_again_whatever_was_done_to_it_and_is_not_taken_for_another() {
    let changes: Vec<Change> = CHANGES.into_iter().chain(MORE_CHANGES).collect();
    let photos = each(PHOTOS, |number| {
        let scene = photo(number);
        let likeness = Likeness::of(&scene.picture());
        let after = |(at, change): (usize, &Change)| {
            // The last ones only now and then: they take long.
            let is_due = at < CHANGES.len() || number % 10 == 0;
            is_due.then(|| found(&Likeness::of(&change.1(&scene, number).picture())?, likeness.as_ref()?))
        };
        (changes.iter().enumerate().map(after).collect::<Vec<_>>(), likeness)
    });

    let mut all = 0.0;
    for (at, (change, _)) in changes.iter().enumerate() {
        let results: Vec<Option<Nearness>> = photos.iter().filter_map(|(results, _)| results[at]).collect();
        let percent = |least| {
            100.0 * results.iter().filter(|result| **result >= Some(least)).count() as f32 / results.len() as f32
        };
        println!("{change}: found {:.1} %, surely {:.1} %", percent(Nearness::Weak), percent(Nearness::Strong));
        let least = if at < CHANGES.len() { 95.0 } else { 85.0 };
        assert!(percent(Nearness::Weak) >= least, "{change}");
        all += if at < CHANGES.len() { percent(Nearness::Weak) / CHANGES.len() as f32 } else { 0.0 };
    }
    println!("found of all {} x {PHOTOS}: {all:.2} %", CHANGES.len());
    assert!(all >= 97.0);

    let likenesses: Vec<&Likeness> = photos.iter().filter_map(|(_, likeness)| likeness.as_ref()).collect();
    let takes = each(likenesses.len() as u64, |one| {
        let (one, before) = (likenesses[one as usize], &likenesses[..one as usize]);
        let near: Vec<Nearness> = before.iter().filter_map(|other| one.nearness(other)).collect();
        [near.len(), near.iter().filter(|near| **near == Nearness::Strong).count()]
    });
    let pairs = likenesses.len() * (likenesses.len() - 1) / 2;
    let [weak, strong] =
        [0, 1].map(|at| 100.0 * takes.iter().map(|take| take[at]).sum::<usize>() as f32 / pairs as f32);
    println!("of {pairs} pairs of different photos {weak:.4} % taken for one, {strong:.4} % surely");
    assert!(weak <= 0.1 && strong <= 0.01);
}

#[test]
fn a_picture_on_which_nothing_stands_out_has_no_likeness() {
    let mut dice = Dice::of(1);
    let of = |pixel: &mut dyn FnMut(usize) -> u8| Scene {
        width: 640,
        height: 480,
        pixels: (0..640 * 480).map(|at| [pixel(at); 3]).collect(),
    };
    let cases = [
        ("white", of(&mut |_| 255)),
        ("black", of(&mut |_| 0)),
        ("a gradient", of(&mut |at| (at % 640 / 3) as u8)),
        ("a lens that is covered", of(&mut |_| dice.between(0.0, 12.0) as u8)),
    ];
    for (what, scene) in cases {
        assert_eq!(Likeness::of(&scene.picture()), None, "{what}");
    }
    let dot = |at: usize| if (at % 640 - 320).pow(2) + (at / 640 - 240).pow(2) < 900 { 0 } else { 255 };
    let one = of(&mut |at| if at % 640 < 320 || at / 640 < 240 { 255 } else { dot(at) });
    assert_eq!(Likeness::of(&one.picture()), None, "one dot");
    for sides in [(1, 1), (3, 2), (1_568, 1), (1, 1_568), (8, 8)] {
        let picture = Picture::of_pixels(sides.0, sides.1, vec![7; (3 * sides.0 * sides.1) as usize]);
        assert_eq!(Likeness::of(&picture), None, "{sides:?}");
    }
}

#[test]
fn every_pose_has_the_same_keys_and_agrees() {
    let scene = photo(3);
    let likeness = Likeness::of(&scene.picture()).unwrap();
    let keys: BTreeSet<Key> = likeness.keys().into_iter().collect();
    for pose in 0..8 {
        let posed = scene.turned(pose % 4);
        let posed = if pose < 4 { posed } else { posed.mirrored() };
        let posed = Likeness::of(&posed.picture()).unwrap();
        // Sums of floats come out a little otherwise in another order.
        assert!(posed.keys().iter().filter(|key| keys.contains(key)).count() * 10 >= keys.len() * 9, "{pose}");
        assert!(posed.agreement(&likeness) * 10 >= likeness.points.len() * 9, "{pose}");
    }
}

#[test]
fn a_likeness_is_the_same_after_it_was_stored() {
    for number in 0..20 {
        let Some(likeness) = Likeness::of(&photo(number).picture()) else { continue };
        let bytes = likeness.to_bytes();
        assert!(bytes.len() <= 160 && likeness.keys().len() <= 40 && likeness.probes().len() <= 16);
        assert_eq!(Likeness::from_bytes(&bytes), Some(likeness));
        for length in [0, 1, 24, bytes.len() - 1] {
            assert_eq!(Likeness::from_bytes(&bytes[..length]), None, "{length}");
        }
        assert_eq!(Likeness::from_bytes(&[&bytes[..], &[0; 160]].concat()), None);
    }
}

#[test]
fn any_bytes_of_the_right_length_can_be_compared() {
    let mut dice = Dice::of(2);
    for _ in 0..200 {
        let bytes: Vec<u8> = (0..160).map(|_| dice.below(256) as u8).collect();
        let likeness = Likeness::from_bytes(&bytes).unwrap();
        assert!(likeness.agreement(&likeness) <= 20 && likeness.keys().len() <= 40);
    }
}
