//! Operators by where they live, from the index `by-place`. Who may be shown to whom is not asked here.

use crate::engine::item::{Item, decode, known, point, text};
use crate::engine::schema::BY_PLACE;
use crate::people::operators::{skills_of, square_partition};
use crate::{Store, StoreError, unavailable};
use aws_sdk_dynamodb::operation::query::QueryInput;
use domain::OperatorId;
use domain::geo::Point;
use domain::geo::cell::{Rows, Square};
use domain::limits::SQUARE_READ_MAX;
use domain::operator::{Kyc, public_name};
use domain::task_type::TaskType;
use serde::Deserialize;

/// A verified operator, as others may see them.
#[derive(Clone, Debug)]
pub struct Neighbour {
    pub id: OperatorId,
    pub public_name: String,
    pub skills: Vec<TaskType>,
    pub city: Option<String>,
    pub country: Option<String>,
    /// The centre of the cell that they live in.
    pub home: Point,
}

#[derive(Deserialize)]
struct NeighbourItem {
    pk: String,
    #[serde(rename = "nm")]
    name: String,
    #[serde(rename = "ci")]
    city: Option<String>,
    #[serde(rename = "co")]
    country: Option<String>,
    #[serde(rename = "la")]
    latitude: Option<i32>,
    #[serde(rename = "lo")]
    longitude: Option<i32>,
    #[serde(rename = "sl")]
    skills: Vec<String>,
}

impl Store {
    /// Verified operators in these rows of these squares; of each square at most so many are looked at.
    pub async fn neighbours(&self, squares: &[Square], rows: Rows) -> Result<Vec<Neighbour>, StoreError> {
        let read = squares.iter().map(|square| self.neighbours_in(*square, rows));
        Ok(futures::future::try_join_all(read).await?.concat())
    }

    async fn neighbours_in(&self, square: Square, rows: Rows) -> Result<Vec<Neighbour>, StoreError> {
        let call = QueryInput::builder()
            .table_name(&self.tables.core)
            .index_name(BY_PLACE.name)
            .key_condition_expression("g3p = :p AND g3s BETWEEN :from AND :to")
            .filter_expression("ky = :verified")
            .expression_attribute_values(":p", text(square_partition(square)))
            .expression_attribute_values(":from", text(format!("{:04}#", rows.first)))
            .expression_attribute_values(":to", text(format!("{:04}$", rows.last)))
            .expression_attribute_values(":verified", text(Kyc::Verified))
            .limit(SQUARE_READ_MAX.into());
        let answer = self.database.send(call).await.map_err(unavailable("find operators"))?;
        answer.items.unwrap_or_default().into_iter().map(neighbour_of).collect()
    }
}

fn neighbour_of(item: Item) -> Result<Neighbour, StoreError> {
    let n: NeighbourItem = decode(item)?;
    let home = point(&n.pk, n.latitude, n.longitude)?;
    Ok(Neighbour {
        id: known(OperatorId::parse(&n.pk), "an operator id", &n.pk)?,
        public_name: public_name(&n.name),
        skills: skills_of(n.skills)?,
        city: n.city,
        country: n.country,
        home: known(home, "a home", &n.pk)?,
    })
}
