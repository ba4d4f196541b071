//! Deposit addresses: one for each agent, for ever. Which index it is derived by is given out here, once; how, is not
//! known here.

use crate::engine::commit::{CommitError, Condition, Role};
use crate::engine::item::{Item, known, number, text};
use crate::engine::read::Table;
use crate::{Found, Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::{ReturnValue, TransactWriteItem};
use domain::AgentId;
use std::collections::BTreeMap;

/// An agent's address on the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DepositAddress {
    /// By which it is derived.
    pub index: u32,
    /// `0x` and 40 lower-case digits.
    pub address: String,
}

/// Addresses of a page, and of a partition of the list.
const PAGE: u32 = 1_000;
/// Sort key of an address, in its own partition and in its agent's.
const ADDRESS: &str = "A";
/// The partition of the index that the next address gets.
const ADDRESSES: &str = "addresses";
const NEXT: &str = "next";

impl Key {
    /// The deposit address of an agent.
    pub fn deposit_address(agent: AgentId) -> Self {
        Self::new(Table::Core, agent, ADDRESS)
    }

    /// Whose address this is: `0x` and 40 lower-case digits.
    pub fn owner_of(address: &str) -> Self {
        Self::new(Table::Core, partition(address), ADDRESS)
    }

    fn next_index() -> Self {
        Self::new(Table::Core, ADDRESSES, NEXT)
    }
}

impl Found {
    /// The deposit address of an agent, if it was asked for and exists.
    pub fn deposit_address(&mut self, agent: AgentId) -> Result<Option<DepositAddress>, StoreError> {
        self.take(&Key::deposit_address(agent), address_of)
    }

    /// Whose address it is, if it was asked for and is one of ours.
    pub fn owner_of(&mut self, address: &str) -> Result<Option<AgentId>, StoreError> {
        self.take(&Key::owner_of(address), |item| owner(&item))
    }
}

impl Store {
    /// The agent's address, which is given out if there is none: `derive` has it by its index.
    ///
    /// Agents that ask at once do not wait for each other: each takes an index of its own, and one that nobody gets in
    /// the end (a twin request was faster, the function was killed) stays a gap.
    ///
    /// # Errors
    /// The store does not answer, or `derive` has no address for an index.
    pub async fn give_address(
        &self,
        agent: AgentId,
        derive: impl Fn(u32) -> Option<String>,
    ) -> Result<DepositAddress, StoreError> {
        let index = self.take_index().await?;
        let address = known(derive(index), "an address", &index.to_string())?;
        let given = DepositAddress { index, address };
        match self.transact(self.address_writes(agent, &given)).await {
            Ok(()) => Ok(given),
            // A twin request has given out another one.
            Err(CommitError::Condition { .. }) => {
                let there = self.read([Key::deposit_address(agent)]).await?.deposit_address(agent)?;
                known(there, "the address of", &agent.to_string())
            }
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// An index that nobody has had.
    async fn take_index(&self) -> Result<u32, StoreError> {
        let counter = UpdateItemInput::builder().table_name(&self.tables.core);
        let counter = counter.key("pk", text(ADDRESSES)).key("sk", text(NEXT)).update_expression("ADD n :one");
        let counter = counter.expression_attribute_values(":one", number(1)).return_values(ReturnValue::UpdatedNew);
        let answer = self.database.send(counter).await.map_err(unavailable("take an index"))?;
        let next = whole(&answer.attributes.unwrap_or_default(), "n")?;
        known(next.checked_sub(1), "an index before", &next.to_string())
    }

    fn address_writes(&self, agent: AgentId, given: &DepositAddress) -> Vec<(Role, TransactWriteItem)> {
        let row = |pk: String, sk: String| {
            let texts = [("pk", pk), ("sk", sk), ("ad", given.address.clone()), ("ag", agent.to_string())];
            let mut item: Item = texts.map(|(name, value)| (name.to_owned(), text(value))).into();
            item.insert("ix".to_owned(), number(given.index.into()));
            item
        };
        let absent = || Condition { expression: "attribute_not_exists(pk)", values: Vec::new() };
        vec![
            (Role::State, self.put_on(row(agent.to_string(), ADDRESS.to_owned()), absent())),
            (Role::Beside, self.put_on(row(partition(&given.address), ADDRESS.to_owned()), absent())),
            (Role::Beside, self.put_on(row(list(given.index), format!("{:010}", given.index)), absent())),
        ]
    }

    /// How many pages of addresses there are; what is given out from now on may lie beyond them.
    pub async fn address_pages(&self) -> Result<u32, StoreError> {
        let next = self.read([Key::next_index()]).await?.take(&Key::next_index(), |item| whole(&item, "n"))?;
        Ok(next.unwrap_or_default().div_ceil(PAGE))
    }

    /// The addresses with the indexes `1,000 × page` and up, at most a thousand.
    pub async fn addresses(&self, page: u32) -> Result<Vec<DepositAddress>, StoreError> {
        let (mut addresses, mut start) = (Vec::new(), None);
        loop {
            let query = QueryInput::builder().table_name(&self.tables.core).consistent_read(true);
            let query = query.key_condition_expression("pk = :pk").set_exclusive_start_key(start);
            let query = query.expression_attribute_values(":pk", text(list(page * PAGE)));
            let answer = self.database.send(query).await.map_err(unavailable("list addresses"))?;
            for item in answer.items.unwrap_or_default() {
                addresses.push(address_of(item)?);
            }
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(addresses);
            }
        }
    }

    /// Whose each of these addresses is; those of nobody are left out.
    pub async fn owners_of(&self, addresses: &[String]) -> Result<BTreeMap<String, AgentId>, StoreError> {
        let mut found = self.read(addresses.iter().map(|address| Key::owner_of(address))).await?;
        let mut owners = BTreeMap::new();
        for address in addresses {
            owners.extend(found.owner_of(address)?.map(|agent| (address.clone(), agent)));
        }
        Ok(owners)
    }
}

fn partition(address: &str) -> String {
    format!("A#{address}")
}

fn list(index: u32) -> String {
    format!("{ADDRESSES}#{}", index / PAGE)
}

fn address_of(item: Item) -> Result<DepositAddress, StoreError> {
    let address = item.get("ad").and_then(|v| v.as_s().ok()).cloned();
    Ok(DepositAddress { index: whole(&item, "ix")?, address: known(address, "an address", "")? })
}

fn owner(item: &Item) -> Result<AgentId, StoreError> {
    let agent = item.get("ag").and_then(|v| v.as_s().ok()).map(String::as_str).unwrap_or_default();
    known(AgentId::parse(agent), "an agent id", agent)
}

fn whole(item: &Item, name: &str) -> Result<u32, StoreError> {
    let number = item.get(name).and_then(|n| n.as_n().ok()).and_then(|digits| digits.parse().ok());
    known(number, "a whole number", name)
}
