//! `GET` and `PATCH /operator/me`: the caller's own profile.

use super::register;
use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, email, line};
use crate::wire::{Id, Moment, Number, Rating, Word};
use domain::OperatorId;
use domain::geo::Point;
use domain::operator::{Earnings, Kyc, Operator, record};
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint =
    Endpoint::new::<Reply>("getOperator", Route::get("/operator/me", Caller::Operator), "Show the operator's profile")
        .errors(&[Code::NotFound])
        .example("", REPLY);

pub const CHANGE: Endpoint = Endpoint::new::<Reply>(
    "updateOperator",
    Route::patch("/operator/me", Caller::Operator),
    "Change the operator's profile",
)
.about(
    "What is left out stays as it is. Who has a task is shown by the name that was theirs when they accepted it. In live \
     mode whoever is VERIFIED and takes another name is PENDING until that was checked.",
)
.body::<Body>()
.errors(&[Code::NotFound])
.example(r#"{"email": "jane@example.com", "location": {"city": "New York", "country": "US"}}"#, REPLY);

const REPLY: &str = r#"{"operator_id": "op_xyz789", "name": "Jane Doe", "email": "jane@example.com", "phone": null,
    "location": {"city": "New York", "country": "US", "lat": 40.71, "lng": -74.0004399}, "skills": ["PHOTO"], "kyc_status": "VERIFIED",
    "record": {"accepted": 14, "at_work": 1, "at_work_max": 20, "completed": 11, "released": 1,
        "no_shows": 1, "disputes_lost": 0}, "rating": 4.8, "rating_count": 9,
    "created_at": "2026-02-05T12:00:00.000Z"}"#;

/// What changes.
#[derive(Clone)]
pub struct Body {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub point: Option<Point>,
    pub skills: Option<Vec<TaskType>>,
}

impl Read for Body {
    const NAME: &'static str = "UpdateOperator";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let name = fields.optional("name", register::NAME, line(1..=register::NAME_CHARS));
        let email = fields.optional("email", register::EMAIL, email());
        let register::Rest { phone, city, country, point, skills } = register::Rest::read(fields)?;
        Some(Self { name, email, phone, city, country, point, skills })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Operator")]
pub struct Reply {
    pub operator_id: Id<OperatorId>,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub location: Home,
    pub skills: Vec<Word<TaskType>>,
    /// Only VERIFIED operators may accept tasks and withdraw.
    pub kyc_status: Word<Kyc>,
    pub record: Record,
    /// Mean of its ratings by agents, 1 to 5; null while there are fewer than three.
    pub rating: Option<Rating>,
    pub rating_count: u64,
    pub created_at: Moment,
}

impl Reply {
    pub fn of(operator: Operator, earnings: &Earnings) -> Self {
        Self {
            location: Home::of(&operator),
            operator_id: Id(operator.id),
            name: operator.name,
            email: operator.email,
            phone: operator.phone,
            skills: operator.skills.into_iter().map(Word).collect(),
            kyc_status: Word(operator.kyc),
            record: Record::of(&earnings.record),
            rating: Rating::of(earnings.ratings),
            rating_count: earnings.ratings.count,
            created_at: Moment(operator.created_at),
        }
    }
}

/// Where the operator lives.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Home")]
pub struct Home {
    pub city: Option<String>,
    pub country: Option<String>,
    /// The centre of the cell of two kilometres in which agents find the operator; null while it is not known.
    pub lat: Option<Number>,
    pub lng: Option<Number>,
}

impl Home {
    pub fn of(operator: &Operator) -> Self {
        Self {
            city: operator.city.clone(),
            country: operator.country.clone(),
            lat: operator.home.map(|home| Number(home.lat)),
            lng: operator.home.map(|home| Number(home.lng)),
        }
    }
}

/// What the operator's tasks came to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Record")]
pub struct Record {
    /// Ever accepted.
    pub accepted: u64,
    /// Now ACCEPTED or IN_PROGRESS.
    pub at_work: u64,
    /// How many may be at once.
    pub at_work_max: u64,
    /// Now COMPLETED.
    pub completed: u64,
    /// Given back in time.
    pub released: u64,
    /// Neither submitted nor given back in time.
    pub no_shows: u64,
    /// Refunded to the agent by staff.
    pub disputes_lost: u64,
}

impl Record {
    fn of(record: &record::Record) -> Self {
        Self {
            accepted: record.accepted,
            at_work: record.at_work,
            at_work_max: record.at_work_max(),
            completed: record.completed,
            released: record.released,
            no_shows: record.no_shows,
            disputes_lost: record.disputes_lost,
        }
    }
}
