//! Clients of a played model, and one question to it.

use aws_sdk_bedrockruntime::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_types::SdkConfig;
use models::{BEDROCK_MODEL, MODEL, Mind, Models, picture};
use serde_json::{Value, json};
use std::time::Duration;
use vision::openai::{self, Dialect};
use vision::{Answer, Limits, Model, Part, Question, Unanswered, bedrock};

/// Enough for an answer on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);
pub(crate) const INSTRUCTIONS: &str = "Say whether the requirement is met.";
pub(crate) const TOKENS_MAX: u32 = 800;

pub(crate) fn limits(one_try: Duration) -> Limits {
    Limits { connect: PATIENCE, one_try, all_tries: 2 * PATIENCE, pause: Duration::from_millis(2) }
}

pub(crate) fn settings(models: &Models) -> openai::Settings {
    let key = Some(models.credentials().key.clone());
    let base = models.base().parse().unwrap();
    openai::Settings { base, model: MODEL.to_owned(), key, dialect: Dialect::Common }
}

/// Of the account that the server knows, with this secret.
pub(crate) fn config(models: &Models, secret: &str) -> SdkConfig {
    let played = models.credentials();
    let credentials = Credentials::new(&played.access_key_id, secret, None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(played.region.clone()))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(aws::http_client(aws::connections(aws::Roots::None)))
        .endpoint_url(models.origin())
        .build()
}

pub(crate) fn open_ai(settings: openai::Settings, limits: Limits) -> Model {
    Model::OpenAi(openai::Client::new(settings, limits))
}

pub(crate) fn of_bedrock(config: &SdkConfig, limits: Limits) -> Model {
    Model::Bedrock(bedrock::Client::new(config, BEDROCK_MODEL, limits))
}

pub(crate) fn both(models: &Models, limits: Limits) -> [Model; 2] {
    let config = config(models, &models.credentials().secret_access_key);
    [open_ai(settings(models), limits), of_bedrock(&config, limits)]
}

pub(crate) fn met() -> Mind {
    Mind::saying(json!({ "verdict": "met" }))
}

pub(crate) fn schema() -> Value {
    json!({
        "type": "object",
        "properties": { "verdict": { "type": "string", "enum": ["met", "not_met", "unclear"] } },
        "required": ["verdict"],
        "additionalProperties": false,
    })
}

pub(crate) async fn ask_of(model: &Model, parts: &[Part<'_>], schema: &Value) -> Result<Answer, Unanswered> {
    let schema_name = "observation";
    let instructions = INSTRUCTIONS;
    model.ask(&Question { instructions, parts, schema_name, schema, answer_tokens_max: TOKENS_MAX }).await
}

/// About one image.
pub(crate) async fn ask(model: &Model) -> Result<Answer, Unanswered> {
    ask_of(model, &[Part::Text("a storefront"), Part::Jpeg(&picture::plain(80))], &schema()).await
}
