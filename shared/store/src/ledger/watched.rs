//! Deposits that somebody is to look at again: those of a chain until their block is final, and payments that a
//! provider has not told of. Lists of their own, in the ledger, which has no index.

use crate::engine::item::{Item, known, text};
use crate::{Key, Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::ledger::Rail;
use std::fmt;

/// A list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Booked by a block of this chain that was not final: in the order of their blocks.
    Unfinal(u64),
    /// Asked for, and not paid as far as we know: in the order of the milliseconds when the provider was asked last.
    Unpaid,
}

/// What stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    list: List,
    sort: String,
    /// Of the deposit.
    pub reference: String,
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinal(chain_id) => write!(f, "unfinal#{chain_id}"),
            Self::Unpaid => f.write_str("unpaid"),
        }
    }
}

impl List {
    /// By which way the deposits of the list came.
    pub const fn rail(self) -> Rail {
        match self {
            Self::Unfinal(_) => Rail::Base,
            Self::Unpaid => Rail::Dlocal,
        }
    }
}

impl Watched {
    /// The deposit that is watched.
    pub fn key(&self) -> Key {
        Key::deposit(self.list.rail(), &self.reference)
    }
}

impl Store {
    /// A write that puts a deposit on the list, at its place.
    pub(crate) fn put_watched(&self, list: List, place: u64, reference: &str) -> TransactWriteItem {
        self.put_always(&self.tables.ledger, item(list, place, reference))
    }

    /// Puts a deposit on the list.
    pub async fn watch(&self, list: List, place: u64, reference: &str) -> Result<(), StoreError> {
        let put = PutItemInput::builder().table_name(&self.tables.ledger).set_item(Some(item(list, place, reference)));
        self.database.send(put).await.map(drop).map_err(unavailable("watch a deposit"))
    }

    /// The first of the list, at most `limit`, after `after` if there is one.
    pub async fn watched(&self, list: List, after: Option<&Watched>, limit: u16) -> Result<Vec<Watched>, StoreError> {
        let query = QueryInput::builder().table_name(&self.tables.ledger).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk AND sk > :after").limit(limit.into());
        // Before every place: all of them are digits.
        let after = after.map_or(" ", |it| it.sort.as_str());
        let query =
            query.expression_attribute_values(":pk", text(list)).expression_attribute_values(":after", text(after));
        let answer = self.database.send(query).await.map_err(unavailable("list what is watched"))?;
        let watched = |item: Item| {
            let part = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned();
            let (sort, reference) = (known(part("sk"), "a place", "")?, known(part("rf"), "a deposit", "")?);
            Ok(Watched { list, sort, reference })
        };
        answer.items.unwrap_or_default().into_iter().map(watched).collect()
    }

    /// Moves it to another place of its list.
    pub async fn watch_later(&self, watched: &Watched, place: u64) -> Result<(), StoreError> {
        if watched.sort == sort_key(place, &watched.reference) {
            return Ok(());
        }
        // In this order: whoever dies between the two leaves it there twice.
        self.watch(watched.list, place, &watched.reference).await?;
        self.unwatch(watched).await
    }

    /// Takes it off its list.
    pub async fn unwatch(&self, watched: &Watched) -> Result<(), StoreError> {
        let delete = DeleteItemInput::builder().table_name(&self.tables.ledger);
        let delete = delete.key("pk", text(watched.list)).key("sk", text(&watched.sort));
        self.database.send(delete).await.map(drop).map_err(unavailable("unwatch a deposit"))
    }
}

fn sort_key(place: u64, reference: &str) -> String {
    format!("{place:015}#{reference}")
}

fn item(list: List, place: u64, reference: &str) -> Item {
    let parts = [("pk", text(list)), ("sk", text(sort_key(place, reference))), ("rf", text(reference))];
    parts.map(|(name, value)| (name.to_owned(), value)).into()
}
