//! What can be set, as arguments or environment variables. Nothing secret has a default.

use crate::server::hosts::Hosts;
use clap::Parser;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use url::Url;
use vision::openai::Dialect;
use web::Origins;
use web::keys::AdminKeys;

/// The whole of HumanOps in one process.
#[derive(Clone, Parser)]
#[command(name = "humanops", about)]
pub struct Options {
    /// Address to listen on.
    #[arg(long, env = "HUMANOPS_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Folder that keeps the data.
    #[arg(long, env = "HUMANOPS_DATA_DIR", default_value = ".humanops")]
    pub data_dir: PathBuf,
    /// Keep nothing: the data is gone when the process ends.
    #[arg(long)]
    pub ephemeral: bool,
    /// `test` or `live`.
    #[arg(long, env = "HUMANOPS_MODE", default_value = "test", value_parser = ["test", "live"])]
    pub mode: String,
    /// Accept X-Operator-Id as an operator's identity; the default in test mode, refused in live mode.
    #[arg(long, env = "ALLOW_DEV_OPERATOR_ID_HEADER", num_args = 0..=1, default_missing_value = "true")]
    pub allow_dev_operator_id_header: Option<bool>,
    /// Frontend API URL of the Clerk instance in which operators sign in: `https://clerk.example.com`.
    #[arg(long, env = "CLERK_ISSUER")]
    pub clerk_issuer: Option<String>,
    /// Origins of the applications whose sign-ins count, by commas: `https://app.example.com`.
    #[arg(long, env = "CLERK_AUTHORIZED_PARTIES")]
    pub clerk_authorized_parties: Option<String>,
    /// Public key of that instance as PEM; without it the keys are fetched from there.
    #[arg(long, env = "CLERK_JWT_KEY", allow_hyphen_values = true)]
    pub clerk_jwt_key: Option<String>,
    /// Value of X-Admin-Key, at least 32 bytes; without it one is made, printed, and kept with the data.
    #[arg(long, env = "HUMANOPS_ADMIN_KEY", hide_env_values = true, allow_hyphen_values = true)]
    pub admin_key: Option<String>,
    /// More admin keys, each as the name of its holder and its SHA-256: `jane:9f86…`, by commas; one takes another's place
    /// while both are there.
    #[arg(long, env = "HUMANOPS_ADMIN_KEYS", default_value = "", hide_default_value = true)]
    pub admin_keys: AdminKeys,
    /// Secret with which dLocal signs its notifications; without it they are refused.
    #[arg(long, env = "HUMANOPS_DLOCAL_SECRET", hide_env_values = true, allow_hyphen_values = true)]
    pub dlocal_secret: Option<String>,
    /// Endpoints of a chain on which money moves, by a comma if there are two: Base, Base Sepolia, or anvil on this machine,
    /// which needs nothing else. Without one test mode believes what it is told, and live mode takes no USDC.
    #[arg(long, env = "HUMANOPS_CHAIN", hide_env_values = true, value_delimiter = ',')]
    pub chain: Vec<Url>,
    /// The token of a chain on this machine; without it a double of USDC is deployed there.
    #[arg(long, env = "HUMANOPS_CHAIN_TOKEN")]
    pub chain_token: Option<String>,
    /// A contract of a chain on this machine that tells who is sanctioned.
    #[arg(long, env = "HUMANOPS_CHAIN_ORACLE")]
    pub chain_oracle: Option<String>,
    /// Extended public key of the account m/44'/60'/n' from which deposit addresses are derived.
    #[arg(long, env = "HUMANOPS_DEPOSIT_KEY", hide_env_values = true)]
    pub deposit_key: Option<String>,
    /// The fingerprint that it must have, as eight hexadecimal digits.
    #[arg(long, env = "HUMANOPS_DEPOSIT_KEY_FINGERPRINT")]
    pub deposit_key_fingerprint: Option<String>,
    /// Private key of the treasury, which pays payouts.
    #[arg(long, env = "HUMANOPS_TREASURY_KEY", hide_env_values = true)]
    pub treasury_key: Option<String>,
    /// Private key of the relayer, which pays for their gas.
    #[arg(long, env = "HUMANOPS_RELAYER_KEY", hide_env_values = true)]
    pub relayer_key: Option<String>,
    /// Addresses of treasuries and relayers that were replaced, by commas: what they still have is the platform's.
    #[arg(long, env = "HUMANOPS_FORMER_ACCOUNTS", value_delimiter = ',')]
    pub former_accounts: Vec<String>,
    /// An account at dLocal, as JSON; without it test mode believes what it is told, and live mode takes no fiat.
    #[arg(long, env = "HUMANOPS_DLOCAL", hide_env_values = true)]
    pub dlocal: Option<String>,
    /// A programme at Payoneer, as JSON; without it test mode pays at once, and live mode does not pay by it.
    #[arg(long, env = "HUMANOPS_PAYONEER", hide_env_values = true)]
    pub payoneer: Option<String>,
    /// An endpoint that speaks as OpenAI does, whose model looks at proof: `http://127.0.0.1:11434/v1`. Without one the
    /// checks decide alone in test mode, and in live mode the agent does.
    #[arg(long, env = "HUMANOPS_GUARDIAN_URL", requires = "guardian_model")]
    pub guardian_url: Option<Url>,
    /// The model there, which must see pictures and answer with JSON.
    #[arg(long, env = "HUMANOPS_GUARDIAN_MODEL", requires = "guardian_url")]
    pub guardian_model: Option<String>,
    /// The key of that endpoint, if it wants one.
    #[arg(long, env = "HUMANOPS_GUARDIAN_KEY", hide_env_values = true)]
    pub guardian_key: Option<String>,
    /// `reasoning` for models of OpenAI that think before they answer; `common` for all others.
    #[arg(long, env = "HUMANOPS_GUARDIAN_DIALECT", default_value = "common", hide_default_value = true)]
    pub guardian_dialect: Dialect,
    /// How task types that are abused elsewhere are treated: `open`, `attested` or `disabled`.
    #[arg(long, env = "RESTRICTED_TASK_TYPES", value_parser = ["open", "attested", "disabled"])]
    pub restricted_task_types: Option<String>,
    /// Origins whose pages may call the API and upload photos, by commas: `https://app.example.com`.
    #[arg(long, env = "HUMANOPS_WEB_ORIGINS", default_value = "", hide_default_value = true)]
    pub web_origins: Origins,
    /// Names under which this server may be spoken to, beside its addresses and `localhost`, by commas.
    #[arg(long, env = "HUMANOPS_HOSTS", default_value = "", hide_default_value = true)]
    pub hosts: Hosts,
}

impl Options {
    /// Defaults, with data that is gone when the process ends.
    pub fn ephemeral() -> Self {
        Self::parse_from(["humanops", "--ephemeral"])
    }
}

/// Without the secrets.
impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("listen", &self.listen)
            .field("data_dir", &self.data_dir)
            .field("ephemeral", &self.ephemeral)
            .field("mode", &self.mode)
            .field("allow_dev_operator_id_header", &self.allow_dev_operator_id_header)
            .field("clerk_issuer", &self.clerk_issuer)
            .field("clerk_authorized_parties", &self.clerk_authorized_parties)
            .field("restricted_task_types", &self.restricted_task_types)
            .field("web_origins", &self.web_origins)
            .field("hosts", &self.hosts)
            .finish_non_exhaustive()
    }
}
