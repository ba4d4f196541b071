//! The doors of `infra/fuzz`: with what is kept of them, and with what chance makes of that.

use fuzz::DOORS;
use harness::binary::root;
use simulator::dice::Dice;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Changed inputs of each door.
const CHANGED: usize = 400;
/// What is put in where something is changed: what parsers trip over.
const SCRAPS: [&[u8]; 16] = [
    b"\0",
    b"\n",
    b"\"",
    b"{",
    b"[",
    b"}",
    b"-1",
    b"1e999",
    b"9223372036854775808",
    b"null",
    b"\xff\xd8\xff",
    b"\xff",
    b"%00",
    b"\\u0000",
    b"\xe2\x80\xae",
    b"../",
];

/// A changed copy: bytes are replaced, put in or cut out, or the end of another one follows.
fn changed(of: &[u8], other: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = of.to_vec();
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len());
        match dice.below(4) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 => drop(bytes.splice(at..at, dice.pick(&SCRAPS).unwrap().iter().copied())),
            2 => drop(bytes.drain(at..(at + dice.below(16)).min(bytes.len()))),
            _ => drop(bytes.splice(at.., other[dice.below(other.len())..].iter().copied())),
        }
    }
    bytes
}

#[test]
fn every_door_takes_what_is_kept_and_what_chance_makes_of_it() {
    for door in DOORS {
        let folder = root().join("infra/fuzz/corpus").join(door.name);
        let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        let kept: Vec<Vec<u8>> = names.iter().map(|name| std::fs::read(name).unwrap()).collect();
        assert!(!kept.is_empty(), "{} is empty", folder.display());
        let mut dice = Dice::new(1);
        let made = (0..CHANGED).map(|_| {
            let (one, other) = (dice.pick(&kept).unwrap().clone(), dice.pick(&kept).unwrap().clone());
            changed(&one, &other, &mut dice)
        });
        let made: Vec<Vec<u8>> = made.collect();
        for bytes in kept.iter().chain(&made) {
            let entered = catch_unwind(AssertUnwindSafe(|| door.enter(bytes)));
            assert!(entered.is_ok(), "{}: {:?}", door.name, String::from_utf8_lossy(bytes));
        }
    }
}
