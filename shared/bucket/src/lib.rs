//! The bucket of proof photos: presigned URLs for clients, and one bounded fetch for ourselves.
//! Not a general S3 client: it cannot list, delete or overwrite.

mod presign;

use std::fmt;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::{Position, Url};

/// One bucket and the credentials that sign for it. Cheap to clone: build one per process.
#[derive(Clone)]
pub struct Bucket {
    /// Ends with a slash; an object's URL is this and its key.
    prefix: String,
    region: String,
    credentials: Credentials,
    /// Built by the first fetch: most functions only sign.
    http: Arc<OnceLock<reqwest::Client>>,
}

/// Where the bucket is and who signs.
pub struct Access {
    /// `https://NAME.s3.REGION.amazonaws.com`, or with the name in the path as the local bucket has
    /// it: `http://127.0.0.1:8080/humanops-proofs`. Query and fragment are ignored.
    pub base_url: Url,
    pub region: String,
    pub access_key_id: String,
    pub secret_access_key: String,
    pub session_token: Option<String>,
}

/// A signed upload: `PUT` to `url` with exactly these headers. No `Debug`, because whoever holds
/// the URL may use it.
pub struct Presigned {
    pub url: String,
    pub headers: Vec<(String, String)>,
}

/// Why an object could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Nothing is stored under the key. S3 says so only to a signer who may list the bucket; to others
    /// it answers 403, which must not pass for a missing photo.
    #[error("the object does not exist")]
    Missing,
    #[error("the object is larger than allowed")]
    TooLarge,
    #[error("the bucket did not answer")]
    Unavailable,
}

const PUT_LIFETIME: Duration = Duration::from_secs(300);
const GET_LIFETIME: Duration = Duration::from_secs(900);
const FETCH_LIFETIME: Duration = Duration::from_secs(60);
const FETCH_TIMEOUT: Duration = Duration::from_secs(10);

impl Bucket {
    /// Connects to nothing yet.
    pub fn new(access: Access) -> Bucket {
        let base = access.base_url[..Position::AfterPath].trim_end_matches('/');
        Bucket {
            prefix: format!("{base}/"),
            region: access.region,
            credentials: Credentials::new(
                access.access_key_id,
                access.secret_access_key,
                access.session_token,
                None,
                "bucket",
            ),
            http: Arc::default(),
        }
    }

    /// Signs one upload of exactly this content, once: 300 seconds from `now`, and never over an
    /// existing object. Panics on a key that `key_of` would not give back.
    pub fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        size_bytes: u64,
        sha256: [u8; 32],
        now: SystemTime,
    ) -> Presigned {
        let headers = [
            ("content-type", content_type.to_owned()),
            ("content-length", size_bytes.to_string()),
            ("x-amz-checksum-sha256", STANDARD.encode(sha256)),
            // Without it the URL could swap the photo after it was verified.
            ("if-none-match", "*".to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec();
        let url = self.sign("PUT", &self.object_url(key), &headers, PUT_LIFETIME, now);
        Presigned { url, headers }
    }

    /// Signs a download for 900 seconds from `now`; a browser saves it rather than shows it. Panics as
    /// `presign_put` does.
    pub fn presign_get(&self, key: &str, now: SystemTime) -> String {
        let url = format!("{}?response-content-disposition=attachment", self.object_url(key));
        self.sign("GET", &url, &[], GET_LIFETIME, now)
    }

    /// The object's stable, unsigned URL: its name in our API. Panics as `presign_put` does.
    pub fn object_url(&self, key: &str) -> String {
        assert!(is_key(key), "object keys are made of our own ids");
        format!("{}{key}", self.prefix)
    }

    /// The key of a URL that `object_url` made; nothing else has one.
    pub fn key_of(&self, url: &str) -> Option<String> {
        let key = url.strip_prefix(&self.prefix)?;
        is_key(key).then(|| key.to_owned())
    }

    /// Reads a whole object into memory, at most `size_bytes_max` of it, within 10 seconds.
    ///
    /// # Errors
    /// See `FetchError`. Only `Unavailable` is worth a retry. Panics as `presign_put` does.
    pub async fn fetch(&self, key: &str, now: SystemTime, size_bytes_max: usize) -> Result<Vec<u8>, FetchError> {
        let url = self.sign("GET", &self.object_url(key), &[], FETCH_LIFETIME, now);
        let http = self.http().map_err(|_| FetchError::Unavailable)?;
        let mut response = http.get(url).send().await.map_err(|_| FetchError::Unavailable)?;
        match response.status().as_u16() {
            200 => {}
            404 => return Err(FetchError::Missing),
            _ => return Err(FetchError::Unavailable),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| FetchError::Unavailable)? {
            if bytes.len() + chunk.len() > size_bytes_max {
                return Err(FetchError::TooLarge);
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    /// A bucket elsewhere than at Amazon has certificates from elsewhere.
    fn http(&self) -> Result<&reqwest::Client, reqwest::Error> {
        if let Some(http) = self.http.get() {
            return Ok(http);
        }
        let http = match is_amazons(&self.prefix) {
            true => outbound::trusted_by(outbound::AMAZON_ROOTS, FETCH_TIMEOUT)?,
            false => outbound::trusted(FETCH_TIMEOUT)?,
        };
        Ok(self.http.get_or_init(|| http))
    }
}

fn is_amazons(url: &str) -> bool {
    let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.ends_with(".amazonaws.com"))
}

/// Path segments that need no escaping and mean only themselves, in a URL and in a file system.
fn is_key(text: &str) -> bool {
    let plain = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    text.len() <= 1_024
        && text.split('/').all(|segment| !matches!(segment, "" | "." | "..") && segment.bytes().all(plain))
}

impl fmt::Debug for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bucket").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("base_url", &self.base_url.as_str())
            .field("region", &self.region)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
