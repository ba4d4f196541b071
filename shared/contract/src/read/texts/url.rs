//! URLs as their standard writes them (RFC 3986), which no reader takes for anything else. Never fetched from here, and
//! not whether this system may reach their host: that is `outbound`'s to say.

use super::{Parsed, pattern};
use schemars::{Schema, json_schema};
use url::{Host, Url};

/// Characters of a URL.
const CHARS_MAX: usize = 2_048;

/// An https URL.
pub const fn https() -> Parsed<String> {
    pattern(
        "must be an https URL of at most 2048 characters, such as https://example.com/page; other characters than those \
         of a URL are written as %20",
        || schema("[hH][tT][tT][pP][sS]"),
        |text| read(text, &["https"]),
    )
}

/// An http or https URL. Which of them may be used, who sends to it decides.
pub const fn web_url() -> Parsed<String> {
    pattern(
        "must be an absolute URL of at most 2048 characters, such as https://agent.example.com/hook",
        || schema("[hH][tT][tT][pP][sS]?"),
        |text| read(text, &["http", "https"]),
    )
}

fn schema(scheme: &str) -> Schema {
    let host = r"([A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?";
    let rest = r"([/?#]([A-Za-z0-9\-._~:/?#\[\]@!$&()*+,;=]|%[0-9A-Fa-f]{2})*)?";
    json_schema!({ "type": "string", "maxLength": CHARS_MAX, "pattern": format!("^{scheme}://{host}{rest}$") })
}

/// As it was written: a reader would drop or mend some things, and a customer would not find its URL again.
fn read(text: &str, schemes: &[&str]) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let known = schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known));
    let authority = rest.split(['/', '?', '#']).next()?;
    if !known || text.len() > CHARS_MAX || authority.is_empty() || authority.contains('@') || !is_written_out(rest) {
        return None;
    }
    let plain = |name: &str| name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b));
    match Url::parse(text).ok()?.host()? {
        Host::Domain(name) => (plain(name) && !authority.contains('%')).then(|| text.to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => Some(text.to_owned()),
    }
}

/// Nothing but characters of URLs, and each `%` is the begin of one that is encoded. `'` is none here, though the standard
/// has it: it ends an attribute of HTML.
fn is_written_out(text: &str) -> bool {
    let of_urls = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&()*+,;=%".contains(&byte);
    let encoded = |after: &str| after.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    text.bytes().all(of_urls) && text.split('%').skip(1).all(encoded)
}
