//! What a judgement needs around it: an embedded DynamoDB, a bucket, Anna
//! who works for an agent with money, and photos that say what they are told to. Tests nothing.

use super::objects::{ENCODED, Objects, serve};
use super::picture::{damaged, exif, made_over, png, scene};
use super::{Guardian, LIMITS, Observer, Price};
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{Credentials, Region, SharedCredentialsProvider};
use aws_types::SdkConfig;
use bucket::Bucket;
use domain::agent::Agent;
use domain::geo::Point;
use domain::guardian::CheckStatus;
use domain::opening::{self, Draft};
use domain::operator::record::Record;
use domain::operator::{Earnings, Kyc, Operator};
use domain::submission::{Photo, Proof};
use domain::task::{Assignee, Brief, Task};
use domain::task_type::{ProofType, TaskDomain, TaskType};
use domain::time::DAY_S;
use domain::{AgentId, KeyId, Mode, OperatorId, ProofId, TaskId, Timestamp, Usd, moves, upload};
use models::{MODEL, Models, picture};
use sha2::{Digest as _, Sha256};
use std::time::Duration;
use store::engine::schema::Tables;
use store::people::api_keys::KeyRecord;
use store::task::credentials::Credential;
use store::task::submission::Submission;
use store::{Clock, Database, Key, Store};
use vision::openai::{self, Dialect, Settings};
use vision::{Limits, Model};

const START: &str = "2026-02-05T12:00:00.000Z";
/// For a model that answers at once, or never.
pub(super) const IMPATIENT: Limits = Limits {
    connect: Duration::from_millis(500),
    one_try: Duration::from_secs(3),
    all_tries: Duration::from_secs(12),
    pause: Duration::from_millis(1),
};
const AGENT: AgentId = AgentId::from_bytes([1; 16]);

/// A store and a bucket, each with a server of its own, which ends with the test.
pub(super) struct World {
    pub(super) store: Store,
    pub(super) objects: Objects,
    /// Of each of the two requirements; long ones make the task abridged.
    pub(super) requirement_chars: usize,
    /// Whole dollars.
    pub(super) reward: u32,
    bucket: Bucket,
    mode: Mode,
    /// Who looks at photos, if anybody does.
    model: Option<Settings>,
    /// How long that may take.
    pub(super) limits: Limits,
    made: u8,
}

impl World {
    pub(super) async fn new(mode: Mode) -> Self {
        let (objects, now) = (Objects::default(), Timestamp::parse(START).unwrap());
        let store = Store::new(database().await, Tables::prefixed("test-"), Clock::frozen(now));
        store.create_tables().await.unwrap();
        store.register_agent(&agent(now), &key_record(now)).await.unwrap();
        for id in [anna(), bert()] {
            assert!(store.register_operator(&operator(id, now)).await.unwrap());
        }
        let bucket = serve(objects.clone()).await;
        Self { store, objects, requirement_chars: 20, reward: 10, bucket, mode, model: None, limits: LIMITS, made: 0 }
    }

    /// With a model that looks.
    pub(super) async fn seen_by(mode: Mode, models: &Models) -> Self {
        let key = Some(models.credentials().key.clone());
        let settings =
            Settings { base: models.base().parse().unwrap(), model: MODEL.to_owned(), key, dialect: Dialect::Common };
        Self { model: Some(settings), ..Self::new(mode).await }
    }

    pub(super) fn guardian(&self) -> Guardian {
        let client = |settings: &Settings| openai::Client::new(settings.clone(), self.limits);
        let model = self.model.as_ref().map(|settings| Model::OpenAi(client(settings)));
        let observer = model.map(|model| Observer::new(model, Price::default()));
        Guardian::new(self.store.clone(), self.bucket.clone(), self.mode, observer)
    }

    pub(super) async fn task(&self, id: TaskId) -> Task {
        self.store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap()
    }

    pub(super) async fn earnings(&self) -> Earnings {
        let anna = anna();
        self.store.read([Key::earnings(&anna)]).await.unwrap().earnings(&anna).unwrap().unwrap()
    }

    /// Status, decision, confidence, the reason of a review, the checks that failed. What the task
    /// says and what the verdict beside it says must be the same.
    pub(super) async fn outcome(&self, id: TaskId) -> String {
        let dossier = self.store.dossier(id).await.unwrap().unwrap();
        let mut words = vec![dossier.task.status.to_string()];
        let short = dossier.task.verdict.map(|ruling| (ruling.decision, ruling.confidence, ruling.review_reason));
        assert_eq!(short, dossier.verdict.as_ref().map(|full| (full.decision, full.confidence, full.review_reason)));
        if let Some(verdict) = dossier.verdict {
            words.extend([verdict.decision.to_string(), verdict.confidence.to_string()]);
            words.extend(verdict.review_reason.map(|reason| reason.to_string()));
            let failed = verdict.checks.iter().filter(|check| check.status == CheckStatus::Fail);
            words.extend(failed.map(|check| check.name.to_string()));
        }
        words.join(" ")
    }

    /// A task of a type, and after a space its proof type. Reward 10.00, at 40° N 74° E.
    pub(super) async fn open(&mut self, kind: &str) -> Task {
        let (kind, proof_type) = kind.split_once(' ').unwrap_or((kind, ""));
        let task_type = TaskType::parse(kind).unwrap();
        self.made += 1;
        let (id, now) = (TaskId::from_bytes([self.made; 16]), self.store.now());
        let draft = Draft {
            task_type,
            proof_type: ProofType::parse(proof_type),
            title: "Is the shop open?".to_owned(),
            description: "Look and say.".to_owned(),
            requirements: vec!["x".repeat(self.requirement_chars); 2],
            point: (task_type.domain() == TaskDomain::Physical).then(|| Point::parse("40", "74").unwrap()),
            address: None,
            reward: Usd::dollars(self.reward),
            deadline: now.plus_seconds(DAY_S),
            work_window_s: DAY_S,
            callback: None,
            brief: Brief::default(),
        };
        let account = self.store.read([Key::agent(AGENT)]).await.unwrap().agent(AGENT).unwrap().unwrap();
        let open = |agent: &Agent| opening::open(draft.clone(), id, [self.made; 16], agent, now);
        self.store.open(account, None, open).await.unwrap();
        self.task(id).await
    }

    /// A task on which Anna has handed in `notes=…`, `text=…`, a `credential`, or photos.
    pub(super) async fn submit(&mut self, kind: &str, handed_in: &str) -> TaskId {
        let task = self.open(kind).await;
        let (id, now) = (task.id, self.store.now());
        let mut proof = nothing(id, now);
        let mut identities = Vec::new();
        for word in handed_in.split_whitespace() {
            match word.split_once('=') {
                Some(("notes", text)) => proof.notes = Some(text.to_owned()),
                Some(("text", text)) => proof.confirmation_text = Some(text.to_owned()),
                _ if word == "credential" => self.store.put_credential(id, proof.id, &credential(now)).await.unwrap(),
                _ => {
                    let number = u8::try_from(proof.photos.len()).unwrap();
                    let (key, identity) = self.upload(id, word, number).await;
                    identities.extend(identity);
                    proof.photos.push(Photo { key, photo_type: None });
                }
            }
        }
        let (anna, proof_id) = (Assignee { id: anna(), public_name: "Anna".to_owned() }, proof.id);
        let task = self.store.advance(task, |task| moves::accept(task, &anna, &Record::default(), now)).await.unwrap();
        let submission = Submission { operator: anna.id.clone(), proof, identities, credential: None };
        let submit = |task: &Task| moves::submit(task, &anna.id, proof_id, now);
        self.store.submit(task, &submission, submit).await.unwrap();
        id
    }

    /// Uploads a photo that is as the word says, and answers its key, and its identity where it is handed in.
    async fn upload(&mut self, task: TaskId, word: &str, number: u8) -> (String, Option<[u8; 32]>) {
        let colour = [self.made, number, 0];
        let other_task = TaskId::from_bytes([99; 16]);
        let bytes = match word {
            "encoded" => [&png(colour, None), ENCODED].concat(),
            // In the middle of its pixels: a checksum that nobody looked at before.
            "damaged" => damaged(png(colour, None)),
            "noise" => b"This is not a photo.".to_vec(),
            "huge" => vec![0xFF; 10 * 1024 * 1024 + 1],
            "here" => png(colour, Some(exif("2026:02:05 12:00:00", 40))),
            "far" => png(colour, Some(exif("2026:02:05 12:00:00", 41))),
            "old" => png(colour, Some(exif("2001:02:05 12:00:00", 40))),
            "photo" | "absent" | "used" | "swapped" | "mislabelled" | "foreign" | "bert's" | "no-key" => {
                png(colour, None)
            }
            // Underscores stand for spaces.
            other => match other.split_once(':') {
                Some(("sign", text)) => picture::sign(&text.replace('_', " ")),
                Some(("scene", name)) => scene(name, None),
                Some(("again", name)) => made_over(&scene(name, None)),
                Some(("stamped", name)) => scene(name, Some(exif("2026:02:05 12:00:00", 40))),
                _ => panic!("no such photo: {other}"),
            },
        };
        let content_type = if word == "mislabelled" || word.contains(':') { "image/jpeg" } else { "image/png" };
        let operator = if word == "bert's" { bert() } else { anna() };
        let task = if word == "foreign" { other_task } else { task };
        let (size_bytes, sha256) = (u64::try_from(bytes.len()).unwrap(), Sha256::digest(&bytes).into());
        let key = upload::key(task, &operator, upload::id(task, &operator, content_type, size_bytes, sha256));
        match word {
            "absent" => {}
            "swapped" => self.objects.put(&key, png([0, 0, 200], None)),
            "no-key" => return (format!("{key}/../x"), None),
            _ => self.objects.put(&key, bytes.clone()),
        }
        let identity = evidence::read(&bytes).ok().map(|photo| photo.identity);
        if word == "used" {
            self.hand_in_elsewhere(identity.unwrap()).await;
        }
        (key, identity)
    }

    /// Another task has the photo first.
    async fn hand_in_elsewhere(&mut self, identity: [u8; 32]) {
        let (task, now) = (self.open("PHOTO").await, self.store.now());
        let bert = Assignee { id: bert(), public_name: "Bert".to_owned() };
        let record = Record::default();
        let task = self.store.advance(task, |task| moves::accept(task, &bert, &record, now)).await.unwrap();
        let proof = nothing(task.id, now);
        let proof_id = proof.id;
        let submit = |task: &Task| moves::submit(task, &bert.id, proof_id, now);
        let submission = Submission { operator: bert.id.clone(), proof, identities: vec![identity], credential: None };
        self.store.submit(task, &submission, submit).await.unwrap();
    }
}

pub(super) async fn listen() -> (tokio::net::TcpListener, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

async fn database() -> Database {
    let (listener, url) = listen().await;
    tokio::spawn(dynoxide::server::serve_on(listener, dynoxide::Database::memory().unwrap()));
    let credentials = Credentials::new("local", "local", None, None, "test");
    let long = Duration::from_secs(20);
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(long).operation_timeout(long);
    let config = SdkConfig::builder()
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::standard());
    Database::over(aws::connections(aws::Roots::None), &config.build()).unwrap()
}

fn anna() -> OperatorId {
    OperatorId::parse("op_anna").unwrap()
}

fn bert() -> OperatorId {
    OperatorId::parse("op_bert").unwrap()
}

fn operator(id: OperatorId, now: Timestamp) -> Operator {
    Operator {
        email: format!("{id}@example.com"),
        id,
        name: "Anna".to_owned(),
        phone: None,
        city: None,
        country: None,
        home: None,
        skills: Vec::new(),
        kyc: Kyc::Verified,
        checked: None,
        created_at: now,
    }
}

fn agent(now: Timestamp) -> Agent {
    Agent {
        deposit: Usd::dollars(1_000_000),
        ..Agent::new(AGENT, "Example".to_owned(), "agent@example.com".to_owned(), None, now)
    }
}

fn key_record(now: Timestamp) -> KeyRecord {
    let text = |text: &str| text.to_owned();
    let (hash, prefix, name) = (text("none"), text("ho_test_"), text("test"));
    KeyRecord { id: KeyId::from_bytes([1; 16]), slot: 0, hash, prefix, name, created_at: now, last_used: None }
}

fn credential(now: Timestamp) -> Credential {
    let text = |text: &str| text.to_owned();
    Credential { ciphertext: text("c"), iv: text("i"), ephemeral_public_key: text("k"), created_at: now }
}

/// A proof of nothing.
fn nothing(task: TaskId, submitted_at: Timestamp) -> Proof {
    Proof {
        id: ProofId::from_bytes(task.bytes()),
        photos: Vec::new(),
        notes: None,
        confirmation_text: None,
        reference_url: None,
        location: None,
        submitted_at,
    }
}
