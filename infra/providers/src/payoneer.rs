//! Plays Payoneer: tokens, payees, payouts of one or many. Not a bank: what becomes of a payout is
//! told to it.

mod record;

pub use record::{Outcome, Taken};

use crate::fault::json;
use crate::stage::{Play, Seen, Server, lock};
use axum::http::Method;
use axum::response::Response;
use record::{Masspayouts, Standing};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use url::form_urlencoded;

/// Whom it lets in.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub program_id: String,
    pub client_id: String,
    pub client_secret: String,
}

impl Default for Credentials {
    fn default() -> Self {
        Self {
            program_id: "100123".to_owned(),
            client_id: "po-client-id".to_owned(),
            client_secret: "po-client-secret".to_owned(),
        }
    }
}

pub struct Payoneer {
    server: Server,
    books: Arc<Mutex<Books>>,
    credentials: Credentials,
}

impl Deref for Payoneer {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

struct Books {
    credentials: Credentials,
    token_life_s: u64,
    /// With the moment when each ends.
    tokens: HashMap<String, Instant>,
    tokens_given: usize,
    /// Whether each can be paid.
    payees: HashMap<String, bool>,
    payouts: Vec<Taken>,
    /// Answers to submissions, before anything is looked at: a status and a body.
    refusals: Vec<(u16, Value)>,
}

impl Payoneer {
    pub async fn open() -> Self {
        Self::admitting(Credentials::default()).await
    }

    pub async fn admitting(credentials: Credentials) -> Self {
        let books = Books {
            credentials: credentials.clone(),
            token_life_s: 3_600,
            tokens: HashMap::new(),
            tokens_given: 0,
            payees: HashMap::new(),
            payouts: Vec::new(),
            refusals: Vec::new(),
        };
        let books = Arc::new(Mutex::new(books));
        Self { server: Server::open(Arc::clone(&books)).await, books, credentials }
    }

    /// `http://127.0.0.1:…/v4`; the origin without it gives tokens.
    pub fn api_base(&self) -> String {
        format!("{}/v4", self.server.origin())
    }

    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        lock(&self.books)
    }

    /// So long are tokens good from now on.
    pub fn set_token_life(&self, seconds: u64) {
        self.books().token_life_s = seconds;
    }

    /// No token that was given is good any more.
    pub fn revoke_tokens(&self) {
        self.books().tokens.clear();
    }

    pub fn tokens_given(&self) -> usize {
        self.books().tokens_given
    }

    /// The payee has opened an account.
    pub fn register(&self, payee: &str) {
        self.books().payees.insert(payee.to_owned(), true);
    }

    /// The payee's account is closed, or not yet approved.
    pub fn suspend(&self, payee: &str) {
        self.books().payees.insert(payee.to_owned(), false);
    }

    /// The next submission is answered so, and not taken: a business error, perhaps with 200.
    pub fn refuse_next(&self, status: u16, code: i64, description: &str) {
        self.books().refusals.push((status, complaint(status, code, description)));
    }

    pub fn payouts(&self) -> Vec<Taken> {
        self.books().payouts.clone()
    }

    pub fn settle(&self, reference: &str, outcome: Outcome) {
        let mut books = self.books();
        let found = books.payouts.iter_mut().find(|payout| payout.reference == reference);
        found.expect("a test names a payout it made").outcome = outcome;
    }
}

impl Play for Books {
    fn answer(&mut self, seen: &Seen) -> Response {
        let path = seen.path();
        if path == ["api", "v2", "oauth2", "token"] && seen.method == Method::POST {
            return self.grant(seen);
        }
        if !self.is_admitted(seen) {
            let body = json!({ "error": "Unauthorized", "error_description": "Invalid or expired token",
                "error_details": { "code": 401 } });
            return json(401, body.to_string());
        }
        let (status, body) = match path.as_slice() {
            ["v4", "programs", program, rest @ ..] if *program == self.credentials.program_id => {
                self.serve(&seen.method, rest, &seen.body)
            }
            _ => (404, complaint(404, 404, "No such resource")),
        };
        json(status, body.to_string())
    }
}

impl Books {
    fn grant(&mut self, seen: &Seen) -> Response {
        let form: HashMap<String, String> = form_urlencoded::parse(&seen.body).into_owned().collect();
        let given = |name: &str| form.get(name).map_or("", String::as_str);
        let known = given("client_id") == self.credentials.client_id
            && given("client_secret") == self.credentials.client_secret;
        if given("grant_type") != "client_credentials" || given("scope") != "read write" {
            return json(400, json!({ "error": "invalid_request" }).to_string());
        }
        if !known {
            let said = format!("Client authentication failed for {}", given("client_secret"));
            return json(401, json!({ "error": "invalid_client", "error_description": said }).to_string());
        }
        self.tokens_given += 1;
        let token = format!("po-token-{}", self.tokens_given);
        self.tokens.insert(token.clone(), Instant::now() + Duration::from_secs(self.token_life_s));
        let body = json!({ "access_token": token, "token_type": "Bearer", "expires_in": self.token_life_s });
        json(200, body.to_string())
    }

    fn is_admitted(&self, seen: &Seen) -> bool {
        let token = seen.header("Authorization").strip_prefix("Bearer ").and_then(|token| self.tokens.get(token));
        token.is_some_and(|until| Instant::now() < *until)
    }

    fn serve(&mut self, method: &Method, path: &[&str], body: &[u8]) -> (u16, Value) {
        match (method, path) {
            (&Method::POST, ["masspayouts"]) => self.take(body),
            (&Method::GET, ["payouts", reference, "status"]) => self.status(reference),
            (&Method::POST, ["payees", "registration-link"]) => link(body),
            (&Method::GET, ["payees", payee, "status"]) => self.payee(payee),
            (_, _) => (404, complaint(404, 404, "No such resource")),
        }
    }

    /// All of a request or nothing.
    fn take(&mut self, body: &[u8]) -> (u16, Value) {
        if !self.refusals.is_empty() {
            return self.refusals.remove(0);
        }
        let Some(payments) = Masspayouts::read(body) else {
            return (400, complaint(400, 1000, "Invalid payout data"));
        };
        for payment in &payments {
            match self.payees.get(&payment.payee) {
                Some(true) => {}
                Some(false) => return (400, complaint(400, 10_009, "Payee is inactive")),
                None => return (400, complaint(400, 10_005, "Payee was not found")),
            }
            // That it refuses is known; its code is not, so that no client may rely on this one.
            if self.payouts.iter().any(|taken| taken.reference == payment.reference) {
                return (400, complaint(400, 99_999, "Payment ID already exists"));
            }
        }
        self.payouts.extend(payments);
        (201, json!({ "result": "Payments Created" }))
    }

    fn status(&self, reference: &str) -> (u16, Value) {
        match self.payouts.iter().find(|payout| payout.reference == reference) {
            Some(payout) => (200, json!({ "result": Standing::of(payout) })),
            None => (404, complaint(404, 2306, "Payout not found")),
        }
    }

    fn payee(&self, payee: &str) -> (u16, Value) {
        let (kind, description) = match self.payees.get(payee) {
            Some(true) => (1, "Active"),
            Some(false) => (2, "Inactive"),
            None => return (404, complaint(404, 10_005, "Payee was not found")),
        };
        let status = json!({ "type": kind, "description": description });
        (200, json!({ "result": { "account_id": "4791210", "status": status } }))
    }
}

fn link(body: &[u8]) -> (u16, Value) {
    let asked: Value = serde_json::from_slice(body).unwrap_or_default();
    match asked["payee_id"].as_str().filter(|payee| !payee.is_empty()) {
        Some(payee) => {
            let link = format!("https://payouts.sandbox.payoneer.com/partners/lp.aspx?token=t-{payee}");
            (200, json!({ "result": { "registration_link": link, "token": format!("t-{payee}") } }))
        }
        None => (400, complaint(400, 1000, "payee_id is required")),
    }
}

/// The form in which it refuses, with the precise code where there is one.
fn complaint(status: u16, code: i64, description: &str) -> Value {
    json!({
        "error": if status < 300 { "Failure" } else { "Bad Request" },
        "error_description": description,
        "error_details": { "code": status, "sub_code": code },
    })
}
