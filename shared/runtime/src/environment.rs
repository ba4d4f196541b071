//! What a function is told by its environment: one struct for each group of functions. Whatever is
//! missing or malformed stops the start by its name, and nothing secret has a default.

use crate::Failure;
use crate::aws::{self, Aws};
use crate::jobs::Outbox;
use bucket::Bucket;
use domain::task_type::Restriction;
use outbound::Reach;
use std::collections::HashMap;
use std::fmt;
use store::schema::Tables;
use store::{Clock, Store};
use url::Url;
use web::admin_key::AdminKey;
use web::gate::Settings;
use web::{Gate, Mode};

/// All variables of a process. An empty one counts as missing: templates cannot leave one out.
pub struct Variables(HashMap<String, String>);

/// Why a function does not start. Says the name and never the value.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It must be set.
    #[error("the environment variable {0} is missing")]
    Missing(&'static str),
    /// It is set to something else.
    #[error("the environment variable {name} must be {wanted}")]
    Malformed {
        /// The variable.
        name: &'static str,
        /// What it may be.
        wanted: &'static str,
    },
}

/// What every function needs: an account, the tables, the mode.
pub struct Core {
    /// Test or live.
    pub mode: Mode,
    pub(crate) aws: Aws,
    tables: Tables,
}

/// What a function with endpoints needs.
pub struct Api {
    /// What every function needs.
    pub core: Core,
    operator_id_header: bool,
    admin_key: AdminKey,
}

/// The bucket of photos.
pub struct Photos {
    name: String,
}

/// The queues of the workers.
pub struct Queues {
    /// `None` for a function that asks for no judgement.
    pub(crate) judge_url: Option<String>,
    pub(crate) deliver_url: String,
}

impl Variables {
    /// Those of this process; without any that is not UTF-8.
    pub fn of_process() -> Self {
        Self(std::env::vars_os().filter_map(|(n, v)| Some((n.into_string().ok()?, v.into_string().ok()?))).collect())
    }

    /// A value that must be there.
    pub fn required(&self, name: &'static str) -> Result<String, Refusal> {
        self.optional(name).ok_or(Refusal::Missing(name))
    }

    /// A value that may be absent.
    pub fn optional(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// `HUMANOPS_METRICS_NAMESPACE`: under which CloudWatch shows what this deployment counts.
    pub(crate) fn metrics_namespace(&self) -> Result<String, Refusal> {
        self.required("HUMANOPS_METRICS_NAMESPACE")
    }

    /// `true` or `false`; the latter when absent.
    fn flag(&self, name: &'static str) -> Result<bool, Refusal> {
        match self.optional(name).as_deref() {
            Some("true") => Ok(true),
            Some("false") | None => Ok(false),
            Some(_) => Err(Refusal::Malformed { name, wanted: "true or false" }),
        }
    }

    /// `RESTRICTED_TASK_TYPES`: open in test mode and attested in live mode unless it says otherwise.
    pub fn restriction(&self, mode: Mode) -> Result<Restriction, Refusal> {
        let name = "RESTRICTED_TASK_TYPES";
        match self.optional(name) {
            Some(word) => {
                Restriction::parse(&word).ok_or(Refusal::Malformed { name, wanted: "open, attested or disabled" })
            }
            None if mode == Mode::Test => Ok(Restriction::Open),
            None => Ok(Restriction::Attested),
        }
    }

    /// Where callbacks may go. Loopback only if `ALLOW_LOOPBACK_CALLBACKS` says so, in test mode: on AWS
    /// a function's own Runtime API listens there.
    pub fn callback_reach(&self, mode: Mode) -> Result<Reach, Refusal> {
        let name = "ALLOW_LOOPBACK_CALLBACKS";
        match (self.flag(name)?, mode) {
            (false, _) => Ok(Reach::PublicOnly),
            (true, Mode::Test) => Ok(Reach::LoopbackAllowed),
            (true, Mode::Live) => Err(Refusal::Malformed { name, wanted: "false in live mode" }),
        }
    }
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

    /// The secret whose ARN is the value of `name`; `None` if there is no such variable.
    ///
    /// # Errors
    /// Secrets Manager does not give it out. Without a secret that is meant to be there, nothing starts.
    pub async fn secret(&self, variables: &Variables, name: &str) -> Result<Option<String>, Failure> {
        let Some(arn) = variables.optional(name) else { return Ok(None) };
        let answer = self.aws.secrets().get_secret_value().secret_id(arn).send().await;
        let answer = answer.map_err(aws_sdk_secretsmanager::Error::from)?;
        Ok(answer.secret_string().map(ToOwned::to_owned))
    }

    /// The store, its connections opened. Does not fail: what is not open yet is opened later.
    pub async fn store(self) -> Store {
        let client = self.aws.dynamodb();
        aws::open_connections(&client, &self.tables.core).await;
        Store::new(client, self.tables, Clock::system(0))
    }
}

impl Api {
    /// As [`Core::read`], and `HUMANOPS_ADMIN_KEY_SHA256` and `ALLOW_DEV_OPERATOR_ID_HEADER`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let name = "HUMANOPS_ADMIN_KEY_SHA256";
        let admin_key = AdminKey::of_sha256(&variables.required(name)?);
        Ok(Self {
            core: Core::read(variables)?,
            operator_id_header: variables.flag("ALLOW_DEV_OPERATOR_ID_HEADER")?,
            admin_key: admin_key.ok_or(Refusal::Malformed { name, wanted: "64 hexadecimal digits" })?,
        })
    }

    /// The way in, with the store behind it.
    ///
    /// # Errors
    /// Settings that must not go together.
    pub async fn gate(self) -> Result<Gate, Failure> {
        let Self { core, operator_id_header, admin_key } = self;
        let settings = Settings { mode: core.mode, admin_key, operator_id_header };
        Ok(Gate::new(core.store().await, settings)?)
    }
}

impl Photos {
    /// `HUMANOPS_PROOF_BUCKET`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        Ok(Self { name: variables.required("HUMANOPS_PROOF_BUCKET")? })
    }

    /// The bucket, in the same account.
    ///
    /// # Errors
    /// `AWS_ENDPOINT_URL` is no URL.
    pub fn bucket(self, core: &Core) -> Result<Bucket, Failure> {
        let Aws { region, endpoint, access_key_id, secret_access_key, session_token } = core.aws.clone();
        let base = match endpoint {
            Some(endpoint) => format!("{}/{}", endpoint.trim_end_matches('/'), self.name),
            None => format!("https://{}.s3.{region}.amazonaws.com", self.name),
        };
        let base_url = Url::parse(&base)?;
        Ok(Bucket::new(bucket::Settings { base_url, region, access_key_id, secret_access_key, session_token }))
    }
}

impl Queues {
    /// `HUMANOPS_JUDGE_QUEUE_URL` and `HUMANOPS_DELIVER_QUEUE_URL`.
    pub fn read(variables: &Variables) -> Result<Self, Refusal> {
        let judge_url = Some(variables.required("HUMANOPS_JUDGE_QUEUE_URL")?);
        Ok(Self { judge_url, ..Self::of_callbacks(variables)? })
    }

    /// `HUMANOPS_DELIVER_QUEUE_URL` alone, for a function that may not use the other.
    pub fn of_callbacks(variables: &Variables) -> Result<Self, Refusal> {
        Ok(Self { judge_url: None, deliver_url: variables.required("HUMANOPS_DELIVER_QUEUE_URL")? })
    }

    /// A sender to them, in the same account.
    pub fn outbox(self, core: &Core) -> Outbox {
        Outbox::new(core.aws.sqs(), self)
    }
}

/// Without the values: some are secret.
impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests;
