//! Medians and their neighbourhood: other work of the machine makes outliers, never the other way round.

/// What a measure came to over all rounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Spread {
    pub(crate) p10: f64,
    pub(crate) median: f64,
    pub(crate) p90: f64,
}

impl Spread {
    /// Of at least one value.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        assert!(!values.is_empty(), "every contestant is measured in every round");
        values.sort_by(f64::total_cmp);
        // Nearest rank.
        let at = |percent: usize| values[(values.len() * percent).div_ceil(100).max(1) - 1];
        Self { p10: at(10), median: at(50), p90: at(90) }
    }
}

#[cfg(test)]
mod tests;
