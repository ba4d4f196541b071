//! The set: what is in it, and that each picture is what its label takes it for.

use super::shot::Focus;
use super::*;
use domain::guardian::Decision;
use evidence::{Likeness, Nearness, Picture, Quality};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::thread;

/// What is measured of a submission's picture.
struct Seen {
    submission: Submission,
    photo: evidence::Photo,
    quality: Quality,
    likeness: Option<Likeness>,
}

static SEEN: LazyLock<Vec<Seen>> = LazyLock::new(|| {
    let (set, half) = (all(), all().len() / 2);
    thread::scope(|scope| {
        let halves = [&set[..half], &set[half..]].map(|half| scope.spawn(|| half.iter().map(seen).collect::<Vec<_>>()));
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    })
});

fn seen(submission: &Submission) -> Seen {
    let (photo, picture) = Picture::read(&submission.shot.photo().bytes).unwrap();
    let (quality, likeness) = (Quality::of(&picture), Likeness::of(&picture));
    Seen { submission: submission.clone(), photo, quality, likeness }
}

fn named(name: &str) -> &'static Seen {
    SEEN.iter().find(|seen| seen.submission.name == name).unwrap()
}

#[test]
fn there_are_more_than_120_of_every_kind_and_family_each_with_a_name_of_its_own() {
    let set = all();
    assert!(set.len() >= 120, "{}", set.len());
    assert_eq!(set.iter().map(|it| &it.name).collect::<BTreeSet<_>>().len(), set.len());
    for (kind, family) in Kind::ALL.iter().flat_map(|kind| Family::ALL.map(|family| (*kind, family))) {
        let count = set.iter().filter(|it| (it.kind, it.family) == (kind, family)).count();
        assert!(count >= 4, "{kind:?} {family:?}: {count}");
    }
}

#[test]
fn the_same_set_is_drawn_each_time() {
    for (one, other) in all().iter().zip(&all()).step_by(29) {
        assert_eq!(format!("{one:?}"), format!("{other:?}"));
        assert!(one.shot.photo().bytes == other.shot.photo().bytes, "{}", one.name);
    }
}

#[test]
fn what_matches_alone_may_be_approved_and_shows_what_is_asked_for() {
    for it in all() {
        let (shot, family) = (&it.shot, it.family);
        assert_eq!(it.may_be_approved(), family == Family::Matching, "{}", it.name);
        assert_eq!(it.right.len(), it.right.iter().map(|right| right.word()).collect::<BTreeSet<_>>().len());
        let asked = it.requirements.join(" ");
        let shows = |text: &str| asked.contains(&format!("\"{text}\""));
        let is_as_asked = shot.kind == it.kind && shows(&shot.subject.name()) && shows(&shot.subject.number);
        if [Family::Matching, Family::Blurred].contains(&family) {
            assert!(is_as_asked, "{}: {asked}", it.name);
        }
        // What is rejected without a doubt shows something else, or a check says so.
        if it.right == [Decision::Reject] && is_as_asked {
            let says = shot.says;
            let is_told = says.software.is_some() || says.position.is_some_and(|at| at != family::PLACE);
            let is_late = says.time.is_some_and(|time| !time.starts_with("2026"));
            let is_used = family == Family::Reused;
            let is_other_page = !matches!(shot.view, shot::View::Whole);
            assert!(is_told || is_late || is_used || is_other_page, "{}", it.name);
        }
    }
}

#[test]
fn a_picture_is_large_shows_something_and_is_blurred_only_where_that_is_meant() {
    for Seen { submission, photo, quality, .. } in SEEN.iter() {
        let (name, focus) = (&submission.name, submission.shot.focus);
        assert!(photo.width >= 640 && photo.height >= 480, "{name}");
        assert!(!quality.is_uniform, "{name}");
        assert_eq!(quality.is_blurred, focus == Focus::Blurred, "{name}");
        let says = submission.shot.says.software;
        assert_eq!(photo.origin.editor.or(photo.origin.generator).is_some(), says.is_some(), "{name}");
    }
}

#[test]
fn a_photo_says_where_and_when_it_was_taken_unless_that_is_what_is_wrong() {
    for Seen { submission, photo, .. } in SEEN.iter().filter(|seen| seen.submission.kind != Kind::Screen) {
        let is_silent = submission.name.ends_with("wrong-4");
        assert_eq!(photo.position.is_none(), is_silent, "{}", submission.name);
        assert!(photo.taken_at.is_some(), "{}", submission.name);
    }
}

#[test]
fn a_reused_photo_is_known_again_and_no_matching_one_looks_like_another() {
    let photos = || SEEN.iter().filter(|seen| seen.submission.kind != Kind::Screen);
    for again in photos().filter(|seen| seen.submission.family == Family::Reused) {
        let name = &again.submission.name;
        let before = named(&name.replace("reused", "matching"));
        let near = again.likeness.as_ref().unwrap().nearness(before.likeness.as_ref().unwrap());
        assert_eq!(near, Some(Nearness::Strong), "{name}");
        assert_eq!(again.photo.identity == before.photo.identity, name.ends_with('0'), "{name}");
    }
    for one in photos().filter(|seen| seen.submission.family == Family::Matching) {
        for other in photos().filter(|it| it.submission.family == Family::Matching) {
            let is_near = one.likeness.as_ref().unwrap().nearness(other.likeness.as_ref().unwrap()).is_some();
            let names = (&one.submission.name, &other.submission.name);
            assert_eq!(is_near, names.0 == names.1, "{names:?}");
        }
    }
}
