//! A task whose operator has ten photos. What was not done in full is a failure.

use crate::Failure;
use crate::asked::{ask, text};
use crate::function::Reply;
use crate::measured::model::REQUIREMENT;
use crate::measured::photos::{self, LARGEST};
use crate::requests::{event, task_body};
use crate::world::funded;
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System, objects};
use models::Models;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// A submission's most.
const PHOTOS: u64 = 10;
/// From here on it is looked at twice.
const REWARD: u32 = 100;
/// Two looks, and the notes.
const QUESTIONS: usize = 3;

pub(super) struct Work {
    system: System,
    folder: PathBuf,
    agent: String,
    operator: String,
    task: String,
    photos: Vec<String>,
    /// Of all photos.
    pub(super) bytes: u64,
}

impl Work {
    /// The photos are in the bucket in this folder, and are not handed in yet.
    pub(super) async fn begin(engine: &Engine, folder: &Path) -> Result<Self, Failure> {
        let options = Options { ephemeral: false, data_dir: folder.to_owned(), ..Options::ephemeral() };
        let rig = Rig { engine: Some(engine.clone()), pump_by_hand: true, ..Rig::default() };
        // Handing in reads the photos from the system's own bucket.
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let system = System::start(&options, listener.local_addr()?, rig).await?;
        tokio::spawn(system.clone().serve(listener, std::future::pending()));

        let agent = funded(&system, 1).await?;
        let operator = json!({ "name": "Jane Doe", "email": "jane@example.com" });
        let operator = ask(&system, ("accept", "*/*"), "POST /operator/register", Some(&operator)).await?;
        let operator = text(&operator, "operator_id")?;
        let mut task: Value = serde_json::from_str(&task_body())?;
        (task["reward_usd"], task["proof_requirements"]) = (json!(REWARD), json!([REQUIREMENT]));
        let task = text(&ask(&system, ("x-api-key", &agent), "POST /tasks", Some(&task)).await?, "task_id")?;
        let (photos, bytes) = (Vec::new(), 0);
        let mut work = Self { system, folder: folder.to_owned(), agent, operator, task, photos, bytes };
        work.ask("POST", "/accept", None).await?;
        for seed in 1..=PHOTOS {
            work.upload(&photos::draw(LARGEST, seed)?).await?;
        }
        Ok(work)
    }

    async fn upload(&mut self, photo: &[u8]) -> Result<(), Failure> {
        let sha256 = base16ct::lower::encode_string(&Sha256::digest(photo));
        let upload = json!({
            "task_id": self.task, "content_type": "image/jpeg", "size_bytes": photo.len(), "sha256": sha256,
        });
        let caller = ("x-operator-id", self.operator.as_str());
        let url = text(&ask(&self.system, caller, "POST /operator/upload", Some(&upload)).await?, "photo_url")?;
        photos::put(&self.folder, &url, photo)?;
        self.photos.push(url);
        self.bytes += u64::try_from(photo.len())?;
        Ok(())
    }

    /// Of the function `checks`, whose bucket has another address.
    pub(super) fn check_event(&self, bucket: &str) -> String {
        let key =
            |url: &String| url.split_once(objects::BUCKET).map(|(_, key)| format!("{bucket}/{}{key}", objects::BUCKET));
        let photos: Vec<String> = self.photos.iter().filter_map(key).collect();
        let path = format!("/api/v1/operator/tasks/{}/check", self.task);
        event("POST", &path, ("x-operator-id", &self.operator), Some(json!({ "photos": photos }).to_string()))
            .to_string()
    }

    pub(super) fn judge_event(&self) -> String {
        let job = json!({ "job": "judge", "task": self.task });
        json!({ "Records": [{ "messageId": "1", "body": job.to_string() }] }).to_string()
    }

    pub(super) async fn submit(&self) -> Result<(), Failure> {
        let submission = json!({ "photos": self.photos, "notes": "As asked." });
        self.ask("POST", "/submit", Some(&submission)).await.map(drop)
    }

    /// Fails unless every photo passes every check.
    pub(super) fn assert_checked(&self, reply: &Reply) -> Result<(), Failure> {
        let is_passed = reply.status == 200 && reply.body["passed"] == true;
        if is_passed { Ok(()) } else { Err(format!("the photos do not pass: {reply:?}").into()) }
    }

    /// Fails unless the model was asked all that it can be asked, and the task is approved.
    pub(super) async fn assert_judged(&self, answer: &Value, models: &Models) -> Result<(), Failure> {
        let task = ask(&self.system, ("x-api-key", &self.agent), &format!("GET /tasks/{}", self.task), None).await?;
        if task["status"] == "COMPLETED" && models.calls() == QUESTIONS {
            return Ok(());
        }
        Err(format!("answered {answer} after {} questions ({:?}): {task}", models.calls(), models.refused()).into())
    }

    async fn ask(&self, method: &str, what: &str, body: Option<&Value>) -> Result<Value, Failure> {
        let line = format!("{method} /operator/tasks/{}{what}", self.task);
        ask(&self.system, ("x-operator-id", &self.operator), &line, body).await
    }
}
