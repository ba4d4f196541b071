//! `/operator`: registering, finding and doing tasks, earning.

pub mod earnings;
pub mod me;
pub mod payout;
pub mod payouts;
pub mod push;
pub mod register;
pub mod search;
pub mod tasks;
pub mod upload;

use crate::Endpoint;

pub(crate) const ENDPOINTS: &[Endpoint] = &[
    register::ENDPOINT,
    me::ENDPOINT,
    me::CHANGE,
    push::ENDPOINT,
    push::SUBSCRIBE,
    push::UNSUBSCRIBE,
    tasks::browse::ENDPOINT,
    tasks::mine::ENDPOINT,
    tasks::show::ENDPOINT,
    tasks::accept::ENDPOINT,
    tasks::start::ENDPOINT,
    tasks::release::ENDPOINT,
    tasks::messages::ENDPOINT,
    tasks::messages::SEND,
    tasks::rating::ENDPOINT,
    upload::ENDPOINT,
    tasks::check::ENDPOINT,
    tasks::submit::ENDPOINT,
    tasks::statement::ENDPOINT,
    earnings::ENDPOINT,
    payout::ENDPOINT,
    payout::status::ENDPOINT,
    payouts::ENDPOINT,
    search::ENDPOINT,
];
