//! Plays dLocal: payments by redirect, their notifications, refunds and chargebacks. Not its pages: that a payer paid, or
//! did not, is told to it.

mod door;
mod notification;
mod record;

pub use notification::{Notification, Scheme};

use crate::fault::json;
use crate::stage::{Play, Seen, Server, lock};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use record::{Order, Payment, Reversal};
use serde_json::json;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard};

/// Whom it lets in.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub login: String,
    pub trans_key: String,
    pub secret_key: String,
}

impl Default for Credentials {
    fn default() -> Self {
        let [login, trans_key, secret_key] = ["dl-login", "dl-trans-key", "dl-secret-key"].map(str::to_owned);
        Self { login, trans_key, secret_key }
    }
}

pub struct Dlocal {
    server: Server,
    books: Arc<Mutex<Books>>,
    credentials: Credentials,
}

impl Deref for Dlocal {
    type Target = Server;

    fn deref(&self) -> &Server {
        &self.server
    }
}

struct Books {
    credentials: Credentials,
    payments: Vec<Payment>,
    reversals: Vec<Reversal>,
    /// Payments by idempotency key.
    keys: HashMap<String, String>,
}

impl Dlocal {
    pub async fn open() -> Self {
        Self::admitting(Credentials::default()).await
    }

    pub async fn admitting(credentials: Credentials) -> Self {
        let books = Books {
            credentials: credentials.clone(),
            payments: Vec::new(),
            reversals: Vec::new(),
            keys: HashMap::new(),
        };
        let books = Arc::new(Mutex::new(books));
        Self { server: Server::open(Arc::clone(&books)).await, books, credentials }
    }

    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        lock(&self.books)
    }

    /// The id of the payment with this order; nothing where nobody opened it.
    pub fn payment_of(&self, order: &str) -> Option<String> {
        self.books().payments.iter().find(|payment| payment.order_id == order).map(|found| found.id.clone())
    }

    pub fn payments(&self) -> usize {
        self.books().payments.len()
    }

    /// Moves the payment with this order to any word, also to one that there is not.
    pub fn set_status(&self, order: &str, word: &str) {
        self.alter(order, |payment| word.clone_into(&mut payment.status));
    }

    /// Makes it answer another amount from now on: the text of a number.
    pub fn set_amount(&self, order: &str, number: &str) {
        self.alter(order, |payment| number.clone_into(&mut payment.amount));
    }

    pub fn set_currency(&self, order: &str, currency: &str) {
        self.alter(order, |payment| currency.clone_into(&mut payment.currency));
    }

    /// The payment keeps its id, and is from now on for another order.
    pub fn set_order(&self, order: &str, other: &str) {
        self.alter(order, |payment| other.clone_into(&mut payment.order_id));
    }

    /// A chargeback of the whole payment, and its id.
    pub fn charge_back(&self, order: &str, word: &str) -> String {
        self.reverse("CHAR", order, word)
    }

    /// A refund of the whole payment, and its id.
    pub fn refund(&self, order: &str, word: &str) -> String {
        self.reverse("REF", order, word)
    }

    /// The notification of where the payment with this order stands.
    pub fn notification(&self, order: &str, scheme: Scheme) -> Notification {
        let body = self.with(order, serde_json::to_vec);
        Notification::signed(scheme, &self.credentials, body.expect("a payment is JSON"))
    }

    /// The notification of a refund or chargeback.
    pub fn notification_of_reversal(&self, id: &str, scheme: Scheme) -> Notification {
        let books = self.books();
        let reversal = books.reversals.iter().find(|reversal| reversal.id == id).expect("a test names one it made");
        let body = serde_json::to_vec(reversal).expect("a reversal is JSON");
        Notification::signed(scheme, &self.credentials, body)
    }

    fn reverse(&self, prefix: &str, order: &str, word: &str) -> String {
        let payment = self.with(order, Payment::clone);
        let mut books = self.books();
        let id = format!("{prefix}{}", books.reversals.len() + 1);
        books.reversals.push(Reversal::of(payment, id.clone(), word));
        id
    }

    fn with<T>(&self, order: &str, ask: impl FnOnce(&Payment) -> T) -> T {
        let books = self.books();
        let found = books.payments.iter().find(|payment| payment.order_id == order);
        ask(found.expect("a test names an order it made"))
    }

    fn alter(&self, order: &str, change: impl FnOnce(&mut Payment)) {
        let mut books = self.books();
        let found = books.payments.iter_mut().find(|payment| payment.order_id == order);
        change(found.expect("a test names an order it made"));
    }
}

impl Play for Books {
    fn answer(&mut self, seen: &Seen) -> Response {
        let path = seen.path();
        let found = match (&seen.method, path.as_slice()) {
            (&Method::POST, ["payments"]) => None,
            (&Method::GET, [kind @ ("payments" | "orders" | "refunds" | "chargebacks"), id]) => Some((*kind, *id)),
            // In plain text, and before anybody asks who it is.
            (_, _) => return (StatusCode::NOT_FOUND, "NOT_FOUND").into_response(),
        };
        if let Some(refusal) = door::refusal(&self.credentials, seen) {
            return refusal;
        }
        match found {
            None => self.create(seen),
            Some((kind, id)) => self.show(kind, id),
        }
    }
}

impl Books {
    fn create(&mut self, seen: &Seen) -> Response {
        let key = seen.header("X-Idempotency-Key");
        if let Some(id) = self.keys.get(key) {
            return self.show("payments", &id.clone());
        }
        let id = format!("D-4-{:08}", self.payments.len() + 1);
        match Payment::opened(&seen.body, id.clone()) {
            Ok(payment) => self.payments.push(payment),
            Err(param) => return error(400, 5001, "Invalid parameter", Some(param)),
        }
        if !key.is_empty() {
            self.keys.insert(key.to_owned(), id.clone());
        }
        self.show("payments", &id)
    }

    fn show(&self, kind: &str, id: &str) -> Response {
        let by_id = |payment: &&Payment| payment.id == id;
        let text = match kind {
            "payments" => self.payments.iter().find(by_id).map(serde_json::to_string),
            "orders" => {
                let of_order = |payment: &&Payment| payment.order_id == id;
                self.payments.iter().find(of_order).map(|payment| serde_json::to_string(&Order::of(payment)))
            }
            _ => {
                let prefix = if kind == "refunds" { "REF" } else { "CHAR" };
                let of_kind = |reversal: &&Reversal| reversal.id == id && id.starts_with(prefix);
                self.reversals.iter().find(of_kind).map(serde_json::to_string)
            }
        };
        match text {
            Some(text) => json(200, text.expect("a record is JSON")),
            None if kind == "refunds" => error(404, 4001, "Refund not found", None),
            None => error(404, 4000, "Payment not found", None),
        }
    }
}

fn error(status: u16, code: u16, message: &str, param: Option<&str>) -> Response {
    let mut body = json!({ "code": code, "message": message });
    if let Some(param) = param {
        body["param"] = param.into();
    }
    json(status, body.to_string())
}
