//! The whole system through its HTTP interface. `admin` to `webhooks` are the tree of its URLs, and what tests
//! `POST /tasks` is `tasks/create.rs`; the other modules are named for what they prove.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking, and clippy sees no test in a function beside it"
)]

mod admin {
    mod agents {
        mod show;
    }
    mod disputes;
    mod ledger {
        mod audit;
    }
    mod operators {
        mod kyc;
        mod list;
        mod show;
    }
    pub(crate) mod payouts;
    mod suspense;
    mod tasks {
        mod resolve;
        mod show;
    }
}
mod agents {
    pub(crate) mod balance;
    pub(crate) mod deposit;
    mod deposit_address;
    mod deposits;
    mod keys;
    mod me;
    mod register;
    mod withdrawal_address;
    mod withdrawals;
}
mod events {
    mod endpoints;
    mod list;
    mod numbered;
    mod redeliver;
    mod test;
}
mod health;
mod operator {
    mod earnings;
    mod me;
    mod payout;
    mod payouts;
    mod push;
    mod register;
    mod tasks;
    mod upload;
}
mod operators {
    mod search;
}
mod task_types;
mod tasks {
    mod callback_secret;
    mod cancel;
    mod create;
    mod dispute;
    mod list;
    mod messages;
    mod rating;
    mod retrieve_credential;
    mod show;
    mod statement;
    mod verify;
}
mod test {
    mod clock {
        mod advance;
        mod reset;
    }
}
mod webhooks {
    mod dlocal;
    mod dlocal_live;
}

/// What every endpoint has in common.
mod endpoints;

/// The life of a task from end to end: every way through it, with the money of everybody at its end.
mod lifecycle {
    mod money;
    pub(crate) mod observed;
    mod overdue;
    mod turns;
    mod verification;
}
/// What is told, how it is signed, and how often it is tried.
mod callbacks {
    pub(crate) mod backlog;
    mod hostile;
    mod retries;
    mod stories;
}
/// Which operators are notified, of what, and how often.
mod pushes {
    mod near;
    mod stories;
    pub(crate) mod worker;
}
/// The books are right whatever happens, in whatever order, and however often.
mod consistency {
    mod faults;
    mod fuzzed;
    mod leases;
    mod mixed;
    mod pages;
    mod parked;
    mod races;
    mod random;
    mod simulated;
    mod skew;
    mod tampering;
    mod traffic;
}

/// Money on a chain: what comes in is proven, what goes out arrives once. The numbers are those of the threat model.
mod on_chain {
    mod deposits;
    mod payouts;
}

mod binary;
mod budget;
mod clients;
mod document;
mod documents;
mod lambda;
mod programs;
mod targets;
