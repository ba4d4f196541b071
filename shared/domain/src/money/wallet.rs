//! Where somebody's money goes when it leaves. An address that takes another's place waits: who has got hold of a key
//! or a session can't be faster than who notices it.

use crate::time::Timestamp;

/// An address, and since when it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wallet {
    /// As `0x` and 40 digits, with its checksum.
    pub address: String,
    /// From here on money may go there.
    pub from: Timestamp,
    /// The one that counts until then, if there is one.
    pub before: Option<String>,
}

impl Wallet {
    /// The address that counts at `now`.
    pub fn usable(&self, now: Timestamp) -> Option<&str> {
        if self.from <= now { Some(&self.address) } else { self.before.as_deref() }
    }

    /// `address` in the place of `earlier`, if there is one, from `from` on. What counts now counts until then.
    pub fn following(earlier: Option<&Self>, address: String, from: Timestamp, now: Timestamp) -> Self {
        let before = earlier.and_then(|earlier| earlier.usable(now)).map(ToOwned::to_owned);
        Self { address, from, before }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_address_counts_from_its_moment_on_and_the_one_before_until_then() {
        let at = Timestamp::from_millis;
        let first = Wallet::following(None, "a".to_owned(), at(0), at(0));
        assert_eq!(first.usable(at(0)), Some("a"));
        let second = Wallet::following(Some(&first), "b".to_owned(), at(100), at(10));
        assert_eq!([second.usable(at(99)), second.usable(at(100))], [Some("a"), Some("b")]);
        let third = Wallet::following(Some(&second), "c".to_owned(), at(150), at(50));
        assert_eq!([third.usable(at(149)), third.usable(at(150))], [Some("a"), Some("c")], "b never counted");
    }
}
