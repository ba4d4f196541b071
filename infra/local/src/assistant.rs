//! `cargo run -- mcp`: an assistant's server in one command. It speaks to the system that runs on this machine, or runs one
//! itself; the agent is one of the test mode, with money. Standard output is the protocol's alone.

use clap::Parser as _;
use humanops::engine::Failure;
use humanops::folder::{self, Folder};
use humanops::system::Rig;
use humanops::{Options, System};
use humanops_client::types::{DepositUsdc, ErrorCode, RegisterAgent};
use humanops_client::{Client, Usd};
use humanops_mcp::stdio::{self, Settings};
use sha2::{Digest as _, Sha256};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::net::SocketAddr;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use tokio::net::TcpListener;

/// What the agent has at first, in dollars.
const DEPOSIT: i64 = 1_000;

pub(crate) async fn serve(settings: Settings) -> Result<(), Failure> {
    // Those of the environment: the options of this command are the assistant's.
    let mut options = Options::parse_from(["humanops"]);
    if std::env::var_os("HUMANOPS_DATA_DIR").is_none() {
        // Hosts start their servers in folders of their own.
        options.data_dir = stdio::home()?.join("system");
    }
    let address = match TcpListener::bind(options.listen).await {
        Ok(listener) => run(&mut options, listener).await?,
        // What runs there is asked who it is with the first call.
        Err(_) => options.listen,
    };
    let client = agent(&format!("http://{address}"), &options.data_dir).await?;
    eprintln!("{}", stdio::check(&client).await?);
    Ok(stdio::serve(settings.session(client)?).await?)
}

/// Runs the system beside the assistant.
async fn run(options: &mut Options, listener: TcpListener) -> Result<SocketAddr, Failure> {
    let address = listener.local_addr()?;
    let folder = Folder::take(options)?;
    if let (Some(folder), None) = (&folder, &options.admin_key) {
        options.admin_key = Some(folder.admin_key()?);
    }
    let system = System::start(options, address, Rig::default()).await?;
    eprintln!("the system listens on http://{address}, as long as the assistant does");
    tokio::spawn(async move {
        // It has the folder for as long as it serves.
        let _folder = folder;
        system.serve(listener, std::future::pending()).await
    });
    Ok(address)
}

/// The agent of this folder. It is made where there is none yet, and given money once: a hash is credited once, so that a
/// start that ended before it is made up for by the next.
async fn agent(url: &str, data: &Path) -> Result<Client, Failure> {
    folder::create_private(data)?;
    let file = data.join("assistant-key");
    let of = |key: &str| stdio::client().url(url).api_key(key).build();
    let known = match std::fs::read_to_string(&file) {
        Ok(key) => {
            let client = of(key.trim())?;
            match client.get_agent().await {
                Ok(agent) => Some((client, agent.agent_id)),
                // Of a system that is gone, or another one.
                Err(error) if error.code() == Some(&ErrorCode::InvalidApiKey) => None,
                Err(error) => return Err(error.into()),
            }
        }
        Err(_) => None,
    };
    let (client, id) = match known {
        Some(known) => known,
        None => {
            let nobody = Client::builder().url(url).build()?;
            let new = nobody.register_agent(&RegisterAgent::new("my-assistant", "assistant@example.com")).await?;
            let mut kept = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
            kept.write_all(new.api_key.reveal().as_bytes())?;
            (of(new.api_key.reveal())?, new.agent_id)
        }
    };
    let hash = format!("0x{}", base16ct::lower::encode_string(&Sha256::digest(&id)));
    client.deposit_usdc(&DepositUsdc::new(hash, Usd::dollars(DEPOSIT))).await?;
    Ok(client)
}
