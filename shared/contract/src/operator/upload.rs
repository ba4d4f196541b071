//! `POST /operator/upload`: a signed PUT for exactly the announced bytes.

use crate::endpoint::{Caller, Code, Endpoint, Rate, Route};
use crate::read::{Fields, Form, Read, digest, id, integer, pattern};
use crate::wire::{Id, Moment};
use domain::limits::PHOTO_BYTES;
use domain::upload::PhotoType;
use domain::{TaskId, UploadId};
use schemars::{JsonSchema, json_schema};
use serde::Serialize;
use std::collections::BTreeMap;

pub const ENDPOINT: Endpoint = Endpoint::new::<Reply>(
    "createUpload",
    Route::post("/operator/upload", Caller::Operator).rated(Rate::Costly),
    "Get a signed address to upload a photo to",
)
.about(
    "For a task that the operator works on. Send the file with `method` to `upload_url` within five minutes, with these \
     `headers` and exactly the announced bytes; then name `photo_url` in the submission. 412 says that they have arrived already. At most ten different photos for a task; \
     announcing the same again gives a fresh address.",
)
.body::<Body>()
.errors(&[Code::NotFound, Code::TaskStateConflict, Code::TooManyUploads])
.example(
    r#"{"task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s", "content_type": "image/jpeg", "size_bytes": 204800,
        "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#,
    r#"{"upload_id": "upl_01kh3w5v8g3w2f7d5r6n8p9q0s", "method": "PUT",
        "upload_url": "https://storage.example.com/proof/task_01kh3w5v8g3w2f7d5r6n8p9q0s/op_xyz789/upl_01?X-Amz-Signature=0f",
        "headers": {"content-type": "image/jpeg"},
        "photo_url": "https://storage.example.com/proof/task_01kh3w5v8g3w2f7d5r6n8p9q0s/op_xyz789/upl_01",
        "expires_at": "2026-02-06T14:35:00.000Z"}"#,
);

pub struct Body {
    pub task: TaskId,
    pub photo_type: PhotoType,
    pub size_bytes: u64,
    pub sha256: [u8; 32],
}

impl Read for Body {
    const NAME: &'static str = "CreateUpload";

    fn read(fields: &mut impl Fields) -> Option<Self> {
        let task = fields.required("task_id", "The task.", id("must be a task id"));
        let photo_type = fields.required(
            "content_type",
            "What the file is; `image/jpg` will do, in any case of letters.",
            photo_type(),
        );
        let size_bytes = fields.required("size_bytes", "Bytes of the file.", integer(1..=PHOTO_BYTES));
        let sha256 = fields.required("sha256", "SHA-256 of the file, hexadecimal.", digest());
        Some(Self { task: task?, photo_type: photo_type?, size_bytes: size_bytes?, sha256: sha256? })
    }
}

/// A media type in any case; `image/jpg` is what many call JPEG.
fn photo_type() -> impl Form<Value = PhotoType> {
    pattern(
        "must be one of image/jpeg, image/png, image/webp",
        || {
            let words: Vec<&str> = PhotoType::ALL.iter().map(|kind| kind.word()).collect();
            json_schema!({ "type": "string", "enum": words })
        },
        |text| match text.to_ascii_lowercase().as_str() {
            "image/jpg" => Some(PhotoType::Jpeg),
            lower => PhotoType::parse(lower),
        },
    )
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Upload")]
pub struct Reply {
    pub upload_id: Id<UploadId>,
    pub method: &'static str,
    pub upload_url: String,
    /// To be sent with the file.
    pub headers: BTreeMap<String, String>,
    /// What `submit` takes in `photos`.
    pub photo_url: String,
    pub expires_at: Moment,
}

#[cfg(test)]
mod tests;
