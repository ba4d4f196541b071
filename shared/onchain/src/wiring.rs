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

/// The same with the platform's own accounts: `HUMANOPS_TREASURY` and `HUMANOPS_RELAYER`.
pub async fn on_chain(core: &Core, variables: &Variables) -> Result<Option<OnChain>, Failure> {
    let Some(chain) = chain(core, variables).await? else { return Ok(None) };
    let (treasury, relayer) = (address(variables, "HUMANOPS_TREASURY")?, address(variables, "HUMANOPS_RELAYER")?);
    Ok(Some(OnChain { chain, treasury, relayer }))
}

pub fn address(variables: &Variables, name: &'static str) -> Result<Address, Failure> {
    Ok(optional_address(variables, name)?.ok_or(Refusal::Missing(name))?)
}

fn optional_address(variables: &Variables, name: &'static str) -> Result<Option<Address>, Refusal> {
    let wanted = "an address with its checksum";
    let parse = |text: String| parse_address(&text).map_err(|_| Refusal::Malformed { name, wanted });
    variables.optional(name).map(parse).transpose()
}
