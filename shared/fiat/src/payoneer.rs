//! Payoneer, who makes payouts to accounts that operators open there. Takes one payment a request, so that an answer
//! speaks of that payment. Not who decides to pay again: after a submission whose outcome is unknown, only a status of
//! not found allows that.

mod account;
mod complaint;
mod payout;
mod refusal;
mod token;

pub use account::NoAccount;
pub use payout::{Payout, State, Submitted};
pub use refusal::{Error, Refusal};
pub use token::NoToken;

use crate::amount;
use crate::wire::{self, Answer, Unanswered, Wire, is_id, under};
use payout::{Payments, StatusOnWire, Success};
use reqwest::{Client, RequestBuilder};
use std::time::Duration;
use token::Tokens;
use url::Url;

/// What Payoneer knows us by.
#[derive(Clone)]
pub struct Settings {
    /// `https://login.payoneer.com` or `https://login.sandbox.payoneer.com`.
    pub login_base: Url,
    /// `https://api.payoneer.com/v4` or `https://api.sandbox.payoneer.com/v4`.
    pub api_base: Url,
    pub program_id: String,
    pub client_id: String,
    pub client_secret: String,
}

/// Without what opens.
impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings").field("api_base", &self.api_base.as_str()).finish_non_exhaustive()
    }
}

pub struct Payoneer {
    settings: Settings,
    wire: Wire,
    tokens: Tokens,
}

/// Without what opens.
impl std::fmt::Debug for Payoneer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Payoneer").field("settings", &self.settings).finish_non_exhaustive()
    }
}

/// The only code that allows to pay again.
const NO_SUCH_PAYOUT: i64 = 2306;

impl Payoneer {
    pub fn new(settings: Settings) -> Self {
        Self { settings, wire: Wire::new(wire::TIMEOUT), tokens: Tokens::default() }
    }

    /// As long as one request may take; ten seconds where nothing is said.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Self { wire: Wire::new(timeout), ..self }
    }

    /// Asks for one payout. Before a refusal that lasts is believed, Payoneer is asked whether it has the payout all the
    /// same: it also refuses what it has taken before.
    pub async fn submit(&self, payout: &Payout<'_>) -> Result<Submitted, Error> {
        if !is_id(payout.reference) || !is_id(payout.payee) {
            return Err(Error::Invalid("an id"));
        }
        let amount = amount::number(payout.amount).ok_or(Error::Invalid("the amount"))?;
        let body = serde_json::to_vec(&Payments::of(payout, &amount)).map_err(|_| Error::Invalid("the payout"))?;

        let answer = self.post(&["masspayouts"], body).await?;
        match complaint::of(&answer) {
            Some(complaint) => Err(self.refused(payout.reference, complaint.into_error(answer.status)).await),
            None if payout::is_created(&answer) => Ok(Submitted),
            None => Err(Error::odd(answer.status)),
        }
    }

    async fn refused(&self, reference: &str, error: Error) -> Error {
        if !error.is_lasting() {
            return error;
        }
        match self.status(reference).await {
            Ok(State::NotFound) => error,
            Ok(_) => Error::Unknown("it was refused, but is there".to_owned()),
            Err(_) => Error::Unknown(format!("{error}, but whether it is there is not known")),
        }
    }

    pub async fn status(&self, reference: &str) -> Result<State, Error> {
        let answer = self.get(&["payouts", reference, "status"], reference).await?;
        match complaint::of(&answer) {
            Some(complaint) if complaint.names(NO_SUCH_PAYOUT) => Ok(State::NotFound),
            Some(complaint) => Err(complaint.into_error(answer.status)),
            None => Ok(read::<StatusOnWire>(&answer)?.state()),
        }
    }

    /// Where a person opens an account, or connects one, as this payee of ours.
    pub async fn registration_link(&self, payee: &str) -> Result<Url, Error> {
        #[derive(serde::Deserialize)]
        struct Link {
            registration_link: String,
        }
        if !is_id(payee) {
            return Err(Error::Invalid("an id"));
        }
        let body = serde_json::json!({ "payee_id": payee }).to_string().into_bytes();
        let answer = self.post(&["payees", "registration-link"], body).await?;
        match complaint::of(&answer) {
            Some(complaint) => Err(complaint.into_error(answer.status)),
            None => {
                let link = Url::parse(&read::<Link>(&answer)?.registration_link).ok();
                // A person is sent there.
                link.filter(|link| link.scheme() == "https").ok_or_else(|| Error::odd(answer.status))
            }
        }
    }

    /// Whether this payee of ours can be paid. Nobody is who never registered.
    pub async fn payee_is_active(&self, payee: &str) -> Result<bool, Error> {
        #[derive(serde::Deserialize)]
        struct Payee {
            status: Standing,
        }
        #[derive(serde::Deserialize)]
        struct Standing {
            description: String,
        }
        let answer = self.get(&["payees", payee, "status"], payee).await?;
        match complaint::of(&answer) {
            Some(_) if answer.status == 404 => Ok(false),
            Some(complaint) => Err(complaint.into_error(answer.status)),
            None => Ok(read::<Payee>(&answer)?.status.description.eq_ignore_ascii_case("active")),
        }
    }

    async fn get(&self, path: &[&str], id: &str) -> Result<Answer, Error> {
        if !is_id(id) {
            return Err(Error::Invalid("an id"));
        }
        let url = self.url(path)?;
        self.ask(|http| http.get(url.clone())).await
    }

    async fn post(&self, path: &[&str], body: Vec<u8>) -> Result<Answer, Error> {
        let url = self.url(path)?;
        self.ask(|http| http.post(url.clone()).header("Content-Type", "application/json").body(body.clone())).await
    }

    fn url(&self, path: &[&str]) -> Result<Url, Error> {
        let program = under(&self.settings.api_base, &["programs", &self.settings.program_id]);
        program.and_then(|program| under(&program, path)).map_err(Error::NotReached)
    }

    /// With a token. One that is refused is exchanged once: a 401 has done nothing.
    async fn ask(&self, request: impl Fn(&Client) -> RequestBuilder) -> Result<Answer, Error> {
        let http = self.wire.http().map_err(Error::NotReached)?;
        let token = self.tokens.current(http, &self.settings).await?;
        let answer = self.send(request(http), &token).await?;
        if answer.status != 401 {
            return Ok(answer);
        }
        self.tokens.forget(&token).await;
        let token = self.tokens.current(http, &self.settings).await?;
        self.send(request(http), &token).await
    }

    async fn send(&self, request: RequestBuilder, token: &str) -> Result<Answer, Error> {
        let answer = wire::answer(request.header("Authorization", format!("Bearer {token}"))).await;
        answer.map_err(|why| match why {
            Unanswered::Unsendable => Error::NotReached(why),
            Unanswered::Timeout | Unanswered::Connect | Unanswered::Broken | Unanswered::TooLong => {
                Error::Unknown(why.to_string())
            }
        })
    }
}

/// The result of an answer that complains of nothing.
fn read<T: serde::de::DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    if !(200..300).contains(&answer.status) {
        return Err(Error::odd(answer.status));
    }
    let Success { result } = serde_json::from_slice(&answer.body).map_err(|_| Error::odd(answer.status))?;
    Ok(result)
}
