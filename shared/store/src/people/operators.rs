//! Operators' profiles.

use crate::engine::item::{Item, decode, encode, known, moment, number, point, text, word};
use crate::engine::read::Table;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::earnings_item;
use crate::{Found, Key, Store, StoreError, if_held};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::OperatorId;
use domain::geo::Point;
use domain::geo::cell::Square;
use domain::operator::{Kyc, Operator};
use domain::task_type::TaskType;
use serde::{Deserialize, Serialize};

const PROFILE: &str = "P";

#[derive(Serialize, Deserialize)]
struct Profile {
    pk: String,
    sk: String,
    #[serde(rename = "nm")]
    name: String,
    #[serde(rename = "em")]
    email: String,
    #[serde(rename = "ph", default, skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(rename = "ci", default, skip_serializing_if = "Option::is_none")]
    city: Option<String>,
    #[serde(rename = "co", default, skip_serializing_if = "Option::is_none")]
    country: Option<String>,
    #[serde(rename = "la", default, skip_serializing_if = "Option::is_none")]
    latitude: Option<i32>,
    #[serde(rename = "lo", default, skip_serializing_if = "Option::is_none")]
    longitude: Option<i32>,
    #[serde(rename = "g3p", default, skip_serializing_if = "Option::is_none")]
    square: Option<String>,
    #[serde(rename = "g3s", default, skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(rename = "sl")]
    skills: Vec<String>,
    #[serde(rename = "ky")]
    kyc: String,
    #[serde(rename = "ca")]
    created_at: i64,
}

impl Key {
    /// An operator's profile.
    pub fn operator(id: &OperatorId) -> Self {
        Self::new(Table::Core, id, PROFILE)
    }
}

impl Found {
    /// An operator's profile, if it was asked for and exists.
    pub fn operator(&mut self, id: &OperatorId) -> Result<Option<Operator>, StoreError> {
        self.take(&Key::operator(id), operator_of)
    }
}

impl Store {
    /// Creates an operator with empty earnings; `false` when the profile exists. Earnings come
    /// first, so that who has a profile can be paid.
    pub async fn register_operator(&self, operator: &Operator) -> Result<bool, StoreError> {
        const REGISTER: &str = "register an operator";
        self.put_new(&self.tables.ledger, earnings_item(&operator.id), REGISTER).await?;
        Ok(self.put_new(&self.tables.core, profile_item(operator), REGISTER).await?.is_none())
    }

    /// Writes what an operator says of itself, who exists.
    pub async fn change_operator(&self, operator: &Operator) -> Result<(), StoreError> {
        let mut profile = UpdateExpr::default();
        profile.set("nm", text(&operator.name));
        profile.set("em", text(&operator.email));
        profile.set_if("ph", operator.phone.as_ref().map(text));
        profile.set_if("ci", operator.city.as_ref().map(text));
        profile.set_if("co", operator.country.as_ref().map(text));
        profile.set_or_remove("la", operator.home.map(|home| number(home.lat.scaled().into())));
        profile.set_or_remove("lo", operator.home.map(|home| number(home.lng.scaled().into())));
        profile.set_or_remove("g3p", operator.home.map(|home| text(square_partition(home.square()))));
        profile.set_or_remove("g3s", operator.home.map(|home| text(place(home, &operator.id))));
        profile.set("sl", AttributeValue::L(operator.skills.iter().map(text).collect()));
        let item = (self.tables.core.as_str(), operator.id.as_str(), PROFILE);
        self.change_profile(profile, item, "change an operator").await
    }

    /// Records the result of an identity check; `false` when there is no such operator.
    pub async fn set_kyc(&self, operator: &OperatorId, kyc: Kyc) -> Result<bool, StoreError> {
        let sent = self
            .client
            .update_item()
            .table_name(&self.tables.core)
            .key("pk", text(operator))
            .key("sk", text(PROFILE))
            .update_expression("SET ky = :ky")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":ky", text(kyc))
            .send()
            .await;
        Ok(if_held(sent, "set KYC")?.is_some())
    }
}

/// Partition of `g3` with the operators who live in a square.
pub(super) fn square_partition(square: Square) -> String {
    format!("G#{square}")
}

/// Sorts by row of cells.
fn place(home: Point, operator: &OperatorId) -> String {
    format!("{:04}#{operator}", home.row())
}

pub(super) fn skills_of(names: Vec<String>) -> Result<Vec<TaskType>, StoreError> {
    let skills = names.into_iter().map(|name| word(Some(name), "a skill", TaskType::parse));
    Ok(skills.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}

fn profile_item(operator: &Operator) -> Item {
    encode(&Profile {
        pk: operator.id.to_string(),
        sk: PROFILE.to_owned(),
        name: operator.name.clone(),
        email: operator.email.clone(),
        phone: operator.phone.clone(),
        city: operator.city.clone(),
        country: operator.country.clone(),
        latitude: operator.home.map(|home| home.lat.scaled()),
        longitude: operator.home.map(|home| home.lng.scaled()),
        square: operator.home.map(|home| square_partition(home.square())),
        place: operator.home.map(|home| place(home, &operator.id)),
        skills: operator.skills.iter().map(ToString::to_string).collect(),
        kyc: operator.kyc.to_string(),
        created_at: operator.created_at.millis(),
    })
}

fn operator_of(item: Item) -> Result<Operator, StoreError> {
    let p: Profile = decode(item)?;
    Ok(Operator {
        home: point(&p.pk, p.latitude, p.longitude)?,
        id: known(OperatorId::parse(&p.pk), "an operator id", &p.pk)?,
        name: p.name,
        email: p.email,
        phone: p.phone,
        city: p.city,
        country: p.country,
        skills: skills_of(p.skills)?,
        kyc: known(Kyc::parse(&p.kyc), "a KYC status", &p.kyc)?,
        created_at: moment(p.created_at),
    })
}
