//! What every function needs: the mode, an account, the tables. Secrets are fetched here, and named by whoever
//! needs one.

use crate::Failure;
use crate::aws::{Aws, open_connection};
use crate::variables::{Refusal, Variables};
use aws::{Name, Operation};
use aws_sdk_secretsmanager::operation::get_secret_value::{
    GetSecretValue, GetSecretValueError, GetSecretValueInput, GetSecretValueOutput,
};
use aws_types::SdkConfig;
use domain::Mode;
use std::sync::LazyLock;
use store::engine::schema::Tables;
use store::{Clock, Store};

/// In bytes: a secret has 64 KB at most, and may be written with escapes.
const ANSWER_MAX: usize = 512 << 10;

static GET: LazyLock<Operation<GetSecretValueInput, GetSecretValueOutput, GetSecretValueError>> =
    LazyLock::new(|| Operation::of(&GetSecretValue::new()));

pub struct Core {
    pub mode: Mode,
    pub(crate) aws: Aws,
    tables: Tables,
}

impl Core {
    /// `HUMANOPS_MODE`, `HUMANOPS_CORE_TABLE`, `HUMANOPS_LEDGER_TABLE`, `HUMANOPS_EDGE_TABLE`, and what
    /// Lambda itself sets.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let name = "HUMANOPS_MODE";
        let mode = Mode::parse(&variables.required(name)?);
        Ok(Self {
            mode: mode.ok_or(Refusal::Malformed { name, wanted: "test or live" })?,
            aws: Aws::read(variables)?,
            tables: Tables {
                core: variables.required("HUMANOPS_CORE_TABLE")?,
                ledger: variables.required("HUMANOPS_LEDGER_TABLE")?,
                edge: variables.required("HUMANOPS_EDGE_TABLE")?,
            },
        })
    }

    /// What a client of AWS is made of that only one function has.
    pub fn config(&self) -> SdkConfig {
        self.aws.config()
    }

    /// The secret whose ARN is the value of `name`; `None` if there is no such variable.
    ///
    /// # Errors
    /// Secrets Manager does not give it out, or it has no text. Without a secret that is meant to be there, nothing starts.
    pub async fn secret(&self, variables: &Variables, name: &str) -> Result<Option<String>, Failure> {
        let Some(arn) = variables.optional(name) else { return Ok(None) };
        let secrets = self.aws.service(Name::SecretsManager)?;
        let answer = secrets.send(&GET, GetSecretValueInput::builder().secret_id(arn).build()?, ANSWER_MAX).await;
        let answer = answer.map_err(|error| format!("the secret of {name}: {}", aws::in_words(&error)))?;
        let text = answer.secret_string().ok_or_else(|| format!("the secret of {name} has no text"))?;
        Ok(Some(text.to_owned()))
    }

    /// The store, a connection opened.
    ///
    /// # Errors
    /// The tables are of another mode or layout, or nobody says which: then the next request tries the start again.
    pub async fn store(&self) -> Result<Store, Failure> {
        let store = self.unclaimed_store()?;
        store.claim(self.mode).await?;
        Ok(store)
    }

    /// The store, with the two connections that every request needs at once: its caller is read while it is counted. They are
    /// opened while the start still has a whole processor; whatever asks for more at a time opens more.
    ///
    /// # Errors
    /// As [`Core::store`].
    pub(crate) async fn store_for_requests(&self) -> Result<Store, Failure> {
        let store = self.unclaimed_store()?;
        let (claimed, ()) = tokio::join!(store.claim(self.mode), open_connection(&store));
        claimed?;
        Ok(store)
    }

    fn unclaimed_store(&self) -> Result<Store, Failure> {
        Ok(Store::new(self.aws.database()?, self.tables.clone(), Clock::system(0)))
    }
}
