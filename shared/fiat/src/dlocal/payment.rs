//! Payments, refunds and chargebacks as dLocal knows them.

use super::{Error, Settings};
use crate::amount;
use crate::wire::excerpt;
use domain::Usd;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use url::Url;

/// A payment to open.
#[derive(Clone, Copy, Debug)]
pub struct NewPayment<'a> {
    /// Ours.
    pub order_id: &'a str,
    pub amount: Usd,
    pub method: Method,
    /// Two letters; that of the settings where there are none.
    pub country: Option<&'a str>,
    pub payer: Payer<'a>,
    pub description: &'a str,
    /// Where the payer goes afterwards.
    pub return_url: Option<&'a Url>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Card,
    /// Each bank has an id of its own, so that dLocal's page is left to offer them.
    BankTransfer,
}

#[derive(Clone, Copy, Debug, Serialize)]
pub struct Payer<'a> {
    pub name: &'a str,
    pub email: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// dLocal's.
    pub id: String,
    pub status: Status,
    /// Where the payer pays; absent where there is nothing left to pay.
    pub redirect_url: Option<Url>,
}

/// A payment as dLocal has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// dLocal's.
    pub id: String,
    /// Ours.
    pub order_id: String,
    /// In `currency`, which need not be the dollar.
    pub amount: Usd,
    pub currency: String,
    pub status: Status,
}

impl Payment {
    /// Whether it is for this order and over so many US dollars. Says nothing of its status.
    pub fn is_of(&self, order_id: &str, amount: Usd) -> bool {
        self.order_id == order_id && self.currency == "USD" && self.amount == amount
    }
}

/// Money that goes back: a refund or a chargeback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    pub id: String,
    /// The payment that it takes back, by dLocal's id.
    pub payment_id: String,
    /// In `currency`, which need not be the dollar.
    pub amount: Usd,
    pub currency: String,
    /// dLocal's, which differ from those of payments.
    pub word: String,
}

impl Reversal {
    /// Whether the money is gone, as far as is known: a chargeback in dispute is, until it is won.
    pub fn is_executed(&self) -> bool {
        matches!(self.word.as_str(), "SUCCESS" | "COMPLETED" | "IN_DISPUTE" | "DISPUTE_LOST")
    }
}

/// Where a payment stands, by dLocal's word: its codes conflict between its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Authorized,
    Verified,
    Paid,
    Rejected,
    Cancelled,
    Expired,
    /// Not final: it may yet become anything.
    Unknown(String),
}

impl Status {
    /// `COMPLETED` counts as paid.
    pub fn of(word: &str) -> Self {
        match word {
            "PENDING" => Self::Pending,
            "AUTHORIZED" => Self::Authorized,
            "VERIFIED" => Self::Verified,
            "PAID" | "COMPLETED" => Self::Paid,
            "REJECTED" => Self::Rejected,
            "CANCELLED" => Self::Cancelled,
            "EXPIRED" => Self::Expired,
            other => Self::Unknown(excerpt(other)),
        }
    }

    /// Whether the payment stays so. Money that goes back later has records of its own.
    pub fn is_final(&self) -> bool {
        match self {
            Self::Paid | Self::Rejected | Self::Cancelled | Self::Expired => true,
            Self::Pending | Self::Authorized | Self::Verified | Self::Unknown(_) => false,
        }
    }
}

#[derive(Serialize)]
pub(super) struct Body<'a> {
    amount: &'a RawValue,
    currency: &'static str,
    country: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_method_id: Option<&'static str>,
    payment_method_flow: &'static str,
    payer: Payer<'a>,
    order_id: &'a str,
    description: &'a str,
    notification_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    callback_url: Option<&'a str>,
}

impl<'a> Body<'a> {
    pub(super) fn of(payment: &NewPayment<'a>, amount: &'a RawValue, settings: &'a Settings) -> Self {
        Self {
            amount,
            currency: "USD",
            country: payment.country.unwrap_or(&settings.country),
            payment_method_id: match payment.method {
                Method::Card => Some("CARD"),
                Method::BankTransfer => None,
            },
            payment_method_flow: "REDIRECT",
            payer: payment.payer,
            order_id: payment.order_id,
            description: payment.description,
            notification_url: settings.notification_url.as_str(),
            callback_url: payment.return_url.map(Url::as_str),
        }
    }
}

/// An order names its payment as refunds and chargebacks do.
#[derive(Deserialize)]
pub(super) struct PaymentOnWire {
    id: Option<String>,
    payment_id: Option<String>,
    order_id: Option<String>,
    amount: Box<RawValue>,
    currency: String,
    status: String,
    pub(super) redirect_url: Option<String>,
}

impl PaymentOnWire {
    pub(super) fn payment(self) -> Result<Payment, Error> {
        let amount = self.amount()?;
        match (self.id.or(self.payment_id), self.order_id) {
            (Some(id), Some(order_id)) => {
                Ok(Payment { id, order_id, amount, currency: self.currency, status: Status::of(&self.status) })
            }
            (_, _) => Err(Error::unusable(200, "it is no payment")),
        }
    }

    pub(super) fn reversal(self) -> Result<Reversal, Error> {
        let amount = self.amount()?;
        match (self.id, self.payment_id) {
            (Some(id), Some(payment_id)) => {
                Ok(Reversal { id, payment_id, amount, currency: self.currency, word: excerpt(&self.status) })
            }
            (_, _) => Err(Error::unusable(200, "it is no refund or chargeback")),
        }
    }

    fn amount(&self) -> Result<Usd, Error> {
        amount::read(&self.amount).ok_or_else(|| Error::unusable(200, "its amount is none"))
    }
}

#[cfg(test)]
mod tests;
