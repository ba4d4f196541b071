//! Where callbacks of an agent go and do not arrive: since when, and whether anybody tries any more. What works has no
//! item. They are in `core`, whose stream tells the agent.

use crate::engine::commit::Condition;
use crate::engine::item::{Item, decode, encode, known, moment, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use domain::words::words;
use domain::{AgentId, Timestamp};
use serde::{Deserialize, Serialize};

words! {
    /// Why nobody tries any more.
    Reason {
        /// Nothing arrived for days.
        Failing = "failing",
        /// It answered 410.
        Gone = "gone",
    }
}

/// How an endpoint stands to which something did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The origin of URLs, or a task whose URL is gone.
    pub endpoint: String,
    /// When it first failed; nothing has arrived since.
    pub failing_since: Timestamp,
    /// When it was disabled, and why.
    pub disabled: Option<(Timestamp, Reason)>,
}

#[derive(Serialize, Deserialize)]
struct StandingItem {
    pk: String,
    sk: String,
    #[serde(rename = "fs")]
    failing_since: i64,
    #[serde(rename = "da", default, skip_serializing_if = "Option::is_none")]
    disabled_at: Option<i64>,
    #[serde(rename = "rs", default, skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

pub(crate) const PREFIX: &str = "F#";
/// As many are listed.
const LISTED: i32 = 100;

impl Key {
    /// How an endpoint of an agent stands.
    pub fn endpoint(agent: AgentId, endpoint: &str) -> Self {
        Self::new(Table::Core, agent, sort_key(endpoint))
    }
}

impl Found {
    /// How an endpoint stands, if it was asked for and something did not arrive there.
    pub fn endpoint(&mut self, agent: AgentId, endpoint: &str) -> Result<Option<Standing>, StoreError> {
        self.take(&Key::endpoint(agent, endpoint), standing_of)
    }
}

impl Store {
    /// Writes how an endpoint stands, unless somebody else has disabled it, or it works again meanwhile: `seen` is what
    /// was known.
    pub async fn note_standing(
        &self,
        agent: AgentId,
        seen: Option<&Standing>,
        standing: &Standing,
    ) -> Result<(), StoreError> {
        let condition = match seen {
            None => Condition { expression: "attribute_not_exists(pk)", values: Vec::new() },
            Some(seen) => Condition {
                expression: "fs = :seen AND attribute_not_exists(da)",
                values: vec![(":seen", number(seen.failing_since.millis()))],
            },
        };
        let item = standing_item(agent, standing);
        self.put_unless(&self.tables.core, item, condition, "note how an endpoint stands").await.map(drop)
    }

    /// Nothing is known against an endpoint any more: it works, or somebody says that it does.
    pub async fn clear_standing(&self, agent: AgentId, endpoint: &str) -> Result<(), StoreError> {
        let delete = DeleteItemInput::builder().table_name(&self.tables.core);
        let delete = delete.key("pk", text(agent)).key("sk", text(sort_key(endpoint)));
        self.database.send(delete).await.map(drop).map_err(unavailable("clear an endpoint"))
    }

    /// The endpoints of an agent to which something did not arrive, a hundred at most.
    pub async fn standings(&self, agent: AgentId) -> Result<Vec<Standing>, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.core)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(agent))
            .expression_attribute_values(":prefix", text(PREFIX))
            .consistent_read(true)
            .limit(LISTED);
        let answer = self.database.send(call).await.map_err(unavailable("list endpoints"))?;
        answer.items.unwrap_or_default().into_iter().map(standing_of).collect()
    }
}

fn sort_key(endpoint: &str) -> String {
    format!("{PREFIX}{endpoint}")
}

fn standing_item(agent: AgentId, standing: &Standing) -> Item {
    encode(&StandingItem {
        pk: agent.to_string(),
        sk: sort_key(&standing.endpoint),
        failing_since: standing.failing_since.millis(),
        disabled_at: standing.disabled.map(|(at, _)| at.millis()),
        reason: standing.disabled.map(|(_, reason)| reason.to_string()),
    })
}

pub(crate) fn standing_of(item: Item) -> Result<Standing, StoreError> {
    let s: StandingItem = decode(item)?;
    let endpoint = known(s.sk.strip_prefix(PREFIX), "an endpoint", &s.sk)?.to_owned();
    let reason = s.reason.map(|word| known(Reason::parse(&word), "a reason", &word)).transpose()?;
    Ok(Standing { endpoint, failing_since: moment(s.failing_since), disabled: s.disabled_at.map(moment).zip(reason) })
}
