//! A key of AWS KMS that never leaves it. KMS answers with the two numbers of a signature; what Ethereum wants
//! beside them, the lower of both `s` and which half of the curve, is found here. Not `alloy-signer-aws`, which pins
//! another version of the SDK.

use super::{KeyRefusal, SignError, Signature};
use alloy::primitives::{Address, B256};
use alloy::signers::k256::ecdsa;
use aws_sdk_kms::Client;
use aws_sdk_kms::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_kms::operation::get_public_key::GetPublicKeyOutput;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec};
use std::fmt;
use std::time::Duration;
use tokio::sync::OnceCell;

/// What one operation may take with all its attempts, whatever the client's own limits are.
const OPERATION_MAX: Duration = Duration::from_secs(6);
/// An ARN has less.
const KEY_ID_BYTES_MAX: usize = 256;
/// How a public key of secp256k1 begins in DER, up to its uncompressed point. There is no other way to write it.
const POINT_HEADER: [u8; 23] = [
    0x30, 0x56, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00,
    0x0a, 0x03, 0x42, 0x00,
];
/// Of a point with both coordinates. `from_sec1_bytes` takes shorter forms too, and no other of this length.
const POINT_BYTES: usize = 65;
/// Codes after which only a change of the key, of who may use it, or of our credentials helps. Any other code is
/// tried again: signing changes nothing, and a wrong guess must not end a payout.
const LASTING: [&str; 15] = [
    "AccessDenied",
    "AccessDeniedException",
    "DisabledException",
    "IncompleteSignature",
    "InvalidArnException",
    "InvalidClientTokenId",
    "InvalidGrantTokenException",
    "InvalidKeyUsageException",
    "InvalidSignatureException",
    "KMSInvalidStateException",
    "NotAuthorized",
    "NotFoundException",
    "UnrecognizedClientException",
    "UnsupportedOperationException",
    "ValidationException",
];

/// One key, and its address once KMS told it.
pub struct Kms {
    client: Client,
    key_id: String,
    operation_max: Duration,
    address: OnceCell<Address>,
}

/// As the key's name: the client has credentials.
impl fmt::Debug for Kms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kms({})", self.key_id)
    }
}

impl Kms {
    /// The key with this id or ARN. Asks nothing yet.
    ///
    /// # Errors
    /// It is an alias, or cannot be a key's name.
    pub fn new(client: Client, key_id: &str) -> Result<Self, KeyRefusal> {
        let end_of_arn = key_id.strip_prefix("arn:").and_then(|arn| arn.rsplit(':').next());
        if end_of_arn.unwrap_or(key_id).starts_with("alias/") {
            return Err(KeyRefusal::Alias);
        }
        let id = match end_of_arn {
            Some(end) => end.strip_prefix("key/"),
            None => Some(key_id),
        };
        let is_id = |id: &&str| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if key_id.len() > KEY_ID_BYTES_MAX || id.filter(is_id).is_none() {
            return Err(KeyRefusal::NotAKeyId);
        }
        let key_id = key_id.to_owned();
        Ok(Self { client, key_id, operation_max: OPERATION_MAX, address: OnceCell::new() })
    }

    /// Asks KMS once; a failure is not remembered.
    pub(super) async fn address(&self) -> Result<Address, SignError> {
        self.address.get_or_try_init(|| self.ask_address()).await.copied()
    }

    pub(super) async fn sign(&self, digest: B256) -> Result<Signature, SignError> {
        let address = self.address().await?;
        let request = self
            .client
            .sign()
            .key_id(&self.key_id)
            .message(Blob::new(digest.as_slice()))
            .message_type(MessageType::Digest)
            .signing_algorithm(SigningAlgorithmSpec::EcdsaSha256);
        let answer = self.within(request.send()).await?;
        let der = answer.signature.unwrap_or_else(|| Blob::new([]));
        completed(der.as_ref(), &digest, address).ok_or(SignError::Foreign)
    }

    async fn ask_address(&self) -> Result<Address, SignError> {
        let request = self.client.get_public_key().key_id(&self.key_id);
        address(&self.within(request.send()).await?)
    }

    async fn within<T, E, R>(&self, sent: impl Future<Output = Result<T, SdkError<E, R>>>) -> Result<T, SignError>
    where
        E: ProvideErrorMetadata,
    {
        // In a box: the SDK's future is dozens deep, and the compiler counts.
        let answer = tokio::time::timeout(self.operation_max, Box::pin(sent)).await.map_err(|_| SignError::TimedOut)?;
        answer.map_err(|error| failure(&error))
    }
}

/// Whose key KMS holds, if it is one that can sign for the chain.
fn address(answer: &GetPublicKeyOutput) -> Result<Address, SignError> {
    if answer.key_spec != Some(KeySpec::EccSecgP256K1) {
        return Err(SignError::OtherCurve);
    }
    if answer.key_usage != Some(KeyUsageType::SignVerify) {
        return Err(SignError::OtherUsage);
    }
    let der = answer.public_key.as_ref().map_or(&[][..], Blob::as_ref);
    let point = der.strip_prefix(&POINT_HEADER).filter(|point| point.len() == POINT_BYTES);
    let key = point.and_then(|point| ecdsa::VerifyingKey::from_sec1_bytes(point).ok());
    key.map(|key| Address::from_public_key(&key)).ok_or(SignError::OtherCurve)
}

/// The signature in DER with the lower `s`, and the `v` that leads back to `address`; `None` when neither does.
fn completed(der: &[u8], digest: &B256, address: Address) -> Option<Signature> {
    let signature = ecdsa::Signature::from_der(der).ok()?;
    let lower = signature.normalize_s().unwrap_or(signature);
    let is_ours = |signature: &alloy::primitives::Signature| {
        signature.recover_address_from_prehash(digest).is_ok_and(|signed_by| signed_by == address)
    };
    let halves = [false, true].map(|odd| alloy::primitives::Signature::from_signature_and_parity(lower, odd));
    halves.into_iter().find(is_ours).map(|signature| signature.as_bytes())
}

fn failure<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> SignError {
    match error {
        SdkError::TimeoutError(_) => SignError::TimedOut,
        SdkError::ConstructionFailure(_) => SignError::Refused("the request cannot be made".to_owned()),
        SdkError::ServiceError(refused) => match refused.err().code() {
            Some(code) if LASTING.contains(&code) => SignError::Refused(code.to_owned()),
            code => SignError::Unavailable(code.unwrap_or("an error without a code").to_owned()),
        },
        // The connection, or an answer that cannot be read.
        _ => SignError::Unavailable("no answer that can be read".to_owned()),
    }
}

#[cfg(test)]
mod tests;
