//! The bucket of proof photos: presigned URLs for clients, and one bounded fetch for ourselves. Not a general S3 client:
//! it cannot list, delete or overwrite.

use aws::{Name, Operation, Patience, Service, in_words, is_too_long};
use aws_sdk_s3::error::{BoxError, SdkError};
use aws_sdk_s3::operation::get_object::{GetObject, GetObjectError, GetObjectInput, GetObjectOutput};
use aws_sdk_s3::operation::put_object::{PutObject, PutObjectError, PutObjectInput, PutObjectOutput};
use aws_sdk_s3::primitives::DateTime;
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_types::SdkConfig;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime};

/// One bucket, and how it is asked. Cheap to clone: build one per process.
#[derive(Clone)]
pub struct Bucket {
    /// Ends with a slash; an object's URL is this and its key.
    prefix: String,
    s3: Arc<Service>,
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
    /// Whoever uploaded it said that its bytes are to be decoded.
    #[error("the object has a content encoding")]
    Encoded,
    #[error("the bucket did not answer")]
    Unavailable,
}

const PUT_LIFETIME: Duration = Duration::from_secs(300);
const GET_LIFETIME: Duration = Duration::from_secs(900);
/// A photo is what its bytes are: whoever says otherwise would have one bytes judged and others shown.
const ENCODING: &str = "identity";
/// Of a fetch.
const PATIENCE: Patience = Patience {
    attempts: 3,
    attempt_max: Duration::from_secs(5),
    call_max: Duration::from_secs(10),
    first_backoff: Duration::from_millis(25),
};

const WHOLE: &str = "all of it is there, and ASCII";

// The SDK's own clients would add more, sums above all; whoever is given a URL sends what we tell them.
static GET: LazyLock<Operation<GetObjectInput, GetObjectOutput, GetObjectError>> =
    LazyLock::new(|| Operation::of(&GetObject::new()));
static PUT: LazyLock<Operation<PutObjectInput, PutObjectOutput, PutObjectError>> =
    LazyLock::new(|| Operation::of(&PutObject::new()));

/// Where browsers find the objects of the bucket called `name`: the origin of every signed URL. Panics without a region.
pub fn origin(name: &str, config: &SdkConfig) -> String {
    match config.endpoint_url() {
        Some(url) => url.split('/').take(3).collect::<Vec<_>>().join("/"),
        None => format!("https://{name}.s3.{}.amazonaws.com", config.region().expect("whoever signs has a region")),
    }
}

impl Bucket {
    /// The bucket called `name`, over `connector`, whatever HTTP client `config` has: at Amazon it has a host of its own, at
    /// another endpoint it is the first segment of the path. Connects to nothing yet.
    ///
    /// # Errors
    /// The credentials are not at hand. Panics without a region.
    pub fn over(name: &str, connector: SharedHttpConnector, config: &SdkConfig) -> Result<Bucket, BoxError> {
        let root = match config.endpoint_url() {
            Some(endpoint) => format!("{}/{name}", endpoint.trim_end_matches('/')),
            None => origin(name, config),
        };
        let s3 = Service::new(Name::S3, &root, connector, config, PATIENCE)?;
        Ok(Bucket { prefix: format!("{root}/"), s3: Arc::new(s3) })
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
        let length = i64::try_from(size_bytes).expect("photos have at most 10 MiB");
        // Signed, because S3 would keep and give back whatever else the client says.
        let put = PutObjectInput::builder().content_type(content_type).content_length(length);
        let put = put.content_encoding(ENCODING).checksum_sha256(STANDARD.encode(sha256));
        // Without the condition the URL could swap the photo after it was verified.
        let put = put.if_none_match("*").key(own(key)).build().expect(WHOLE);
        let signed = self.s3.presigned(&PUT, put, PUT_LIFETIME, now).expect(WHOLE);
        let text = |value: &HeaderValue| value.to_str().expect("all of it is ASCII").to_owned();
        let headers = signed.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value)));
        Presigned { url: signed.uri().to_string(), headers: headers.collect() }
    }

    /// Signs a download for 900 seconds from `now`; a browser saves it rather than shows it, neither decodes nor keeps
    /// it, and takes it for `content_type` if that is known, whatever its uploader said. Panics as `presign_put` does.
    pub fn presign_get(&self, key: &str, content_type: Option<&str>, now: SystemTime) -> String {
        let get = GetObjectInput::builder().response_content_disposition("attachment");
        let get = get.response_content_encoding(ENCODING).response_cache_control("private, no-store");
        let get = get.set_response_content_type(content_type.map(str::to_owned));
        let get = get.key(own(key)).build().expect(WHOLE);
        self.s3.presigned(&GET, get, GET_LIFETIME, now).expect(WHOLE).uri().to_string()
    }

    /// Signs a download of each object, by its key and media type, for 900 seconds from now.
    pub fn links<'a>(&self, objects: impl Iterator<Item = (&'a str, Option<&'static str>)>) -> Vec<String> {
        // The bucket judges by real time, wherever a test clock may stand.
        let now = SystemTime::now();
        objects.map(|(key, content_type)| self.presign_get(key, content_type, now)).collect()
    }

    /// The object's stable, unsigned URL: its name in our API. Panics as `presign_put` does.
    pub fn object_url(&self, key: &str) -> String {
        format!("{}{}", self.prefix, own(key))
    }

    /// The key of a URL that `object_url` made; nothing else has one.
    pub fn key_of(&self, url: &str) -> Option<String> {
        let key = url.strip_prefix(&self.prefix)?;
        is_key(key).then(|| key.to_owned())
    }

    /// Reads a whole object into memory, at most `size_bytes_max` of it, within 10 seconds, in which it is tried up to three
    /// times, and more often while S3 says that it has too much to do.
    ///
    /// # Errors
    /// See `FetchError`. Only `Unavailable` is worth a retry.
    pub async fn fetch(&self, key: &str, size_bytes_max: usize) -> Result<Vec<u8>, FetchError> {
        // In place of what its uploader said of it and S3 kept without reading it, such as a date that is none.
        let get = GetObjectInput::builder().response_expires(DateTime::from_secs(0)).response_content_language("en");
        let get = get.response_content_disposition("attachment").response_cache_control("private, no-store");
        let get = get.key(own(key)).build().expect(WHOLE);
        let object = match self.s3.send(&GET, get, size_bytes_max).await {
            Ok(object) => object,
            Err(SdkError::ServiceError(refusal)) if refusal.err().is_no_such_key() => return Err(FetchError::Missing),
            Err(error) if is_too_long(&error) => return Err(FetchError::TooLarge),
            Err(error) => {
                tracing::warn!(cause = in_words(&error), "the bucket did not give a photo out");
                return Err(FetchError::Unavailable);
            }
        };
        if object.content_encoding().is_some_and(|encoding| !matches!(encoding, "" | ENCODING)) {
            return Err(FetchError::Encoded);
        }
        let bytes = object.body.collect().await.map_err(|_| FetchError::Unavailable)?;
        Ok(bytes.into_bytes().into())
    }
}

/// The key, if it is one.
fn own(key: &str) -> &str {
    assert!(is_key(key), "object keys are made of our own ids");
    key
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

#[cfg(test)]
mod tests;
