//! What a Lambda that serves these routes is told by its environment about the chain. Who looks at it is another matter.

use crate::{DepositKeys, Usdc, WitnessedChain};
use contract::read::wallet;
use domain::Mode;
use fiat::dlocal::{Account, Dlocal, Notices, Scheme};
use runtime::{Core, Failure, Refusal, Variables};
use std::sync::Arc;
use store::ledger::deposits::witness::Witness;

/// The chain with the number `HUMANOPS_CHAIN_ID`; `None` where the deployment has none.
pub fn chain(variables: &Variables, witness: Arc<dyn Witness>) -> Result<Option<WitnessedChain>, Refusal> {
    const ID: &str = "HUMANOPS_CHAIN_ID";
    let Some(id) = variables.optional(ID) else { return Ok(None) };
    let id = id.parse().map_err(|_| Refusal::Malformed { name: ID, wanted: "8453 or 84532" })?;
    Ok(Some(WitnessedChain { id, witness }))
}

/// Where USDC comes in: on a [`chain`], on a local one by `HUMANOPS_CHAIN_TOKEN`; the platform's own accounts; and
/// `HUMANOPS_DEPOSIT_KEY_ARN`, which has the xpub of an account with the fingerprint `HUMANOPS_DEPOSIT_KEY_FINGERPRINT`.
pub async fn usdc(core: &Core, variables: &Variables, witness: Arc<dyn Witness>) -> Result<Option<Usdc>, Failure> {
    const KEY: &str = "HUMANOPS_DEPOSIT_KEY_ARN";
    let Some(chain) = chain(variables, witness)? else { return Ok(None) };
    let token = match wallet::usdc(chain.id) {
        Some(token) => token.to_owned(),
        None => variables.required("HUMANOPS_CHAIN_TOKEN")?,
    };
    let pinned = variables.required("HUMANOPS_DEPOSIT_KEY_FINGERPRINT")?;
    let xpub = core.secret(variables, KEY).await?.ok_or(Refusal::Missing(KEY))?;
    let deposit_keys = DepositKeys::parse(&xpub, &pinned)?;
    Ok(Some(Usdc { chain, token, own: variables.own_addresses(), deposit_keys }))
}

/// dLocal, and how it signs: `HUMANOPS_DLOCAL_ARN` has its account, as JSON. Where there is none, test mode believes
/// notifications that are signed with the secret of `HUMANOPS_DLOCAL_SECRET_ARN`.
pub async fn dlocal(core: &Core, variables: &Variables) -> Result<ByDlocal, Failure> {
    if let Some(json) = core.secret(variables, "HUMANOPS_DLOCAL_ARN").await? {
        let Account { settings, notices } = Account::parse(&json)?;
        return Ok((Some(Arc::new(Dlocal::new(settings))), Some(Arc::new(notices))));
    }
    let secret = match core.mode {
        Mode::Test => core.secret(variables, "HUMANOPS_DLOCAL_SECRET_ARN").await?,
        Mode::Live => None,
    };
    let notices = secret.and_then(|secret| Notices::new(Scheme::SeedXSignature, "", &secret));
    Ok((None, notices.map(Arc::new)))
}

/// Whom to ask, and whose notifications to believe.
type ByDlocal = (Option<Arc<Dlocal>>, Option<Arc<Notices>>);
