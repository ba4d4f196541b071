//! `GET /admin/operators`: whose identity is to be checked, and whose was.

use crate::endpoint::{Caller, Endpoint, Route};
use crate::operator::me::Home;
use crate::read::{Fields, Read, word};
use crate::wire::{Id, Moment, Page, Window, Word};
use domain::OperatorId;
use domain::operator::{self, Kyc};
use domain::task_type::TaskType;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "listOperators",
    Route::get("/admin/operators", Caller::Admin),
    "List operators by the result of their identity check, earliest registration first",
)
.query::<Query>()
.example(
    "kyc_status=PENDING&limit=20",
    r#"{"data": [{"operator_id": "op_xyz789", "name": "Jane Doe", "email": "jane@example.com", "phone": "+14155550123",
        "location": {"city": "New York", "country": "US", "lat": 40.71, "lng": -74.0004399}, "skills": ["VERIFICATION"],
        "kyc_status": "PENDING", "checked": {"by": "admin", "at": "2026-02-06T09:00:00.000Z"}, "created_at": "2026-02-05T12:00:00.000Z"}],
        "pagination": {"limit": 20, "offset": 0, "total": 1, "next_cursor": null}}"#,
);

pub struct Query {
    pub kyc: Kyc,
    pub window: Window,
}

impl Read for Query {
    const NAME: &'static str = "ListOperators";

    fn read(query: &mut impl Fields) -> Option<Self> {
        let window = Window::read(query);
        let about = "The result; PENDING, who waits for it, unless said otherwise.";
        let kyc = query.optional("kyc_status", about, word()).unwrap_or(Kyc::Pending);
        Some(Self { kyc, window: window? })
    }
}

pub type Reply = Page<OperatorLine>;

#[derive(Serialize, JsonSchema)]
pub struct OperatorLine {
    pub operator_id: Id<OperatorId>,
    pub name: String,
    pub email: String,
    pub phone: Option<String>,
    pub location: Home,
    pub skills: Vec<Word<TaskType>>,
    pub kyc_status: Word<Kyc>,
    /// What staff did last about it; null where nobody has yet.
    pub checked: Option<Checked>,
    pub created_at: Moment,
}

impl From<operator::Checked> for Checked {
    fn from(checked: operator::Checked) -> Self {
        Self { by: checked.by.to_string(), at: Moment(checked.at) }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "IdentityCheck")]
pub struct Checked {
    /// Whose admin key it was.
    pub by: String,
    pub at: Moment,
}
