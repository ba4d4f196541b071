//! What a Lambda that looks at chain or provider is told by its environment. Endpoints and keys are secrets: a URL of an
//! endpoint has one in it.

use crate::OnChain;
use chain::{Address, Chain, Network, Settings, parse_address};
use runtime::{Core, Failure, Refusal, Variables};
use url::Url;

/// The chain, where the deployment has one: `HUMANOPS_CHAIN_ID`, `HUMANOPS_RPC_ARN` (one or two URLs, a line each), and for a
/// local chain its token and oracle.
pub async fn chain(core: &Core, variables: &Variables) -> Result<Option<Chain>, Failure> {
    const ID: &str = "HUMANOPS_CHAIN_ID";
    const RPC: &str = "HUMANOPS_RPC_ARN";
    let Some(id) = variables.optional(ID) else { return Ok(None) };
    let id = id.parse().map_err(|_| Refusal::Malformed { name: ID, wanted: "8453 or 84532" })?;
    let token = optional_address(variables, "HUMANOPS_CHAIN_TOKEN")?;
    let network = Network::named(id, token, optional_address(variables, "HUMANOPS_CHAIN_ORACLE")?)?;
    let urls = core.secret(variables, RPC).await?.ok_or(Refusal::Missing(RPC))?;
    let malformed = |_| "the secret of HUMANOPS_RPC_ARN must be one or two URLs, a line each";
    let endpoints = urls.split_whitespace().map(|url| Url::parse(url).map_err(malformed));
    let endpoints = endpoints.collect::<Result<Vec<_>, _>>()?;
    Ok(Some(Chain::new(Settings::new(endpoints, network))?))
}

/// The same with the platform's own accounts: `HUMANOPS_TREASURY`, `HUMANOPS_RELAYER`, and with commas those of before,
/// `HUMANOPS_FORMER_ACCOUNTS`.
pub async fn on_chain(core: &Core, variables: &Variables) -> Result<Option<OnChain>, Failure> {
    let Some(chain) = chain(core, variables).await? else { return Ok(None) };
    let (treasury, relayer) = (address(variables, "HUMANOPS_TREASURY")?, address(variables, "HUMANOPS_RELAYER")?);
    let former = variables.former_accounts();
    let former = former.iter().map(|text| parse("HUMANOPS_FORMER_ACCOUNTS", text)).collect::<Result<_, _>>()?;
    Ok(Some(OnChain { chain, treasury, relayer, former }))
}

pub fn address(variables: &Variables, name: &'static str) -> Result<Address, Failure> {
    Ok(optional_address(variables, name)?.ok_or(Refusal::Missing(name))?)
}

fn optional_address(variables: &Variables, name: &'static str) -> Result<Option<Address>, Refusal> {
    variables.optional(name).map(|text| parse(name, &text)).transpose()
}

fn parse(name: &'static str, text: &str) -> Result<Address, Refusal> {
    parse_address(text).map_err(|_| Refusal::Malformed { name, wanted: "an address with its checksum" })
}
