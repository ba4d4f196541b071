//! dLocal, who takes payments by card and bank transfer on its own pages. Not a place where card numbers pass: those are
//! typed at dLocal. Its notifications are hints; what was paid is asked of it.

mod account;
mod notice;
mod payment;
mod refusal;
mod scheme;

pub use account::{Account, NoAccount};
pub use notice::{About, Notice};
pub use payment::{Created, Method, NewPayment, Payer, Payment, Reversal, Status};
pub use refusal::Error;
pub use scheme::{Notices, Scheme};

use crate::amount;
use crate::mac::Signature;
use crate::wire::{self, Wire, is_id, under};
use payment::{Body, PaymentOnWire};
use reqwest::RequestBuilder;
use std::time::Duration;
use url::Url;

/// What dLocal knows us by.
#[derive(Clone)]
pub struct Settings {
    /// `https://api.dlocal.com` or `https://sandbox.dlocal.com`.
    pub base: Url,
    pub login: String,
    pub trans_key: String,
    pub secret_key: String,
    /// Where notifications are sent: port 443.
    pub notification_url: Url,
    /// Two letters, for payments that name none.
    pub country: String,
}

/// Without what signs.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("base", &self.base.as_str()).finish_non_exhaustive()
    }
}

pub struct Dlocal {
    settings: Settings,
    wire: Wire,
}

/// Without what signs.
impl std::fmt::Debug for Dlocal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dlocal").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Dlocal {
    pub fn new(settings: Settings) -> Self {
        Self { settings, wire: Wire::new(wire::TIMEOUT) }
    }

    /// As long as one request may take; ten seconds where nothing is said.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Self { wire: Wire::new(timeout), ..self }
    }

    /// Opens a payment. Repeating it with the same order is safe: the order is the idempotency key.
    pub async fn create(&self, payment: &NewPayment<'_>) -> Result<Created, Error> {
        if !is_id(payment.order_id) {
            return Err(Error::Invalid("the order's id"));
        }
        let amount = amount::number(payment.amount).ok_or(Error::Invalid("the amount"))?;
        let body = Body::of(payment, &amount, &self.settings);
        // Once: these bytes are signed, and these are sent.
        let body = serde_json::to_vec(&body).map_err(|_| Error::Invalid("the payment"))?;
        let request = self.wire.http()?.post(under(&self.settings.base, &["payments"])?);
        let request = request.header("X-Idempotency-Key", payment.order_id);

        let created = self.ask::<PaymentOnWire>(request, body).await?;
        let redirect_url = created.redirect_url.as_deref().and_then(|url| Url::parse(url).ok());
        let opened = created.payment()?;
        if !opened.is_of(payment.order_id, payment.amount) {
            return Err(Error::unusable(200, "it is not the payment that was asked for"));
        }
        Ok(Created { id: opened.id, status: opened.status, redirect_url })
    }

    /// What dLocal has under its own id.
    pub async fn payment(&self, id: &str) -> Result<Payment, Error> {
        let payment = self.read::<PaymentOnWire>("payments", id).await?.payment()?;
        if payment.id != id {
            return Err(Error::unusable(200, "it is not the payment that was asked for"));
        }
        Ok(payment)
    }

    /// What dLocal has under our id; nothing where nobody opened it.
    pub async fn by_order(&self, order_id: &str) -> Result<Option<Payment>, Error> {
        let payment = match self.read::<PaymentOnWire>("orders", order_id).await {
            Ok(payment) => payment.payment()?,
            Err(Error::NotFound) => return Ok(None),
            Err(error) => return Err(error),
        };
        if payment.order_id != order_id {
            return Err(Error::unusable(200, "it is not the order that was asked for"));
        }
        Ok(Some(payment))
    }

    pub async fn chargeback(&self, id: &str) -> Result<Reversal, Error> {
        self.reversal("chargebacks", id).await
    }

    pub async fn refund(&self, id: &str) -> Result<Reversal, Error> {
        self.reversal("refunds", id).await
    }

    async fn reversal(&self, kind: &str, id: &str) -> Result<Reversal, Error> {
        let reversal = self.read::<PaymentOnWire>(kind, id).await?.reversal()?;
        if reversal.id != id {
            return Err(Error::unusable(200, "it is not the one that was asked for"));
        }
        Ok(reversal)
    }

    async fn read<T: serde::de::DeserializeOwned>(&self, kind: &str, id: &str) -> Result<T, Error> {
        if !is_id(id) {
            return Err(Error::Invalid("the id"));
        }
        let request = self.wire.http()?.get(under(&self.settings.base, &[kind, id])?);
        self.ask(request, Vec::new()).await
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, request: RequestBuilder, body: Vec<u8>) -> Result<T, Error> {
        let answer = wire::answer(self.signed(request, body)).await?;
        if !(200..300).contains(&answer.status) {
            return Err(refusal::of(&answer));
        }
        serde_json::from_slice(&answer.body).map_err(|_| Error::unusable(answer.status, "it cannot be read"))
    }

    fn signed(&self, request: RequestBuilder, body: Vec<u8>) -> RequestBuilder {
        let Settings { login, trans_key, secret_key, .. } = &self.settings;
        let date = wire::now().to_string();
        let signature = Signature::of(secret_key, &[login.as_bytes(), date.as_bytes(), &body]).hex();
        let request = request
            .header("X-Date", date)
            .header("X-Login", login)
            .header("X-Trans-Key", trans_key)
            .header("X-Version", "2.1")
            .header("Content-Type", "application/json")
            .header("Authorization", format!("{}{signature}", scheme::V2));
        if body.is_empty() { request } else { request.body(body) }
    }
}
