//! Has submissions judged as anybody's are: the whole system in this process, called by the Rust client, with the model
//! behind its wire. One after the other, so that none waits for another's.

use crate::lines::{Line, Lines};
use crate::set::{Photo, Submission};
use domain::Timestamp;
use domain::guardian::Decision;
use domain::task_type::ProofType;
use domain::upload::PhotoType;
use humanops::engine::Failure;
use humanops::system::Rig;
use humanops::{Options, System};
use humanops_client::types::{
    CreateUpload, CreateUploadContentType, DepositUsdc, RegisterAgent, RegisterOperator, SubmitTask, TaskType,
};
use humanops_client::{Client, Draft, Moment, Usd};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::Clock;
use tokio::net::TcpListener;

/// When the first task is posted. Photos say so too.
const START: &str = "2026-02-05T12:00:00.000Z";
const DEADLINE: &str = "2026-02-07T12:00:00Z";
/// So long between two submissions, that no rate limit is met; together less than what cameras without a zone are off.
const PAUSE_S: u32 = 61;
const PLACE: (f64, f64) = (40.7128, -74.006);

/// What the Guardian made of a submission.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) submission: Submission,
    pub(crate) decision: Decision,
    /// 0 to 100.
    pub(crate) confidence: u8,
    pub(crate) reasoning: String,
    pub(crate) line: Line,
}

/// The system, and an agent who has money there.
pub(crate) struct Court {
    system: System,
    clock: Clock,
    url: String,
    agent: Client,
    lines: &'static Lines,
}

impl Court {
    /// `options` say which model looks.
    pub(crate) async fn open(options: &Options) -> Result<Self, Failure> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let clock = Clock::frozen(Timestamp::parse(START).ok_or("no time")?);
        let rig = Rig { clock: Some(clock.clone()), pump_by_hand: true, ..Rig::default() };
        let system = System::start(options, address, rig).await?;
        tokio::spawn(system.clone().serve(listener, std::future::pending()));
        let url = format!("http://{address}");
        let nobody = Client::builder().url(&url).build()?;
        let registered = nobody.register_agent(&RegisterAgent::new("eval", "eval@example.com")).await?;
        let agent = Client::builder().url(&url).api_key(registered.api_key.reveal()).build()?;
        let deposit = DepositUsdc::new(format!("0x{}", "ab".repeat(32)), Usd::dollars(10_000));
        agent.deposit_usdc(&deposit).await?;
        Ok(Self { system, clock, url, agent, lines: Lines::listen() })
    }

    /// Posts the task, has a new operator hand the photo in, and reads the verdict.
    pub(crate) async fn judge(&self, submission: Submission) -> Result<Judged, Failure> {
        self.clock.wait(PAUSE_S);
        let task = self.agent.post_task(draft(&submission)?).await?.task_id;
        let nobody = Client::builder().url(&self.url).build()?;
        let email = format!("{}@example.com", submission.name);
        let operator = nobody.register_operator(&RegisterOperator::new("Jane Doe", email)).await?.operator_id;
        let operator = Client::builder().url(&self.url).operator_id(operator).build()?;
        operator.accept_task(&task).await?;

        let photo = upload(&operator, &task, submission.shot.photo()).await?;
        let mut proof = SubmitTask::default();
        (proof.photos, proof.notes) = (Some(vec![photo]), Some(submission.notes.to_owned()));
        operator.submit_task(&task, &proof).await?;
        self.system.pump.settle().await;

        let shown = self.agent.get_task(&task).await?;
        let silent = || format!("{}: the Guardian said nothing", submission.name);
        let result = shown.guardian_result.ok_or_else(silent)?;
        let decision = Decision::parse(result.decision.word()).ok_or("a decision that there is not")?;
        let line = self.lines.take(&task).ok_or_else(silent)?;
        let (confidence, reasoning) = (result.confidence, result.reasoning);
        Ok(Judged { submission, decision, confidence, reasoning, line })
    }
}

fn draft(submission: &Submission) -> Result<Draft, Failure> {
    let task_type = submission.task_type();
    let reward = Usd::dollars(submission.reward.into());
    let (title, description) = ("Show what is asked for", "Take a clear photo, or a screenshot of the page.");
    let draft = Draft::new(TaskType::from(task_type.word()), title, description, reward)
        .deadline(DEADLINE.parse::<Moment>()?)
        .proof(submission.requirements.clone());
    Ok(match task_type.default_proof() {
        ProofType::Photo => draft.at(PLACE.0, PLACE.1, "123 Main St, New York, NY"),
        ProofType::Screenshot | ProofType::Confirmation | ProofType::Artifact => draft,
    })
}

async fn upload(operator: &Client, task: &str, photo: Photo) -> Result<String, Failure> {
    let Photo { bytes, photo_type } = photo;
    let digest = base16ct::lower::encode_string(&Sha256::digest(&bytes));
    let content_type = match photo_type {
        PhotoType::Png => CreateUploadContentType::ImagePng,
        PhotoType::Jpeg | PhotoType::Webp => CreateUploadContentType::ImageJpeg,
    };
    let announced = CreateUpload::new(task, content_type, u64::try_from(bytes.len())?, digest);
    let signed = operator.create_upload(&announced).await?;
    let mut put = outbound::trusted(Duration::from_secs(30))?.put(signed.upload_url).body(bytes);
    for (name, value) in &signed.headers {
        put = put.header(name, value.as_str().unwrap_or_default());
    }
    put.send().await?.error_for_status()?;
    Ok(signed.photo_url)
}
