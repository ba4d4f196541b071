//! A task with what is usual filled in.

use crate::types::{CreateTask, TaskLocation, TaskType};
use crate::{Moment, Secret, Usd};
use chrono::{TimeDelta, Utc};

/// A task that is due tomorrow, with what its type asks for as proof, unless it says otherwise.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a draft is no task before `post_task`"]
pub struct Draft {
    /// The request. Whatever has no method here can be set on it.
    pub task: CreateTask,
    pub(crate) idempotency_key: Option<String>,
}

const DAY: TimeDelta = TimeDelta::days(1);

impl Draft {
    pub fn new(task_type: TaskType, title: impl Into<String>, description: impl Into<String>, reward: Usd) -> Self {
        let task = CreateTask::new(task_type, title, description, Vec::new(), reward, Utc::now() + DAY);
        Self { task, idempotency_key: None }
    }

    /// Where it is, in degrees and in words.
    pub fn at(mut self, lat: f64, lng: f64, address: impl Into<String>) -> Self {
        let mut place = TaskLocation::default();
        (place.lat, place.lng, place.address) = (Some(lat), Some(lng), Some(address.into()));
        self.task.location = Some(place);
        self
    }

    /// Accept and submit must happen before.
    pub fn deadline(mut self, deadline: Moment) -> Self {
        self.task.deadline = deadline;
        self
    }

    /// What the proof must show.
    pub fn proof<S: Into<String>>(mut self, requirements: impl IntoIterator<Item = S>) -> Self {
        self.task.proof_requirements = requirements.into_iter().map(Into::into).collect();
        self
    }

    /// Where events go, and what signs them.
    pub fn callback(mut self, url: impl Into<String>, secret: impl Into<Secret>) -> Self {
        self.task.callback_url = Some(url.into());
        self.task.callback_secret = Some(secret.into());
        self
    }

    /// The public key that a credential is sealed to: `KeyPair::public_key`.
    pub fn sealed_to(mut self, public_key: impl Into<String>) -> Self {
        self.task.agent_public_key = Some(public_key.into());
        self
    }

    /// Posted twice under a key, the same draft is one task. A draft that is made anew is the same with the same deadline.
    pub fn idempotency_key(self, key: impl Into<String>) -> Self {
        Self { idempotency_key: Some(key.into()), ..self }
    }
}
