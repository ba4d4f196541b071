//! Ratings: each in the partition of whom it is about, beside the account in which they are added up.

use crate::engine::commit::{CommitError, Role};
use crate::engine::item::{Item, decode, encode, known, moment};
use crate::engine::read::Table;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::{ACCOUNT, attribute};
use crate::{Key, Store, StoreError};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::TaskId;
use domain::operator::rating::Rating;
use domain::task::Side;
use domain::task::Task;
use serde::{Deserialize, Serialize};

/// Prefix of the sort key of ratings.
pub(crate) const RATING: &str = "R#";

#[derive(Serialize, Deserialize)]
struct RatingItem {
    pk: String,
    sk: String,
    #[serde(rename = "by")]
    by: String,
    #[serde(rename = "sc")]
    score: u8,
    #[serde(rename = "cm", default, skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    #[serde(rename = "ts")]
    at: i64,
}

impl Store {
    /// Rates the other side of the task, once. Answers the rating that is there.
    pub async fn rate(&self, task: &Task, rating: Rating) -> Result<Rating, StoreError> {
        let owner = rated(task, rating.by)?;
        let mut sums = UpdateExpr::default();
        sums.require("attribute_exists(pk)");
        sums.add(attribute::RATINGS, 1);
        sums.add(attribute::RATINGS_SUM, rating.score.into());
        // Whoever adds up the ratings must see that there is one more.
        sums.add(attribute::VERSION, 1);
        let sums = TransactWriteItem::builder().update(sums.update(&self.tables.ledger, &owner, ACCOUNT)).build();
        let account = match rating.by {
            Side::Agent => Role::Earnings,
            Side::Operator => Role::Agent,
        };
        let put = self.put_once(&self.tables.ledger, rating_item(&owner, &rating));
        match self.transact(vec![(Role::State, put), (account, sums)]).await {
            Ok(()) => Ok(rating),
            Err(CommitError::Condition { role: Role::State, found }) => rating_of(found),
            Err(CommitError::Condition { .. }) => Err(StoreError::Corrupt(format!("{owner} has no account"))),
            Err(CommitError::Store(error)) => Err(error),
        }
    }

    /// What one side of the task said of the other.
    pub async fn rating(&self, task: &Task, by: Side) -> Result<Option<Rating>, StoreError> {
        let key = Key::new(Table::Ledger, rated(task, by)?, sort_key(task.id));
        self.read([key.clone()]).await?.take(&key, rating_of)
    }
}

/// Whom a side of the task rates.
fn rated(task: &Task, by: Side) -> Result<String, StoreError> {
    match (by, &task.operator) {
        (Side::Operator, _) => Ok(task.agent.to_string()),
        (Side::Agent, Some(operator)) => Ok(operator.id.to_string()),
        (Side::Agent, None) => Err(StoreError::Corrupt(format!("{} was completed by nobody", task.id))),
    }
}

fn sort_key(task: TaskId) -> String {
    format!("{RATING}{task}")
}

fn rating_item(owner: &str, rating: &Rating) -> Item {
    encode(&RatingItem {
        pk: owner.to_owned(),
        sk: sort_key(rating.task),
        by: rating.by.to_string(),
        score: rating.score,
        comment: rating.comment.clone(),
        at: rating.at.millis(),
    })
}

/// Reads a rating.
pub(crate) fn rating_of(item: Item) -> Result<Rating, StoreError> {
    let r: RatingItem = decode(item)?;
    Ok(Rating {
        task: known(r.sk.strip_prefix(RATING).and_then(TaskId::parse), "a rated task", &r.sk)?,
        by: known(Side::parse(&r.by), "a side", &r.by)?,
        score: r.score,
        comment: r.comment,
        at: moment(r.at),
    })
}
