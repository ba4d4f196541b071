//! What the Guardian is told about its model by its environment.

use crate::{LIMITS, Observer, Price};
use runtime::{Core, Failure, Refusal, Variables};
use url::Url;
use vision::openai::Settings;
use vision::{Model, bedrock, openai};

/// A model where `HUMANOPS_GUARDIAN_MODEL` names one: at Bedrock, or behind `HUMANOPS_GUARDIAN_URL`, an endpoint that
/// speaks as OpenAI does, with the key in the secret of `HUMANOPS_GUARDIAN_KEY_ARN` if it wants one.
pub async fn observer(core: &Core, variables: &Variables) -> Result<Option<Observer>, Failure> {
    const URL: &str = "HUMANOPS_GUARDIAN_URL";
    const DIALECT: &str = "HUMANOPS_GUARDIAN_DIALECT";
    let Some(model) = variables.optional("HUMANOPS_GUARDIAN_MODEL") else { return Ok(None) };
    let price = match variables.optional("HUMANOPS_GUARDIAN_PRICE") {
        Some(text) => {
            Price::parse(&text).ok_or(Refusal::Malformed { name: "HUMANOPS_GUARDIAN_PRICE", wanted: PRICE })?
        }
        None => Price::default(),
    };
    let model = match variables.optional(URL) {
        Some(url) => {
            let base = Url::parse(&url).map_err(|_| Refusal::Malformed { name: URL, wanted: "https://…/v1" })?;
            let key = core.secret(variables, "HUMANOPS_GUARDIAN_KEY_ARN").await?;
            let dialect = variables.optional(DIALECT).map(|word| word.parse()).transpose();
            let dialect = dialect.map_err(|wanted| Refusal::Malformed { name: DIALECT, wanted })?.unwrap_or_default();
            Model::OpenAi(openai::Client::new(Settings { base, model, key, dialect }, LIMITS))
        }
        None => Model::Bedrock(bedrock::Client::new(&core.config(), model, LIMITS)),
    };
    Ok(Some(Observer::new(model, price)))
}

const PRICE: &str = "dollars for a million tokens of input and of output, like 3.00/15.00";
