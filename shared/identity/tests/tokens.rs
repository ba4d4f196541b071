//! Session tokens: the good ones, and all that somebody could try instead.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD};
use domain::Timestamp;
use harness::SigningKey;
use harness::clerk::{APPLICATION, FIRST_PEM};
use hmac::{Hmac, KeyInit, Mac};
use identity::{Failure, Refusal, Session, Sessions};
use outbound::Reach;
use serde_json::{Value, json};
use sha2::Sha256;

const ISSUER: &str = "https://clerk.example.com";
/// Seconds of now.
const NOW: i64 = 1_770_292_800;

/// A token, and what becomes of it.
struct Case {
    name: String,
    token: String,
    refusal: Option<Refusal>,
}

fn claims() -> Value {
    json!({
        "azp": APPLICATION, "exp": NOW + 60, "fva": [1, -1], "iat": NOW, "iss": ISSUER, "jti": "af92", "nbf": NOW - 10,
        "sid": "sess_2x", "sts": "active", "sub": "user_2abc", "v": 2,
    })
}

fn header() -> Value {
    json!({ "alg": "RS256", "cat": "cl_B7d4PD111AAA", "kid": "ins_first", "typ": "JWT" })
}

/// The good one with a field changed; null leaves it out.
fn with(mut good: Value, field: &str, value: Value) -> String {
    match value {
        Value::Null => drop(good.as_object_mut().unwrap().remove(field)),
        value => good[field] = value,
    }
    good.to_string()
}

fn good() -> String {
    SigningKey::first().token(&claims())
}

fn headers() -> Vec<Case> {
    let key = SigningKey::first();
    let jwk = key.jwk();
    let changed = [
        ("alg", json!("none"), Refusal::Malformed),
        ("alg", json!("None"), Refusal::Malformed),
        ("alg", json!("NONE"), Refusal::Malformed),
        ("alg", json!("rs256"), Refusal::Malformed),
        ("alg", json!(null), Refusal::Malformed),
        ("alg", json!(256), Refusal::Malformed),
        ("alg", json!("HS256"), Refusal::Header),
        ("alg", json!("RS384"), Refusal::Header),
        ("alg", json!("RS512"), Refusal::Header),
        ("alg", json!("PS256"), Refusal::Header),
        ("alg", json!("ES256"), Refusal::Header),
        ("alg", json!("EdDSA"), Refusal::Header),
        ("typ", json!(null), Refusal::Header),
        ("typ", json!("jwt"), Refusal::Header),
        ("typ", json!("at+jwt"), Refusal::Header),
        ("kid", json!(null), Refusal::Header),
        ("kid", json!(7), Refusal::Malformed),
        ("kid", json!(["ins_first"]), Refusal::Malformed),
        ("jku", json!("https://evil.example.com/jwks.json"), Refusal::Header),
        ("x5u", json!("https://evil.example.com/cert.pem"), Refusal::Header),
        ("x5c", json!(["MIIB"]), Refusal::Header),
        ("jwk", jwk, Refusal::Header),
        ("crit", json!(["b64"]), Refusal::Header),
        ("crit", json!([]), Refusal::Header),
        ("zip", json!("DEF"), Refusal::Header),
        ("enc", json!("A256GCM"), Refusal::Header),
        ("cty", json!("JWT"), Refusal::Header),
    ];
    let changed = changed.into_iter().map(|(field, value, refusal)| Case {
        name: format!("header {field} {value}"),
        token: key.sign(&with(header(), field, value), &claims().to_string()),
        refusal: Some(refusal),
    });
    let twice = header().to_string().replacen('{', r#"{"alg":"HS256","#, 1);
    let others = [("alg twice", twice.as_str()), ("no JSON", "RS256"), ("a list", r#"["RS256"]"#), ("empty", "")];
    let others = others.into_iter().map(|(name, text)| Case {
        name: format!("header {name}"),
        token: key.sign(text, &claims().to_string()),
        refusal: Some(Refusal::Malformed),
    });
    changed.chain(others).collect()
}

/// What anybody knows, taken for the secret of an HMAC.
fn confusions() -> Vec<Case> {
    let jwk = SigningKey::first().jwk();
    let der: String = FIRST_PEM.lines().filter(|line| !line.starts_with('-')).collect();
    let secrets = [
        ("PEM", FIRST_PEM.as_bytes().to_vec()),
        ("PEM without its end", FIRST_PEM.trim().as_bytes().to_vec()),
        ("DER", STANDARD.decode(der).unwrap()),
        ("n", URL_SAFE_NO_PAD.decode(jwk["n"].as_str().unwrap()).unwrap()),
        ("n as text", jwk["n"].as_str().unwrap().as_bytes().to_vec()),
        ("nothing", Vec::new()),
    ];
    let forged = |(name, secret): (&str, Vec<u8>), header: Value, refusal| {
        let signed = [header.to_string(), claims().to_string()].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let mac = Hmac::<Sha256>::new_from_slice(&secret).unwrap().chain_update(&signed).finalize().into_bytes();
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac));
        Case { name: format!("HMAC with {name}, {}", header["alg"]), token, refusal: Some(refusal) }
    };
    let mut hs256 = header();
    hs256["alg"] = json!("HS256");
    let honest = secrets.clone().map(|secret| forged(secret, hs256.clone(), Refusal::Header));
    let lying = secrets.map(|secret| forged(secret, header(), Refusal::Signature));
    honest.into_iter().chain(lying).collect()
}

fn claim_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |field: &str, value: Value, refusal: Option<Refusal>| {
        let name = format!("claim {field} {value}");
        cases.push(Case {
            name,
            token: SigningKey::first().sign(&header().to_string(), &with(claims(), field, value)),
            refusal,
        });
    };
    for field in ["exp", "nbf", "iat", "iss", "sub", "sid", "azp"] {
        case(field, json!(null), Some(Refusal::Claims));
        case(field, json!([claims()[field]]), Some(Refusal::Claims));
        case(field, json!(true), Some(Refusal::Claims));
    }
    for field in ["exp", "nbf", "iat"] {
        case(field, json!(claims()[field].to_string()), Some(Refusal::Claims));
        case(field, serde_json::from_str("1770292800.5").unwrap(), Some(Refusal::Claims));
        case(field, json!(9_223_372_036_854_775_808_u64), Some(Refusal::Claims));
    }
    for field in ["sub", "sid"] {
        case(field, json!(""), Some(Refusal::Claims));
    }
    let (ok, claims, early) = (None, Some(Refusal::Claims), Some(Refusal::Early));
    for (field, value, refusal) in [
        ("exp", NOW, ok),
        ("exp", NOW - 1, claims),
        ("exp", -1, claims),
        ("exp", i64::MAX, claims),
        ("exp", NOW + 86_400, ok),
        ("exp", NOW + 86_401, claims),
        ("iat", NOW - 86_340, ok),
        ("iat", NOW - 86_341, claims),
        ("iat", i64::MIN, claims),
        ("iat", NOW + 5, ok),
        ("iat", NOW + 6, early),
        ("nbf", NOW + 5, ok),
        ("nbf", NOW + 6, early),
        ("nbf", i64::MIN, ok),
    ] {
        case(field, json!(value), refusal);
    }
    let (issuer, party) = (Some(Refusal::Issuer), Some(Refusal::Party));
    for (field, value, refusal) in [
        ("iss", "https://clerk.example.org", issuer),
        ("iss", "https://clerk.example.com/", issuer),
        ("iss", "https://clerk.example.com.evil.example", issuer),
        ("iss", "https://CLERK.example.com", issuer),
        ("iss", "http://clerk.example.com", issuer),
        ("iss", "", issuer),
        ("azp", "https://app.example.com.evil.example", party),
        ("azp", "https://app.example.com/", party),
        ("azp", "http://app.example.com", party),
        ("azp", "https://admin.example.com", ok),
        ("azp", "", party),
        ("sts", "pending", Some(Refusal::Pending)),
    ] {
        case(field, json!(value), refusal);
    }
    case("sts", json!(1), claims);
    case("sts", json!(null), ok);
    case("fva", json!("1"), claims);
    case("fva", json!([1]), claims);
    case("fva", json!(null), ok);
    case("aud", json!(["https://other.example.com"]), ok);
    cases
}

fn times() -> Vec<Case> {
    let at = |name: &str, iat: i64, exp: i64, refusal| {
        let mut claims = claims();
        (claims["iat"], claims["nbf"], claims["exp"]) = (json!(iat), json!(iat), json!(exp));
        Case { name: name.to_owned(), token: SigningKey::first().token(&claims), refusal }
    };
    vec![
        at("expired four seconds ago", NOW - 64, NOW - 4, None),
        at("expired five seconds ago", NOW - 65, NOW - 5, Some(Refusal::Expired)),
        at("expired yesterday", NOW - 86_460, NOW - 86_400, Some(Refusal::Expired)),
        at("of the epoch", 0, 60, Some(Refusal::Expired)),
        at("ends before it begins", NOW, NOW - 1, Some(Refusal::Claims)),
        at("made in five seconds", NOW + 5, NOW + 65, None),
        at("made tomorrow", NOW + 86_400, NOW + 86_460, Some(Refusal::Early)),
    ]
}

/// The same field twice: whichever counted, somebody else would read the other.
fn doubles() -> Vec<Case> {
    let double = |field: &str| {
        let text = claims().to_string().replacen('{', &format!("{{\"{field}\":{},", claims()[field]), 1);
        let token = SigningKey::first().sign(&header().to_string(), &text);
        Case { name: format!("{field} twice"), token, refusal: Some(Refusal::Claims) }
    };
    ["exp", "nbf", "iat", "iss", "sub", "sid", "azp", "sts", "fva"].into_iter().map(double).collect()
}

fn shapes() -> Vec<Case> {
    let good = good();
    let [header, payload, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
    let bytes = URL_SAFE_NO_PAD.decode(signature).unwrap();
    let mut flipped = bytes.clone();
    flipped[100] ^= 1;
    let other = URL_SAFE_NO_PAD.encode(with(claims(), "sub", json!("user_3def")));
    let long = |padding: usize| {
        let mut claims = claims();
        claims["padding"] = json!("x".repeat(padding));
        SigningKey::first().token(&claims)
    };
    let of_second = SigningKey::second().sign(&self::header().to_string(), &claims().to_string());
    let last = if signature.ends_with('A') { "B" } else { "A" };
    let trailing = format!("{}{last}", &signature[..signature.len() - 1]);
    let (malformed, wrong) = (Some(Refusal::Malformed), Some(Refusal::Signature));
    let cases = [
        ("good", good.clone(), None),
        ("empty", String::new(), malformed),
        ("dots", "..".to_owned(), malformed),
        ("one part", header.to_owned(), malformed),
        ("two parts", format!("{header}.{payload}"), malformed),
        ("four parts", format!("{good}.{signature}"), malformed),
        ("five parts", format!("{good}.{payload}.{signature}"), malformed),
        ("no header", format!(".{payload}.{signature}"), malformed),
        ("no payload", format!("{header}..{signature}"), wrong),
        ("no signature", format!("{header}.{payload}."), wrong),
        ("half a signature", format!("{header}.{payload}.{}", &signature[..100]), wrong),
        ("a bit of the signature", format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode(flipped)), wrong),
        ("the signature's last bits", format!("{header}.{payload}.{trailing}"), wrong),
        ("a signature of zeros", format!("{header}.{payload}.{}", URL_SAFE_NO_PAD.encode([0; 256])), wrong),
        ("another payload", format!("{header}.{other}.{signature}"), wrong),
        ("another key", of_second, wrong),
        ("padded", format!("{header}.{payload}.{}", URL_SAFE.encode(&bytes)), wrong),
        ("the other alphabet", format!("{header}.{payload}.{}", STANDARD.encode(&bytes)), wrong),
        ("a padded header", format!("{header}==.{payload}.{signature}"), malformed),
        ("space before", format!(" {good}"), malformed),
        ("space behind", format!("{good} "), wrong),
        ("a line break", format!("{header}.{payload}\n.{signature}"), wrong),
        ("not ASCII", format!("{header}.{payload}.é"), wrong),
        ("5 KB", long(3_500), None),
        ("9 KB", long(6_500), malformed),
        ("1 MB", long(750_000), malformed),
        ("1 MB of dots", ".".repeat(1 << 20), malformed),
    ];
    cases.map(|(name, token, refusal)| Case { name: name.to_owned(), token, refusal }).into()
}

fn pinned() -> Sessions {
    let parties = format!("{APPLICATION}, https://admin.example.com");
    Sessions::new(ISSUER, &parties, Some(FIRST_PEM), Reach::PublicOnly).unwrap()
}

async fn verify(sessions: &Sessions, token: &str) -> Result<Session, Failure> {
    sessions.verify(token, Timestamp::from_millis(NOW * 1_000)).await
}

#[tokio::test]
async fn a_token_opens_what_it_is_for_and_nothing_else_does() {
    let sessions = pinned();
    let tables = [headers(), confusions(), claim_cases(), times(), doubles(), shapes()];
    let cases: Vec<Case> = tables.into_iter().flatten().collect();
    for Case { name, token, refusal } in &cases {
        let verified = verify(&sessions, token).await;
        assert_eq!(verified.err(), refusal.map(Failure::Refused), "{name}");
    }
    let refused = cases.iter().filter(|case| case.refusal.is_some()).count();
    println!("{} tokens, {refused} of them refused", cases.len());
    assert!(refused >= 60, "{refused} of {} tokens are bad ones", cases.len());
}

#[tokio::test]
async fn every_changed_character_of_a_token_is_noticed() {
    let (sessions, good) = (pinned(), good());
    for at in 0..good.len() {
        let other = if good.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = format!("{}{other}{}", &good[..at], &good[at + 1..]);
        assert!(verify(&sessions, &changed).await.is_err(), "character {at}");
    }
}

#[tokio::test]
async fn an_operator_is_the_subject_and_nothing_but_the_subject() {
    let sessions = pinned();
    let operator = async |field: &str, value: Value| {
        let token = SigningKey::first().sign(&header().to_string(), &with(claims(), field, value));
        verify(&sessions, &token).await.unwrap().operator.to_string()
    };
    let first = operator("sub", json!("user_2abc")).await;
    assert_eq!(first, "op_1j52hhbpsdm1y9q00axf38bdq0");
    for (field, value) in [("sid", json!("sess_3y")), ("org_role", json!("admin")), ("kyc_status", json!("VERIFIED"))] {
        assert_eq!(operator(field, value).await, first);
    }
    assert_ne!(operator("sub", json!("user_2abd")).await, first);
    assert_ne!(operator("sub", json!("USER_2ABC")).await, first);
}

#[tokio::test]
async fn a_sign_in_is_confirmed_for_ten_minutes() {
    let sessions = pinned();
    for (fva, made_s_ago, confirmed) in [
        (json!([0, -1]), 0, true),
        (json!([10, -1]), 0, true),
        (json!([10, -1]), 59, true),
        (json!([10, -1]), 60, false),
        (json!([11, 0]), 0, false),
        (json!([0, -1]), 659, true),
        (json!([0, -1]), 660, false),
        (json!([-1, -1]), 0, false),
        (json!([-1, 3]), 0, false),
        (json!([i64::MAX, 0]), 60, false),
        (json!(null), 0, false),
    ] {
        let mut claims = claims();
        (claims["iat"], claims["exp"]) = (json!(NOW - made_s_ago), json!(NOW + 60));
        let token = SigningKey::first().sign(&header().to_string(), &with(claims, "fva", fva.clone()));
        assert_eq!(verify(&sessions, &token).await.unwrap().is_confirmed(), confirmed, "{fva} {made_s_ago} s ago");
    }
}

#[test]
fn a_setting_that_does_not_fit_is_named() {
    let one_line = FIRST_PEM.replace('\n', "\\n");
    let private = include_str!("../../../tests/harness/keys/clerk-first.pem");
    let short = "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKf3\n-----END PUBLIC KEY-----";
    for (issuer, parties, pem, named) in [
        (ISSUER, APPLICATION, None, None),
        (ISSUER, "https://a.example.com,http://localhost:3000", None, None),
        ("https://app.example.com/__clerk", APPLICATION, None, None),
        (ISSUER, APPLICATION, Some(FIRST_PEM), None),
        (ISSUER, APPLICATION, Some(one_line.as_str()), None),
        ("", APPLICATION, None, Some("CLERK_ISSUER")),
        ("clerk.example.com", APPLICATION, None, Some("CLERK_ISSUER")),
        ("http://clerk.example.com", APPLICATION, None, Some("CLERK_ISSUER")),
        ("https://clerk.example.com/", APPLICATION, None, Some("CLERK_ISSUER")),
        ("https://clerk.example.com?a", APPLICATION, None, Some("CLERK_ISSUER")),
        ("https://127.0.0.1", APPLICATION, None, Some("CLERK_ISSUER")),
        ("http://127.0.0.1:9001", APPLICATION, None, Some("CLERK_ISSUER")),
        ("https://user@clerk.example.com", APPLICATION, None, Some("CLERK_ISSUER")),
        (ISSUER, "", None, Some("CLERK_AUTHORIZED_PARTIES")),
        (ISSUER, "app.example.com", None, Some("CLERK_AUTHORIZED_PARTIES")),
        (ISSUER, "https://app.example.com/", None, Some("CLERK_AUTHORIZED_PARTIES")),
        (ISSUER, "https://app.example.com,", None, Some("CLERK_AUTHORIZED_PARTIES")),
        (ISSUER, "*", None, Some("CLERK_AUTHORIZED_PARTIES")),
        (ISSUER, APPLICATION, Some(""), Some("CLERK_JWT_KEY")),
        (ISSUER, APPLICATION, Some("ins_first"), Some("CLERK_JWT_KEY")),
        (ISSUER, APPLICATION, Some(private), Some("CLERK_JWT_KEY")),
        (ISSUER, APPLICATION, Some(short), Some("CLERK_JWT_KEY")),
    ] {
        let unfit = Sessions::new(issuer, parties, pem, Reach::PublicOnly).err().map(|unfit| unfit.name);
        assert_eq!(unfit, named, "{issuer} {parties} {pem:?}");
    }
}
