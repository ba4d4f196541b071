//! `cargo run`: the whole system on one port. `cargo run -- demo`: the main job, played once.

mod assistant;
mod demo;

use anvil::Rpc;
use chain::{LOCAL, checksummed};
use clap::{Parser, Subcommand};
use humanops::engine::Failure;
use humanops::folder::Folder;
use humanops::system::Rig;
use humanops::{Options, System};
use humanops_mcp::stdio::Settings;
use onchain::OnChain;
use rustix::fs::Mode;
use rustix::process::umask;
use std::io;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;
use url::Url;

/// What is logged unless `RUST_LOG` says otherwise. The sweeper reports each second that nothing was
/// due, and the engine each condition that was not met: no news to whoever reads along.
const LOGGED: &str = "info,sweeper=warn,dynoxide=error,rmcp=error";
/// Time that running requests have after the signal to stop; a client may never finish its own.
const GRACE: Duration = Duration::from_secs(3);

#[derive(Parser)]
#[command(
    name = "humanops",
    version,
    about = "The whole of HumanOps in one process.",
    args_conflicts_with_subcommands = true
)]
struct Arguments {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Plays the main job and prints the balances after each step.
    Demo {
        /// Money moves on this chain: anvil on this machine, `http://127.0.0.1:8545`.
        #[arg(long)]
        chain: Option<Url>,
    },
    /// Serves an assistant by the Model Context Protocol, over standard input and output, with a funded test agent.
    Mcp(Settings),
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // What it writes is its owner's alone.
    umask(Mode::RWXG | Mode::RWXO);
    let quiet = arguments.command.is_some();
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(if quiet { "error" } else { LOGGED }));
    tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr).init();
    let ended = match arguments.command {
        Some(Command::Demo { chain }) => demo::play(chain).await,
        // A read of standard input that is under way would keep the runtime.
        Some(Command::Mcp(settings)) => match assistant::serve(settings).await {
            Ok(()) => std::process::exit(0),
            Err(error) => Err(error),
        },
        None => serve(arguments.options).await,
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("humanops: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve(mut options: Options) -> Result<(), Failure> {
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| format!("cannot listen on {}: {error}; choose another with --listen", options.listen))?;
    let address = listener.local_addr()?;
    let folder = Folder::take(&options)?;
    let given_admin_key = options.admin_key.is_some();
    if let Some(folder) = &folder
        && !given_admin_key
    {
        options.admin_key = Some(folder.admin_key()?);
    }
    let system = System::start(&options, address, Rig::default()).await?;
    // Before anything is said: whoever reads it may send a signal at once.
    let (stop, last_stop) = (stopped()?, stopped()?);
    welcome(&options, &system, address);
    if let Some(on_chain) = &system.on_chain {
        introduce(&options, on_chain).await?;
    }
    if !given_admin_key {
        println!("X-Admin-Key: {}", system.admin_key);
    }
    if options.mode == "test" && options.chain.is_empty() {
        first_task(address);
    }
    tokio::select! {
        served = system.serve(listener, stop) => served?,
        () = out_of_patience(last_stop) => {}
    }
    println!("stopped");
    Ok(())
}

fn welcome(options: &Options, system: &System, address: std::net::SocketAddr) {
    println!("listening on http://{address}");
    if options.ephemeral {
        println!("mode {}; nothing is kept: the data is gone when this ends", options.mode);
    } else {
        let data = options.data_dir.display();
        println!("mode {}, data in {data}; Ctrl-C stops, and a second start continues with it", options.mode);
    }
    let clock = system.store.clock();
    if clock.ahead_s() > 0 {
        println!("the clock is {} s ahead: {}; GET /api/v1/test/clock shows it", clock.ahead_s(), clock.now());
    }
}

/// What a newcomer can type.
fn first_task(address: std::net::SocketAddr) {
    println!(
        "
Your first task, in three commands:

  curl -X POST http://{address}/api/v1/agents/register \\
    -H 'Content-Type: application/json' \\
    -d '{{\"name\": \"my-agent\", \"email\": \"agent@example.com\"}}'

  export KEY=<api_key of the answer>
  curl -X POST http://{address}/api/v1/agents/deposit/usdc \\
    -H \"X-API-Key: $KEY\" -H 'Content-Type: application/json' \\
    -d '{{\"tx_hash\": \"0xabc...def\", \"amount_usdc\": \"100.00\"}}'

  curl -X POST http://{address}/api/v1/tasks \\
    -H \"X-API-Key: $KEY\" -H 'Content-Type: application/json' \\
    -d '{{\"title\": \"Verify storefront signage\", \"description\": \"Take a photo of the signage at 123 Main St\",
         \"location\": {{\"lat\": 40.7128, \"lng\": -74.006, \"address\": \"123 Main St, NY\"}}, \"reward_usd\": 25,
         \"deadline\": \"'$(date -u -d '+2 days' +%FT%TZ 2>/dev/null || date -u -v+2d +%FT%TZ)'\",
         \"proof_requirements\": [\"Photo of storefront sign\"], \"task_type\": \"VERIFICATION\"}}'

It stays PENDING until an operator accepts it: the README's first task plays that side too, as `humanops demo` does."
    );
}

/// Waits for Ctrl-C or the signal that a service manager sends, each of which is heard from this call on.
fn stopped() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let (mut interrupted, mut terminated) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupted.recv() => {}, _ = terminated.recv() => {} }
    })
}

async fn out_of_patience(stop: impl Future<Output = ()>) {
    stop.await;
    tokio::time::sleep(GRACE).await;
}

/// Seconds between two blocks of anvil.
const BLOCK_S: u64 = 1;

/// What a system on a chain says of itself. On this machine the chain is made to go on by itself: nobody else makes its
/// blocks.
async fn introduce(options: &Options, on_chain: &OnChain) -> Result<(), Failure> {
    let network = on_chain.chain.network();
    println!("money is USDC at {} on chain {}", checksummed(network.token), network.chain_id);
    let ([treasury, relayer], anvil) =
        ([on_chain.treasury, on_chain.relayer].map(checksummed), network.chain_id == LOCAL);
    let known = if anvil { ", accounts that everybody knows: nothing here is worth anything" } else { "" };
    println!("the treasury is {treasury}, the relayer {relayer}{known}");
    if let (true, [url, ..]) = (anvil, options.chain.as_slice()) {
        let mined: serde_json::Value = Rpc::new(url.as_str())?.call("evm_setIntervalMining", [BLOCK_S]).await?;
        tracing::debug!(%mined, "blocks come by themselves");
        println!(
            "anvil makes a block each second; what is 32 blocks old is safe, and 64 final, unless it was told otherwise"
        );
    }
    Ok(())
}
