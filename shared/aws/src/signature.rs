//! Signatures, version 4, by the SDK's own signer.

use crate::{Name, Operation, Refusal, Service, Value};
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningInstructions,
    SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use std::time::{Duration, SystemTime};

/// What an earlier signature has left in a request.
const BY_A_SIGNATURE: [&str; 4] = ["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

impl Service {
    /// A request that whoever has it may send, with exactly its headers, within `lifetime` from `now`: what it is signed by
    /// is in its URL. Nothing is said of its body but by headers.
    ///
    /// # Errors
    /// The input is not one that can be written.
    pub fn presigned<I: Value, O: Value, E: Refusal>(
        &self,
        operation: &Operation<I, O, E>,
        input: I,
        lifetime: Duration,
        now: SystemTime,
    ) -> Result<http::Request<SdkBody>, BoxError> {
        let request = self.request(operation, input)?;
        let mut settings = self.name.settings();
        settings.signature_location = SignatureLocation::QueryParams;
        settings.expires_in = Some(lifetime);
        let signed = self.instructions(settings, SignableBody::UnsignedPayload, &request, now)?;
        let mut request = request.try_into_http1x()?;
        signed.apply_to_request_http1x(&mut request);
        Ok(request)
    }

    /// Signs a request in its headers, in place of an earlier signature.
    ///
    /// # Errors
    /// Its body is not at hand, or it is none that can be sent.
    pub fn sign(&self, request: &mut HttpRequest, now: SystemTime) -> Result<(), BoxError> {
        for name in BY_A_SIGNATURE {
            request.headers_mut().remove(name);
        }
        let body = SignableBody::Bytes(request.body().bytes().ok_or("its body is not at hand")?);
        let signed = self.instructions(self.name.settings(), body, request, now)?;
        for header in signed.into_parts().0 {
            request.headers_mut().insert(header.name(), header.value().to_owned());
        }
        Ok(())
    }

    fn instructions(
        &self,
        settings: SigningSettings,
        body: SignableBody<'_>,
        request: &HttpRequest,
        now: SystemTime,
    ) -> Result<SigningInstructions, BoxError> {
        let parameters = SigningParams::builder()
            .identity(&self.identity)
            .region(&self.region)
            .name(self.name.word())
            .time(now)
            .settings(settings)
            .build()?
            .into();
        let signable = SignableRequest::new(request.method(), request.uri(), request.headers().iter(), body)?;
        Ok(sign(signable, &parameters)?.into_parts().0)
    }
}

impl Name {
    /// By which it is signed for, and a region's host begins.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::DynamoDb => "dynamodb",
            Self::S3 => "s3",
            Self::SecretsManager => "secretsmanager",
            Self::Sqs => "sqs",
        }
    }

    /// S3 takes a path as it was sent, and the hash of a body in a header.
    fn settings(self) -> SigningSettings {
        let mut settings = SigningSettings::default();
        if self == Self::S3 {
            settings.percent_encoding_mode = PercentEncodingMode::Single;
            settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
            settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
        }
        settings
    }
}
