//! What dLocal keeps. Amounts stay the texts that they came as.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

#[derive(Clone, Debug)]
pub(super) struct Payment {
    pub(super) id: String,
    pub(super) order_id: String,
    pub(super) amount: String,
    pub(super) currency: String,
    pub(super) country: String,
    pub(super) status: String,
    pub(super) notification_url: String,
}

#[derive(Deserialize)]
struct Asked<'a> {
    order_id: Option<String>,
    #[serde(borrow)]
    amount: Option<&'a RawValue>,
    currency: Option<String>,
    country: Option<String>,
    payment_method_flow: Option<String>,
    payer: Option<Payer>,
    notification_url: Option<String>,
}

#[derive(Deserialize)]
struct Payer {
    name: Option<String>,
    email: Option<String>,
}

impl Payment {
    /// Fails with the parameter that is missing or wrong.
    pub(super) fn opened(body: &[u8], id: String) -> Result<Self, &'static str> {
        let asked: Asked<'_> = serde_json::from_slice(body).map_err(|_| "body")?;
        let amount = asked.amount.map(RawValue::get).filter(|text| is_amount(text)).ok_or("amount")?;
        if asked.payment_method_flow.as_deref() != Some("REDIRECT") {
            return Err("payment_method_flow");
        }
        if asked.payer.is_none_or(|payer| payer.name.is_none() || payer.email.is_none()) {
            return Err("payer");
        }
        Ok(Self {
            id,
            order_id: asked.order_id.ok_or("order_id")?,
            amount: amount.to_owned(),
            currency: asked.currency.filter(|currency| currency.len() == 3).ok_or("currency")?,
            country: asked.country.filter(|country| country.len() == 2).ok_or("country")?,
            status: "PENDING".to_owned(),
            notification_url: asked.notification_url.unwrap_or_default(),
        })
    }
}

/// A number with at most two decimals.
fn is_amount(text: &str) -> bool {
    let (whole, cents) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && digits(cents) && cents.len() <= 2
}

/// EXPIRED and AUTHORIZED have the same code: its documents of two years disagree, and both are in use.
fn code(word: &str) -> &'static str {
    match word {
        "PENDING" => "100",
        "PAID" | "COMPLETED" | "SUCCESS" => "200",
        "REJECTED" => "300",
        "CANCELLED" => "400",
        "EXPIRED" | "AUTHORIZED" => "600",
        _ => "999",
    }
}

fn number(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).expect("a test sets the text of a JSON value")
}

impl Serialize for Payment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct OnWire<'a> {
            id: &'a str,
            amount: &'a RawValue,
            currency: &'a str,
            country: &'a str,
            status: &'a str,
            status_code: &'a str,
            status_detail: String,
            payment_method_type: &'a str,
            payment_method_flow: &'a str,
            order_id: &'a str,
            notification_url: &'a str,
            created_date: &'a str,
            redirect_url: String,
        }
        OnWire {
            id: &self.id,
            amount: &number(&self.amount),
            currency: &self.currency,
            country: &self.country,
            status: &self.status,
            status_code: code(&self.status),
            status_detail: format!("The payment is {}.", self.status.to_lowercase()),
            payment_method_type: "CARD",
            payment_method_flow: "REDIRECT",
            order_id: &self.order_id,
            notification_url: &self.notification_url,
            created_date: "2026-07-20T20:37:20.000+0000",
            redirect_url: format!("https://sandbox.dlocal.com/collect/pay/{}", self.id),
        }
        .serialize(serializer)
    }
}

/// A payment as it is found by its order: the id is called otherwise.
#[derive(Serialize)]
pub(super) struct Order<'a> {
    order_id: &'a str,
    payment_id: &'a str,
    currency: &'a str,
    amount: Box<RawValue>,
    status: &'a str,
    status_code: &'a str,
}

impl<'a> Order<'a> {
    pub(super) fn of(payment: &'a Payment) -> Self {
        Self {
            order_id: &payment.order_id,
            payment_id: &payment.id,
            currency: &payment.currency,
            amount: number(&payment.amount),
            status: &payment.status,
            status_code: code(&payment.status),
        }
    }
}

/// A refund or a chargeback.
#[derive(Serialize)]
pub(super) struct Reversal {
    pub(super) id: String,
    payment_id: String,
    order_id: String,
    amount: Box<RawValue>,
    currency: String,
    status: String,
    status_code: &'static str,
}

impl Reversal {
    pub(super) fn of(payment: Payment, id: String, word: &str) -> Self {
        Self {
            id,
            payment_id: payment.id,
            order_id: payment.order_id,
            amount: number(&payment.amount),
            currency: payment.currency,
            status: word.to_owned(),
            status_code: code(word),
        }
    }
}
