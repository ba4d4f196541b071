//! A request as it came, and whom the server lets in.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, Uri};

/// Whom it lets in.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Of OpenAI's wire.
    pub key: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub region: String,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            key: "sk-played-4f1d".to_owned(),
            access_key_id: "AKIDPLAYED".to_owned(),
            secret_access_key: "played-secret-9c2e".to_owned(),
            region: "eu-central-1".to_owned(),
        }
    }
}

/// A request as it came.
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Seen {
    /// Several values with commas between them; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> String {
        let values = self.headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        values.collect::<Vec<_>>().join(",")
    }
}
