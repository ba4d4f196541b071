//! `/agents`: accounts, keys, balances, and how money gets in.

pub mod balance;
pub mod deposit;
pub mod deposit_address;
pub mod deposits;
pub mod keys;
pub mod me;
pub mod register;
pub mod withdrawal_address;
pub mod withdrawals;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    register::ENDPOINT,
    me::ENDPOINT,
    me::CHANGE,
    balance::ENDPOINT,
    keys::create::ENDPOINT,
    keys::list::ENDPOINT,
    keys::revoke::ENDPOINT,
    deposit_address::ENDPOINT,
    deposit::usdc::ENDPOINT,
    deposit::ENDPOINT,
    deposit::status::ENDPOINT,
    deposit::status::BY_BODY,
    deposits::ENDPOINT,
    withdrawal_address::SET,
    withdrawal_address::ENDPOINT,
    withdrawals::ENDPOINT,
    withdrawals::LIST,
    withdrawals::SHOW,
];
