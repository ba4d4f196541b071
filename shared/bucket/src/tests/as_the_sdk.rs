//! Against the SDK itself: what its client signs and sends, the bucket signs and sends.

use super::*;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::http::{HttpRequest, HttpResponse};
use aws_sdk_s3::config::{Builder, RequestChecksumCalculation, ResponseChecksumValidation};
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use aws_sdk_s3::primitives::DateTime;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector};
use aws_smithy_types::body::SdkBody;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What the SDK's interceptors add, and S3 does without.
const LEFT_OUT: [&str; 4] = ["amz-sdk-invocation-id", "amz-sdk-request", "user-agent", "x-amz-user-agent"];

/// Has nothing, and remembers who asked.
#[derive(Clone, Debug, Default)]
struct Empty(Arc<Mutex<Vec<HttpRequest>>>);

impl HttpConnector for Empty {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.0.lock().unwrap().push(request);
        let said = SdkBody::from("<Error><Code>NoSuchKey</Code></Error>");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(404.try_into().unwrap(), said)))
    }
}

fn client(config: &SdkConfig) -> Client {
    let config = Builder::from(config)
        .force_path_style(config.endpoint_url().is_some())
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    Client::from_conf(config.build())
}

/// With a name for the bucket.
fn everywhere() -> [(&'static str, SdkConfig); 4] {
    let of_another = at_amazon(Some("to+ken/=")).into_builder().endpoint_url("http://127.0.0.1:8080").build();
    [
        ("proofs", at_amazon(None)),
        ("proofs", at_amazon(Some("to+ken/="))),
        ("proofs", of_another),
        (objects::BUCKET, objects::config("http://127.0.0.1:8080/", "AKIALOCAL", "local-secret")),
    ]
}

fn from(start: SystemTime, lifetime_s: u64) -> PresigningConfig {
    let config = PresigningConfig::builder().start_time(start).expires_in(Duration::from_secs(lifetime_s));
    config.build().unwrap()
}

fn headers<'a>(of: impl Iterator<Item = (&'a str, &'a str)>) -> BTreeMap<String, String> {
    of.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn assert_same(ours: &Presigned, theirs: &PresignedRequest) {
    assert_eq!(ours.url, theirs.uri());
    let own = ours.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    assert_eq!(headers(own), headers(theirs.headers()));
}

#[tokio::test]
async fn each_url_is_signed_as_the_sdk_does() {
    let now = SystemTime::now();
    for (name, config) in everywhere() {
        let bucket = Bucket::over(name, objects::way(), &config).unwrap();
        let client = client(&config);

        let put = client.put_object().bucket(name).key(KEY).content_type("image/jpeg").content_length(17);
        let put = put.content_encoding("identity").checksum_sha256(STANDARD.encode([7; 32])).if_none_match("*");
        let put = put.presigned(from(now, 300)).await.unwrap();
        assert_same(&bucket.presign_put(KEY, "image/jpeg", 17, [7; 32], now), &put);

        for content_type in [None, Some("image/svg+xml; charset=utf-8")] {
            let get = client.get_object().bucket(name).key(KEY).set_response_content_type(content_type.map(Into::into));
            let get = get.response_content_disposition("attachment").response_content_encoding("identity");
            let get = get.response_cache_control("private, no-store").presigned(from(now, 900)).await.unwrap();
            assert_eq!(bucket.presign_get(KEY, content_type, now), get.uri());
        }
    }
}

#[tokio::test]
async fn a_fetch_is_sent_as_the_sdk_does() {
    for (name, config) in everywhere() {
        let empty = Empty::default();
        let connector = SharedHttpConnector::new(empty.clone());
        let bucket = Bucket::over(name, connector.clone(), &config).unwrap();
        assert_eq!(bucket.fetch(KEY, 17).await, Err(FetchError::Missing));
        let by_sdk = config.into_builder().http_client(aws::http_client(connector)).build();
        let get = client(&by_sdk).get_object().bucket(name).key(KEY).response_expires(DateTime::from_secs(0));
        let get = get.response_content_disposition("attachment").response_cache_control("private, no-store");
        get.response_content_language("en").send().await.unwrap_err();

        let [ours, theirs] = std::mem::take(&mut *empty.0.lock().unwrap()).try_into().unwrap();
        assert_eq!((ours.method(), ours.uri()), (theirs.method(), theirs.uri()));
        let [mut own, mut other] = [&ours, &theirs].map(|request| headers(request.headers().iter()));
        own.remove("user-agent");
        other.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
        // Signed a moment apart, and the SDK signs some of what is left out here.
        for name in ["authorization", "x-amz-date"] {
            assert!(own.remove(name).is_some() && other.remove(name).is_some(), "{name}");
        }
        assert_eq!(own, other);
    }
}
