//! `location` as tasks show it.

use crate::json::Number;
use domain::geo::Point;
use serde::Serialize;

/// A place; digital tasks have words only.
#[derive(Debug, Serialize)]
pub struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lng: Option<Number>,
    #[serde(skip_serializing_if = "String::is_empty")]
    address: String,
}

impl Location {
    /// From a point and words.
    pub fn of(point: Option<Point>, address: &str) -> Self {
        Self {
            lat: point.map(|point| Number(point.lat)),
            lng: point.map(|point| Number(point.lng)),
            address: address.to_owned(),
        }
    }
}
