//! What of the tools a host lets its assistant use.

use crate::refusal::Refusal;
use crate::tools::Tool;
use humanops_client::Usd;
use serde_json::Value;

/// Characters of an unknown name that are repeated.
const NAME_CHARS: usize = 40;

/// All of it unless something is said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Only tools that change nothing.
    pub read_only: bool,
    /// Rewards above it are refused here, whatever the account has.
    pub max_reward: Option<Usd>,
    /// Only these tools.
    pub tools: Option<Vec<String>>,
}

impl Limits {
    /// Reads names by commas; the empty text names all.
    ///
    /// # Errors
    /// One sentence about the first name that is no tool's.
    pub fn named(list: &str) -> Result<Option<Vec<String>>, String> {
        if list.is_empty() {
            return Ok(None);
        }
        let all: Vec<&str> = crate::TOOLS.iter().map(|tool| tool.name).collect();
        let one = |name: &str| {
            if all.contains(&name) {
                Ok(name.to_owned())
            } else {
                let shown: String = name.chars().take(NAME_CHARS).collect();
                Err(format!("{shown:?} is none of {}", all.join(", ")))
            }
        };
        list.split(',').map(|name| one(name.trim())).collect::<Result<_, _>>().map(Some)
    }

    pub(crate) fn allow(&self, tool: &Tool) -> bool {
        let is_wanted = self.tools.as_ref().is_none_or(|names| names.iter().any(|name| name == tool.name));
        is_wanted && (tool.hints.is_read_only || !self.read_only)
    }

    /// Whether a reward may be promised.
    pub(crate) fn permit(&self, reward: Option<&Value>) -> Result<(), Refusal> {
        let (Some(max), Some(reward)) = (self.max_reward, reward) else {
            return Ok(());
        };
        let text = reward.as_str().map_or_else(|| reward.to_string(), ToOwned::to_owned);
        match text.parse::<Usd>() {
            Ok(amount) if amount <= max => Ok(()),
            Ok(amount) => Err(Refusal::new(
                "reward_limit",
                format!("reward_usd {amount} is above {max}, the most that this server was started to promise."),
            )
            .next("Ask the person you work for, or lower reward_usd.")),
            Err(_) => Err(Refusal::invalid("reward_usd must be a decimal number of dollars.")),
        }
    }
}
