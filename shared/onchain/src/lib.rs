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
use std::collections::BTreeSet;
use store::{Key, Once, Store, StoreError};

/// The chain, and which of its accounts are the platform's own.
#[derive(Clone, Debug)]
pub struct OnChain {
    pub chain: Chain,
    /// Pays payouts, and gets what is swept from deposit addresses.
    pub treasury: Address,
    /// Pays for gas.
    pub relayer: Address,
    /// Treasuries and relayers of before: what they still have is ours.
    pub former: Vec<Address>,
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
    pub fn own(&self) -> Vec<Address> {
        [self.treasury, self.relayer].into_iter().chain(self.former.iter().copied()).collect()
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

        let evidence = Evidence { inside: self.inside(store, &evidence).await?, ..evidence };
        let suspicion = self.suspicion(&evidence, amount).await?;
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
            // Known to who looks into the books.
            inside: Usd::ZERO,
        };
        let amount = evidence.total().filter(|_| !evidence.transfers.is_empty())?;
        Some((evidence, amount))
    }

    /// What of it came from our own accounts, or from deposit addresses.
    async fn inside(&self, store: &Store, evidence: &Evidence) -> Result<Usd, Trouble> {
        let own: Vec<_> = self.own().into_iter().map(lower).collect();
        let senders = senders(evidence);
        let ours = store.owners_of(&senders).await?;
        let is_ours = |sender: &String| own.contains(sender) || ours.contains_key(sender);
        let mut transfers = evidence.transfers.iter().filter(|transfer| is_ours(&transfer.from));
        let sum = transfers.try_fold(Usd::ZERO, |sum, transfer| sum.checked_add(transfer.amount));
        Ok(sum.ok_or_else(|| StoreError::Corrupt("more than there is".to_owned()))?)
    }

    /// # Errors
    /// Nobody says whether a sender is sanctioned: then nothing is booked yet.
    async fn suspicion(&self, evidence: &Evidence, amount: Usd) -> Result<Option<Suspicion>, Trouble> {
        if evidence.inside > Usd::ZERO {
            return Ok(Some(Suspicion::OwnAddress));
        }
        for sender in &senders(evidence) {
            let sender = chain::parse_address(sender).map_err(|_| StoreError::Corrupt(format!("{sender} sent")))?;
            if self.chain.is_sanctioned(sender).await? {
                metrics::counter!("SanctionedSenders").increment(1);
                return Ok(Some(Suspicion::SanctionedSender));
            }
        }
        Ok(deposit::suspicion(amount, evidence.transfers.len()))
    }
}

/// Each sender once.
fn senders(evidence: &Evidence) -> Vec<String> {
    let senders: BTreeSet<&String> = evidence.transfers.iter().map(|transfer| &transfer.from).collect();
    senders.into_iter().cloned().collect()
}
