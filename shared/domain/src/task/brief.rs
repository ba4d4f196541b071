//! A task's long texts and what it was configured with. Never changed after creation, so not part of what moves.

use crate::event::EventName;
use crate::guardian::Verification;
use crate::time::Timestamp;
use crate::words::words;

/// The rest of a task: written once, read where it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brief {
    /// The full description, when the task holds it abridged.
    pub description: Option<String>,
    /// The full requirements, when the task holds none.
    pub requirements: Option<Vec<String>>,
    /// Instructions for digital tasks.
    pub digital_instructions: Option<String>,
    /// P-256 public key of the agent, base64 of 65 bytes.
    pub agent_public_key: Option<String>,
    /// On what authority the agent asks for a restricted task.
    pub authorization: Option<Authorization>,
    /// How far the Guardian may decide.
    pub verification: Verification,
}

/// Where events go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// Checked at creation and at each send.
    pub url: String,
    /// Signs the body.
    pub secret: Option<Sealed>,
    /// The secret before, which signs as well until then.
    pub replaced: Option<(Sealed, Timestamp)>,
    pub events: Vec<EventName>,
}

/// A secret that nobody can read but who signs with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed(pub String);

impl Callback {
    /// With another secret. The one before signs as well until `until`, so that a receiver has time to learn the new one.
    /// While one is being replaced it stays the one before: whoever replaces again, or repeats the request, replaces the
    /// secret that came in its place.
    pub fn rotated(self, secret: Sealed, now: Timestamp, until: Timestamp) -> Self {
        let replaced = self.replaced.filter(|(_, until)| *until > now);
        let replaced = replaced.or_else(|| self.secret.map(|before| (before, until)));
        Self { secret: Some(secret), replaced, ..self }
    }
}

words! {
    /// On what authority an agent asks for a restricted task.
    Basis { Owner = "OWNER", Authorized = "AUTHORIZED" }
}

/// The agent's statement about a restricted task; stored with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Own account, or on behalf of its owner.
    pub basis: Basis,
    /// In the agent's words.
    pub statement: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_is_replaced_signs_on_until_its_end_however_often_it_is_replaced() {
        let sealed = |text: &str| Sealed(text.to_owned());
        let at = |hour: i64| Timestamp::from_millis(hour * 3_600_000);
        let first = Callback { url: String::new(), secret: Some(sealed("a")), replaced: None, events: Vec::new() };
        let second = first.clone().rotated(sealed("b"), at(0), at(24));
        assert_eq!((&second.secret, &second.replaced), (&Some(sealed("b")), &Some((sealed("a"), at(24)))));
        let again = second.clone().rotated(sealed("c"), at(1), at(25));
        assert_eq!((&again.secret, &again.replaced), (&Some(sealed("c")), &Some((sealed("a"), at(24)))));
        let later = second.rotated(sealed("c"), at(24), at(48));
        assert_eq!((&later.secret, &later.replaced), (&Some(sealed("c")), &Some((sealed("b"), at(48)))));
        let unsigned = Callback { secret: None, ..first }.rotated(sealed("b"), at(0), at(24));
        assert_eq!((unsigned.secret, unsigned.replaced), (Some(sealed("b")), None));
    }
}
