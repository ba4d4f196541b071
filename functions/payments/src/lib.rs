//! Money in, and an agent's own money out again: deposits in USDC and in fiat, the payment provider's webhook,
//! withdrawals. Nothing is signed here: `payouts` sends what is reserved.

mod deposit;
mod deposit_address;
mod deposits;
pub mod provider;
mod tx_hash;
mod unavailable;
mod webhook;
pub mod wiring;
mod withdrawal_address;
mod withdrawals;

pub use deposit_address::keys::{DepositKeys, KeysRefusal};

use axum::extract::FromRef;
use contract::{agents, webhooks};
use domain::ledger::Rail;
use domain::money::payout::{PayoutStatus, Way, Ways};
use fiat::dlocal::{Dlocal, Notices};
use std::sync::Arc;
use store::ledger::deposits::witness::Witness;

pub use store::ledger::deposits::witness::Later;
use web::{ApiError, Gate, Routes};

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Payments {
    /// The way in, and the store behind it.
    pub gate: Gate,
    /// The chain that money comes and goes by; without it test mode believes what it is told, and live mode nothing.
    pub usdc: Option<Usdc>,
    /// Who takes fiat. The same holds without it.
    pub dlocal: Option<Arc<Dlocal>>,
    /// How dLocal signs. Without it no notification is believed.
    pub notices: Option<Arc<Notices>>,
}

/// What claims of USDC take: nothing that a deposit address is made of.
#[derive(Clone, Debug)]
pub struct Claims {
    pub gate: Gate,
    /// Without it test mode believes what it is told, and live mode nothing.
    pub chain: Option<WitnessedChain>,
}

/// USDC on a chain, and where it comes in.
#[derive(Clone, Debug)]
pub struct Usdc {
    pub chain: WitnessedChain,
    /// With its checksum.
    pub token: String,
    /// The platform's own addresses.
    pub own: Vec<String>,
    pub deposit_keys: DepositKeys,
}

/// A chain, and who looks at what an agent claims of it.
#[derive(Clone, Debug)]
pub struct WitnessedChain {
    pub id: u64,
    pub witness: Arc<dyn Witness>,
}

impl FromRef<Payments> for Gate {
    fn from_ref(state: &Payments) -> Self {
        state.gate.clone()
    }
}

impl FromRef<Claims> for Gate {
    fn from_ref(state: &Claims) -> Self {
        state.gate.clone()
    }
}

impl Payments {
    /// What of it claims of USDC take.
    pub fn claims(&self) -> Claims {
        Claims { gate: self.gate.clone(), chain: self.usdc.as_ref().map(|usdc| usdc.chain.clone()) }
    }

    /// Whether an address is one of the platform's own.
    pub(crate) fn is_own(&self, address: &str) -> bool {
        self.usdc.iter().flat_map(|usdc| &usdc.own).any(|own| own.eq_ignore_ascii_case(address))
    }

    /// How far a payout of USDC has got when it was asked for.
    pub(crate) fn status_of_a_payout(&self) -> Result<PayoutStatus, ApiError> {
        let ways = Ways { usdc: self.usdc.is_some(), ..Ways::default() };
        match ways.by(Rail::Base, self.gate.mode()) {
            Way::AtOnce => Ok(PayoutStatus::Completed),
            Way::Carried => Ok(PayoutStatus::Reserved),
            Way::Closed => Err(unavailable::refusal()),
        }
    }
}

pub fn routes(state: Payments) -> Routes {
    let claims = state.claims();
    Routes::new()
        .on(const { agents::deposit_address::ENDPOINT.route }, deposit_address::handle)
        .on(const { agents::deposits::ENDPOINT.route }, deposits::handle)
        .on(const { agents::deposit::ENDPOINT.route }, deposit::handle)
        .on(const { agents::deposit::status::ENDPOINT.route }, deposit::status::handle)
        .on(const { agents::deposit::status::BY_BODY.route }, deposit::status::by_body)
        .on(const { agents::withdrawal_address::SET.route }, withdrawal_address::set)
        .on(const { agents::withdrawal_address::ENDPOINT.route }, withdrawal_address::show)
        .on(const { agents::withdrawals::ENDPOINT.route }, withdrawals::request)
        .on(const { agents::withdrawals::LIST.route }, withdrawals::list)
        .on(const { agents::withdrawals::SHOW.route }, withdrawals::show)
        .on(const { webhooks::DLOCAL.route }, webhook::handle)
        .with_state(state)
        .merge(tool_routes(claims))
}

/// What of it tools call (`functions/mcp`).
pub fn tool_routes(state: Claims) -> Routes {
    Routes::new().on(const { agents::deposit::usdc::ENDPOINT.route }, deposit::usdc::handle).with_state(state)
}
