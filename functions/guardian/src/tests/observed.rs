//! What a model says of a submission, and what comes of it: what is less than a whole answer is for the agent, and
//! nothing is stuck.

use super::World;
use super::world::IMPATIENT;
use domain::guardian::Requirement;
use domain::{Mode, TaskId};
use models::{Asked, Fault, Mind, Models, Reply};
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::sync::Notify;

const UNAVAILABLE: &str = "SUBMITTED MANUAL_REVIEW 50 AUTOMATED_VERIFICATION_UNAVAILABLE";
/// A photo of some shop.
const SHOP: &str = "scene:shop";

/// The statements of a question, and whether each is a requirement of the task's: the others are never true.
pub(super) fn statements(asked: &Asked) -> Vec<(String, bool)> {
    let list = asked.texts.iter().find_map(|text| text.strip_prefix("Statements: ")).expect("a list");
    let list: Vec<Value> = serde_json::from_str(list).unwrap();
    let statement =
        |it: &Value| (it["id"].as_str().unwrap().to_owned(), it["statement"].as_str().unwrap().starts_with('x'));
    list.iter().map(statement).collect()
}

pub(super) fn statement(asked: &Asked, id: &str, verdict: &str, confidence: u8) -> Value {
    let photo = u8::from(!asked.images.is_empty());
    json!({
        "id": id, "what_is_visible": "A café with a sign.", "photo": photo, "verdict": verdict, "confidence": confidence,
    })
}

/// An answer that has `verdict` for each requirement, and sees through the rest.
pub(super) fn observation(asked: &Asked, verdict: &str, confidence: u8) -> Value {
    let of =
        |(id, is_real): (String, bool)| statement(asked, &id, if is_real { verdict } else { "NOT_MET" }, confidence);
    let statements: Vec<Value> = statements(asked).into_iter().map(of).collect();
    json!({ "statements": statements, "visible_text": ["MAIN STREET CAFE"], "signs_of_editing": [] })
}

/// A model that says so of photos, and finds nothing in texts.
async fn saying(answer: impl Fn(&Asked) -> Value + Send + Sync + 'static) -> Models {
    let mind = Mind::script(move |asked| match asked.schema_name.as_str() {
        "classification" => Reply::Json(json!({ "tries_to_influence": false })),
        _ => Reply::Json(answer(asked)),
    });
    Models::open(mind).await
}

async fn judged(world: &mut World, kind: &str, handed_in: &str) -> (TaskId, String) {
    let task = world.submit(kind, handed_in).await;
    world.guardian().judge(task).await.unwrap();
    (task, world.outcome(task).await)
}

#[tokio::test]
async fn what_was_seen_of_each_requirement_decides_and_is_told() {
    let cases = [
        ("MET", 99, "COMPLETED APPROVE 95", Requirement::Met),
        ("MET", 91, "COMPLETED APPROVE 91", Requirement::Met),
        ("MET", 70, "SUBMITTED MANUAL_REVIEW 70 LOW_CONFIDENCE", Requirement::Met),
        ("UNCLEAR", 60, "SUBMITTED MANUAL_REVIEW 60 LOW_CONFIDENCE", Requirement::Unclear),
        ("NOT_MET", 95, "DISPUTED REJECT 5", Requirement::NotMet),
    ];
    for (verdict, confidence, expected, requirement) in cases {
        let models = saying(move |asked| observation(asked, verdict, confidence)).await;
        let mut world = World::seen_by(Mode::Live, &models).await;
        let (task, outcome) = judged(&mut world, "PHOTO", SHOP).await;
        assert_eq!(outcome, expected, "{verdict} {confidence}");
        let kept = world.store.dossier(task).await.unwrap().unwrap().verdict.unwrap();
        for seen in &kept.requirements {
            assert_eq!((seen.verdict, seen.confidence, seen.photo), (requirement, confidence, Some(1)));
            assert_eq!(seen.reasoning, "A café with a sign.");
        }
        assert_eq!((kept.requirements.len(), models.calls()), (2, 2));
        // It is judged, and stays so.
        world.guardian().judge(task).await.unwrap();
        assert_eq!((world.outcome(task).await, models.calls()), (outcome, 2), "{verdict}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_what_was_asked_for_is_none() {
    type Spoil = fn(&Asked, Value) -> Value;
    let cases: [(&str, Spoil); 12] = [
        ("everything is met, whatever it is", |asked, _| {
            let each = statements(asked).into_iter().map(|(id, _)| statement(asked, &id, "MET", 100));
            json!({ "statements": each.collect::<Vec<_>>(), "visible_text": [], "signs_of_editing": [] })
        }),
        ("one is missing", |_, mut answer| {
            answer["statements"].as_array_mut().unwrap().pop();
            answer
        }),
        ("one is there twice", |_, mut answer| {
            let first = answer["statements"][0].clone();
            answer["statements"][1] = first;
            answer
        }),
        ("an id that was not given out", |_, mut answer| {
            answer["statements"][0]["id"] = json!("s000000");
            answer
        }),
        ("a verdict that is none", |_, mut answer| {
            answer["statements"][0]["verdict"] = json!("YES");
            answer
        }),
        ("surer than sure", |_, mut answer| {
            for each in answer["statements"].as_array_mut().unwrap() {
                each["confidence"] = json!(101);
            }
            answer
        }),
        ("a photo that was not shown", |_, mut answer| {
            for each in answer["statements"].as_array_mut().unwrap() {
                each["photo"] = json!(2);
            }
            answer
        }),
        ("a confidence in words", |_, mut answer| {
            answer["statements"][0]["confidence"] = json!("high");
            answer
        }),
        ("a field that nobody asked for", |_, mut answer| {
            answer["approved"] = json!(true);
            answer
        }),
        ("no texts", |_, mut answer| {
            answer.as_object_mut().unwrap().remove("visible_text");
            answer
        }),
        ("nothing", |_, _| json!({})),
        ("a list", |_, _| json!([])),
    ];
    for (what, spoil) in cases {
        let models = saying(move |asked| spoil(asked, observation(asked, "MET", 99))).await;
        let mut world = World::seen_by(Mode::Live, &models).await;
        assert_eq!(judged(&mut world, "PHOTO", SHOP).await.1, UNAVAILABLE, "{what}");
        assert_eq!(models.calls(), 1, "{what}");
    }
}

#[tokio::test]
async fn whatever_is_the_matter_with_the_model_the_agent_reviews_and_it_costs_three_calls_at_the_most() {
    let never = Arc::new(Notify::new());
    let faults = [
        (Fault::Late(never), 1),
        (Fault::Half, 1),
        (Fault::Large { bytes: 10 * 1024 * 1024 }, 1),
        (Fault::Endless, 1),
        (Fault::Fenced, 1),
        (Fault::Prose, 1),
        (Fault::Foreign, 1),
        (Fault::ExtraFields, 1),
        (Fault::Refusal, 1),
        (Fault::Guarded, 1),
        (Fault::Truncated, 1),
        (Fault::Busy { retry_after_s: None }, 3),
        (Fault::Busy { retry_after_s: Some(3_600) }, 1),
        (Fault::Down, 3),
        (Fault::Redirect { to: "http://127.0.0.1:9/".to_owned() }, 1),
    ];
    for (fault, calls) in faults {
        let models = saying(|asked| observation(asked, "MET", 99)).await;
        models.suffer(&fault, 9);
        let mut world = World::seen_by(Mode::Live, &models).await;
        world.limits = IMPATIENT;
        let (task, outcome) = judged(&mut world, "PHOTO", SHOP).await;
        assert_eq!((outcome.as_str(), models.calls()), (UNAVAILABLE, calls), "{fault:?}");
        // A message that comes once more looks once more: what is seen later counts.
        models.recover();
        world.guardian().judge(task).await.unwrap();
        assert_eq!(world.outcome(task).await, "COMPLETED APPROVE 95", "{fault:?}");
    }
}

#[tokio::test]
async fn a_second_look_is_taken_from_a_hundred_dollars_on_with_the_photos_in_another_order() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    world.reward = 99;
    assert_eq!(judged(&mut world, "PHOTO", "scene:one scene:two").await.1, "COMPLETED APPROVE 95");
    assert_eq!(models.calls(), 2);
    world.reward = 100;
    let (task, outcome) = judged(&mut world, "PHOTO", "scene:three scene:four").await;
    assert_eq!((outcome.as_str(), models.calls()), ("COMPLETED APPROVE 95", 5));
    let asked = models.asked();
    let shown = |nth: usize| asked[nth].images.iter().map(|image| image.bytes.clone()).collect::<Vec<_>>();
    let (first, mut second) = (shown(2), shown(4));
    second.reverse();
    assert_eq!(first, second);
    let ids = |nth: usize| statements(&asked[nth]).into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    assert_ne!(ids(2), ids(4), "no answer can be used twice");
    // The photo's number is that of the submission, whatever it was in the question.
    let kept = world.store.dossier(task).await.unwrap().unwrap().verdict.unwrap();
    assert!(kept.requirements.iter().all(|seen| seen.photo == Some(1)));
    world.reward = 500;
    let outcome = judged(&mut world, "PHOTO", "scene:five").await.1;
    assert_eq!(outcome, "SUBMITTED MANUAL_REVIEW 89 LOW_CONFIDENCE");
}

#[tokio::test]
async fn two_looks_that_differ_are_for_the_agent() {
    let models = saying(|asked| {
        let reversed =
            asked.texts.iter().any(|text| text == "Photo 2:") && asked.images[0].bytes > asked.images[1].bytes;
        observation(asked, if reversed { "UNCLEAR" } else { "MET" }, 99)
    })
    .await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    world.reward = 100;
    // Whichever of the two comes first, one of the looks has them the other way round.
    let outcome = judged(&mut world, "PHOTO", "scene:one scene:two").await.1;
    assert!(outcome.starts_with("SUBMITTED MANUAL_REVIEW 89"), "{outcome}");
}

#[tokio::test]
async fn nobody_is_asked_about_what_is_decided_already() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let cases = [
        (Mode::Live, "PHOTO", "far", "DISPUTED REJECT"),
        (Mode::Live, "PHOTO", "absent", "SUBMITTED MANUAL_REVIEW 50"),
        (Mode::Live, "API_KEY_PROCUREMENT", "credential", "SUBMITTED MANUAL_REVIEW 70 E2EE_AGENT_CONFIRMATION"),
        (Mode::Test, "PHOTO", "scene:one notes=guardian:approve", "COMPLETED APPROVE 95"),
        (Mode::Test, "PHOTO", "scene:two notes=guardian:reject", "DISPUTED REJECT 20"),
    ];
    for (mode, kind, handed_in, expected) in cases {
        let mut world = World::seen_by(mode, &models).await;
        let outcome = judged(&mut world, kind, handed_in).await.1;
        assert!(outcome.starts_with(expected), "{handed_in}: {outcome}");
        assert_eq!(models.calls(), 0, "{handed_in}");
    }
}

#[tokio::test]
async fn a_text_is_looked_at_as_a_text() {
    let models = saying(|asked| observation(asked, "MET", 93)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    let (_, outcome) = judged(&mut world, "CONTENT_REVIEW", "text=reviewed").await;
    assert_eq!(outcome, "COMPLETED APPROVE 93");
    let asked = models.asked();
    assert!(asked[0].images.is_empty() && asked[0].texts.iter().any(|text| text.ends_with("\"reviewed\"")));
}

#[tokio::test]
async fn a_photo_that_looks_like_one_of_another_task_is_for_the_agent_whatever_a_model_sees() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    let (first, outcome) = judged(&mut world, "PHOTO", "scene:one").await;
    assert_eq!(outcome, "COMPLETED APPROVE 95");
    world.store.clock().advance(60);
    let (_, outcome) = judged(&mut world, "PHOTO", "again:one").await;
    assert_eq!(outcome, "SUBMITTED MANUAL_REVIEW 69 LOW_CONFIDENCE image_not_similar");
    assert_eq!(judged(&mut world, "PHOTO", "scene:two").await.1, "COMPLETED APPROVE 95", "another thing");
    // Who came first stays first, and one task's photos may be alike.
    assert_eq!(judged(&mut world, "PHOTO", "scene:three again:three").await.1, "COMPLETED APPROVE 95");
    assert_eq!(world.outcome(first).await, "COMPLETED APPROVE 95");
    // Screens of one page are alike.
    for shot in ["scene:page", "again:page"] {
        assert_eq!(judged(&mut world, "FORM_FILLING", shot).await.1, "COMPLETED APPROVE 95");
    }
}

#[tokio::test]
async fn a_photo_like_it_that_came_later_does_the_first_no_harm_even_if_it_is_judged_before() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    let first = world.submit("PHOTO", "scene:one").await;
    world.store.clock().advance(60);
    let second = world.submit("PHOTO", "again:one").await;
    for task in [second, first] {
        world.guardian().judge(task).await.unwrap();
    }
    assert_eq!(world.outcome(first).await, "COMPLETED APPROVE 95");
}

#[tokio::test]
async fn photos_are_shown_small_and_bare_and_nothing_else_of_the_submission_is() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    judged(&mut world, "PHOTO", "scene:one notes=the-operators-words").await;
    let asked = models.asked();
    let told = format!("{} {}", asked[0].instructions, asked[0].texts.join(" "));
    for hidden in ["the-operators-words", "op_anna", "Is the shop open?", "Look and say."] {
        assert!(!asked[0].texts.join(" ").contains(hidden), "{hidden} in {told}");
    }
    assert_eq!(asked[1].schema_name, "classification");
    assert!(asked[1].images.is_empty() && asked[1].texts.join(" ").contains("the-operators-words"));
}

/// What a model cannot see, and is asked about all the same: "GPS-stamped image".
#[tokio::test]
async fn whoever_looks_is_told_whether_a_photos_file_says_where_and_when() {
    let models = saying(|asked| observation(asked, "MET", 99)).await;
    let mut world = World::seen_by(Mode::Live, &models).await;
    let (task, outcome) = judged(&mut world, "PHOTO", "scene:plain stamped:there").await;
    assert_eq!(outcome, "COMPLETED APPROVE 95", "{task}");
    let asked = models.asked();
    let captions: Vec<_> = asked[0].texts.iter().filter(|text| text.starts_with("Photo ")).collect();
    assert_eq!(captions, ["Photo 1:", "Photo 2, whose file has GPS data and a time stamp:"]);
}
