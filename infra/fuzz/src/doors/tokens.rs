//! Session tokens.

use crate::bytes::Bytes;
use domain::Timestamp;
use harness::SigningKey;
use harness::clerk::ISSUER;
use identity::Sessions;
use outbound::Reach;
use std::sync::LazyLock;
use tokio::runtime::Builder;

const KEY: &str = include_str!("../../../../tests/harness/keys/clerk-first.pub.pem");
const NOW: Timestamp = Timestamp::from_millis(1_770_292_800_000);

static SESSIONS: LazyLock<Sessions> =
    LazyLock::new(|| Sessions::new(ISSUER, "https://app.example.com", Some(KEY), Reach::PublicOnly).expect("it fits"));
static SIGNING_KEY: LazyLock<SigningKey> = LazyLock::new(SigningKey::first);

/// `signed` are a line of header and the claims, by the right key; whatever else is a token as it comes.
pub(crate) fn tokens(bytes: &[u8]) {
    let mut bytes = Bytes(bytes);
    let is_signed = bytes.line() == "signed";
    let token = if is_signed {
        let header = bytes.line();
        SIGNING_KEY.sign(&header, &bytes.text())
    } else {
        bytes.text()
    };
    let runtime = Builder::new_current_thread().build().expect("a runtime starts");
    let outcome = runtime.block_on(SESSIONS.verify(&token, NOW));
    assert!(is_signed || outcome.is_err(), "{token} was signed by nobody, and is {outcome:?}");
}
