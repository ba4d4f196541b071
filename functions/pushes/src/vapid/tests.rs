//! Keys as OpenSSL makes them, and tokens as push services read them.

use super::*;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;

/// By `openssl genpkey`, and the public half by `openssl pkey -pubout`.
const PEM: &str = "-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg7cd3Um8wd27ezBHT
oOOdYfInKuLEclOgUV9cculPAuahRANCAAQybcxuX45yNdrOY1No5/wNZGXXkMz3
7+pJ7DbUmUZ2L4cl3op/O8Y78M0Soo/+QIcwrx+XRFyAxyRPcB6rxAiP
-----END PRIVATE KEY-----
";
const PUBLIC: &str = "BDJtzG5fjnI12s5jU2jn_A1kZdeQzPfv6knsNtSZRnYvhyXein87xjvwzRKij_5AhzCvH5dEXIDHJE9wHqvECI8";

#[test]
fn a_key_of_openssl_is_read_and_nothing_else_is() {
    let lines: String = PEM.lines().filter(|line| !line.contains("KEY")).collect();
    for text in [PEM, &PEM.replace('\n', "\r\n"), PEM.trim(), &lines] {
        assert_eq!(Vapid::parse(text, "").unwrap().public_key(), PUBLIC);
    }
    let made = Vapid::generate();
    assert_ne!(Vapid::parse(&made, "").unwrap().public_key(), PUBLIC);
    for text in ["", " ", PUBLIC, "a-random-password", &lines[4..], &lines.replace('7', "8"), &made[..100]] {
        assert!(Vapid::parse(text, "").is_none(), "{text}");
    }
    let printed = format!("{:?}", Vapid::parse(PEM, "mailto:ops@example.com").unwrap());
    assert_eq!(printed, format!("Vapid({PUBLIC})"));
}

#[test]
fn a_token_is_for_one_push_service_and_half_a_day() {
    let vapid = Vapid::parse(PEM, "mailto:ops@example.com").unwrap();
    let now = Timestamp::from_millis(1_770_292_800_000);
    let said = vapid.authorization("https://push.example.com", now);
    let (token, key) = said.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
    assert_eq!(key, PUBLIC);

    let (signed, signature) = token.rsplit_once('.').unwrap();
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).unwrap();
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, bytes(key));
    assert!(public.verify(signed.as_bytes(), &bytes(signature)).is_ok());
    assert!(public.verify(&signed.as_bytes()[1..], &bytes(signature)).is_err());

    let [head, claims] = signed.split('.').map(bytes).collect::<Vec<_>>().try_into().unwrap();
    let read = |part: &[u8]| serde_json::from_slice::<Value>(part).unwrap();
    assert_eq!(read(&head), json!({ "typ": "JWT", "alg": "ES256" }));
    let expected =
        json!({ "aud": "https://push.example.com", "exp": 1_770_292_800 + 43_200, "sub": "mailto:ops@example.com" });
    assert_eq!(read(&claims), expected);
}
