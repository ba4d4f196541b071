//! Deposits on a chain: from what the chain shows to what is in the books. The API calls it when an agent confirms, the
//! watcher when nobody does; whoever comes second finds it done.

mod reconcile;
mod sighting;
pub mod wiring;

pub use reconcile::Reconciliation;
pub use sighting::Heads;

use chain::{Address, Chain, ChainError, Payment, checksummed};
use domain::ledger::Rail;
use domain::money::deposit::{self, Deposit, DepositMove, DepositStatus, Evidence, Incoming, Suspicion};
use domain::{AgentId, Usd};
use store::{Key, Once, Store, StoreError};

/// The chain, and which of its accounts are the platform's own.
#[derive(Clone, Debug)]
pub struct OnChain {
    pub chain: Chain,
    /// Pays payouts, and gets what is swept from deposit addresses.
    pub treasury: Address,
    /// Pays for gas.
    pub relayer: Address,
}

/// Why it is not known what to do with a payment. None of it lasts.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What became of a payment to an agent.
#[derive(Debug)]
pub enum Booked {
    Done(Box<Once<Deposit>>),
    /// Its block is not final enough for so much.
    Waits,
    /// It has nothing for this agent.
    Nothing,
}

/// The form of an address by which the books know it.
pub fn lower(address: Address) -> String {
    checksummed(address).to_ascii_lowercase()
}

impl OnChain {
    /// The platform's own accounts. Deposit addresses are not among them: what they have is the agents'.
    pub fn own(&self) -> [Address; 2] {
        [self.treasury, self.relayer]
    }

    /// Books what `payment` has for `agent`, whose address is `address`, if its block is final enough.
    pub async fn book(
        &self,
        store: &Store,
        agent: AgentId,
        address: Address,
        payment: &Payment,
        heads: &Heads,
    ) -> Result<Booked, Trouble> {
        let Some((evidence, amount)) = self.evidence(address, payment) else { return Ok(Booked::Nothing) };
        if !heads.suffice(payment.block, amount) {
            return Ok(Booked::Waits);
        }
        let reference = deposit::reference(evidence.chain_id, &evidence.tx_hash, agent);
        let there = store.read([Key::deposit(Rail::Base, &reference)]).await?.deposit(Rail::Base, &reference)?;
        let asked = || Deposit::asked(Rail::Base, reference.clone(), deposit::transaction(&reference), agent, amount);
        let known = there.unwrap_or_else(asked);
        if !matches!(known.status, DepositStatus::Pending | DepositStatus::Reversed) {
            return Ok(Booked::Done(Box::new(Once::Replay(known))));
        }

        let suspicion = self.suspicion(store, &evidence, amount).await?;
        let step = match (suspicion, known.status) {
            (Some(_), _) => DepositMove::Suspend,
            (None, DepositStatus::Reversed) => DepositMove::Restore,
            (None, _) => DepositMove::Credit,
        };
        let at = store.now();
        let booked = Deposit { amount, at, evidence: Some(evidence.kept()), suspicion, ..known };
        Ok(Booked::Done(Box::new(store.book(booked, step).await?)))
    }

    /// What a payment shows for one address, and how much that is together.
    pub fn evidence(&self, address: Address, payment: &Payment) -> Option<(Evidence, Usd)> {
        let incoming = |transfer: &chain::Transfer| {
            let amount = i64::try_from(transfer.micros).ok().and_then(Usd::from_micros)?;
            Some(Incoming { ordinal: transfer.ordinal, from: lower(transfer.from), amount })
        };
        let mine = payment.transfers.iter().filter(|transfer| transfer.to == address);
        let transfers = mine.map(incoming).collect::<Option<Vec<_>>>()?;
        let evidence = Evidence {
            chain_id: self.chain.network().chain_id,
            tx_hash: payment.tx_hash.to_string(),
            block: payment.block,
            block_hash: payment.block_hash.to_string(),
            transfers,
        };
        let amount = evidence.total().filter(|_| !evidence.transfers.is_empty())?;
        Some((evidence, amount))
    }

    /// # Errors
    /// Nobody says whether a sender is sanctioned: then nothing is booked yet.
    async fn suspicion(&self, store: &Store, evidence: &Evidence, amount: Usd) -> Result<Option<Suspicion>, Trouble> {
        let mut senders: Vec<String> = evidence.transfers.iter().map(|transfer| transfer.from.clone()).collect();
        senders.sort();
        senders.dedup();
        let own = self.own().map(lower);
        let is_own = senders.iter().any(|sender| own.contains(sender)) || !store.owners_of(&senders).await?.is_empty();
        if is_own {
            return Ok(Some(Suspicion::OwnAddress));
        }
        for sender in &senders {
            let sender = chain::parse_address(sender).map_err(|_| StoreError::Corrupt(format!("{sender} sent")))?;
            if self.chain.is_sanctioned(sender).await? {
                metrics::counter!("SanctionedSenders").increment(1);
                return Ok(Some(Suspicion::SanctionedSender));
            }
        }
        Ok(deposit::suspicion(amount, evidence.transfers.len()))
    }
}
