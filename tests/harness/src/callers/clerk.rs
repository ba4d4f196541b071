//! Clerk, played: a key set at an address of this machine, and session tokens signed with its keys. The two keys were
//! made for these tests, once, with `openssl genpkey`; they open nothing else.

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::Timestamp;
use humanops::Options;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// An instance that nobody asks for anything.
pub const ISSUER: &str = "https://clerk.example.com";
/// What starts the binary in live mode.
pub const LIVE: [&str; 6] = ["--mode", "live", "--clerk-issuer", ISSUER, "--clerk-authorized-parties", APPLICATION];
/// Where the application is in which operators sign in.
pub const APPLICATION: &str = "https://app.example.com";
/// The public half of the first key, as `CLERK_JWT_KEY` takes it.
pub const FIRST_PEM: &str = include_str!("../../keys/clerk-first.pub.pem");

/// A session token, as it is sent.
#[derive(Clone, Debug)]
pub struct SignedIn(pub String);

/// A key of Clerk's.
pub struct SigningKey {
    pub id: &'static str,
    pair: RsaKeyPair,
}

impl SigningKey {
    pub fn first() -> Self {
        Self::of("ins_first", include_str!("../../keys/clerk-first.pem"))
    }

    /// The one that comes after it.
    pub fn second() -> Self {
        Self::of("ins_second", include_str!("../../keys/clerk-second.pem"))
    }

    fn of(id: &'static str, pem: &str) -> Self {
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        Self { id, pair: RsaKeyPair::from_pkcs8(&STANDARD.decode(body).unwrap()).unwrap() }
    }

    /// As it is published.
    pub fn jwk(&self) -> Value {
        let RsaPublicKeyComponents::<Vec<u8>> { n, e } = self.pair.public().into();
        let (n, e) = (URL_SAFE_NO_PAD.encode(n), URL_SAFE_NO_PAD.encode(e));
        json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.id, "n": n, "e": e })
    }

    /// A token of these texts, whatever they are.
    pub fn sign(&self, header: &str, claims: &str) -> String {
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A session token with these claims.
    pub fn token(&self, claims: &Value) -> String {
        let header = json!({ "alg": "RS256", "cat": "cl_B7d4PD111AAA", "kid": self.id, "typ": "JWT" });
        self.sign(&header.to_string(), &claims.to_string())
    }
}

/// What the key set's address answers.
#[derive(Clone, Debug)]
pub enum Answer {
    Keys(Vec<Value>),
    Bytes(Vec<u8>),
    Status(u16),
    /// The keys are elsewhere.
    Redirect(String),
    /// The head, and never the end.
    Silence,
}

/// A Clerk instance on a loopback port.
#[derive(Clone)]
pub struct Clerk {
    pub issuer: String,
    desk: Arc<Mutex<Desk>>,
}

/// What it answers, and how often it was asked.
struct Desk {
    answer: Answer,
    asked: usize,
}

/// Live mode, with operators of `issuer`.
pub fn live(issuer: &str) -> Options {
    Options { mode: "live".to_owned(), ..with_sign_in(issuer) }
}

/// Test mode, with operators of `issuer` beside those who say who they are.
pub fn with_sign_in(issuer: &str) -> Options {
    Options {
        clerk_issuer: Some(issuer.to_owned()),
        clerk_authorized_parties: Some(APPLICATION.to_owned()),
        ..Options::ephemeral()
    }
}

impl Clerk {
    /// With the first key.
    pub async fn open() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let answer = Answer::Keys(vec![SigningKey::first().jwk()]);
        let desk = Arc::new(Mutex::new(Desk { answer, asked: 0 }));
        let router = Router::new().route("/.well-known/jwks.json", axum::routing::get(key_set));
        let router = router.with_state(Arc::clone(&desk));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, desk }
    }

    /// The same keys under another name, for those who have them already.
    pub fn named(self, issuer: &str) -> Self {
        Self { issuer: issuer.to_owned(), ..self }
    }

    pub fn answers(&self, answer: Answer) {
        self.desk.lock().unwrap().answer = answer;
    }

    /// How often the key set was asked for.
    pub fn asked(&self) -> usize {
        self.desk.lock().unwrap().asked
    }

    /// The claims of a session that `user` began a minute before `now`, in a token made just now.
    pub fn claims(&self, user: &str, now: Timestamp) -> Value {
        let now = now.seconds();
        json!({
            "azp": APPLICATION, "exp": now + 60, "fva": [1, -1], "iat": now, "iss": self.issuer, "nbf": now - 10,
            "sid": "sess_2x", "sts": "active", "sub": user, "v": 2,
        })
    }

    /// What is no token of a session of `user`'s, each with a name.
    pub fn refused(&self, user: &str, now: Timestamp) -> Vec<(&'static str, SignedIn)> {
        let good = self.claims(user, now);
        let changed = |change: &dyn Fn(&mut serde_json::Map<String, Value>)| {
            let mut claims = good.as_object().unwrap().clone();
            change(&mut claims);
            SigningKey::first().token(&Value::Object(claims))
        };
        let set =
            |claim: &'static str, value: Value| changed(&|claims| drop(claims.insert(claim.to_owned(), value.clone())));
        let unsigned = SigningKey::first().token(&good);
        let tokens = [
            ("another issuer's", set("iss", json!("https://clerk.example.org"))),
            ("another key's", SigningKey::second().token(&good)),
            ("expired", set("exp", json!(now.seconds() - 6))),
            ("of no session", changed(&|claims| drop(claims.remove("sid")))),
            ("another application's", set("azp", json!("https://evil.example.com"))),
            ("not complete", set("sts", json!("pending"))),
            ("an HMAC with the public key", hmac_token(&good)),
            ("unsigned", format!("{}.", unsigned.rsplit_once('.').unwrap().0)),
            ("nonsense", "nonsense".to_owned()),
        ];
        tokens.map(|(name, token)| (name, SignedIn(format!("Bearer {token}")))).to_vec()
    }

    /// What `user`'s application sends.
    pub fn session(&self, user: &str, now: Timestamp) -> SignedIn {
        SignedIn(format!("Bearer {}", SigningKey::first().token(&self.claims(user, now))))
    }
}

/// Made by whoever takes the public key for a secret.
fn hmac_token(claims: &Value) -> String {
    let header = json!({ "alg": "HS256", "kid": SigningKey::first().id, "typ": "JWT" });
    let signed = [header.to_string(), claims.to_string()].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let key = hmac::Key::new(hmac::HMAC_SHA256, FIRST_PEM.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes())))
}

async fn key_set(State(desk): State<Arc<Mutex<Desk>>>) -> Response {
    let answer = {
        let mut desk = desk.lock().unwrap();
        desk.asked += 1;
        desk.answer.clone()
    };
    match answer {
        Answer::Keys(keys) => json!({ "keys": keys }).to_string().into_response(),
        Answer::Bytes(bytes) => bytes.into_response(),
        Answer::Status(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Answer::Redirect(to) => (StatusCode::FOUND, [("location", to)]).into_response(),
        Answer::Silence => {
            Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>()).into_response()
        }
    }
}
