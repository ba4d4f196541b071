//! A model that looks at proof: it is asked where no word of test mode is said, and what it saw of each requirement is told.

use harness::{Agent, Api, OperatorKey, Photo, World};
use humanops::Options;
use humanops::system::Rig;
use models::{Asked, MODEL, Mind, Models, Reply, picture};
use serde_json::{Value, json};

/// What the task of these tests asks for.
pub(crate) const REQUIREMENTS: [&str; 2] = ["Photo of storefront sign", "The door is open"];

/// Sees the sign, and whatever `door` says of the other requirement.
pub(crate) fn eye(door: &'static str) -> Mind {
    let sees = move |statement: &str| match statement {
        sign if sign == REQUIREMENTS[0] => ("MET", "A sign reads MAIN STREET CAFE.", 1),
        other if other == REQUIREMENTS[1] => (door, "The door is in the photo.", 1),
        "GPS-stamped image" => ("MET", "There are numbers in a corner.", 1),
        _ => ("NOT_MET", "Nothing of the kind.", 1),
    };
    Mind::script(move |asked| answer(asked, sees, &["MAIN STREET CAFE".to_owned()]))
}

/// What a model answers that sees this of a statement (a verdict, what is visible, in which photo), transcribes these texts,
/// and finds nothing in texts.
pub(crate) fn answer(
    asked: &Asked,
    sees: impl Fn(&str) -> (&'static str, &'static str, usize),
    texts: &[String],
) -> Reply {
    if asked.schema_name == "classification" {
        return Reply::Json(json!({ "tries_to_influence": false }));
    }
    let list = asked.texts.iter().find_map(|text| text.strip_prefix("Statements: ")).unwrap();
    let of = |it: &Value| {
        let (verdict, visible, photo) = sees(it["statement"].as_str().unwrap());
        json!({ "id": it["id"], "what_is_visible": visible, "photo": photo, "verdict": verdict, "confidence": 93 })
    };
    let statements: Vec<Value> = serde_json::from_str::<Vec<Value>>(list).unwrap().iter().map(of).collect();
    Reply::Json(json!({ "statements": statements, "visible_text": texts, "signs_of_editing": [] }))
}

/// A system with this model, and a task with these requirements that was begun.
pub(crate) async fn begun(models: &Models, requirements: &[&str]) -> (World, Agent, OperatorKey, String) {
    let mut options = Options::ephemeral();
    options.guardian_url = Some(models.base().parse().unwrap());
    options.guardian_model = Some(MODEL.to_owned());
    options.guardian_key = Some(models.credentials().key.clone());
    let world = World::with(options, Rig::default()).await;
    let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
    let mut body = world.task_body("25");
    body["proof_requirements"] = json!(requirements);
    let task = world.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
    world.accept(&operator, &task).await;
    (world, agent, operator, task)
}

pub(crate) fn sign() -> Photo {
    Photo { bytes: picture::sign("MAIN STREET CAFE"), content_type: "image/jpeg" }
}

#[tokio::test]
async fn what_a_model_sees_of_each_requirement_is_told_and_pays() {
    let models = Models::open(eye("MET")).await;
    let (world, agent, operator, task) = begun(&models, &REQUIREMENTS).await;
    world.hand_in(&operator, &task, &sign(), "As asked.").await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    let result = &shown["guardian_result"];
    assert_eq!(
        (&shown["status"], &result["decision"], &result["confidence"]),
        (&json!("COMPLETED"), &json!("APPROVE"), &json!(93))
    );
    let expected = [
        json!({ "requirement": REQUIREMENTS[0], "verdict": "MET", "confidence": 93, "reasoning": "A sign reads MAIN STREET CAFE.", "photo": 1 }),
        json!({ "requirement": REQUIREMENTS[1], "verdict": "MET", "confidence": 93, "reasoning": "The door is in the photo.", "photo": 1 }),
    ];
    assert_eq!(result["requirement_results"], json!(expected));
    assert_eq!(models.calls(), 2);
    world.assert_earnings(&operator, "pending 25.00 available 0.00 total 25.00").await;
    world.audit().await;
}

#[tokio::test]
async fn what_is_not_there_is_said_and_not_paid() {
    let models = Models::open(eye("NOT_MET")).await;
    let (world, agent, operator, task) = begun(&models, &REQUIREMENTS).await;
    world.hand_in(&operator, &task, &sign(), "As asked.").await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["status"], &shown["guardian_result"]["decision"]), (&json!("DISPUTED"), &json!("REJECT")));
    assert_eq!(shown["guardian_result"]["reasoning"], "The door is in the photo.");
    world.assert_earnings(&operator, "pending 0.00 available 0.00 total 0.00").await;
    world.audit().await;
}

#[tokio::test]
async fn a_word_of_test_mode_comes_before_the_model() {
    let models = Models::open(eye("MET")).await;
    let (world, agent, operator, task) = begun(&models, &REQUIREMENTS).await;
    world.hand_in(&operator, &task, &sign(), "guardian:review").await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    assert_eq!((&shown["status"], &shown["guardian_result"]["confidence"]), (&json!("SUBMITTED"), &json!(70)));
    assert_eq!(models.calls(), 0);
}

#[tokio::test]
async fn a_position_that_is_asked_for_must_be_in_the_photos_data_whatever_a_model_sees() {
    let models = Models::open(eye("MET")).await;
    let (world, agent, operator, task) = begun(&models, &["GPS-stamped image"]).await;
    world.hand_in(&operator, &task, &sign(), "As asked.").await.expect(200);
    world.settle().await;
    let shown = world.show(&agent, &task).await;
    let result = &shown["guardian_result"];
    assert_eq!((&shown["status"], &result["confidence"]), (&json!("SUBMITTED"), &json!(79)));
    let reasoning = "The photo does not say where it was taken, as the task demands. Please review the proof yourself.";
    assert_eq!(result["reasoning"], reasoning);
}
