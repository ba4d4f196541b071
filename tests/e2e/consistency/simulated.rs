//! The simulator itself: what it is tested by can still be done, and a seed is a story.

use harness::binary::root;
use simulator::defects::DEFECTS;
use simulator::story::commands;

#[test]
fn each_defect_can_still_be_made() {
    for defect in DEFECTS {
        let source = std::fs::read_to_string(root().join(defect.file)).unwrap();
        assert_eq!(source.matches(defect.right).count(), 1, "{}: {}", defect.file, defect.wrong);
        assert_ne!(defect.right, defect.edit, "{}", defect.wrong);
    }
}

#[test]
fn a_seed_is_always_the_same_story_and_another_one_another() {
    let story = |seed| format!("{:?}", commands(seed, 50));
    assert_eq!(story(7), story(7));
    assert_ne!(story(7), story(8));
}
