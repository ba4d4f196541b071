//! The vectors that all clients open, and what opens nothing.

use super::*;
use serde::Deserialize;
use serde_json::json;

const VECTORS: &str = include_str!("../../../../shared/sealed/vectors/webcrypto.json");

#[derive(Deserialize)]
struct Vector {
    #[serde(rename = "taskId")]
    task_id: String,
    agent_d: String,
    eph_raw: String,
    iv: String,
    ct: String,
    pt: String,
}

impl Vector {
    fn envelope(&self) -> EncryptedCredential {
        read(&json!({
            "ciphertext": self.ct, "iv": self.iv, "ephemeralPublicKey": self.eph_raw, "algorithm": ALGORITHM,
        }))
    }

    fn private_key(&self) -> String {
        let d = base64::prelude::BASE64_URL_SAFE_NO_PAD.decode(&self.agent_d).expect("d");
        let secret = SecretKey::from_slice(&d).expect("a scalar");
        BASE64_STANDARD.encode(secret.to_pkcs8_der().expect("DER").as_bytes())
    }
}

/// As the API answers it.
fn read(envelope: &impl serde::Serialize) -> EncryptedCredential {
    let mut envelope = serde_json::to_value(envelope).expect("JSON");
    envelope["createdAt"] = "2026-02-06T14:30:00.000Z".into();
    serde_json::from_value(envelope).expect("an envelope")
}

#[test]
fn every_vector_is_opened_with_its_own_key_and_task_only() {
    let vectors: Vec<Vector> = serde_json::from_str(VECTORS).expect("vectors");
    assert!(vectors.len() >= 20);
    let stranger = KeyPair::generate().expect("a pair");
    for vector in &vectors {
        let (envelope, key) = (vector.envelope(), vector.private_key());
        let expected = serde_json::from_str(&vector.pt).unwrap_or(Value::String(vector.pt.clone()));
        assert_eq!(open(&vector.task_id, &envelope, &key), Ok(expected));
        assert_eq!(open("task_other", &envelope, &key), Err(CredentialError::NotOpened));
        assert_eq!(open(&vector.task_id, &envelope, &stranger.private_key), Err(CredentialError::NotOpened));
    }
}

#[test]
fn what_is_sealed_to_a_new_key_is_opened_by_it_whatever_it_is() {
    let pair = KeyPair::generate().expect("a pair");
    for credential in
        [json!({ "api_key": "sk_1", "note": "ünïcode" }), json!("a text"), json!(["a"]), json!("x".repeat(60_000))]
    {
        let sealed = seal("task_1", &pair.public_key, &credential).expect("sealed");
        assert_eq!(open("task_1", &read(&sealed), &pair.private_key), Ok(credential));
    }
}

#[test]
fn an_envelope_with_a_changed_byte_is_not_opened() {
    let pair = KeyPair::generate().expect("a pair");
    let sealed = seal("task_1", &pair.public_key, &json!({ "api_key": "sk_1" })).expect("sealed");
    let sealed = serde_json::to_value(sealed).expect("JSON");
    for name in ["ciphertext", "iv", "ephemeralPublicKey"] {
        let mut bytes = BASE64_STANDARD.decode(sealed[name].as_str().expect(name)).expect(name);
        *bytes.last_mut().expect(name) ^= 1;
        let mut changed = sealed.clone();
        changed[name] = BASE64_STANDARD.encode(bytes).into();
        assert_eq!(open("task_1", &read(&changed), &pair.private_key), Err(CredentialError::NotOpened), "{name}");
    }
}

#[test]
fn a_pair_does_not_show_its_private_half() {
    let pair = KeyPair::generate().expect("a pair");
    assert!(!format!("{pair:?}").contains(&pair.private_key));
    assert_eq!(fingerprint(&pair.public_key).expect("a fingerprint").len(), 16);
}
