//! `GET /operators/search`: verified operators near a place, and how soon tasks are accepted there.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::read::{Fields, Read, degrees, integer, measure, tenths, word};
use crate::wire::{Id, Rating, Share, Word};
use domain::OperatorId;
use domain::geo::Point;
use domain::limits::{FOUND_MAX, RADIUS_KM, RADIUS_KM_MAX};
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "searchOperators",
    Route::get("/operators/search", Caller::Agent),
    "Find verified operators near a place",
)
.about(
    "Where operators live is kept to two kilometres at best, and distances are told in steps of five: so the radius is \
     rounded up to a multiple of five too. Who has not said where they live is not found.",
)
.query::<Query>()
.example(
    "lat=40.7128&lng=-74.006&radius_km=25&task_type=PHOTO",
    r#"{"data": [{"operator_id": "op_xyz789", "name": "Jane D.", "rating": 4.8, "rating_count": 9,
        "completed_tasks": 11, "completion_rate": 0.92, "task_types": ["VERIFICATION", "PHOTO"],
        "location": {"city": "New York", "country": "US"}, "distance_km": 5}],
        "coverage": {"eligible": 1, "accept_seconds_p50": 540, "accept_seconds_p90": 3600, "sample_size": 10}}"#,
);

const LIMIT: u64 = 20;

pub struct Query {
    pub centre: Point,
    pub radius_km: u64,
    pub task_type: Option<TaskType>,
    /// In tenths.
    pub min_rating: Option<u64>,
    pub limit: usize,
}

impl Read for Query {
    const NAME: &'static str = "SearchOperators";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let lat = query.required("lat", "Degrees north.", degrees(90));
        let lng = query.required("lng", "Degrees east.", degrees(180));
        let radius = query.optional("radius_km", "How far away; 25 unless said otherwise.", measure(1..=RADIUS_KM_MAX));
        let about = "Only operators who want such tasks, or have not said which they want.";
        let task_type = query.optional("task_type", about, word());
        let min_rating = query.optional("min_rating", "Only operators who are rated so at least.", tenths(1..=5));
        let max = u64::try_from(FOUND_MAX).unwrap_or(u64::MAX);
        let limit = query.optional("limit", "Operators to return; 20 unless said otherwise.", integer(1..=max));
        Some(Self {
            centre: Point { lat: lat?, lng: lng? },
            radius_km: radius.unwrap_or(RADIUS_KM),
            task_type,
            min_rating,
            limit: usize::try_from(limit.unwrap_or(LIMIT)).unwrap_or(FOUND_MAX),
        })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FoundOperators")]
pub struct Reply {
    /// The nearest first.
    pub data: Vec<Found>,
    pub coverage: Coverage,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FoundOperator")]
pub struct Found {
    pub operator_id: Id<OperatorId>,
    /// First name and initial.
    pub name: String,
    /// Mean of its ratings, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub completed_tasks: u64,
    /// Of the tasks that have come to an end for this operator, the share that it completed; null before the first.
    pub completion_rate: Option<Share>,
    /// What it wants to do; empty if it has not said.
    pub task_types: Vec<Word<TaskType>>,
    pub location: Town,
    /// Rounded up to a multiple of five.
    #[schemars(range(min = 5))]
    pub distance_km: u64,
}

/// As the operator wrote it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Town")]
pub struct Town {
    pub city: Option<String>,
    pub country: Option<String>,
}

/// What can be expected of the area.
#[derive(Serialize, JsonSchema)]
pub struct Coverage {
    /// Operators whom the search matches, returned or not. It looks at 1,000 of each 200 kilometres square, and with
    /// `min_rating` at the nearest 200.
    pub eligible: usize,
    /// How long tasks had waited since they were created when the nearest 20 of these operators accepted them: the last
    /// ten of each in 30 days, of `task_type` if that is given. Null if there are fewer than five.
    pub accept_seconds_p50: Option<i64>,
    pub accept_seconds_p90: Option<i64>,
    pub sample_size: usize,
}
