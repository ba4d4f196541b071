//! Operators' profiles.

use crate::engine::item::{Item, decode, encode, known, moment, number, point, text, word};
use crate::engine::read::Table;
use crate::engine::update::UpdateExpr;
use crate::ledger::account::earnings_item;
use crate::people::by_kyc;
use crate::{Found, Key, Store, StoreError, if_held};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::geo::Point;
use domain::geo::cell::Square;
use domain::operator::{Checked, Kyc, Operator};
use domain::task_type::TaskType;
use domain::{OperatorId, StaffName};
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
    #[serde(rename = "kb", default, skip_serializing_if = "Option::is_none")]
    kyc_by: Option<String>,
    #[serde(rename = "ka", default, skip_serializing_if = "Option::is_none")]
    kyc_at: Option<i64>,
    #[serde(rename = "ca")]
    created_at: i64,
    #[serde(rename = "g2p", default)]
    kyc_partition: String,
    #[serde(rename = "g2s", default)]
    kyc_place: String,
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

    /// Writes what an operator says of itself, and how its identity stands by that. `false` when it does not stand where
    /// it `was` any more: somebody has decided meanwhile.
    pub async fn change_operator(&self, operator: &Operator, was: Kyc) -> Result<bool, StoreError> {
        let mut profile = UpdateExpr::default();
        profile.require("ky = :was");
        profile.bind(":was", text(was));
        if operator.kyc != was {
            profile.set("ky", text(operator.kyc));
            profile.set("g2p", text(by_kyc::partition(operator.kyc)));
        }
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
    pub async fn set_kyc(&self, operator: &OperatorId, kyc: Kyc, checked: &Checked) -> Result<bool, StoreError> {
        let call = UpdateItemInput::builder()
            .table_name(&self.tables.core)
            .key("pk", text(operator))
            .key("sk", text(PROFILE))
            .update_expression("SET ky = :ky, kb = :kb, ka = :ka, g2p = :g2p")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":ky", text(kyc))
            .expression_attribute_values(":kb", text(&checked.by))
            .expression_attribute_values(":ka", number(checked.at.millis()))
            .expression_attribute_values(":g2p", text(by_kyc::partition(kyc)));
        let sent = self.database.send(call).await;
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
        kyc_by: operator.checked.as_ref().map(|checked| checked.by.to_string()),
        kyc_at: operator.checked.as_ref().map(|checked| checked.at.millis()),
        created_at: operator.created_at.millis(),
        kyc_partition: by_kyc::partition(operator.kyc),
        kyc_place: by_kyc::place(operator),
    })
}

fn operator_of(item: Item) -> Result<Operator, StoreError> {
    let p: Profile = decode(item)?;
    let by = word(p.kyc_by, "a name of staff", StaffName::parse)?;
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
        checked: by.zip(p.kyc_at).map(|(by, at)| Checked { by, at: moment(at) }),
        created_at: moment(p.created_at),
    })
}
