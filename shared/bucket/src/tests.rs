//! Against the real S3 wire format: the local bucket that `cargo run` serves, in this process.

use std::time::{Duration, SystemTime};

use axum::Router;
use axum::routing::get;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use super::{Access, Bucket, FetchError, Presigned, is_amazons, is_key};

#[allow(unreachable_pub, reason = "public in the program this file belongs to")]
#[path = "../../../infra/local/src/objects.rs"]
mod objects;

const KEY: &str = "proof/task_1/op_1/up_1";
const PHOTO: &[u8] = b"not really a photo";

/// A served bucket, its client, and the folder that keeps it alive.
struct Local {
    bucket: Bucket,
    http: reqwest::Client,
    _folder: TempDir,
}

fn access(base_url: &str) -> Access {
    Access {
        base_url: base_url.parse().unwrap(),
        region: "us-east-1".to_owned(),
        access_key_id: "AKIALOCAL".to_owned(),
        secret_access_key: "local-secret".to_owned(),
        session_token: None,
    }
}

async fn serve() -> Local {
    let folder = tempfile::tempdir().unwrap();
    let service = objects::service(folder.path(), "AKIALOCAL", "local-secret").unwrap();
    let router =
        Router::new().route("/health", get(|| async { "ok" })).route_service("/humanops-proofs/{*key}", service);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base_url = format!("http://{}/humanops-proofs", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());
    Local {
        bucket: Bucket::new(access(&base_url)),
        http: outbound::trusted(Duration::from_secs(10)).unwrap(),
        _folder: folder,
    }
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
        self.bucket.fetch(KEY, SystemTime::now(), size_bytes_max).await
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

    let url = local.bucket.presign_get(KEY, now);
    let answer = local.get(&url).await;
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["content-disposition"], "attachment");
    assert_eq!(answer.bytes().await.unwrap(), PHOTO);

    let expired = now - Duration::from_secs(901);
    for refused in [
        local.bucket.presign_get(KEY, expired),
        url.replace("attachment", "inline"),
        url.replace("up_1", "up_2"),
        local.bucket.object_url(KEY),
    ] {
        assert_eq!(local.get(&refused).await.status().as_u16(), 403, "{refused}");
    }
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
    let nobody = Bucket::new(access(&format!("http://{closed}/humanops-proofs")));
    let fetched = nobody.fetch(KEY, SystemTime::now(), 100).await;
    assert_eq!(fetched, Err(FetchError::Unavailable));
}

#[test]
fn only_buckets_at_amazon_are_trusted_by_amazons_roots() {
    for (url, amazons) in [
        ("https://proofs.s3.eu-central-1.amazonaws.com/", true),
        ("http://proofs.s3.eu-central-1.amazonaws.com/", false),
        ("https://proofs.example.com/.amazonaws.com/", false),
        ("https://amazonaws.com.example.com/", false),
        ("http://127.0.0.1:8080/humanops-proofs/", false),
    ] {
        assert_eq!(is_amazons(url), amazons, "{url}");
    }
    outbound::trusted_by(outbound::AMAZON_ROOTS, Duration::from_secs(1)).unwrap();
}

#[test]
fn the_signature_is_the_one_that_aws_publishes() {
    let bucket = Bucket::new(Access {
        access_key_id: "AKIAIOSFODNN7EXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        ..access("https://examplebucket.s3.amazonaws.com")
    });
    let on_2013_05_24 = SystemTime::UNIX_EPOCH + Duration::from_secs(1_369_353_600);
    let day = Duration::from_secs(86_400);
    let url = bucket.sign("GET", &bucket.object_url("test.txt"), &[], day, on_2013_05_24);
    assert!(url.ends_with("aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"), "{url}");
}

#[test]
fn a_session_token_is_part_of_the_url() {
    let with_token =
        Access { session_token: Some("to+ken/=".to_owned()), ..access("https://proofs.s3.us-east-1.amazonaws.com/") };
    let bucket = Bucket::new(with_token);
    let url = bucket.presign_get(KEY, SystemTime::UNIX_EPOCH);
    assert!(url.contains("X-Amz-Security-Token=to%2Bken%2F%3D"), "{url}");
}

#[test]
fn a_key_is_found_in_its_own_url_and_in_no_other() {
    for base in ["https://proofs.s3.us-east-1.amazonaws.com", "http://127.0.0.1:8080/humanops-proofs/"] {
        let bucket = Bucket::new(access(base));
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
            format!("{}.evil.example.com/{KEY}", base.trim_end_matches('/')),
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
    let proofs = access("https://proofs.s3.us-east-1.amazonaws.com");
    let shown = format!("{proofs:?} {:?}", Bucket::new(access("https://a.b")));
    assert!(shown.contains("proofs"), "{shown}");
    assert!(!shown.contains("secret") && !shown.contains("AKIA"), "{shown}");
}
