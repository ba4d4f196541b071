//! Test or live: a property of the deployment.

use crate::words::words;

words! {
    /// Whether money is real. In test mode deposits, KYC and payouts complete at once.
    Mode { Test = "test", Live = "live" }
}
