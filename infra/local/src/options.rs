//! What can be set, as arguments or environment variables. Nothing secret has a default.

use crate::server::hosts::Hosts;
use clap::Parser;
use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
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
