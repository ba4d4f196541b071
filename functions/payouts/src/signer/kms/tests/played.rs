//! KMS, played: one key of secp256k1 behind AWS JSON 1.1 on an address of this machine. It signs as KMS does, never
//! twice alike and with either `s`, and fails as it is told to.

use alloy::signers::k256::ecdsa::hazmat::SignPrimitive as _;
use alloy::signers::k256::ecdsa::{self, SigningKey};
use alloy::signers::k256::sha2::Sha256;
use aws_sdk_kms::Client;
use aws_sdk_kms::config::retry::RetryConfig;
use aws_sdk_kms::config::{BehaviorVersion, Config, Credentials, Region};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(super) const KEY_ID: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";
/// As `Local` takes it: the second account of every anvil, whose key is public.
pub(super) const KEY: &str = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
pub(super) const GET_PUBLIC_KEY: &str = "TrentService.GetPublicKey";
pub(super) const SIGN: &str = "TrentService.Sign";

/// How the next request is answered instead.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// With this status and code, and a message that names who asked.
    Code(u16, &'static str),
    /// Not at all.
    Silence,
    /// With 200 and these fields in place of the right ones.
    Fields(Value),
    /// With no JSON.
    Page(u16),
}

/// A running KMS.
pub(super) struct Played {
    key: SigningKey,
    faults: Mutex<VecDeque<Fault>>,
    /// The operations, in the order in which they came.
    asked: Mutex<Vec<String>>,
    endpoint: String,
}

impl Played {
    pub(super) async fn start() -> Arc<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let key = alloy::primitives::hex::decode(KEY).unwrap();
        let played = Arc::new(Self {
            key: SigningKey::from_slice(&key).unwrap(),
            faults: Mutex::default(),
            asked: Mutex::default(),
            endpoint: format!("http://{}", listener.local_addr().unwrap()),
        });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&played));
        tokio::spawn(axum::serve(listener, router).into_future());
        played
    }

    /// The next requests fail so, one after the other.
    pub(super) fn fail(&self, faults: impl IntoIterator<Item = Fault>) {
        self.faults.lock().unwrap().extend(faults);
    }

    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// A client that tries so often.
    pub(super) fn client(&self, attempts: u32) -> Client {
        let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "test"))
            .http_client(aws::http_client(aws::connections(aws::Roots::None)))
            .endpoint_url(&self.endpoint)
            .retry_config(retries.with_max_attempts(attempts));
        Client::from_conf(config.build())
    }

    /// `GetPublicKey`'s answer.
    pub(super) fn public_key(&self) -> Value {
        let header = "3056301006072a8648ce3d020106052b8104000a034200";
        let mut der = alloy::primitives::hex::decode(header).unwrap();
        der.extend_from_slice(self.key.verifying_key().to_encoded_point(false).as_bytes());
        json!({
            "KeyId": format!("arn:aws:kms:eu-west-1:111122223333:key/{KEY_ID}"),
            "KeySpec": "ECC_SECG_P256K1",
            "CustomerMasterKeySpec": "ECC_SECG_P256K1",
            "KeyUsage": "SIGN_VERIFY",
            "SigningAlgorithms": ["ECDSA_SHA_256"],
            "PublicKey": STANDARD.encode(der),
        })
    }

    /// In DER; every second one has the higher `s`.
    fn signature(&self, digest: &[u8], number: usize) -> Vec<u8> {
        let digest = <[u8; 32]>::try_from(digest).unwrap();
        let secret = self.key.as_nonzero_scalar();
        let signed = secret.try_sign_prehashed_rfc6979::<Sha256>(&digest.into(), &number.to_be_bytes());
        let (lower, _) = signed.unwrap();
        let (r, s) = lower.split_scalars();
        let signature = if number.is_multiple_of(2) { lower } else { ecdsa::Signature::from_scalars(r, -s).unwrap() };
        signature.to_der().as_bytes().to_vec()
    }
}

async fn answer(State(played): State<Arc<Played>>, headers: HeaderMap, body: Bytes) -> Response {
    let operation = headers["x-amz-target"].to_str().unwrap().to_owned();
    let number = {
        let mut asked = played.asked.lock().unwrap();
        asked.push(operation.clone());
        asked.len()
    };
    let fault = played.faults.lock().unwrap().pop_front();
    let request: Value = serde_json::from_slice(&body).unwrap();

    let right = match operation.as_str() {
        GET_PUBLIC_KEY if request == json!({ "KeyId": KEY_ID }) => played.public_key(),
        SIGN => {
            let message = STANDARD.decode(request["Message"].as_str().unwrap()).unwrap();
            let expected = json!({
                "KeyId": KEY_ID,
                "Message": request["Message"],
                "MessageType": "DIGEST",
                "SigningAlgorithm": "ECDSA_SHA_256",
            });
            assert_eq!(request, expected);
            json!({ "KeyId": KEY_ID, "Signature": STANDARD.encode(played.signature(&message, number)) })
        }
        other => unreachable!("{other}: {request}"),
    };
    match fault {
        None => said(200, &right),
        Some(Fault::Code(status, code)) => said(
            status,
            &json!({ "__type": code, "message": "arn:aws:sts::111122223333:assumed-role/payouts may not" }),
        ),
        Some(Fault::Fields(Value::Object(fields))) => {
            let mut changed = right;
            changed.as_object_mut().unwrap().extend(fields);
            said(200, &changed)
        }
        Some(Fault::Fields(other)) => said(200, &other),
        Some(Fault::Page(status)) => (StatusCode::from_u16(status).unwrap(), "<html>").into_response(),
        Some(Fault::Silence) => std::future::pending().await,
    }
}

fn said(status: u16, body: &Value) -> Response {
    let json = [("content-type", "application/x-amz-json-1.1")];
    (StatusCode::from_u16(status).unwrap(), json, body.to_string()).into_response()
}
