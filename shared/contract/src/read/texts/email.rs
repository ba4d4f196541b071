//! E-mail addresses that mail can be sent to on the internet: a domain with a dot, and nothing quoted. Not whether anybody
//! reads there.

use super::{Parsed, pattern};
use schemars::json_schema;

/// Bytes of an address (RFC 5321, with its errata), and of what is before its `@`.
const BYTES_MAX: usize = 254;
const LOCAL_BYTES_MAX: usize = 64;
/// Bytes of a part of a domain.
const LABEL_BYTES_MAX: usize = 63;
/// All but the length of the words before the `@` together, which would take a look ahead: whoever makes texts by a
/// pattern makes and throws away thousands then.
const PATTERN: &str = concat!(
    r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*",
    r"@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$"
);

/// An e-mail address, in ASCII: other domains as `xn--`.
pub const fn email() -> Parsed<String> {
    pattern(
        "must be an e-mail address such as agent@example.com",
        || json_schema!({ "type": "string", "format": "email", "maxLength": BYTES_MAX, "pattern": PATTERN }),
        |text| is_email(text).then(|| text.to_owned()),
    )
}

fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else {
        return false;
    };
    let words = |part: &str| !part.is_empty() && part.bytes().all(is_word);
    let top = domain.rsplit('.').next().unwrap_or_default();
    text.len() <= BYTES_MAX
        && local.len() <= LOCAL_BYTES_MAX
        && local.split('.').all(words)
        && domain.contains('.')
        && domain.split('.').all(is_label)
        && top.len() > 1
        && top.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// RFC 5322 calls it `atext`.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_label(label: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let edge = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    label.len() <= LABEL_BYTES_MAX
        && label.bytes().all(plain)
        && edge(label.bytes().next())
        && edge(label.bytes().next_back())
}
