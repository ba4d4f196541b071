//! Against the real S3 wire format: the local bucket that `cargo run` serves, in this process.

use std::time::{Duration, SystemTime};

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_types::SdkConfig;
use axum::Router;
use axum::routing::get;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::{Bucket, FetchError, Presigned, is_key};

mod as_the_sdk;
mod faults;

#[allow(unreachable_pub, reason = "public in the program this file belongs to")]
#[path = "../../../infra/local/src/objects.rs"]
mod objects;

const KEY: &str = "proof/task_1/op_1/up_1";
const PHOTO: &[u8] = b"not really a photo";

/// A served bucket, its client, and the folder that keeps it alive.
struct Local {
    bucket: Bucket,
    endpoint: String,
    http: reqwest::Client,
    folder: TempDir,
}

fn bucket(endpoint: &str) -> Bucket {
    let config = objects::config(endpoint, "AKIALOCAL", "local-secret");
    Bucket::over(objects::BUCKET, objects::way(), &config).unwrap()
}

/// The settings of a Lambda.
fn at_amazon(session_token: Option<&str>) -> SdkConfig {
    let credentials = Credentials::new("AKIALOCAL", "local-secret", session_token.map(str::to_owned), None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials));
    config.build()
}

/// A bucket at Amazon, as a Lambda reaches it.
fn amazons(session_token: Option<&str>) -> Bucket {
    Bucket::over("proofs", objects::way(), &at_amazon(session_token)).unwrap()
}

async fn serve() -> Local {
    let folder = tempfile::tempdir().unwrap();
    let service = objects::service(folder.path(), "AKIALOCAL", "local-secret").unwrap();
    let router =
        Router::new().route("/health", get(|| async { "ok" })).route_service("/humanops-proofs/{*key}", service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());
    Local { bucket: bucket(&endpoint), endpoint, http: outbound::trusted(Duration::from_secs(10)).unwrap(), folder }
}

impl Local {
    fn presign(&self, content: &[u8], now: SystemTime) -> Presigned {
        let size_bytes = content.len().try_into().unwrap();
        let sha256 = Sha256::digest(content).into();
        self.bucket.presign_put(KEY, "image/jpeg", size_bytes, sha256, now)
    }

    /// Uploads `content` by `presigned`, with each of `changes` in place of the signed header; an
    /// empty value leaves the header out. The status.
    async fn put(&self, presigned: &Presigned, content: &[u8], changes: &[(&str, &str)]) -> u16 {
        let mut request = self.http.put(&presigned.url).body(content.to_vec());
        for (name, value) in &presigned.headers {
            let changed = changes.iter().find(|(changed, _)| changed == name);
            let value = changed.map_or(value.as_str(), |(_, other)| other);
            if !value.is_empty() {
                request = request.header(name, value);
            }
        }
        request.send().await.unwrap().status().as_u16()
    }

    async fn get(&self, url: &str) -> reqwest::Response {
        self.http.get(url).send().await.unwrap()
    }

    async fn fetch(&self, size_bytes_max: usize) -> Result<Vec<u8>, FetchError> {
        self.bucket.fetch(KEY, size_bytes_max).await
    }
}

#[tokio::test]
async fn a_presigned_upload_works_once() {
    let local = serve().await;
    let presigned = local.presign(PHOTO, SystemTime::now());
    assert_eq!(local.put(&presigned, PHOTO, &[]).await, 200);
    assert_eq!(local.put(&presigned, PHOTO, &[]).await, 412);

    let swapped = b"another photo, same key";
    let presigned = local.presign(swapped, SystemTime::now());
    assert_eq!(local.put(&presigned, swapped, &[]).await, 412);
    assert_eq!(local.fetch(PHOTO.len()).await.unwrap(), PHOTO);
}

#[tokio::test]
async fn of_two_uploads_at_once_one_wins() {
    let local = serve().await;
    let presigned = local.presign(PHOTO, SystemTime::now());
    let (one, other) = tokio::join!(local.put(&presigned, PHOTO, &[]), local.put(&presigned, PHOTO, &[]));
    assert_eq!([one.min(other), one.max(other)], [200, 412]);
}

#[tokio::test]
async fn an_upload_of_other_content_is_400_and_stores_nothing() {
    let local = serve().await;
    let presigned = local.presign(PHOTO, SystemTime::now());
    let mut other = PHOTO.to_vec();
    other[0] ^= 1;
    assert_eq!(local.put(&presigned, &other, &[]).await, 400);
    assert_eq!(local.fetch(PHOTO.len()).await, Err(FetchError::Missing));
    assert_eq!(local.put(&presigned, PHOTO, &[]).await, 200);
}

#[tokio::test]
async fn an_upload_that_is_not_the_signed_one_is_403() {
    let local = serve().await;
    let now = SystemTime::now();
    let presigned = local.presign(PHOTO, now);
    let other_sum = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    let changes = [
        ("content-type", "text/html"),
        ("content-type", ""),
        ("x-amz-checksum-sha256", other_sum),
        ("x-amz-checksum-sha256", ""),
        ("if-none-match", ""),
    ];
    for change in changes {
        let status = local.put(&presigned, PHOTO, &[change]).await;
        assert_eq!(status, 403, "{change:?}");
    }
    let longer = [PHOTO, b"!"].concat();
    let length = ("content-length", &*longer.len().to_string());
    assert_eq!(local.put(&presigned, &longer, &[length]).await, 403);

    let moved = |url: &str| Presigned { url: url.to_owned(), headers: presigned.headers.clone() };
    let elsewhere = moved(&presigned.url.replace("up_1", "up_2"));
    assert_eq!(local.put(&elsewhere, PHOTO, &[]).await, 403);
    let unsigned = moved(&local.bucket.object_url(KEY));
    assert_eq!(local.put(&unsigned, PHOTO, &[]).await, 403);
    let expired = local.presign(PHOTO, now - Duration::from_secs(301));
    assert_eq!(local.put(&expired, PHOTO, &[]).await, 403);

    assert_eq!(local.fetch(PHOTO.len()).await, Err(FetchError::Missing));
    let recent = local.presign(PHOTO, now - Duration::from_secs(290));
    assert_eq!(local.put(&recent, PHOTO, &[]).await, 200);
}

#[tokio::test]
async fn a_presigned_download_is_an_attachment_of_the_uploaded_type() {
    let local = serve().await;
    let now = SystemTime::now();
    local.put(&local.presign(PHOTO, now), PHOTO, &[]).await;

    let url = local.bucket.presign_get(KEY, None, now);
    let answer = local.get(&url).await;
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    assert_eq!(answer.bytes().await.unwrap(), PHOTO);

    let expired = now - Duration::from_secs(901);
    for refused in [
        local.bucket.presign_get(KEY, None, expired),
        url.replace("attachment", "inline"),
        url.replace("up_1", "up_2"),
        local.bucket.object_url(KEY),
    ] {
        assert_eq!(local.get(&refused).await.status().as_u16(), 403, "{refused}");
    }
}

#[tokio::test]
async fn a_download_is_what_its_bytes_are_and_is_kept_nowhere() {
    let local = serve().await;
    assert_eq!(local.put(&local.presign(PHOTO, SystemTime::now()), PHOTO, &[]).await, 200);
    let url = local.bucket.presign_get(KEY, Some("image/png"), SystemTime::now());
    let answer = local.get(&url).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    let found = ["content-type", "content-encoding", "cache-control", "content-disposition"].map(header);
    assert_eq!(found, ["image/png", "identity", "private, no-store", "attachment"]);
    assert_eq!(answer.bytes().await.unwrap(), PHOTO);
}

#[tokio::test]
async fn the_bucket_takes_only_its_own_paths() {
    let local = serve().await;
    let health = local.bucket.prefix.replace("humanops-proofs/", "health");
    assert_eq!(local.get(&health).await.text().await.unwrap(), "ok");
    let listing = local.bucket.prefix.trim_end_matches('/');
    assert_eq!(local.get(listing).await.status().as_u16(), 404);
}

#[tokio::test]
async fn a_fetch_is_bounded_and_tells_missing_from_unavailable() {
    let local = serve().await;
    assert_eq!(local.fetch(100).await, Err(FetchError::Missing));
    let presigned = local.presign(PHOTO, SystemTime::now());
    assert_eq!(local.put(&presigned, PHOTO, &[]).await, 200);
    assert_eq!(local.fetch(PHOTO.len()).await.unwrap(), PHOTO);
    assert_eq!(local.fetch(PHOTO.len() - 1).await, Err(FetchError::TooLarge));

    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = bucket(&format!("http://{closed}"));
    assert_eq!(nobody.fetch(KEY, 100).await, Err(FetchError::Unavailable));
    let stranger = objects::config(&local.endpoint, "AKIALOCAL", "another-secret");
    let stranger = Bucket::over(objects::BUCKET, objects::way(), &stranger).unwrap();
    assert_eq!(stranger.fetch(KEY, 100).await, Err(FetchError::Unavailable));
}

/// Parameters of a URL's query, without their values.
fn parameters(url: &str) -> Vec<String> {
    let url = url::Url::parse(url).unwrap();
    let mut names: Vec<String> = url.query_pairs().map(|(name, _)| name.into_owned()).collect();
    names.sort();
    names
}

fn parameter(url: &str, wanted: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    let found = url.query_pairs().find(|(name, _)| name == wanted);
    found.unwrap_or_else(|| panic!("{wanted} in {url}")).1.into_owned()
}

#[tokio::test]
async fn exactly_these_headers_are_signed_and_asked_for() {
    let presigned = amazons(None).presign_put(KEY, "image/jpeg", 17, [7; 32], SystemTime::now());
    let mut headers = presigned.headers.clone();
    headers.sort();
    let wanted = [
        ("content-encoding", "identity"),
        ("content-length", "17"),
        ("content-type", "image/jpeg"),
        ("if-none-match", "*"),
        ("x-amz-checksum-sha256", "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="),
    ];
    assert_eq!(headers, wanted.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let signed = "content-encoding;content-length;content-type;host;if-none-match;x-amz-checksum-sha256";
    assert_eq!(parameter(&presigned.url, "X-Amz-SignedHeaders"), signed);
    assert_eq!(parameter(&presigned.url, "X-Amz-Expires"), "300");

    let url = amazons(None).presign_get(KEY, None, SystemTime::now());
    assert_eq!(parameter(&url, "X-Amz-SignedHeaders"), "host");
    assert_eq!(parameter(&url, "X-Amz-Expires"), "900");
    assert_eq!(parameter(&url, "response-content-disposition"), "attachment");
    assert_eq!(parameter(&url, "response-content-encoding"), "identity");
    let signature = [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-Signature",
        "X-Amz-SignedHeaders",
    ];
    let own = ["response-cache-control", "response-content-disposition", "response-content-encoding", "x-id"];
    assert_eq!(parameters(&url), [&signature[..], &own].concat());
    assert_eq!(parameters(&presigned.url), [&signature[..], &["x-id"]].concat());
}

#[tokio::test]
async fn a_session_token_is_part_of_the_url() {
    let url = amazons(Some("to+ken/=")).presign_get(KEY, None, SystemTime::UNIX_EPOCH);
    assert!(url.contains("X-Amz-Security-Token=to%2Bken%2F%3D"), "{url}");
}

#[tokio::test]
async fn a_bucket_has_a_host_at_amazon_and_a_path_elsewhere() {
    for (bucket, url) in [
        (amazons(None), "https://proofs.s3.us-east-1.amazonaws.com/proof/task_1/op_1/up_1"),
        (bucket("http://127.0.0.1:8080"), "http://127.0.0.1:8080/humanops-proofs/proof/task_1/op_1/up_1"),
        (bucket("http://127.0.0.1:8080/"), "http://127.0.0.1:8080/humanops-proofs/proof/task_1/op_1/up_1"),
    ] {
        assert_eq!(bucket.object_url(KEY), url);
        let get = bucket.presign_get(KEY, None, SystemTime::now());
        let put = bucket.presign_put(KEY, "image/png", 1, [0; 32], SystemTime::now()).url;
        assert_eq!([get, put].map(|signed| signed.split('?').next().unwrap().to_owned()), [url; 2]);
    }
}

#[test]
fn a_key_is_found_in_its_own_url_and_in_no_other() {
    for bucket in [amazons(None), bucket("http://127.0.0.1:8080")] {
        let url = bucket.object_url(KEY);
        assert_eq!(bucket.key_of(&url).as_deref(), Some(KEY));
        for wrong in [
            "".to_owned(),
            KEY.to_owned(),
            bucket.prefix.clone(),
            format!("{url}?versionId=1"),
            format!("{url}#top"),
            format!("{url}/"),
            format!(" {url}"),
            url.replace("up_1", "../up_1"),
            url.replace("up_1", "./up_1"),
            url.replace("up_1", "%2e%2e/up_1"),
            url.replace("up_1", "a b"),
            url.replace("/up_1", "//up_1"),
            url.replace("up_1", "..\\up_1"),
            url.replace("http", "HTTP"),
            url.replace("://", "://user@"),
            url.replace("proofs", "proof5"),
            format!("https://evil.example.com/{KEY}"),
            format!("{}.evil.example.com/{KEY}", bucket.prefix.trim_end_matches('/')),
        ] {
            assert_eq!(bucket.key_of(&wrong), None, "{wrong}");
        }
    }
}

#[test]
fn keys_are_plain_path_segments() {
    for key in ["a", "a/b", "A-z_0.9/..a", KEY] {
        assert!(is_key(key), "{key}");
    }
    let long = "a".repeat(1_025);
    for key in ["", "/", "/a", "a/", "a//b", ".", "a/..", "../a", "a?b", "é", "a\n", &long] {
        assert!(!is_key(key), "{key}");
    }
}

#[test]
fn debug_shows_no_secret() {
    let shown = format!("{:?}", amazons(None));
    assert!(shown.contains("proofs"), "{shown}");
    assert!(!shown.contains("secret") && !shown.contains("AKIA"), "{shown}");
}
