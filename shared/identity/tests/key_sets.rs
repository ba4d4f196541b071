//! The key set of the issuer: how often it is fetched, and what becomes of tokens when it changes, is late or lies.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use harness::clerk::{APPLICATION, Answer};
use harness::{Clerk, SigningKey};
use identity::{Failure, Refusal, Sessions};
use outbound::Reach;
use serde_json::{Value, json};

/// Clerk, and what we think of tokens of its keys so many seconds after the beginning.
struct Scene {
    clerk: Clerk,
    sessions: Sessions,
}

const UNKNOWN: Result<(), Failure> = Err(Failure::Refused(Refusal::UnknownKey));
const NO_KEYS: Result<(), Failure> = Err(Failure::NoKeys);

impl Scene {
    async fn open() -> Self {
        let clerk = Clerk::open().await;
        let reach = Reach::LoopbackAllowed { own_port: None };
        let sessions = Sessions::new(&clerk.issuer, APPLICATION, None, reach).unwrap();
        Self { clerk, sessions }
    }

    async fn verify(&self, key: &SigningKey, after_s: i64) -> Result<(), Failure> {
        let now = Timestamp::from_millis(1_770_292_800_000).plus_seconds(after_s);
        let token = key.token(&self.clerk.claims("user_2abc", now));
        self.sessions.verify(&token, now).await.map(drop)
    }

    /// A token of a key that nobody has, whose signature nobody gets to see.
    async fn verify_unheard_of(&self, n: usize, after_s: i64) -> Result<(), Failure> {
        let now = Timestamp::from_millis(1_770_292_800_000).plus_seconds(after_s);
        let header = json!({ "alg": "RS256", "kid": format!("../../{n}"), "typ": "JWT" });
        let parts = [header, self.clerk.claims("user_2abc", now), json!("signature")];
        let token = parts.map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        self.sessions.verify(&token, now).await.map(drop)
    }
}

#[tokio::test]
async fn the_set_is_fetched_when_it_is_needed_and_again_after_five_minutes() {
    let (scene, key) = (Scene::open().await, SigningKey::first());
    assert_eq!(scene.clerk.asked(), 0);
    for (after_s, asked) in [(0, 1), (1, 1), (299, 1), (300, 2), (301, 2), (599, 2), (600, 3), (100_000, 4)] {
        assert_eq!((scene.verify(&key, after_s).await, scene.clerk.asked()), (Ok(()), asked), "{after_s} s");
    }
}

#[tokio::test]
async fn a_hundred_at_once_fetch_it_once() {
    let (scene, key) = (Scene::open().await, SigningKey::first());
    let verified = futures::future::join_all((0..100).map(|_| scene.verify(&key, 0))).await;
    assert!(verified.iter().all(Result::is_ok), "{verified:?}");
    assert_eq!(scene.clerk.asked(), 1);
}

#[tokio::test]
async fn a_new_key_counts_at_once_and_the_old_one_until_it_is_taken_away() {
    let (scene, old, new) = (Scene::open().await, SigningKey::first(), SigningKey::second());
    assert_eq!((scene.verify(&old, 0).await, scene.verify(&new, 10).await), (Ok(()), UNKNOWN));
    scene.clerk.answers(Answer::Keys(vec![new.jwk(), old.jwk()]));
    assert_eq!((scene.verify(&new, 29).await, scene.clerk.asked()), (UNKNOWN, 1));
    assert_eq!((scene.verify(&new, 30).await, scene.clerk.asked()), (Ok(()), 2));
    assert_eq!((scene.verify(&old, 31).await, scene.clerk.asked()), (Ok(()), 2));
    scene.clerk.answers(Answer::Keys(vec![new.jwk()]));
    assert_eq!((scene.verify(&old, 329).await, scene.clerk.asked()), (Ok(()), 2));
    assert_eq!((scene.verify(&old, 330).await, scene.clerk.asked()), (UNKNOWN, 3));
    assert_eq!(scene.verify(&new, 331).await, Ok(()));
}

#[tokio::test]
async fn ten_thousand_invented_key_ids_cost_a_request_in_half_a_minute() {
    let scene = Scene::open().await;
    for n in 0..10_000 {
        let after_s = i64::try_from(n / 100).unwrap();
        assert_eq!(scene.verify_unheard_of(n, after_s).await, UNKNOWN);
    }
    // 0, 30, 60 and 90 s.
    assert_eq!(scene.clerk.asked(), 4);
    assert_eq!(scene.verify(&SigningKey::first(), 100).await, Ok(()));
}

/// Each is tried when the set is six minutes old, and when there is none.
#[tokio::test]
async fn whatever_clerk_answers_the_last_good_set_counts_for_an_hour_and_nobody_is_let_in_without_one() {
    let first = SigningKey::first();
    let with = |field: &str, value: Value| {
        let mut jwk = first.jwk();
        jwk[field] = value;
        Answer::Keys(vec![jwk])
    };
    let short = first.jwk()["n"].as_str().unwrap()[..86].to_owned();
    let many = (0..21).map(|n| json!({ "kty": "RSA", "kid": n.to_string() })).chain([first.jwk()]).collect();
    let mut large = format!("{{\"keys\":[{}],\"x\":\"", first.jwk()).into_bytes();
    large.resize(65 * 1024, b'x');
    large.extend(b"\"}");
    let elsewhere = Clerk::open().await;
    let cases = [
        ("an error", Answer::Status(500)),
        ("no such page", Answer::Status(404)),
        ("nothing", Answer::Status(204)),
        ("a redirect to good keys", Answer::Redirect(format!("{}/.well-known/jwks.json", elsewhere.issuer))),
        ("a page", Answer::Bytes(b"<!doctype html><title>Welcome</title>".to_vec())),
        ("no list", Answer::Bytes(br#"{"keys":{}}"#.to_vec())),
        ("no key", Answer::Keys(vec![])),
        ("22 keys", Answer::Keys(many)),
        ("10,000 keys", Answer::Keys(vec![first.jwk(); 10_000])),
        ("65 KiB", Answer::Bytes(large)),
        ("an HMAC key", Answer::Keys(vec![json!({ "kty": "oct", "kid": first.id, "k": "c2VjcmV0", "alg": "HS256" })])),
        ("another kind", with("kty", json!("EC"))),
        ("another use", with("use", json!("enc"))),
        ("another algorithm", with("alg", json!("RS512"))),
        ("512 bits", with("n", json!(short))),
        ("another exponent", with("e", json!("Aw"))),
        ("no exponent", with("e", json!(""))),
        ("no number", with("n", json!("!"))),
        ("no id", with("kid", json!(null))),
        ("an end that never comes", Answer::Silence),
    ];
    let tried = cases.len();
    for (name, answer) in cases {
        let (late, new, first) = (Scene::open().await, Scene::open().await, SigningKey::first());
        assert_eq!(late.verify(&first, 0).await, Ok(()));
        late.clerk.answers(answer.clone());
        new.clerk.answers(answer);
        assert_eq!((late.verify(&first, 360).await, late.clerk.asked()), (Ok(()), 2), "{name}");
        assert_eq!((late.verify(&first, 389).await, late.clerk.asked()), (Ok(()), 2), "{name}");
        assert_eq!((late.verify(&first, 3_599).await, late.clerk.asked()), (Ok(()), 3), "{name}");
        assert_eq!((late.verify(&first, 3_600).await, late.clerk.asked()), (NO_KEYS, 3), "{name}");

        assert_eq!((new.verify(&first, 0).await, new.clerk.asked()), (NO_KEYS, 1), "{name}");
        assert_eq!((new.verify(&first, 4).await, new.clerk.asked()), (NO_KEYS, 1), "{name}");
        new.clerk.answers(Answer::Keys(vec![first.jwk()]));
        assert_eq!((new.verify(&first, 5).await, new.clerk.asked()), (Ok(()), 2), "{name}");
    }
    assert_eq!(elsewhere.asked(), 0);
    println!("{tried} answers in place of a key set");
    assert!(tried >= 20);
}

#[tokio::test]
async fn where_nothing_listens_nobody_is_let_in() {
    let reach = Reach::LoopbackAllowed { own_port: None };
    let sessions = Sessions::new("http://127.0.0.1:9", APPLICATION, None, reach).unwrap();
    let clerk = Clerk::open().await;
    let now = Timestamp::from_millis(1_770_292_800_000);
    let token = SigningKey::first().token(&clerk.claims("user_2abc", now));
    assert_eq!(sessions.verify(&token, now).await, Err(Failure::NoKeys));
}
