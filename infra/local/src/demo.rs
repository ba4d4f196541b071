//! `cargo run -- demo`: the main job over HTTP, with the balances after each step, like a ledger.
//!
//! It fails if a balance, the callback's signature or the audit is not what it should be.

mod inbox;
mod script;
mod wallet;

use chain::LOCAL;
use domain::{AgentId, OperatorId};
use humanops::engine::Failure;
use humanops::system::Rig;
use humanops::{Options, System};
use inbox::Inbox;
use script::{Paid, Script};
use store::Key;
use tokio::net::TcpListener;
use url::Url;
use wallet::Wallet;

/// What the ledger must show at the end: deposit, escrow, pending, available, revenue.
const EXPECTED: [&str; 5] = ["70.50", "0.00", "25.00", "0.00", "4.50"];

pub(crate) async fn play(chain: Option<Url>) -> Result<(), Failure> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?;
    let options = Options { chain: chain.clone().into_iter().collect(), ..Options::ephemeral() };
    let system = System::start(&options, address, Rig::default()).await?;
    let wallet = match (&chain, &system.on_chain) {
        (Some(url), Some(on_chain)) if on_chain.chain.network().chain_id == LOCAL => {
            Some(Wallet::on(url.as_str(), on_chain.chain.network().token)?)
        }
        (Some(_), _) => return Err("the demo moves the money of anvil's accounts: give it an anvil".into()),
        (None, _) => None,
    };
    tokio::spawn(system.clone().serve(listener, std::future::pending()));
    let inbox = Inbox::open().await?;

    println!("A $25 task on a $100 deposit, in test mode.\n");
    println!("  {:<58} {:>9} {:>8} {:>9} {:>10} {:>9}", "", "agent", "", "operator", "operator", "platform");
    println!("  {:<58} {:>9} {:>8} {:>9} {:>10} {:>9}", "step", "deposit", "escrow", "pending", "available", "revenue");
    let mut script = Script::new(system, format!("http://{address}"));
    let last = script.play(&inbox, wallet.as_ref()).await?;
    let paid = match &wallet {
        Some(wallet) => Some(script.pay_out(wallet).await?),
        None => None,
    };

    let callbacks = inbox.received();
    println!("\n  callback  {}", callbacks.join("\n  callback  "));
    let audit = script.audit().await?;
    println!("  audit     {audit}\n");
    let one_valid = matches!(callbacks.as_slice(), [one] if one.ends_with("signature valid"));
    if last != EXPECTED || !one_valid || !audit.starts_with("clean") {
        return Err(format!("the demo did not end as it should: {last:?}, expected {EXPECTED:?}").into());
    }
    match paid {
        None => println!(
            "As expected: 100.00 = 70.50 deposit + 25.00 earned + 4.50 fee. In 7 days the 25.00 become available."
        ),
        Some(Paid { tokens, transaction, reconciled, .. }) => {
            println!("  chain     {reconciled}");
            println!("  chain     {transaction} paid; Jane's wallet has {tokens} USDC\n");
            println!(
                "As expected: 100.00 came in; 70.50 deposit + 4.50 fee are there, and 25.00 went to Jane's wallet."
            );
        }
    }
    Ok(())
}

/// The five balances of the ledger as they are stored.
async fn balances(
    system: &System,
    agent: Option<AgentId>,
    operator: Option<&OperatorId>,
) -> Result<[String; 5], Failure> {
    let keys = agent.map(Key::agent).into_iter().chain(operator.map(Key::earnings));
    let mut found = system.store.read(keys).await?;
    let agent = agent.map(|id| found.agent(id)).transpose()?.flatten();
    let earnings = operator.map(|id| found.earnings(id)).transpose()?.flatten().unwrap_or_default();
    let now = system.store.now();
    let (deposit, escrow, revenue) = agent.map(|a| (a.deposit, a.escrow, a.revenue)).unwrap_or_default();
    Ok([deposit, escrow, earnings.pending(now), earnings.available(now), revenue].map(|usd| usd.to_string()))
}
