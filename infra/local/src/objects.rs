//! The proof bucket on the file system: S3's wire format with its signature, checksum and
//! write-once checks. Not all of S3: one bucket, PUT and GET of objects.

use std::future::{Future, Ready, ready};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use aws::Roots;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::http::SharedHttpConnector;
use aws_types::SdkConfig;
use axum::error_handling::HandleError;
use axum::http::StatusCode;
use s3s::auth::SimpleAuth;
use s3s::checksum::ChecksumHasher;
use s3s::dto::{GetObjectInput, GetObjectOutput, PutObjectInput, PutObjectOutput, StreamingBlob};
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{Body, HttpError, S3, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};
use s3s_fs::FileSystem;
use tokio::sync::Mutex;

/// The bucket's name: the first segment of every path, and the folder below the root.
pub const BUCKET: &str = "humanops-proofs";

/// What `service` returns: a tower service that never fails, as axum wants it.
pub type Service = HandleError<S3Service, fn(HttpError) -> Ready<StatusCode>, ()>;

/// Serves the folder `humanops-proofs` below `root`, creating it if need be.
///
/// Mount it with `Router::route_service("/humanops-proofs/{*key}", service)`. Never with
/// `nest_service`: that strips the prefix, and with it the bucket's name from the path that was
/// signed.
///
/// # Errors
/// The folder cannot be created or read.
pub fn service(root: &Path, access_key: &str, secret_key: &str) -> io::Result<Service> {
    std::fs::create_dir_all(root.join(BUCKET))?;
    let files = FileSystem::new(root).map_err(|error| io::Error::other(format!("{error:?}")))?;
    let objects = Objects { files, root: root.to_owned(), writing: Mutex::new(()) };
    let mut builder = S3ServiceBuilder::new(objects);
    builder.set_auth(SimpleAuth::from_single(access_key, secret_key));
    Ok(HandleError::new(builder.build(), |_| ready(StatusCode::INTERNAL_SERVER_ERROR)))
}

/// How a client reaches the bucket at `endpoint`, with the keys that `service` was given.
pub fn config(endpoint: &str, access_key: &str, secret_key: &str) -> SdkConfig {
    let credentials = Credentials::new(access_key, secret_key, None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(endpoint)
        .region(Region::new("local"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build()
}

/// The way there.
pub fn way() -> SharedHttpConnector {
    aws::connections(Roots::None)
}

struct Objects {
    files: FileSystem,
    root: PathBuf,
    writing: Mutex<()>,
}

/// Above the API's own limit on uploads, which the signature enforces.
const OBJECT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// What S3 keeps of a request beside its body, and gives back with it; and whatever begins so. `Cache-Control` is sent by
/// browsers too, of themselves: it is not kept.
const KEPT: [&str; 4] = ["content-disposition", "content-encoding", "content-language", "expires"];
const KEPT_PREFIX: &str = "x-amz-";

impl Objects {
    /// s3s-fs compares the checksum after it has stored the file, which would let a broken upload
    /// block the retry. So the body is read and compared first.
    async fn put(&self, mut request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        if let Some(name) = unsigned(&request) {
            return Err(s3_error!(AccessDenied, "The header {name} is not signed."));
        }
        request.input.cache_control = None;
        let Some(body) = request.input.body.take() else {
            return Err(s3_error!(IncompleteBody));
        };
        let bytes = match Body::from(body).store_all_limited(OBJECT_BYTES_MAX).await {
            Ok(bytes) => bytes,
            Err(_) => return Err(s3_error!(IncompleteBody)),
        };
        let mut hasher = ChecksumHasher { sha256: Some(Default::default()), ..Default::default() };
        hasher.update(&bytes);
        let claimed = &request.input.checksum_sha256;
        if claimed.is_some() && *claimed != hasher.finalize().checksum_sha256 {
            return Err(s3_error!(BadDigest, "The SHA-256 did not match."));
        }

        request.input.body = Some(StreamingBlob::from(Body::from(bytes)));
        // s3s-fs looks for an existing file and then writes: of two uploads at once both would
        // pass.
        let _one_at_a_time = self.writing.lock().await;
        self.files.put_object(request).await
    }

    /// s3s-fs says of a file that it cannot open that there is none, for want of descriptors too.
    async fn get(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let file = self.root.join(&request.input.bucket).join(&request.input.key);
        let answer = self.files.get_object(request).await;
        match answer {
            Err(error) if *error.code() == S3ErrorCode::NoSuchKey => match tokio::fs::metadata(file).await {
                Err(reason) if reason.kind() == io::ErrorKind::NotFound => Err(error),
                Ok(_) | Err(_) => Err(s3_error!(SlowDown)),
            },
            answer => answer,
        }
    }
}

/// A header that would be kept and that the URL does not speak of. S3 itself refuses only those of its own.
fn unsigned(request: &S3Request<PutObjectInput>) -> Option<&str> {
    let query = request.uri.query().unwrap_or_default();
    let signed = query.split('&').find_map(|pair| pair.strip_prefix("X-Amz-SignedHeaders=")).unwrap_or_default();
    let signed = signed.replace("%3B", ";");
    let is_kept = |name: &str| name.starts_with(KEPT_PREFIX) || KEPT.contains(&name);
    let mut names = request.headers.keys().map(|name| name.as_str());
    names.find(|name| is_kept(name) && !signed.split(';').any(|signed| signed == *name))
}

type Reply<'a, T> = Pin<Box<dyn Future<Output = S3Result<S3Response<T>>> + Send + 'a>>;

/// Written as `async_trait` would expand it: two methods do not earn a dependency.
impl S3 for Objects {
    fn get_object<'a, 'b>(&'a self, request: S3Request<GetObjectInput>) -> Reply<'b, GetObjectOutput>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(self.get(request))
    }

    fn put_object<'a, 'b>(&'a self, request: S3Request<PutObjectInput>) -> Reply<'b, PutObjectOutput>
    where
        'a: 'b,
        Self: 'b,
    {
        Box::pin(self.put(request))
    }
}
