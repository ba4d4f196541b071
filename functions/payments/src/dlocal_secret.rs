//! The secret that dLocal signs its notifications with. Never printed.

use outbound::signature;

/// Not empty: with an empty key anybody could sign.
#[derive(Clone)]
pub struct DlocalSecret(String);

impl DlocalSecret {
    /// `None` when `text` is empty or white space.
    pub fn new(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self(text.to_owned()))
    }

    /// Whether `given` is the hex HMAC-SHA256 of `body`. Takes the same time for every wrong value.
    pub(crate) fn signed(&self, body: &[u8], given: &str) -> bool {
        signature::verify_hex(&self.0, body, given)
    }
}

/// Without the secret.
impl std::fmt::Debug for DlocalSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DlocalSecret")
    }
}

#[cfg(test)]
mod tests;
