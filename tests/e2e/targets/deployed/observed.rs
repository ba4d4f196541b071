//! A model that looks at what was handed in, behind a stack that asks it by HTTP with a key that is in a secret. It is played
//! by the test, and honest: of photos it reads the words, and sees nothing else.

use crate::lifecycle::observed::answer;
use domain::status::Status;
use harness::binary::in_days;
use harness::deployed::{Deployed, poll};
use harness::{Agent, Api, Inbox, OperatorKey, Photo, Received, Reply, task_body};
use models::{Asked, MODEL, Mind, Models, picture};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;

const SIGNS: [&str; 2] = ["MAIN STREET CAFE", "OPEN ALL NIGHT"];
const AT_ONCE: Duration = Duration::from_millis(20);

/// A task that asks for two signs, with a photo of each handed in.
struct Case {
    agent: Agent,
    operator: OperatorKey,
    inbox: Inbox,
    task: String,
}

impl Case {
    async fn handed_in(stack: &Deployed) -> Self {
        // Signs look alike.
        stack.forget_photos().await;
        let (agent, operator) = (stack.agent("0").await, stack.operator("Jane Doe").await);
        // By hand: what comes by the chain is not what this is about.
        agent.fund(&stack.store, 100).await;
        let inbox = Inbox::open().await;
        let mut body = task_body(25, in_days(2));
        body["proof_requirements"] = json!(SIGNS.map(demand));
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(inbox.secret);
        let task = stack.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");

        stack.accept(&operator, &task).await;
        let mut photos = Vec::new();
        // The second sign first, so that it is seen which photo shows what.
        for words in SIGNS.into_iter().rev() {
            let photo = Photo { bytes: picture::sign(&format!("{words}\n{}", serial())), content_type: "image/jpeg" };
            photos.push(stack.upload(&operator, &task, &photo).await);
        }
        let submission = json!({ "photos": photos, "notes": "As asked." });
        stack.post(&operator, &format!("/operator/tasks/{task}/submit"), submission).await.expect(200);
        Self { agent, operator, inbox, task }
    }

    /// The last of so many callbacks, and the task.
    async fn told(&self, stack: &Deployed, events: &[&str]) -> (Received, Reply) {
        let come = async || Some(self.inbox.received()).filter(|received| received.len() >= events.len());
        let callback = poll(AT_ONCE, "a callback", come).await.pop().unwrap();
        assert_eq!(self.inbox.events(), events);
        assert_eq!(
            callback.checked_by_node(&self.inbox.secret),
            format!("HumanOps event: {} {}", callback.event(), self.task)
        );
        assert_eq!(callback.checked_by_node("another-secret"), "Invalid signature");
        (callback, stack.get(&self.agent, &format!("/tasks/{}", self.task)).await.expect(200))
    }

    async fn assert_paid(&self, stack: &Deployed) {
        assert_eq!(stack.task(&self.task).await.status, Status::Completed);
        stack.assert_balance(&self.agent, "deposit 70.50 escrow 0.00").await;
        let earnings = stack.get(&self.operator, "/operator/earnings").await.expect(200);
        assert_eq!(earnings.amount("pending_balance"), "25.00", "{}", earnings.text);
        stack.audit(&stack.admin_key).await;
    }
}

/// What a task asks for.
fn demand(words: &str) -> String {
    format!("A sign reads {words}")
}

/// Letters that no sign had before: a stack remembers photos.
fn serial() -> String {
    store::random_bits().iter().map(|bits| char::from(b'A' + bits % 16)).collect()
}

fn reader() -> Mind {
    Mind::obedient(|asked| answer(asked, |statement| read(asked, statement), &asked.ocr))
}

/// Whether the words of a statement that are in capitals stand in a photo, and in which.
fn read(asked: &Asked, statement: &str) -> (&'static str, &'static str, usize) {
    let is_name = |word: &&str| word.len() > 1 && word.chars().all(|letter| letter.is_ascii_uppercase());
    let names: Vec<&str> = statement.split_whitespace().filter(is_name).collect();
    let shows = |text: &String| names.iter().all(|name| text.split_whitespace().any(|word| word == *name));
    match asked.ocr.iter().position(shows).filter(|_| !names.is_empty()) {
        Some(photo) => ("MET", "A sign with these words.", photo + 1),
        None => ("NOT_MET", "Other words, or none.", 0),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_approved_by_what_the_model_sees_on_them_and_the_agent_is_told() {
    let stack = Deployed::open_on_chain().await;
    let models = Models::at(stack.model(), reader()).await;
    let case = Case::handed_in(&stack).await;

    let (callback, shown) = case.told(&stack, &["task.verified"]).await;

    let result = &shown["guardian_result"];
    assert_eq!(
        (&shown["status"], &result["decision"], &result["confidence"]),
        (&json!("COMPLETED"), &json!("APPROVE"), &json!(93)),
        "{}",
        shown.text
    );
    let seen = |words: &str, photo: u8| -> Value {
        json!({
            "requirement": demand(words), "verdict": "MET", "confidence": 93, "reasoning": "A sign with these words.",
            "photo": photo,
        })
    };
    assert_eq!(result["requirement_results"], json!([seen(SIGNS[0], 2), seen(SIGNS[1], 1)]));
    assert_eq!(callback.json()["guardian_result"]["decision"], "APPROVE");
    // It was asked about photos, then about the texts; the key let both in.
    let asked = models.asked();
    let questions: Vec<_> = asked.iter().map(|it| (it.model.as_str(), it.images.len())).collect();
    assert_eq!((questions, models.calls()), (vec![(MODEL, 2), (MODEL, 0)], 2), "{:?}", models.refused());
    case.assert_paid(&stack).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_at_which_no_model_looks_are_for_the_agent() {
    let stack = Deployed::open_on_chain().await;
    TcpStream::connect(stack.model()).await.expect_err("nobody is there");
    let case = Case::handed_in(&stack).await;

    let (_, shown) = case.told(&stack, &["task.manual_review"]).await;

    let result = &shown["guardian_result"];
    assert_eq!(
        (&shown["status"], &result["decision"], &result["confidence"], &result["review_reason"]),
        (&json!("SUBMITTED"), &json!("MANUAL_REVIEW"), &json!(50), &json!("AUTOMATED_VERIFICATION_UNAVAILABLE")),
        "{}",
        shown.text
    );
    stack.assert_balance(&case.agent, "deposit 70.50 escrow 29.50").await;
    // The message is done with: nobody looks a second time.
    let idle = async || (stack.queue("JudgeQueue").counts().await == (0, 0)).then_some(());
    poll(AT_ONCE, "an empty queue", idle).await;
    let path = format!("/tasks/{}/verify", case.task);
    stack.post(&case.agent, &path, json!({ "decision": "APPROVE" })).await.expect(200);
    case.told(&stack, &["task.manual_review", "task.verified"]).await;
    case.assert_paid(&stack).await;
}
