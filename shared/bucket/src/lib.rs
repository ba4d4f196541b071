//! The bucket of proof photos: presigned URLs for clients, and one bounded fetch for ourselves. Not a general S3 client:
//! it cannot list, delete or overwrite.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_sdk_s3::Client;
use aws_sdk_s3::config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_types::SdkConfig;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One bucket and the client that speaks to it. Cheap to clone: build one per process.
#[derive(Clone)]
pub struct Bucket {
    name: String,
    /// Ends with a slash; an object's URL is this and its key.
    prefix: String,
    s3: Client,
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

/// Why an attempt at a fetch came to nothing.
enum Broken {
    /// In the middle.
    Off,
    For(FetchError),
}

const PUT_LIFETIME: Duration = Duration::from_secs(300);
const GET_LIFETIME: Duration = Duration::from_secs(900);
/// Attempts at a fetch that breaks off in the middle; the SDK begins anew only where nothing has come yet.
const ATTEMPTS: usize = 3;
/// A photo is what its bytes are: whoever says otherwise would have one bytes judged and others shown.
const ENCODING: &str = "identity";
/// Of a whole fetch, retries and the last byte included.
const FETCH_MAX: Duration = Duration::from_secs(10);

/// Where browsers find the objects of the bucket called `name`: the origin of every signed URL. Panics without a region.
pub fn origin(name: &str, config: &SdkConfig) -> String {
    match config.endpoint_url() {
        Some(url) => url.split('/').take(3).collect::<Vec<_>>().join("/"),
        None => format!("https://{name}.s3.{}.amazonaws.com", config.region().expect("whoever signs has a region")),
    }
}

impl Bucket {
    /// The bucket called `name`: at Amazon it has a host of its own, at another endpoint it is the first segment of
    /// the path. Connects to nothing yet. Panics without a region.
    pub fn new(name: &str, config: &SdkConfig) -> Bucket {
        let prefix = match config.endpoint_url() {
            Some(endpoint) => format!("{}/{name}/", endpoint.trim_end_matches('/')),
            None => format!("{}/", origin(name, config)),
        };
        let config = Builder::from(config)
            .force_path_style(config.endpoint_url().is_some())
            // What the SDK would add of its own must be neither sent nor signed: clients send what we tell them.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
        Bucket { name: name.to_owned(), prefix, s3: Client::from_conf(config.build()) }
    }

    /// Signs one upload of exactly this content, once: 300 seconds from `now`, and never over an
    /// existing object. Panics on a key that `key_of` would not give back.
    pub async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        size_bytes: u64,
        sha256: [u8; 32],
        now: SystemTime,
    ) -> Presigned {
        assert!(is_key(key), "object keys are made of our own ids");
        let put = self.s3.put_object().bucket(&self.name).key(key);
        let length = i64::try_from(size_bytes).expect("photos have at most 10 MiB");
        // Signed, because S3 would keep and give back whatever else the client says.
        let put = put.content_type(content_type).content_length(length).content_encoding(ENCODING);
        // Without the condition the URL could swap the photo after it was verified.
        let put = put.checksum_sha256(STANDARD.encode(sha256)).if_none_match("*");
        let signed =
            put.presigned(from(now, PUT_LIFETIME)).await.expect("nothing is asked for, and all of it is ASCII");
        // On Lambda the SDK adds a header by which AWS follows its own requests: it is not the client's to send.
        let headers = signed.headers().filter(|(name, _)| *name != "x-amzn-trace-id");
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        Presigned { url: signed.uri().to_owned(), headers: headers.collect() }
    }

    /// Signs a download for 900 seconds from `now`; a browser saves it rather than shows it, neither decodes nor keeps
    /// it, and takes it for `content_type` if that is known, whatever its uploader said. Panics as `presign_put` does.
    pub async fn presign_get(&self, key: &str, content_type: Option<&str>, now: SystemTime) -> String {
        assert!(is_key(key), "object keys are made of our own ids");
        let get = self.s3.get_object().bucket(&self.name).key(key);
        let get = get.response_content_disposition("attachment").response_content_encoding(ENCODING);
        let get = get.response_cache_control("private, no-store");
        let get = get.set_response_content_type(content_type.map(str::to_owned));
        let signed =
            get.presigned(from(now, GET_LIFETIME)).await.expect("nothing is asked for, and all of it is ASCII");
        signed.uri().to_owned()
    }

    /// Signs a download of each object, by its key and media type, for 900 seconds from now.
    pub async fn links<'a>(&self, objects: impl Iterator<Item = (&'a str, Option<&'static str>)>) -> Vec<String> {
        // The bucket judges by real time, wherever a test clock may stand.
        let now = SystemTime::now();
        let mut links = Vec::new();
        for (key, content_type) in objects {
            links.push(self.presign_get(key, content_type, now).await);
        }
        links
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

    /// Reads a whole object into memory, at most `size_bytes_max` of it, within 10 seconds, in which it is tried three
    /// times.
    ///
    /// # Errors
    /// See `FetchError`. Only `Unavailable` is worth a retry.
    pub async fn fetch(&self, key: &str, size_bytes_max: usize) -> Result<Vec<u8>, FetchError> {
        let reading = tokio::time::timeout(FETCH_MAX, async {
            for _ in 1..ATTEMPTS {
                match self.read(key, size_bytes_max).await {
                    Err(Broken::Off) => {}
                    Err(Broken::For(error)) => return Err(error),
                    Ok(bytes) => return Ok(bytes),
                }
            }
            self.read(key, size_bytes_max).await.map_err(FetchError::from)
        });
        reading.await.unwrap_or(Err(FetchError::Unavailable))
    }

    async fn read(&self, key: &str, size_bytes_max: usize) -> Result<Vec<u8>, Broken> {
        let object = match self.s3.get_object().bucket(&self.name).key(key).send().await {
            Ok(object) => object,
            Err(error) if error.as_service_error().is_some_and(|refusal| refusal.is_no_such_key()) => {
                return Err(Broken::For(FetchError::Missing));
            }
            Err(_) => return Err(Broken::For(FetchError::Unavailable)),
        };
        if object.content_encoding().is_some_and(|encoding| !matches!(encoding, "" | ENCODING)) {
            return Err(Broken::For(FetchError::Encoded));
        }
        let announced = object.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or_default();
        let mut bytes = Vec::with_capacity(announced.min(size_bytes_max));
        let mut body = object.body;
        while let Some(chunk) = body.try_next().await.map_err(|_| Broken::Off)? {
            if bytes.len() + chunk.len() > size_bytes_max {
                return Err(Broken::For(FetchError::TooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }
}

impl From<Broken> for FetchError {
    fn from(broken: Broken) -> Self {
        match broken {
            Broken::Off => Self::Unavailable,
            Broken::For(error) => error,
        }
    }
}

fn from(start: SystemTime, lifetime: Duration) -> PresigningConfig {
    let config = PresigningConfig::builder().start_time(start).expires_in(lifetime).build();
    config.expect("lifetimes are far below a week")
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
