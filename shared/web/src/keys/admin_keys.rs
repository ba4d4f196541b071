//! The admin keys of a deployment: who of the staff holds which.

use super::KeyHash;
use domain::StaffName;
use std::str::FromStr;

/// What a list of them is.
pub const WANTED: &str = "a name and the SHA-256 of a key as name:64 hexadecimal digits, several by commas";

/// Keys by their holders. A holder may have two, while one takes the other's place.
#[derive(Clone, Debug, Default)]
pub struct AdminKeys(Vec<(StaffName, KeyHash)>);

impl AdminKeys {
    /// These, and one more.
    pub fn and(mut self, holder: StaffName, key: KeyHash) -> Self {
        self.0.push((holder, key));
        self
    }

    /// Whose key it is. Each is compared, so that the time tells nothing of which.
    pub fn holder(&self, given: &str) -> Option<&StaffName> {
        let matching: Vec<&StaffName> =
            self.0.iter().filter(|(_, key)| key.matches(given)).map(|(holder, _)| holder).collect();
        matching.first().copied()
    }
}

/// An empty text is no key; what is no list says so by [`WANTED`].
impl FromStr for AdminKeys {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let entry = |entry: &str| {
            let (holder, hash) = entry.trim().split_once(':')?;
            Some((StaffName::parse(holder)?, KeyHash::of_sha256(hash)?))
        };
        let entries: Option<Vec<_>> = text.split(',').filter(|_| !text.is_empty()).map(entry).collect();
        entries.map(Self).ok_or(WANTED)
    }
}

#[cfg(test)]
mod tests;
