//! What the Lambda is told by its environment: the chain, and who signs. Keys are secrets, or in KMS.

use crate::signer::{Kms, Local, Signer};
use crate::usdc::Usdc;
use chain::Address;
use onchain::wiring;
use runtime::{Core, Failure, Refusal, Variables};

/// The chain with its keys; `None` where the deployment has no chain.
pub async fn usdc(core: &Core, variables: &Variables) -> Result<Option<Usdc>, Failure> {
    let Some(chain) = wiring::chain(core, variables).await? else { return Ok(None) };
    let treasury = account(core, variables, TREASURY).await?;
    let relayer = account(core, variables, RELAYER).await?;
    Ok(Some(Usdc::new(chain, treasury, relayer).await?))
}

/// The variables of an account: its address, its key in KMS, and the secret that has its key where it is in none.
type Names = [&'static str; 3];

const TREASURY: Names = ["HUMANOPS_TREASURY", "HUMANOPS_TREASURY_KMS_KEY", "HUMANOPS_TREASURY_KEY_ARN"];
const RELAYER: Names = ["HUMANOPS_RELAYER", "HUMANOPS_RELAYER_KMS_KEY", "HUMANOPS_RELAYER_KEY_ARN"];

async fn account(
    core: &Core,
    variables: &Variables,
    [address, kms, secret]: Names,
) -> Result<(Signer, Address), Failure> {
    let signer = match variables.optional(kms) {
        Some(key) => Signer::Kms(Kms::new(aws_sdk_kms::Client::new(&core.config()), &key)?),
        None => {
            let key = core.secret(variables, secret).await?.ok_or(Refusal::Missing(secret))?;
            Signer::Local(Local::parse(&key)?)
        }
    };
    Ok((signer, wiring::address(variables, address)?))
}
