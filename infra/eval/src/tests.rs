//! The command as it is run, on a part of the set, with models that are played.

use super::*;
use domain::guardian::Decision;
use set::Kind;

/// One of each family, of this kind.
fn part(kind: Kind, nth: char) -> Vec<Submission> {
    set::all().into_iter().filter(|it| it.kind == kind && it.name.ends_with(nth)).collect()
}

async fn judged_by(played: Played, set: Vec<Submission>) -> (Vec<Judged>, Figures) {
    let mut options = Options::ephemeral();
    let _models = play(played, &mut options).await.unwrap();
    let judged = judge_all(&options, set).await.unwrap();
    let figures = Figures::of(&judged, Price::parse("3.00/15.00"));
    report::print(&figures, &judged);
    (judged, figures)
}

fn decisions(judged: &[Judged]) -> Vec<(&str, Decision, u8)> {
    judged.iter().map(|it| (it.submission.name.as_str(), it.decision, it.confidence)).collect()
}

#[tokio::test]
async fn a_model_that_reads_approves_what_matches_and_nothing_else() {
    let (judged, figures) = judged_by(Played::Reader, part(Kind::Screen, '1')).await;
    let approved = judged.iter().filter(|it| it.decision == Decision::Approve).map(|it| it.submission.name.as_str());
    assert_eq!(approved.collect::<Vec<_>>(), ["screen-matching-1"]);
    assert_eq!((figures.all.right, figures.all.wrongly_approved, figures.asked), (6, 0, 6));
    assert!(figures.calls > 6 && figures.usage.input > 0 && figures.cost > Some(0), "{figures:?}");
    assert!(figures.latency.max >= figures.latency.median && figures.latency.median > 0, "{figures:?}");
    assert!(figures.failures.is_empty() && is_well(&figures));
}

#[tokio::test]
async fn a_model_that_takes_all_for_met_is_stopped_by_the_checks_alone_and_the_run_fails() {
    let (judged, figures) = judged_by(Played::Trusting, part(Kind::Parcel, '0')).await;
    let expected = [
        ("parcel-matching-0", Decision::Approve, 95),
        ("parcel-wrong-0", Decision::Approve, 95),
        ("parcel-blurred-0", Decision::ManualReview, 69),
        ("parcel-reused-0", Decision::Reject, 20),
        ("parcel-edited-0", Decision::ManualReview, 69),
        ("parcel-injected-0", Decision::Approve, 95),
    ];
    assert_eq!(decisions(&judged), expected);
    assert_eq!((figures.all.right, figures.all.wrongly_approved), (4, 2));
    // Whose photo another task has needs no model.
    assert_eq!(figures.asked, 5);
    assert!(!is_well(&figures));
}

#[tokio::test]
async fn a_model_that_sees_what_nobody_can_see_approves_nothing_and_the_run_fails() {
    let (judged, figures) = judged_by(Played::Pleased, part(Kind::Receipt, '0')).await;
    assert!(judged.iter().all(|it| it.decision != Decision::Approve), "{:?}", decisions(&judged));
    assert!(!is_well(&figures));
    assert_eq!(figures.failures.into_iter().collect::<Vec<_>>(), [("it saw what nobody can have seen".to_owned(), 5)]);
}
