//! The variables of a process, read by name. What they mean is in `environment`, and with whatever else is
//! told by one.

use domain::money::payout::Ways;
use std::collections::HashMap;
use std::fmt;

/// All variables of a process. An empty one counts as missing: templates cannot leave one out.
pub struct Variables(HashMap<String, String>);

/// Why a function does not start. Says the name and never the value.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the environment variable {0} is missing")]
    Missing(&'static str),
    #[error("the environment variable {name} must be {wanted}")]
    Malformed { name: &'static str, wanted: &'static str },
}

impl Variables {
    /// Without any that is not UTF-8.
    pub(crate) fn of_process() -> Self {
        std::env::vars_os().filter_map(|(n, v)| Some((n.into_string().ok()?, v.into_string().ok()?))).collect()
    }

    pub fn required(&self, name: &'static str) -> Result<String, Refusal> {
        self.optional(name).ok_or(Refusal::Missing(name))
    }

    pub fn optional(&self, name: &str) -> Option<String> {
        self.0.get(name).filter(|value| !value.is_empty()).cloned()
    }

    /// How payouts leave: by a chain where `HUMANOPS_CHAIN_ID` names one, by Payoneer where `HUMANOPS_PAYONEER_ARN` says
    /// where its account is.
    pub fn ways(&self) -> Ways {
        let is_set = |name| self.optional(name).is_some();
        Ways { usdc: is_set("HUMANOPS_CHAIN_ID"), payoneer: is_set("HUMANOPS_PAYONEER_ARN") }
    }

    /// The platform's own addresses: `HUMANOPS_TREASURY`, `HUMANOPS_RELAYER`, those of before, and the token of a local
    /// chain, `HUMANOPS_CHAIN_TOKEN`.
    pub fn own_addresses(&self) -> Vec<String> {
        let names = ["HUMANOPS_TREASURY", "HUMANOPS_RELAYER", "HUMANOPS_CHAIN_TOKEN"];
        names.into_iter().filter_map(|name| self.optional(name)).chain(self.former_accounts()).collect()
    }

    /// Treasuries and relayers that were replaced: `HUMANOPS_FORMER_ACCOUNTS`, with commas.
    pub fn former_accounts(&self) -> Vec<String> {
        let given = self.optional("HUMANOPS_FORMER_ACCOUNTS").unwrap_or_default();
        given.split(',').map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect()
    }

    /// `true` or `false`; the latter when absent.
    pub(crate) fn flag(&self, name: &'static str) -> Result<bool, Refusal> {
        match self.optional(name).as_deref() {
            Some("true") => Ok(true),
            Some("false") | None => Ok(false),
            Some(_) => Err(Refusal::Malformed { name, wanted: "true or false" }),
        }
    }
}

impl FromIterator<(String, String)> for Variables {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// Without the values: some are secret.
impl fmt::Debug for Variables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}
