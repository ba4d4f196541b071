//! How long tasks waited for somebody to accept them.

use crate::limits::SAMPLE_MIN;

/// Half and nine tenths of a sample were not longer than this, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub p50_s: i64,
    pub p90_s: i64,
}

/// Of too small a sample nothing is said.
pub fn waiting(mut seconds: Vec<i64>) -> Option<Waiting> {
    if seconds.len() < SAMPLE_MIN {
        return None;
    }
    seconds.sort_unstable();
    // The nearest rank: a value that there is.
    let at = |percent: usize| seconds[(seconds.len() * percent).div_ceil(100) - 1];
    Some(Waiting { p50_s: at(50), p90_s: at(90) })
}

#[cfg(test)]
mod tests;
