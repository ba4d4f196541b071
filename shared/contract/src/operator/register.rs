//! `POST /operator/register`: a new human operator.

use crate::endpoint::{Caller, Code, Endpoint, Route};
use crate::read::{Fields, Read, email, line, list, nested, phone, point, word};
use crate::wire::{Id, Word};
use domain::OperatorId;
use domain::geo::Point;
use domain::operator::Kyc;
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "registerOperator",
    Route::post("/operator/register", Caller::Newcomer),
    "Register a human operator",
)
.about(
    "In live mode the caller is signed in and KYC starts as PENDING. In test mode KYC is VERIFIED at once; without \
     `X-Operator-Id` there is one operator per e-mail address. The same details again give the same answer.",
)
.body::<Body>()
.created()
.errors(&[Code::OperatorExists])
.example(
    r#"{"name": "Jane Doe", "email": "jane@example.com", "phone": "+1234567890",
        "location": {"city": "New York", "country": "US"}, "skills": ["VERIFICATION", "PHOTO"]}"#,
    r#"{"operator_id": "op_xyz789", "name": "Jane Doe", "kyc_status": "VERIFIED"}"#,
);

pub struct Body {
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub city: Option<String>,
    pub country: Option<String>,
    pub point: Option<Point>,
    pub skills: Vec<TaskType>,
}

impl Read for Body {
    const NAME: &'static str = "RegisterOperator";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let name = fields.required("name", NAME, line(1..=NAME_CHARS));
        let email = fields.required("email", EMAIL, email());
        let Rest { phone, city, country, point, skills } = Rest::read(fields)?;
        Some(Self { name: name?, email: email?, phone, city, country, point, skills: skills.unwrap_or_default() })
    }
}

/// Characters of a name.
pub(super) const NAME_CHARS: usize = 200;
pub(super) const NAME: &str = "Agents see first name and initial.";
pub(super) const EMAIL: &str = "Where the operator can be reached.";

/// What nobody needs to say.
pub(super) struct Rest {
    pub(super) phone: Option<String>,
    pub(super) city: Option<String>,
    pub(super) country: Option<String>,
    pub(super) point: Option<Point>,
    pub(super) skills: Option<Vec<TaskType>>,
}

impl Rest {
    pub(super) fn read(fields: &mut impl Fields) -> Option<Self> {
        let phone = fields.optional("phone", "A telephone number, in E.164.", phone());
        let home = fields.optional("location", "Where the operator lives. Of `lat` and `lng` only a cell of two kilometres is kept; without them the city is looked up.", nested::<Home>());
        let Home { city, country, point } = home.unwrap_or_default();
        let skills = list(0..=TaskType::ALL.len(), word::<TaskType>());
        let skills = fields.optional("skills", "Task types that the operator wants.", skills);
        Some(Self { phone, city, country, point, skills })
    }
}

#[derive(Default)]
struct Home {
    city: Option<String>,
    country: Option<String>,
    point: Option<Point>,
}

impl Read for Home {
    const NAME: &'static str = "OperatorLocation";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let city = fields.optional("city", "", line(1..=200));
        let country = fields.optional("country", "", line(1..=100));
        Some(Self { city, country, point: point(fields) })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RegisteredOperator")]
pub struct Reply {
    pub operator_id: Id<OperatorId>,
    pub name: String,
    pub kyc_status: Word<Kyc>,
}
