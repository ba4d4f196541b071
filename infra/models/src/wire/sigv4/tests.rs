//! AWS's own vectors, and what is no signature. That a good one passes is shown by the SDK, in `shared/vision/tests`.

use super::*;
use axum::http::Method;

const SCOPE: &str = "20150830/us-east-1/service/aws4_request";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn seen(method: Method, headers: &[(&'static str, &str)], body: &'static str) -> Seen {
    let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
    Seen { method, uri: "/".parse().unwrap(), headers, body: body.into() }
}

#[test]
fn the_published_requests_have_their_published_signatures() {
    let common = [("host", "example.amazonaws.com"), ("x-amz-date", "20150830T123600Z")];
    let form = [("content-type", "application/x-www-form-urlencoded"), common[0], common[1]];
    for (seen, signed, signature) in [
        // get-vanilla, post-vanilla and post-x-www-form-urlencoded.
        (
            seen(Method::GET, &common, ""),
            "host;x-amz-date",
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            seen(Method::POST, &common, ""),
            "host;x-amz-date",
            "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        ),
        (
            seen(Method::POST, &form, "Param1=value1"),
            "content-type;host;x-amz-date",
            "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
        ),
    ] {
        assert_eq!(signed_with(SECRET, &seen, SCOPE, signed), signature);
    }
}

#[test]
fn what_is_not_signed_well_is_refused_by_aws_s_names() {
    let credentials = Credentials::default();
    let key = &credentials.access_key_id;
    let of = |key: &str, scope: &str| {
        format!("AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=host;x-amz-date, Signature=00")
    };
    for (authorization, code) in [
        (String::new(), "MissingAuthenticationTokenException"),
        ("Bearer sk-1".to_owned(), "IncompleteSignatureException"),
        (of("AKIDOTHER", SCOPE), "UnrecognizedClientException"),
        (of(key, SCOPE), "InvalidSignatureException"),
        (of(key, "20150830/eu-central-1/bedrock/aws4_request"), "InvalidSignatureException"),
    ] {
        let headers = [("host", "a"), ("x-amz-date", "20150830T123600Z"), ("authorization", authorization.as_str())];
        let refused = verify(&seen(Method::POST, &headers, ""), &credentials, "bedrock").unwrap_err();
        assert_eq!((refused.status, refused.code), (403, code), "{authorization}");
    }
}
