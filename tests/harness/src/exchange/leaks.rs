//! What must be in no answer, no log and no table, whatever a test does: keys of any kind, the secrets of callbacks, sign-in tokens,
//! and what was sealed for somebody else. Every exchange, every line of a process and every audited store is looked at.

use anvil::accounts::PRIVATE_KEYS;
use aws_sdk_dynamodb::Client;
use humanops::engine::Engine;

/// The secret of every [`crate::Inbox`].
pub(crate) const CALLBACK_SECRET: &str = "your-random-secret";
/// The admin key of whatever a test starts with one.
const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";
/// Of anvil's accounts the last one that is the platform's.
const RELAYER: usize = 2;
/// In the plaintext of every sealed credential (`shared/sealed/vectors`).
const CREDENTIAL: &str = "\"api_key\":\"sk_";
/// Characters behind the prefix of an API key: a part of one is shown to recognise it by.
const KEY_CHARS: usize = 40;
/// Characters of the first part of a token, at least.
const TOKEN_CHARS: usize = 16;

/// What a text must not have, if it has it.
pub(crate) fn found(text: &str) -> Option<&'static str> {
    let goes_on = |start: &str, chars: usize, fits: fn(char) -> bool| {
        text.split(start).skip(1).any(|rest| rest.chars().take_while(|c| fits(*c)).count() >= chars)
    };
    let wordy = |c: char| c.is_ascii_alphanumeric();
    if ["ho_test_", "ho_live_"].iter().any(|prefix| goes_on(prefix, KEY_CHARS, wordy)) {
        return Some("an API key");
    }
    // `{"alg":…` in base64url, a dot, and `{` again.
    let token = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    let heads = text.split(".eyJ").next().filter(|head| head.len() < text.len());
    if heads.is_some_and(|head| head.contains("eyJ")) && goes_on("eyJ", TOKEN_CHARS, token) {
        return Some("a sign-in token");
    }
    if text.contains(CALLBACK_SECRET) {
        return Some("a callback's secret");
    }
    if PRIVATE_KEYS[..=RELAYER].iter().any(|key| text.to_ascii_lowercase().contains(key)) {
        return Some("a key of treasury or relayer");
    }
    if text.contains(ADMIN_KEY) {
        return Some("the admin key");
    }
    text.contains(CREDENTIAL).then_some("a credential")
}

/// Fails if the tables hold anything of it.
pub(crate) async fn assert_none_kept(engine: &Engine) {
    let client = engine.client();
    for table in ["humanops-core", "humanops-ledger", "humanops-edge"] {
        for item in items(&client, table).await {
            assert_eq!(found(&item), None, "in {table}: {item}");
        }
    }
}

/// All items of a table, as text.
async fn items(client: &Client, table: &str) -> Vec<String> {
    let (mut all, mut start) = (Vec::new(), None);
    loop {
        let page = client.scan().table_name(table).set_exclusive_start_key(start).send().await.unwrap();
        all.extend(page.items.unwrap_or_default().iter().map(|item| format!("{item:?}").replace('\\', "")));
        start = page.last_evaluated_key;
        if start.is_none() {
            return all;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::found;

    #[test]
    fn what_must_not_be_there_is_found_and_what_is_like_it_is_not() {
        let key = format!("x-api-key: ho_test_{} ", "a1B2".repeat(17));
        for (text, expected) in [
            (key.as_str(), Some("an API key")),
            ("ho_test_EXAMPLE..", None),
            (r#"S("your-random-secret")"#, Some("a callback's secret")),
            ("Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2lnbmF0dXJl", Some("a sign-in token")),
            ("eyJhbGciOiJSUzI1NiJ9", None),
            (r#"{"api_key":"sk_1","note":""}"#, Some("a credential")),
            ("the secret, the key and the token", None),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
