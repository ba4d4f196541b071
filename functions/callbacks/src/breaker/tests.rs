//! From silences in a row to waiting, and back.

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);

/// Silences, and seconds from now until which nobody asks, and until which it is alive.
fn circuit(failures: u32, open_s: i64, alive_s: i64) -> Option<Circuit> {
    Some(Circuit { failures, open_until: NOW.plus_seconds(open_s), alive_until: NOW.plus_seconds(alive_s) })
}

#[test]
fn a_host_that_lives_is_asked_until_it_was_silent_five_times_and_any_other_by_one_at_a_time() {
    let probe = Turn::Probe(NOW.plus_seconds(20));
    for (circuit, expected) in [
        (None, probe),
        (circuit(0, 0, 60), Turn::Ask),
        (circuit(4, 0, 60), Turn::Ask),
        (circuit(0, 0, 0), probe),
        (circuit(1, 0, 0), probe),
        (circuit(0, 20, 0), Turn::Wait(NOW.plus_seconds(20))),
        (circuit(5, 30, 60), Turn::Wait(NOW.plus_seconds(30))),
        (circuit(5, 1, 0), Turn::Wait(NOW.plus_seconds(1))),
        (circuit(5, 0, 60), probe),
        (circuit(100, -60, 60), probe),
    ] {
        assert_eq!(turn(circuit, NOW), expected, "{circuit:?}");
    }
}

#[test]
fn only_the_first_answer_of_a_host_is_waited_for_and_only_shortly() {
    for (circuit, expected) in [
        (None, false),
        (circuit(0, 20, 0), true),
        (circuit(0, 19, 0), false),
        (circuit(1, 20, 0), false),
        (circuit(5, 30, 0), false),
    ] {
        assert_eq!(is_just_asked(circuit, NOW), expected, "{circuit:?}");
    }
}

#[test]
fn an_answer_is_noted_when_it_was_not_known_and_else_twice_an_hour() {
    let noted = Some(NOW.plus_seconds(3_600));
    for (circuit, expected) in [
        (None, noted),
        (circuit(0, 0, 0), noted),
        (circuit(1, 0, 3_600), noted),
        (circuit(0, 0, 1_800), noted),
        (circuit(0, 0, 1_801), None),
    ] {
        assert_eq!(alive_until(circuit, NOW), expected, "{circuit:?}");
    }
}

#[test]
fn each_further_silence_doubles_the_wait_up_to_half_an_hour() {
    for failures in 0..4 {
        assert_eq!(open_until(circuit(failures, 0, 0), NOW), NEVER, "{failures}");
    }
    let waits = (4..14).map(|failures| (open_until(circuit(failures, 0, 0), NOW).millis() - NOW.millis()) / 1_000);
    let expected = [30, 60, 120, 240, 480, 960, 1_800, 1_800, 1_800, 1_800];
    assert_eq!(waits.collect::<Vec<_>>(), expected);
    assert_eq!(open_until(None, NOW), NEVER);
    assert_eq!(open_until(circuit(u32::MAX - 1, 0, 0), NOW), NOW.plus_seconds(1_800));
}

#[test]
fn those_who_wait_do_not_come_back_in_one_moment() {
    let until = NOW.plus_seconds(40);
    assert_eq!(due_at(until, NOW, 0), until);
    assert_eq!(due_at(until, NOW, 255), until.plus_seconds(10));
    assert!(due_at(NOW, NOW, 255) > NOW);
}
