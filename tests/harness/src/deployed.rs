//! A deployed stack: its API, and what lies behind it where a test must reach it. Does not deploy.

mod processes;
mod queue;

pub use processes::Processes;
pub use queue::Queue;

use crate::Wire;
use anvil::{Rpc, Token};
use aws::Roots;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_dynamodb::operation::scan::builders::ScanFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_types::SdkConfig;
use domain::TaskId;
use domain::money::payout::Payee;
use domain::money::wallet::Wallet;
use domain::task::Task;
use serde_json::Value;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::engine::schema::Tables;
use store::task::state::state_item;
use store::{Clock, Database, Key, Store};
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{interval, timeout};

/// The folder that tells of the stack: `outputs.json`, `admin-key`, `endpoint`.
const FOLDER: &str = "HUMANOPS_DEPLOYED";
/// The sweeper comes once a minute, and may find the machine busy.
const PATIENCE: Duration = Duration::from_secs(180);
/// Of one try: somebody may wait for a message.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// A route takes a hundred requests a minute.
const BEAT: Duration = Duration::from_secs(1);
/// Where all requests come from.
const CLIENT: &str = "127.0.0.1|";

/// A stack that runs.
pub struct Deployed {
    wire: Wire,
    pub admin_key: String,
    /// Behind the API, on the same tables.
    pub store: Store,
    endpoint: String,
    folder: PathBuf,
    outputs: BTreeMap<String, String>,
    tables: aws_sdk_dynamodb::Client,
    queues: aws_sdk_sqs::Client,
    secrets: aws_sdk_secretsmanager::Client,
    _alone: MutexGuard<'static, ()>,
}

/// There is one stack, and tests freeze its processes.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// What can be asked of it.
impl Deref for Deployed {
    type Target = Wire;

    fn deref(&self) -> &Wire {
        &self.wire
    }
}

impl Deployed {
    /// The stack that the environment names, as if nobody had called it in this minute.
    pub async fn open() -> Self {
        Self::with("outputs.json").await
    }

    /// The one in live mode beside it, as if nobody had called it in this minute.
    pub async fn open_live() -> Self {
        Self::with("outputs-live.json").await
    }

    /// The one whose money is on a chain and whose photos a model looks at, which is there where anvil is installed.
    pub async fn open_on_chain() -> Self {
        Self::with("outputs-chain.json").await
    }

    async fn with(list: &str) -> Self {
        let folder = std::env::var_os(FOLDER).map(PathBuf::from);
        let folder =
            folder.unwrap_or_else(|| panic!("{FOLDER} is not set: start a stack with `cargo xtask deploy-local`"));
        let read = |name: &str| read(&folder, name);
        let endpoint = read("endpoint");
        let outputs = outputs(&read(list));
        let config = config(&endpoint);
        let database = Database::over(aws::connections(Roots::None), &config).unwrap();
        let tables = aws_sdk_dynamodb::Client::new(&config);
        let [core, ledger, edge] = ["CoreTable", "LedgerTable", "EdgeTable"].map(|name| outputs[name].clone());
        let stack = Self {
            wire: Wire::to(format!("{}/api/v1", by_path(&endpoint, &outputs))),
            admin_key: read("admin-key"),
            store: Store::new(database, Tables { core, ledger, edge }, Clock::system(0)),
            endpoint,
            outputs,
            folder: folder.clone(),
            tables,
            queues: aws_sdk_sqs::Client::new(&config),
            secrets: aws_sdk_secretsmanager::Client::new(&config),
            _alone: ONE_AT_A_TIME.lock().await,
        };
        stack.forget_calls().await;
        stack
    }

    /// What goes before `/api/v1`, as the stack's outputs say.
    pub fn url(&self) -> &str {
        &self.outputs["ApiUrl"]
    }

    /// The same by path: a host name below `localhost` does not resolve everywhere.
    pub fn url_by_path(&self) -> String {
        by_path(&self.endpoint, &self.outputs)
    }

    /// Where everything of AWS is here.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A queue by its output: `JudgeQueue`, `JudgeDlq`, …
    pub fn queue(&self, name: &str) -> Queue<'_> {
        Queue { client: &self.queues, url: &self.outputs[&format!("{name}Url")] }
    }

    /// The processes of a function that run now: `GuardianFunction`, …
    pub fn processes(&self, function: &str) -> Processes {
        Processes::with(&[
            &format!("-{function}-"),
            &format!("AWS_ENDPOINT_URL={}", self.endpoint),
            &format!("HUMANOPS_CORE_TABLE={}", self.outputs["CoreTable"]),
        ])
    }

    /// The node that its functions ask, and the token there.
    pub fn chain(&self) -> (Rpc, Token) {
        (Rpc::new(read(&self.folder, "chain")).unwrap(), Token::at(Token::FIRST))
    }

    /// Where its functions look for a model: nobody is there but whom a test plays.
    pub fn model(&self) -> SocketAddr {
        read(&self.folder, "model").parse().unwrap()
    }

    /// What dLocal would sign with.
    pub async fn dlocal_secret(&self) -> String {
        let asked = self.secrets.get_secret_value().secret_id(&self.outputs["DlocalSecret"]).send().await;
        asked.unwrap().secret_string.unwrap()
    }

    pub async fn task(&self, id: &str) -> Task {
        let id = TaskId::parse(id).unwrap();
        self.store.read([Key::task(id)]).await.unwrap().task(id).unwrap().unwrap()
    }

    /// Moves a task's deadline into the past. There is no test clock here.
    pub async fn make_overdue(&self, id: &str) {
        let task = self.task(id).await;
        let late = Task { deadline: self.store.now().plus_seconds(-1), ..task };
        let put = self.tables.put_item().table_name(&self.outputs["CoreTable"]).set_item(Some(state_item(&late)));
        put.send().await.unwrap();
    }

    /// What the agent has said to be its withdrawal address counts from now on, as if it had been said days ago.
    pub async fn let_address_count(&self, agent: &str) {
        let payee = Payee::parse(agent).unwrap();
        let said = self.store.read([Key::wallet(&payee)]).await.unwrap().wallet(&payee).unwrap().unwrap();
        let counts = Wallet { from: self.store.now().plus_seconds(-1), ..said.clone() };
        self.store.set_wallet(&payee, Some(&said), &counts).await.unwrap();
    }

    /// Deletes the counters of the rate limit: everybody comes from one address here.
    pub async fn forget_calls(&self) {
        let calls = self.edge().filter_expression("begins_with(pk, :client)");
        self.forget(calls.expression_attribute_values(":client", AttributeValue::S(CLIENT.to_owned()))).await;
    }

    /// Deletes what photos looked like that were handed in before. Which they were stays known.
    pub async fn forget_photos(&self) {
        self.forget(self.edge().filter_expression("attribute_exists(lk)")).await;
    }

    fn edge(&self) -> ScanFluentBuilder {
        self.tables.scan().table_name(&self.outputs["EdgeTable"])
    }

    async fn forget(&self, items: ScanFluentBuilder) {
        for item in items.into_paginator().items().send().collect::<Result<Vec<_>, _>>().await.unwrap() {
            let delete = self.tables.delete_item().table_name(&self.outputs["EdgeTable"]);
            delete.key("pk", item["pk"].clone()).key("sk", item["sk"].clone()).send().await.unwrap();
        }
    }

    /// Asks until there is an answer.
    pub async fn until<T>(&self, what: &str, fact: impl AsyncFnMut() -> Option<T>) -> T {
        poll(BEAT, what, fact).await
    }
}

/// Asks at every beat until there is an answer.
pub async fn poll<T>(beat: Duration, what: &str, mut fact: impl AsyncFnMut() -> Option<T>) -> T {
    let mut beats = interval(beat);
    let answer = async {
        loop {
            beats.tick().await;
            if let Some(answer) = fact().await {
                return answer;
            }
        }
    };
    timeout(PATIENCE, answer).await.unwrap_or_else(|_| panic!("not in {PATIENCE:?}: {what}"))
}

fn read(folder: &Path, name: &str) -> String {
    let file = folder.join(name);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    text.trim().to_owned()
}

/// Names and values, from what `sam list stack-outputs --output json` prints.
fn outputs(printed: &str) -> BTreeMap<String, String> {
    let outputs: Vec<Value> = serde_json::from_str(printed).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    outputs.iter().map(|output| (text(&output["OutputKey"]), text(&output["OutputValue"]))).collect()
}

fn config(endpoint: &str) -> SdkConfig {
    let credentials = Credentials::new("test", "test", None, None, "test");
    let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ANSWER_MAX).operation_timeout(2 * ANSWER_MAX);
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws::http_client(aws::connections(Roots::None)))
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::standard())
        .endpoint_url(endpoint)
        .build()
}

fn by_path(endpoint: &str, outputs: &BTreeMap<String, String>) -> String {
    format!("{endpoint}/_aws/execute-api/{}/$default", outputs["ApiId"])
}
