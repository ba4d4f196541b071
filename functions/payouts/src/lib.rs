//! Sends what is reserved: the only holder of a signing key. A message names a payout and nothing else; what is paid, to
//! whom, and whether at all, is read from the books and checked here, because a key signs whatever it is given.

pub mod payoneer;
pub mod signer;
pub mod transaction;
pub mod usdc;
pub mod wiring;

use chain::ChainError;
use domain::ledger::Rail;
use domain::limits::{PAID_AN_HOUR_MAX, PAID_TO_ONE_A_DAY_MAX};
use domain::money::payout::{Failure, Payee, Payout, PayoutMove};
use domain::operator::Kyc;
use domain::{PayoutId, Timestamp, Usd};
use signer::SignError;
use store::ledger::payouts::Stepped;
use store::{Key, Store, StoreError};

/// The worker for `Job::Pay`.
#[derive(Debug)]
pub struct Payouts {
    pub store: Store,
    /// Without it payouts of USDC stay reserved.
    pub usdc: Option<usdc::Usdc>,
    /// Without it payouts by Payoneer stay reserved.
    pub payoneer: Option<fiat::payoneer::Payoneer>,
    pub caps: Caps,
}

/// What is signed for at the most.
#[derive(Clone, Copy, Debug)]
pub struct Caps {
    /// For one payee in a UTC day.
    pub payee_day: Usd,
    /// For all payees in an hour.
    pub hour: Usd,
}

impl Default for Caps {
    fn default() -> Self {
        Self { payee_day: PAID_TO_ONE_A_DAY_MAX, hour: PAID_AN_HOUR_MAX }
    }
}

/// Why a payout could not be looked at. None of it says anything about the payout: it is looked at again.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error(transparent)]
    Sign(#[from] SignError),
    #[error("a payout says what it can't: {0}")]
    Corrupt(String),
}

/// What is next for a payout.
pub(crate) enum Next {
    /// It has moved: look at once at what is next.
    Moved(Box<Payout>),
    /// Somebody else has moved it.
    Overtaken,
    /// Nothing before this moment.
    Wait(Timestamp),
    /// Nothing ever.
    Nothing,
}

/// A job ends after so many steps: a payout has fewer, unless others move it too.
const STEPS_MAX: usize = 20;

impl Payouts {
    /// Takes a payout as far as it goes now. Safe to repeat, and beside others.
    pub async fn pay(&self, payee: &Payee, id: PayoutId) -> Result<(), Trouble> {
        let mut payout = self.load(payee, id).await?;
        for _ in 0..STEPS_MAX {
            if !payout.is_watched() {
                return Ok(());
            }
            let next = match payout.rail {
                Rail::Base => match &self.usdc {
                    Some(usdc) => usdc::step(self, usdc, payout.clone()).await?,
                    None => Next::Wait(self.store.now().plus_seconds(NOBODY_S)),
                },
                Rail::Payoneer => match &self.payoneer {
                    Some(payoneer) => payoneer::step(self, payoneer, payout.clone()).await?,
                    None => Next::Wait(self.store.now().plus_seconds(NOBODY_S)),
                },
                Rail::Dlocal => return Err(Trouble::Corrupt(format!("{id} would leave by dLocal"))),
            };
            payout = match next {
                Next::Moved(payout) => *payout,
                Next::Overtaken => self.load(payee, id).await?,
                Next::Wait(until) => return Ok(self.store.postpone_payout(&payout, until).await?),
                Next::Nothing => return Ok(self.store.unwatch_payout(&payout).await?),
            };
        }
        Ok(())
    }

    async fn load(&self, payee: &Payee, id: PayoutId) -> Result<Payout, Trouble> {
        let found = self.store.read([Key::payout(payee, id)]).await?.payout(payee, id)?;
        found.ok_or_else(|| Trouble::Corrupt(format!("{id} of {payee} does not exist")))
    }

    /// Whether the books say that just this was set aside, and whoever earned it may be paid. The journal is written by
    /// other functions than the payout, and has its amount and destination too.
    pub(crate) async fn may_leave(&self, payout: &Payout) -> Result<bool, Trouble> {
        let operator = match &payout.payee {
            Payee::Operator(operator) => Some(operator),
            Payee::Agent(_) => None,
        };
        let keys = Key::reservation(payout).into_iter().chain(operator.map(Key::operator));
        let mut found = self.store.read(keys).await?;
        if let Some(operator) = operator
            && found.operator(operator)?.is_none_or(|it| it.kyc != Kyc::Verified)
        {
            metrics::counter!("PayoutsHeld", "Cause" => "kyc").increment(1);
            tracing::warn!(payout.id = %payout.id, "a payout waits: the operator's identity is not verified any more");
            return Ok(false);
        }
        let line = found.reservation(payout)?;
        let entries = payout.entries();
        let same = line.zip(entries.first()).is_some_and(|(line, entry)| line.is(entry, &payout.journal_reference()));
        if !same {
            metrics::counter!("PayoutsTampered").increment(1);
            tracing::error!(payout.id = %payout.id, "a payout is not what was set aside for it");
        }
        Ok(same)
    }

    /// Writes `step`, after which the payout is looked at again at `due_at`.
    pub(crate) async fn take(
        &self,
        payout: &Payout,
        step: PayoutMove,
        change: impl FnOnce(&mut Payout),
        due_at: Timestamp,
    ) -> Result<Next, Trouble> {
        let moved = payout.moved(step, self.store.now());
        let (mut after, _) = moved.ok_or_else(|| Trouble::Corrupt(format!("{} allows no {step}", payout.id)))?;
        change(&mut after);
        Ok(self.store.step_payout(payout, after, due_at).await?.into())
    }

    /// Gives the money back. Only where it is proven that it can't arrive any more.
    pub(crate) async fn fail(&self, payout: &Payout, failure: Failure) -> Result<Next, Trouble> {
        tracing::warn!(payout.id = %payout.id, %failure, "a payout failed");
        metrics::counter!("PayoutsFailed").increment(1);
        let now = self.store.now();
        self.take(payout, PayoutMove::Fail, |after| after.failure = Some(failure), now).await
    }
}

impl From<Stepped> for Next {
    fn from(stepped: Stepped) -> Self {
        match stepped {
            Stepped::Done(payout) => Self::Moved(payout),
            Stepped::Overtaken => Self::Overtaken,
        }
    }
}

/// Nobody carries this rail here: staff have to set it up.
const NOBODY_S: i64 = 60 * 60;
