//! A bucket that can be told to fail.

use super::world::listen;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_types::SdkConfig;
use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use bucket::Bucket;
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// What the bytes end with that their uploader says are to be decoded.
pub(super) const ENCODED: &[u8] = b"encoded";

/// The photos that the bucket has.
#[derive(Clone, Default)]
pub(super) struct Objects(Arc<Mutex<Shelf>>);

#[derive(Default)]
struct Shelf {
    fault: Option<Fault>,
    photos: HashMap<String, Vec<u8>>,
}

/// What a bucket does that does not say whether it has a photo.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    Busy,
    Forbidden,
    NotFoundByAnother,
    BreaksOff,
}

impl Objects {
    /// From now on the bucket fails, or answers again.
    pub(super) fn fail(&self, fault: Option<Fault>) {
        self.0.lock().unwrap().fault = fault;
    }

    pub(super) fn put(&self, key: &str, bytes: Vec<u8>) {
        self.0.lock().unwrap().photos.insert(key.to_owned(), bytes);
    }

    fn answer(&self, key: &str) -> Response {
        let shelf = self.0.lock().unwrap();
        match (shelf.fault, shelf.photos.get(key)) {
            (Some(Fault::Busy), _) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            (Some(Fault::Forbidden), _) => StatusCode::FORBIDDEN.into_response(),
            (Some(Fault::NotFoundByAnother), _) => StatusCode::NOT_FOUND.into_response(),
            (Some(Fault::BreaksOff), _) => {
                let broken = [Ok(vec![0xFF, 0xD8]), Err(std::io::Error::other("the disk is gone"))];
                Body::from_stream(futures::stream::iter(broken)).into_response()
            }
            (None, Some(bytes)) if bytes.ends_with(ENCODED) => {
                ([("content-encoding", "gzip")], bytes.clone()).into_response()
            }
            (None, Some(bytes)) => bytes.clone().into_response(),
            // As S3 says it: another 404 is not the bucket's word.
            (None, None) => (StatusCode::NOT_FOUND, "<Error><Code>NoSuchKey</Code></Error>").into_response(),
        }
    }
}

/// Serves it until the test ends.
pub(super) async fn serve(objects: Objects) -> Bucket {
    let (listener, url) = listen().await;
    let answer = get(|Path(key): Path<String>| async move { objects.answer(&key) });
    let router = Router::new().route("/photos/{*key}", answer);
    tokio::spawn(axum::serve(listener, router).into_future());
    let credentials = Credentials::new("local", "local", None, None, "test");
    let config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .endpoint_url(url)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .build();
    let network = aws::connections(aws::Roots::None);
    Bucket::over("photos", network, &config).unwrap()
}
