//! Judgements of whole submissions, on the embedded DynamoDB: what was handed in, what came of it.

mod attacks;
mod objects;
mod observed;
mod picture;
mod world;

use super::*;
use domain::Usd;
use domain::guardian::Seen;
use domain::limits::HOLD_S;
use domain::task::Manual;
use objects::Fault;
use std::sync::Arc;
use world::World;

/// Mode, task type (and proof type), what was handed in: see [`World::submit`].
async fn judged(row: &str) -> (World, TaskId) {
    let cells: Vec<&str> = row.split('|').map(str::trim).collect();
    let [mode, kind, handed_in] = cells[..] else { panic!("a line of 3 cells: {row}") };
    let mode = if mode == "live" { Mode::Live } else { Mode::Test };
    let mut world = World::new(mode).await;
    let task = world.submit(kind, handed_in).await;
    world.guardian().judge(task).await.unwrap();
    (world, task)
}

#[tokio::test]
async fn what_was_handed_in_decides() {
    // Names of checks: those that failed.
    let table = "
        test | PHOTO                   | photo                           | COMPLETED APPROVE 95
        test | PHOTO                   | photo photo photo photo photo   | COMPLETED APPROVE 95
        test | PHOTO                   | here                            | COMPLETED APPROVE 95
        test | PHOTO                   | photo notes=guardian:approve    | COMPLETED APPROVE 95
        test | PHOTO                   | photo notes=guardian:review     | SUBMITTED MANUAL_REVIEW 70 LOW_CONFIDENCE
        test | PHOTO                   | photo notes=guardian:reject     | DISPUTED REJECT 20
        # A word raises nothing above what the checks allow.
        test | PHOTO                   | absent notes=guardian:approve   | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | far notes=guardian:approve      | DISPUTED REJECT 49 capture_position
        # Photos.
        test | PHOTO                   |                                 | DISPUTED REJECT 20 image_decodes
        # It was read when it was handed in: what cannot be read now is nobody's fault, and beside a fault it is none.
        test | PHOTO                   | photo absent                    | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | noise                           | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | damaged                         | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | huge                            | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | encoded                         | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | noise used                      | DISPUTED REJECT 20 image_not_reused
        test | FORM_FILLING            | noise                           | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        test | PHOTO                   | swapped                         | DISPUTED REJECT 20 image_as_announced
        test | PHOTO                   | mislabelled                     | COMPLETED APPROVE 95
        test | PHOTO                   | foreign                         | DISPUTED REJECT 20 image_as_announced
        test | PHOTO                   | bert's                          | DISPUTED REJECT 20 image_as_announced
        test | PHOTO                   | no-key                          | DISPUTED REJECT 20 image_as_announced
        test | PHOTO                   | used                            | DISPUTED REJECT 20 image_not_reused
        test | PHOTO                   | photo used                      | DISPUTED REJECT 20 image_not_reused
        test | PHOTO                   | old                             | DISPUTED REJECT 49 capture_time
        test | PHOTO                   | far                             | DISPUTED REJECT 49 capture_position
        # A screenshot has no place and no camera.
        test | FORM_FILLING            | photo                           | COMPLETED APPROVE 95
        test | FORM_FILLING            | old far                         | COMPLETED APPROVE 95
        # Those of one page are alike.
        test | FORM_FILLING            | used                            | SUBMITTED MANUAL_REVIEW 89 LOW_CONFIDENCE
        test | PHOTO ARTIFACT          | photo                           | COMPLETED APPROVE 95
        test | PHOTO ARTIFACT          | old                             | DISPUTED REJECT 49 capture_time
        test | PHOTO ARTIFACT          |                                 | DISPUTED REJECT 20 image_decodes
        # Texts.
        test | CONTENT_REVIEW          | text=fine                       | COMPLETED APPROVE 95
        test | CONTENT_REVIEW          | text=guardian:review            | SUBMITTED MANUAL_REVIEW 70 LOW_CONFIDENCE
        test | CONTENT_REVIEW          | text=guardian:reject notes=guardian:approve | DISPUTED REJECT 20
        test | CONTENT_REVIEW          | text=                           | DISPUTED REJECT 49 confirmation_text
        test | CONTENT_REVIEW          | notes=guardian:approve          | DISPUTED REJECT 49 confirmation_text
        # Credentials.
        test | API_KEY_PROCUREMENT     | credential                      | SUBMITTED MANUAL_REVIEW 70 E2EE_AGENT_CONFIRMATION
        test | API_KEY_PROCUREMENT     | credential notes=guardian:approve | COMPLETED APPROVE 95
        test | API_KEY_PROCUREMENT     | credential noise                | SUBMITTED MANUAL_REVIEW 50 E2EE_AGENT_CONFIRMATION
        test | API_KEY_PROCUREMENT     | notes=guardian:approve          | DISPUTED REJECT 49 credential_envelope
        # Live mode: no observer, no approval, and words are only words.
        live | PHOTO                   | photo        | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        live | PHOTO                   | photo notes=guardian:approve | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        live | PHOTO                   | photo notes=guardian:reject  | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        live | CONTENT_REVIEW          | text=fine    | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        live | PHOTO                   | absent       | SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE
        live | PHOTO                   | used         | DISPUTED REJECT 20 image_not_reused
        live | PHOTO                   | far old      | DISPUTED REJECT 49 capture_position capture_time
        live | CONTENT_REVIEW          | text=        | DISPUTED REJECT 49 confirmation_text
        live | API_KEY_PROCUREMENT     | credential notes=guardian:approve | SUBMITTED MANUAL_REVIEW 70 E2EE_AGENT_CONFIRMATION
        live | API_KEY_PROCUREMENT     |              | DISPUTED REJECT 49 credential_envelope
    ";
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (row, expected) = line.rsplit_once('|').unwrap();
        let (world, task) = judged(row).await;
        assert_eq!(world.outcome(task).await, expected.trim(), "{row}");
    }
}

#[tokio::test]
async fn the_verdict_is_kept_in_full() {
    let (world, task) = judged("test | PHOTO | here absent").await;
    let dossier = world.store.dossier(task).await.unwrap().unwrap();
    let verdict = dossier.verdict.unwrap();
    let checks: Vec<String> = verdict.checks.iter().map(|c| format!("{} {} {}", c.name, c.status, c.detail)).collect();
    let expected = [
        "image_decodes PASS Photo 1: The photo is image/png of 4 x 3 pixels.",
        "image_as_announced PASS Photo 1: The photo is the one whose upload was announced.",
        "image_not_reused PASS Photo 1: The photo was not handed in for another task.",
        "capture_position PASS Photo 1: The photo says it was taken 0 m from the task's place (250 m are allowed).",
        "capture_time PASS Photo 1: The photo says it was taken at 2026-02-05T12:00:00.000 local time; \
         the task was accepted at 2026-02-05T12:00:00.000Z and the photo submitted at 2026-02-05T12:00:00.000Z.",
        "image_decodes SKIPPED Photo 2: The photo could not be looked at. The photo is not in the bucket.",
    ];
    assert_eq!(checks, expected);
    let reasoning = "Photo 2: The photo could not be looked at. The photo is not in the bucket. \
                     Please review the proof yourself.";
    assert_eq!(verdict.reasoning, reasoning);
    assert_eq!(verdict.requirements, vec![Seen::nothing("Not observed: automated verification was unavailable."); 2]);
}

#[tokio::test]
async fn a_single_photo_has_no_number_and_a_screenshot_skips_what_only_cameras_know() {
    let (world, task) = judged("test | FORM_FILLING | old").await;
    let verdict = world.store.dossier(task).await.unwrap().unwrap().verdict.unwrap();
    let checks: Vec<String> =
        verdict.checks[2..].iter().map(|c| format!("{} {} {}", c.name, c.status, c.detail)).collect();
    let expected = [
        "image_not_reused PASS The photo was not handed in for another task.",
        "capture_position SKIPPED Not checked for screenshots.",
        "capture_time SKIPPED Not checked for screenshots.",
    ];
    assert_eq!(checks, expected);
}

#[tokio::test]
async fn requirements_in_the_brief_are_counted_too() {
    let mut world = World::new(Mode::Test).await;
    world.requirement_chars = 500;
    let task = world.submit("PHOTO", "photo").await;
    assert!(world.task(task).await.abridged);
    world.guardian().judge(task).await.unwrap();
    let verdict = world.store.dossier(task).await.unwrap().unwrap().verdict.unwrap();
    assert_eq!(verdict.requirements.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_judgements_at_once_pay_once() {
    let mut world = World::new(Mode::Test).await;
    let task = world.submit("PHOTO", "photo photo").await;
    let guardian = Arc::new(world.guardian());
    let judge = |guardian: Arc<Guardian>| tokio::spawn(async move { guardian.judge(task).await });
    let at_once: Vec<_> = (0..8).map(|_| judge(Arc::clone(&guardian))).collect();
    for judged in at_once {
        judged.await.unwrap().unwrap();
    }
    guardian.judge(task).await.unwrap();
    assert_eq!(world.outcome(task).await, "COMPLETED APPROVE 95");
    let earnings = world.earnings().await;
    assert_eq!((earnings.balance, earnings.vesting.len()), (Usd::dollars(10), 1));
}

#[tokio::test]
async fn an_approval_drops_the_lines_that_have_matured() {
    let mut world = World::new(Mode::Test).await;
    for handed_in in ["photo", "photo photo"] {
        let task = world.submit("PHOTO", handed_in).await;
        world.guardian().judge(task).await.unwrap();
        world.store.clock().advance(u32::try_from(HOLD_S).unwrap());
    }
    let earnings = world.earnings().await;
    assert_eq!((earnings.balance, earnings.vesting.len()), (Usd::dollars(20), 1));
}

#[tokio::test]
async fn a_bucket_that_fails_decides_nothing_and_is_asked_again() {
    for fault in [Fault::Busy, Fault::Forbidden, Fault::NotFoundByAnother, Fault::BreaksOff] {
        let mut world = World::new(Mode::Test).await;
        let task = world.submit("PHOTO", "photo").await;
        world.objects.fail(Some(fault));
        let failed = world.guardian().judge(task).await;
        assert!(matches!(failed, Err(JudgeError::Photos(_))), "{fault:?}: {failed:?}");
        assert_eq!(world.outcome(task).await, "SUBMITTED", "{fault:?}");

        world.objects.fail(None);
        world.guardian().judge(task).await.unwrap();
        assert_eq!(world.outcome(task).await, "COMPLETED APPROVE 95", "{fault:?}");
    }
}

#[tokio::test]
async fn a_task_without_a_submission_that_waits_is_left_alone() {
    let mut world = World::new(Mode::Test).await;
    world.guardian().judge(TaskId::from_bytes([0; 16])).await.unwrap();

    let open = world.open("PHOTO").await;
    world.guardian().judge(open.id).await.unwrap();
    assert_eq!(world.task(open.id).await, open);

    let task = world.submit("PHOTO", "noise").await;
    let submitted = world.task(task).await;
    let now = world.store.now();
    let approved = world.store.advance(submitted, |task| moves::verify(task, Manual::Approve, now)).await.unwrap();
    world.guardian().judge(task).await.unwrap();
    assert_eq!(world.task(task).await, approved);
    assert_eq!(world.outcome(task).await, "COMPLETED");
}
