//! `humanops-mcp`: the server that assistants start. Standard output is the protocol's alone; whatever else is said goes to
//! standard error.

use clap::{Parser, Subcommand};
use humanops_client::Client;
use humanops_mcp::TOOLS;
use humanops_mcp::stdio::{self, Settings};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::LevelFilter;

/// The agent's key is the variable HUMANOPS_API_KEY: an option would show it to everybody on the machine.
#[derive(Parser)]
#[command(
    name = "humanops-mcp",
    version,
    about = "HumanOps for assistants, by the Model Context Protocol over standard input and output."
)]
struct Arguments {
    /// Where the API is.
    #[arg(long, env = "HUMANOPS_API_URL", default_value = PUBLIC_API)]
    api_url: String,
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Says whether the account can be used, and what to mend.
    Doctor,
    /// Lists the tools.
    Tools,
}

const PUBLIC_API: &str = "https://api.humanops.io";
const KEY: &str = "HUMANOPS_API_KEY";

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().json().with_max_level(LevelFilter::ERROR).with_writer(std::io::stderr).init();
    let ended = tokio::select! {
        ended = run(arguments) => ended,
        () = stopped() => Ok(()),
    };
    if let Err(sentence) = &ended {
        eprintln!("humanops-mcp: {sentence}");
    }
    // A read of standard input that is under way would keep the runtime.
    std::process::exit(i32::from(ended.is_err()))
}

async fn run(arguments: Arguments) -> Result<(), String> {
    if let Some(Command::Tools) = arguments.command {
        for tool in TOOLS {
            println!("{:26} {}", tool.name, tool.title);
        }
        return Ok(());
    }
    let client = client(&arguments.api_url)?;
    if let Some(Command::Doctor) = arguments.command {
        println!("{}", stdio::check(&client).await?);
        return Ok(());
    }
    let session = arguments.settings.session(client.clone())?;
    // The assistant hears of it with its first call; the person, who reads the log, at once.
    tokio::spawn(async move {
        if let Err(sentence) = stdio::check(&client).await {
            eprintln!("humanops-mcp: {sentence}");
        }
    });
    stdio::serve(session).await
}

fn client(url: &str) -> Result<Client, String> {
    let url = if url.is_empty() { PUBLIC_API } else { url };
    let key = std::env::var(KEY).ok().filter(|key| !key.is_empty());
    let key = key.ok_or_else(|| format!("set {KEY} to an agent's API key: ho_test_… or ho_live_…"))?;
    if !is_safe(url) {
        return Err("HUMANOPS_API_URL must begin with https://, or name this machine: a key would go out unencrypted"
            .to_owned());
    }
    stdio::client().api_key(key).url(url).build().map_err(|error| error.to_string())
}

/// Whether nobody on the way reads what is sent there. What is no address at all is said by the client.
fn is_safe(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return true };
    let host = rest.split('/').next().unwrap_or_default();
    let host = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
        .map_or(host, |(host, _)| host);
    ["127.0.0.1", "localhost", "[::1]"].contains(&host) || host.ends_with(".localhost")
}

/// Ctrl-C, or a signal by which hosts and terminals stop their servers.
async fn stopped() {
    let (terminated, hung_up) = (signal(SignalKind::terminate()), signal(SignalKind::hangup()));
    match (terminated, hung_up) {
        (Ok(mut terminated), Ok(mut hung_up)) => tokio::select! {
            _ = tokio::signal::ctrl_c() => {},
            _ = terminated.recv() => {},
            _ = hung_up.recv() => {},
        },
        (_, _) => std::future::pending().await,
    }
}
