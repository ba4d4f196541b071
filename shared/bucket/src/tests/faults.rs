//! Uploads that are more than was signed, and buckets that fail.

use super::*;
use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse as _, Response};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whatever a bucket keeps beside the bytes, the agent would get with them.
#[tokio::test]
async fn an_upload_with_a_header_that_is_not_signed_is_403_and_stores_nothing() {
    let local = serve().await;
    let added = [
        ("content-disposition", "inline"),
        ("content-language", "en"),
        ("expires", "Thu, 01 Jan 2099 00:00:00 GMT"),
        ("x-amz-meta-note", "hello"),
        ("x-amz-storage-class", "GLACIER"),
        ("x-amz-website-redirect-location", "https://example.com"),
        ("content-encoding", "br"),
    ];
    for (name, value) in added {
        let mut presigned = local.presign(PHOTO, SystemTime::now());
        presigned.headers.push((name.to_owned(), value.to_owned()));
        assert_eq!(local.put(&presigned, PHOTO, &[]).await, 403, "{name}");
    }
    let presigned = local.presign(PHOTO, SystemTime::now());
    for change in ["gzip", ""] {
        assert_eq!(local.put(&presigned, PHOTO, &[("content-encoding", change)]).await, 403, "{change}");
    }
    assert_eq!(local.fetch(PHOTO.len()).await, Err(FetchError::Missing));
    // A browser adds it when the page was loaded anew.
    assert_eq!(local.put(&presigned, PHOTO, &[("cache-control", "no-cache")]).await, 200);
}

/// As when there are no descriptors left: s3s-fs says of whatever it cannot open that it is not there.
#[cfg(unix)]
#[tokio::test]
async fn a_file_that_cannot_be_opened_is_not_missing() {
    let local = serve().await;
    let file = local.folder.path().join(objects::BUCKET).join(KEY);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(&file, &file).unwrap();
    assert_eq!(local.fetch(100).await, Err(FetchError::Unavailable));
    std::fs::remove_file(&file).unwrap();
    assert_eq!(local.fetch(100).await, Err(FetchError::Missing));
}

/// A server that answers all requests alike, but for those before `after`, which break off in the middle.
async fn answering(after: usize, answer: fn() -> Response) -> Bucket {
    let asked = Arc::new(AtomicUsize::new(0));
    let handler = move || async move {
        if asked.fetch_add(1, Ordering::SeqCst) >= after {
            return answer();
        }
        let broken = [Ok(vec![0xFF]), Err(std::io::Error::other("the disk is gone"))];
        Body::from_stream(futures::stream::iter(broken)).into_response()
    };
    listening(Router::new().fallback(handler)).await
}

async fn listening(router: Router) -> Bucket {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(axum::serve(listener, router).into_future());
    bucket(&endpoint)
}

/// S3 keeps what an upload says beside its URL, reads none of it, and gives it back to whoever asks for nothing else.
#[tokio::test]
async fn what_an_uploader_says_of_a_photo_does_not_make_it_unreadable() {
    let said = [
        ("response-expires", "expires", &b"0"[..]),
        ("response-content-language", "content-language", b"\xff"),
        ("response-content-disposition", "content-disposition", b"\xff"),
        ("response-cache-control", "cache-control", b"\xff"),
    ];
    let handler = move |uri: Uri| async move {
        let asked = parameters(&format!("http://bucket{uri}"));
        let mut answer = PHOTO.into_response();
        for (instead, name, kept) in said {
            if !asked.iter().any(|parameter| parameter == instead) {
                answer.headers_mut().insert(name, HeaderValue::from_bytes(kept).unwrap());
            }
        }
        answer
    };
    let bucket = listening(Router::new().fallback(handler)).await;
    assert_eq!(bucket.fetch(KEY, 100).await.unwrap(), PHOTO);
}

#[tokio::test]
async fn only_not_found_is_missing_and_everything_else_is_tried_again() {
    let no_such_key = || (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response();
    // Longer than the photo may be, and than is read of an error.
    let wordy = || (StatusCode::FORBIDDEN, "x".repeat(70_000)).into_response();
    type Answer = fn() -> Response;
    let cases: [(usize, Answer, Result<Vec<u8>, FetchError>); 9] = [
        (0, wordy, Err(FetchError::Unavailable)),
        (0, no_such_key, Err(FetchError::Missing)),
        (0, || StatusCode::NOT_FOUND.into_response(), Err(FetchError::Unavailable)),
        (0, || StatusCode::FORBIDDEN.into_response(), Err(FetchError::Unavailable)),
        (0, || StatusCode::SERVICE_UNAVAILABLE.into_response(), Err(FetchError::Unavailable)),
        (0, || ([("content-encoding", "gzip")], PHOTO).into_response(), Err(FetchError::Encoded)),
        (0, || ([("content-encoding", "identity")], PHOTO).into_response(), Ok(PHOTO.to_vec())),
        (2, || PHOTO.into_response(), Ok(PHOTO.to_vec())),
        (3, || PHOTO.into_response(), Err(FetchError::Unavailable)),
    ];
    for (row, (after, answer, expected)) in cases.into_iter().enumerate() {
        assert_eq!(answering(after, answer).await.fetch(KEY, 100).await, expected, "{row}");
    }
}
