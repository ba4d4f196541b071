//! What staff do, with the admin key: identity checks, disputes, who is who, stuck payouts, the audit of the ledger.

mod agent;
mod audit;
mod disputes;
mod kyc;
mod operator;
mod operators;
mod payouts;
mod resolve;
mod show;
mod suspense;

use axum::extract::FromRef;
use bucket::Bucket;
use contract::admin;
use web::{Gate, Routes};

/// What the handlers need.
#[derive(Clone, Debug)]
pub struct Admin {
    /// The way in, and the store behind it.
    pub gate: Gate,
    /// Signs links to photos.
    pub bucket: Bucket,
}

impl FromRef<Admin> for Gate {
    fn from_ref(state: &Admin) -> Self {
        state.gate.clone()
    }
}

pub fn routes(state: Admin) -> Routes {
    Routes::new()
        .on(const { admin::operators::ENDPOINT.route }, operators::handle)
        .on(const { admin::operator::ENDPOINT.route }, operator::handle)
        .on(const { admin::kyc::ENDPOINT.route }, kyc::handle)
        .on(const { admin::agent::ENDPOINT.route }, agent::handle)
        .on(const { admin::disputes::ENDPOINT.route }, disputes::handle)
        .on(const { admin::show::ENDPOINT.route }, show::handle)
        .on(const { admin::resolve::ENDPOINT.route }, resolve::handle)
        .on(const { admin::suspense::ENDPOINT.route }, suspense::list)
        .on(const { admin::suspense::RELEASE.route }, suspense::release)
        .on(const { admin::payouts::ENDPOINT.route }, payouts::handle)
        .on(const { admin::audit::ENDPOINT.route }, audit::handle)
        .with_state(state)
}
