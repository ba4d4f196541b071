//! The life of a task as a list of steps, so that a table can say what each list leads to.

use super::{Agent, Inbox, OperatorKey, Reply, World};
use serde_json::{Value, json};

/// Seconds, as `Advance` takes them.
pub(crate) const MINUTE_S: u32 = 60;
pub(crate) const HOUR_S: u32 = 60 * MINUTE_S;
pub(crate) const DAY_S: u32 = 24 * HOUR_S;

/// A step that succeeds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    Accept,
    Start,
    Release,
    /// A photo with these notes, which the Guardian has not seen yet.
    HandIn(&'static str),
    /// A photo with these notes, judged.
    Submit(&'static str),
    Verify(&'static str),
    Cancel,
    Dispute,
    /// By staff; with a share in basis points for SPLIT.
    Resolve(&'static str, Option<u32>),
    /// Seconds, and what becomes due in them.
    Advance(u32),
}

/// A $25 task of an agent who deposited $100, and the operator who does it.
#[derive(Debug)]
pub(crate) struct Play {
    pub(crate) agent: Agent,
    pub(crate) operator: OperatorKey,
    pub(crate) task: String,
}

impl World {
    pub(crate) async fn play(&self, steps: &[Step]) -> Play {
        let (agent, operator) = (self.agent("100").await, self.operator("Jane Doe").await);
        let play = Play { task: self.task(&agent, "25").await, agent, operator };
        self.act(&play, steps).await;
        play
    }

    /// The same, with callbacks to `inbox`; `events` as in `callback_events`.
    pub(crate) async fn play_to(&self, inbox: &Inbox, events: &[&str], steps: &[Step]) -> Play {
        let (agent, operator) = (self.agent("100").await, self.operator("Jane Doe").await);
        let play = Play { task: self.task_with_callback(&agent, inbox, events).await, agent, operator };
        self.act(&play, steps).await;
        play
    }

    pub(crate) async fn act(&self, play: &Play, steps: &[Step]) {
        for step in steps {
            self.step(play, *step).await;
        }
    }

    async fn step(&self, play: &Play, step: Step) {
        match step {
            Step::Accept => drop(self.accept(&play.operator, &play.task).await),
            Step::Start => drop(self.by_operator(play, "start").await.expect(200)),
            Step::Release => drop(self.by_operator(play, "release").await.expect(200)),
            Step::HandIn(notes) => drop(self.submit(&play.operator, &play.task, notes).await),
            Step::Submit(notes) => {
                self.submit(&play.operator, &play.task, notes).await;
                self.settle().await;
            }
            Step::Verify(decision) => {
                drop(self.by_agent(play, "verify", json!({ "decision": decision })).await.expect(200));
            }
            Step::Cancel => drop(self.by_agent(play, "cancel", json!({})).await.expect(200)),
            Step::Dispute => drop(self.by_agent(play, "dispute", json!({})).await.expect(200)),
            Step::Resolve(outcome, share) => drop(self.resolve(&play.task, outcome, share).await.expect(200)),
            Step::Advance(seconds) => self.advance(seconds).await,
        }
    }

    /// `POST /tasks/{id}/{verb}` by the agent of the play.
    pub(crate) async fn by_agent(&self, play: &Play, verb: &str, body: Value) -> Reply {
        self.post(&play.agent, &format!("/tasks/{}/{verb}", play.task), body).await
    }

    /// `POST /operator/tasks/{id}/{verb}` by the operator of the play, without fields.
    pub(crate) async fn by_operator(&self, play: &Play, verb: &str) -> Reply {
        self.post(&play.operator, &format!("/operator/tasks/{}/{verb}", play.task), json!({})).await
    }

    /// `POST /admin/tasks/{id}/resolve`.
    pub(crate) async fn resolve(&self, task: &str, outcome: &str, share: Option<u32>) -> Reply {
        let mut body = json!({ "outcome": outcome, "rationale": "Seen by staff." });
        if let Some(share) = share {
            body["operator_share_bps"] = json!(share);
        }
        self.post(self.admin(), &format!("/admin/tasks/{task}/resolve"), body).await
    }
}
