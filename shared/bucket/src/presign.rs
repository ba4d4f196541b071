//! AWS Signature Version 4 in the query of a URL. Signs no bodies: S3 checks the body against the
//! signed checksum header instead.

use std::time::{Duration, SystemTime};

use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings, UriPathNormalizationMode,
    sign,
};
use aws_sigv4::sign::v4;
use url::form_urlencoded;

use crate::Bucket;

impl Bucket {
    /// `url` with the query that allows `method` with `headers` until `now + lifetime`.
    pub(crate) fn sign(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        lifetime: Duration,
        now: SystemTime,
    ) -> String {
        let identity = self.credentials.clone().into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name("s3")
            .time(now)
            .settings(query_settings(lifetime))
            .build()
            .expect("the five required fields are set above")
            .into();

        let headers = headers.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let signed = SignableRequest::new(method, url, headers, SignableBody::UnsignedPayload)
            .and_then(|request| sign(request, &params))
            .expect("the URL was parsed, and our headers are ASCII without control characters");

        let (instructions, _) = signed.into_parts();
        let signature = form_urlencoded::Serializer::new(String::new()).extend_pairs(instructions.params()).finish();
        let separator = if url.contains('?') { '&' } else { '?' };
        format!("{url}{separator}{signature}")
    }
}

/// S3's dialect: the path is signed as sent, neither escaped twice nor normalized.
fn query_settings(lifetime: Duration) -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.expires_in = Some(lifetime);
    settings
}
