//! The key set of the issuer, as this process last had it. Fetched when a token needs it, by one request at a time, and
//! seldom: who sends tokens with invented key ids costs a request in half a minute.

use crate::Failure;
use crate::key::{self, Key};
use crate::token::Refusal;
use domain::Timestamp;
use jsonwebtoken::DecodingKey;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// For so long nobody asks whether the keys have changed.
const FRESH_S: u64 = 5 * 60;
/// For so long they are good enough where nobody says.
const USABLE_S: u64 = 60 * 60;
/// Between two requests, while there are keys.
const PAUSE_S: u64 = 30;
/// Between two requests, while there are none.
const PAUSE_WITHOUT_KEYS_S: u64 = 5;
/// One request, from the name's look-up to the last byte.
const FETCH_MAX: Duration = Duration::from_secs(2);
const ANSWER_BYTES_MAX: usize = 64 * 1024;

#[derive(Debug)]
pub(crate) struct KeySet {
    url: String,
    state: Mutex<State>,
    /// Held by who fetches.
    flight: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    keys: Vec<Key>,
    fetched: Option<Timestamp>,
    tried: Option<Timestamp>,
}

impl KeySet {
    pub(crate) fn at(url: String) -> Self {
        Self { url, state: Mutex::default(), flight: tokio::sync::Mutex::default() }
    }

    /// The key with this id.
    pub(crate) async fn key(&self, id: &str, now: Timestamp) -> Result<DecodingKey, Failure> {
        if let Some(settled) = self.state().look_up(id, now) {
            return settled;
        }
        let _flight = self.flight.lock().await;
        // Whoever flew before may have brought it.
        if let Some(settled) = self.state().look_up(id, now) {
            return settled;
        }
        let fetched = fetch(&self.url).await;
        let mut state = self.state();
        state.note(fetched, now);
        state.look_up(id, now).unwrap_or(Err(Failure::NoKeys))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// The answer, or nothing where the set is to be fetched first.
    fn look_up(&self, id: &str, now: Timestamp) -> Option<Result<DecodingKey, Failure>> {
        let usable = is_within(USABLE_S, self.fetched, now);
        let known = self.keys.iter().find(|key| key.id == id).filter(|_| usable);
        let pause_s = if usable { PAUSE_S } else { PAUSE_WITHOUT_KEYS_S };
        let wanted = known.is_none() || !is_within(FRESH_S, self.fetched, now);
        if wanted && !is_within(pause_s, self.tried, now) {
            return None;
        }
        let missing = if usable { Refusal::UnknownKey.into() } else { Failure::NoKeys };
        Some(known.map(|known| known.key.clone()).ok_or(missing))
    }

    fn note(&mut self, fetched: Result<Vec<Key>, String>, now: Timestamp) {
        self.tried = Some(now);
        match fetched {
            Ok(keys) => *self = Self { keys, fetched: Some(now), tried: Some(now) },
            Err(cause) => tracing::warn!(cause, "the keys of the sign-in were not fetched"),
        }
    }
}

/// Either way: a clock that was set back makes nothing last.
fn is_within(seconds: u64, moment: Option<Timestamp>, now: Timestamp) -> bool {
    moment.is_some_and(|moment| now.seconds().abs_diff(moment.seconds()) < seconds)
}

async fn fetch(url: &str) -> Result<Vec<Key>, String> {
    // Built for each: it is needed every five minutes, and no connection lives for as long.
    let http = outbound::trusted(FETCH_MAX).map_err(|error| error.to_string())?;
    let mut answer = http.get(url).send().await.map_err(|error| error.to_string())?;
    if answer.status().as_u16() != 200 {
        return Err(format!("{url} answered {}", answer.status()));
    }
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| error.to_string())? {
        body.extend_from_slice(&chunk);
        if body.len() > ANSWER_BYTES_MAX {
            return Err(format!("{url} answered more than {ANSWER_BYTES_MAX} bytes"));
        }
    }
    key::of_set(&body).map_err(|why| format!("{url} answered, but {why}"))
}
