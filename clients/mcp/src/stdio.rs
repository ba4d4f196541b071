//! The server for one's own machine: over standard input and output, for one account.

use crate::keys::Keys;
use crate::{Home, Limits, Server, Session};
use clap::Args;
use humanops_client::{Builder, Client, Error, NotAnAmount, Usd};
use rmcp::ServiceExt as _;
use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

/// What a host can set: as options, or as variables, of which an empty one counts as absent.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Only tools that change nothing: alone, or with `=true` or `=false`.
    #[arg(
        long,
        env = "HUMANOPS_READ_ONLY",
        num_args = 0..=1,
        require_equals = true,
        default_value = "false",
        default_missing_value = "true",
        hide_default_value = true,
        value_parser = flag
    )]
    read_only: bool,
    /// Rewards above it are refused, whatever the account has. In US dollars.
    #[arg(long, env = "HUMANOPS_MAX_REWARD_USD", value_parser = reward)]
    max_reward_usd: Option<Reward>,
    /// Only these tools, by commas.
    #[arg(long, env = "HUMANOPS_TOOLS", value_parser = tools)]
    tools: Option<Names>,
    /// Where private keys and opened credentials are kept; ~/.humanops without it.
    #[arg(long, env = "HUMANOPS_HOME")]
    home: Option<OsString>,
}

/// Of tools. Types of their own, because clap reads more into lists and options.
#[derive(Clone, Debug)]
struct Names(Option<Vec<String>>);

#[derive(Clone, Debug)]
struct Reward(Option<Usd>);

/// Time for an attempt. Three of them, with the pauses between, are over before hosts give up, which is after a minute.
const ATTEMPT: Duration = Duration::from_secs(15);
/// Longer pauses are the model's to make.
const PATIENCE: Duration = Duration::from_secs(3);

fn flag(text: &str) -> Result<bool, &'static str> {
    match text {
        "true" => Ok(true),
        "" | "false" => Ok(false),
        _ => Err("must be true or false"),
    }
}

fn reward(text: &str) -> Result<Reward, NotAnAmount> {
    if text.is_empty() {
        return Ok(Reward(None));
    }
    let amount = text.parse::<Usd>()?;
    if amount < Usd::dollars(0) { Err(NotAnAmount) } else { Ok(Reward(Some(amount))) }
}

fn tools(list: &str) -> Result<Names, String> {
    Limits::named(list).map(Names)
}

impl Settings {
    /// Of an account.
    ///
    /// # Errors
    /// One sentence: there is no folder for private keys.
    pub fn session(self, client: Client) -> Result<Session, String> {
        let limits = Limits {
            read_only: self.read_only,
            max_reward: self.max_reward_usd.and_then(|Reward(amount)| amount),
            tools: self.tools.and_then(|Names(names)| names),
        };
        let home = match self.home.filter(|home| !home.is_empty()).map(PathBuf::from) {
            // Where a host starts its servers is nobody's home, and it knows no `~`.
            Some(home) if home.is_relative() => return Err("HUMANOPS_HOME must be a whole path, from / on".to_owned()),
            Some(home) => home,
            None => home()?,
        };
        Ok(Session { client, limits, home: Home::Own(Keys::new(home)) })
    }
}

/// `~/.humanops`.
///
/// # Errors
/// One sentence: nobody's home is known.
pub fn home() -> Result<PathBuf, String> {
    let home = std::env::home_dir().ok_or("there is no home directory for private keys: set HUMANOPS_HOME")?;
    Ok(home.join(".humanops"))
}

/// A client as patient as hosts are.
pub fn client() -> Builder {
    Client::builder().timeout(ATTEMPT).patience(PATIENCE)
}

/// Serves until standard input ends.
///
/// # Errors
/// One sentence: what is at the other end does not speak the protocol.
pub async fn serve(session: Session) -> Result<(), String> {
    let server = Server::new(move |_| Some(session.clone())).serve(rmcp::transport::stdio()).await;
    let spoken = |error: &dyn std::fmt::Display| format!("standard input does not speak MCP: {error}");
    match server {
        Ok(running) => running.waiting().await.map(|_| ()).map_err(|error| spoken(&error)),
        // Closed before anything was said: nobody wanted anything.
        Err(rmcp::service::ServerInitializeError::ConnectionClosed(_)) => Ok(()),
        Err(error) => Err(spoken(&error)),
    }
}

/// Whether the account can be used: what a person reads.
///
/// # Errors
/// One sentence about what to mend.
pub async fn check(client: &Client) -> Result<String, String> {
    match client.get_agent().await {
        Ok(agent) => Ok(format!("{} is the agent {} ({} mode)", client.url(), agent.name, agent.mode)),
        Err(error @ (Error::Unreachable { .. } | Error::Connection { .. } | Error::Timeout { .. })) => {
            Err(format!("{error}. Check HUMANOPS_API_URL, and that the API runs there."))
        }
        Err(Error::Unreadable(_)) => Err(format!("{} is no HumanOps API. Check HUMANOPS_API_URL.", client.url())),
        Err(error) => Err(match error.api() {
            Some(refused) if refused.code.is_some() => format!("{} Check HUMANOPS_API_KEY.", refused.message),
            Some(_) => format!("{} is no HumanOps API. Check HUMANOPS_API_URL.", client.url()),
            None => error.to_string(),
        }),
    }
}
