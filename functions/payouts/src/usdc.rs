//! A payout in USDC. The token itself executes an authorization once, whoever sends it and however often; so everything
//! here may be repeated, and what has become of it is asked of the token.

mod broadcast;
mod settle;
mod sign;

use crate::signer::Signer;
use crate::{Next, Payouts, Trouble};
use chain::{Address, Authorization, Chain, parse_address, payout_nonce};
use domain::money::payout::{Payout, PayoutStatus};

/// The chain, and the two accounts that payouts need: one whose tokens they are, one that pays for gas.
#[derive(Debug)]
pub struct Usdc {
    chain: Chain,
    treasury: Signer,
    relayer: Signer,
    treasury_address: Address,
    relayer_address: Address,
}

/// Why nothing can be paid out with these keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysRefusal {
    #[error(transparent)]
    Sign(#[from] crate::signer::SignError),
    #[error("the {0}'s key is not of the {0}'s address")]
    OtherAddress(&'static str),
    #[error("treasury and relayer must not be the same account")]
    SameAccount,
}

impl Usdc {
    /// Asks the keys for their addresses, which must be those that the rest of the deployment knows.
    ///
    /// # Errors
    /// They are not, or a key can't be asked.
    pub async fn new(
        chain: Chain,
        (treasury, treasury_address): (Signer, Address),
        (relayer, relayer_address): (Signer, Address),
    ) -> Result<Self, KeysRefusal> {
        if treasury.address().await? != treasury_address {
            return Err(KeysRefusal::OtherAddress("treasury"));
        }
        if relayer.address().await? != relayer_address {
            return Err(KeysRefusal::OtherAddress("relayer"));
        }
        Self::of(chain, (treasury, treasury_address), (relayer, relayer_address))
    }

    /// Of keys that were asked for their addresses.
    ///
    /// # Errors
    /// Both are the same account.
    pub fn of(
        chain: Chain,
        (treasury, treasury_address): (Signer, Address),
        (relayer, relayer_address): (Signer, Address),
    ) -> Result<Self, KeysRefusal> {
        if treasury_address == relayer_address {
            return Err(KeysRefusal::SameAccount);
        }
        Ok(Self { chain, treasury, relayer, treasury_address, relayer_address })
    }

    /// What the token is asked for, of `from`'s tokens: the same however often it is made of the same payout.
    fn authorization(&self, payout: &Payout, from: Address, valid_before_s: u64) -> Result<Authorization, Trouble> {
        let corrupt = |what: &str| Trouble::Corrupt(format!("{}: {what}", payout.id));
        let network = self.chain.network();
        Ok(Authorization {
            from,
            to: parse_address(&payout.destination).map_err(|_| corrupt("its destination is no address"))?,
            micros: u64::try_from(payout.amount.micros()).map_err(|_| corrupt("its amount is negative"))?,
            valid_after_s: 0,
            valid_before_s,
            nonce: payout_nonce(network.chain_id, network.token, &payout.id.to_string()),
        })
    }

    /// What was signed for a payout. A payout of another chain is none of ours.
    fn signed(&self, payout: &Payout) -> Result<Authorization, Trouble> {
        let corrupt = || Trouble::Corrupt(format!("{} was not signed for this chain", payout.id));
        let here = self.chain.network().chain_id;
        let authorized = payout.authorized.as_ref().filter(|it| it.chain_id == here).ok_or_else(corrupt)?;
        let treasury = parse_address(&authorized.treasury).map_err(|_| corrupt())?;
        self.authorization(payout, treasury, u64::try_from(authorized.valid_before_s).map_err(|_| corrupt())?)
    }
}

/// The next step of a payout that is open.
pub(crate) async fn step(payouts: &Payouts, usdc: &Usdc, payout: Payout) -> Result<Next, Trouble> {
    match payout.status {
        PayoutStatus::Reserved => sign::sign(payouts, usdc, payout).await,
        PayoutStatus::Signed | PayoutStatus::Broadcast => match settle::settle(payouts, usdc, &payout).await? {
            Some(next) => Ok(next),
            None => broadcast::broadcast(payouts, usdc, payout).await,
        },
        PayoutStatus::Confirmed => settle::close(payouts, usdc, &payout).await,
        PayoutStatus::Submitted | PayoutStatus::Completed | PayoutStatus::Failed | PayoutStatus::Returned => {
            Err(Trouble::Corrupt(format!("{} is {} on a chain", payout.id, payout.status)))
        }
    }
}
