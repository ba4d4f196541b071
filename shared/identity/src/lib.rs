//! Who an operator is, by a session token of Clerk. Not what that operator may do: KYC and all else are the table's to
//! say, never the token's.

mod key;
mod key_set;
mod ring_rs256;
mod token;

pub use key::Unfit;
pub use token::Refusal;

use domain::{OperatorId, Timestamp};
use jsonwebtoken::DecodingKey;
use key_set::KeySet;
use outbound::Reach;

/// Minutes for which a sign-in counts as confirmed: money leaves only within them.
pub const CONFIRMED_MINUTES: i64 = 10;

/// The sessions of one Clerk instance. Made without any work; the first token fetches its keys.
#[derive(Debug)]
pub struct Sessions {
    terms: token::Terms,
    keys: Keys,
}

#[derive(Debug)]
enum Keys {
    /// `CLERK_JWT_KEY`: nothing is fetched.
    Pinned(DecodingKey),
    Published(KeySet),
}

/// Somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub operator: OperatorId,
    /// Minutes since who is signed in has shown a password or the like; `None` where that is not said.
    pub shown_minutes_ago: Option<i64>,
}

/// Why nobody is let in.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// Because of the token.
    Refused(Refusal),
    /// Because there are no keys to check it with.
    NoKeys,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl Session {
    /// Whether who is signed in was there a moment ago.
    pub fn is_confirmed(&self) -> bool {
        self.shown_minutes_ago.is_some_and(|minutes| (0..=CONFIRMED_MINUTES).contains(&minutes))
    }
}

impl Sessions {
    /// Those of `issuer`, for the applications at `parties`, whose origins are separated by commas. With the `pinned`
    /// public key nothing is fetched.
    ///
    /// # Errors
    /// What does not fit, by the name of its setting.
    pub fn new(issuer: &str, parties: &str, pinned: Option<&str>, reach: Reach) -> Result<Self, Unfit> {
        ring_rs256::install();
        let terms = token::Terms::new(issuer, parties, reach)?;
        let keys = match pinned {
            Some(pem) => Keys::Pinned(key::of_pem(pem)?),
            None => Keys::Published(KeySet::at(format!("{issuer}/.well-known/jwks.json"))),
        };
        Ok(Self { terms, keys })
    }

    /// Whose session the token is of, at `now` by everybody's clock.
    ///
    /// # Errors
    /// It is of none, or there are no keys to check it with.
    pub async fn verify(&self, token: &str, now: Timestamp) -> Result<Session, Failure> {
        let key_id = token::key_id(token)?;
        let key = match &self.keys {
            Keys::Pinned(key) => key.clone(),
            Keys::Published(keys) => keys.key(&key_id, now).await?,
        };
        Ok(token::session(token, &key, &self.terms, now)?)
    }
}
