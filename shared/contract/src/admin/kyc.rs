//! `POST /admin/operators/{id}/kyc`: the result of an identity check.

use crate::endpoint::{Caller, Endpoint, PathId, Route};
use crate::read::{Fields, Read, word};
use crate::wire::{Id, Word};
use domain::OperatorId;
use domain::ids::Id as _;
use domain::operator::Kyc;
use schemars::JsonSchema;
use serde::Serialize;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "setKyc",
    Route::post("/admin/operators/{id}/kyc", Caller::Admin),
    "Record the result of an identity check",
)
.id(PathId { about: "The operator.", pattern: OperatorId::PATTERN, example: "op_xyz789" })
.body::<Body>()
.example(r#"{"status": "VERIFIED"}"#, r#"{"operator_id": "op_xyz789", "kyc_status": "VERIFIED"}"#);

pub struct Body {
    pub status: Kyc,
}

impl Read for Body {
    const NAME: &'static str = "SetKyc";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        Some(Self { status: fields.required("status", "The result.", word())? })
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OperatorKyc")]
pub struct Reply {
    pub operator_id: Id<OperatorId>,
    pub kyc_status: Word<Kyc>,
}
