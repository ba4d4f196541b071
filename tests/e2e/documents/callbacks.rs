//! `docs/CALLBACKS.md`: its checks of a signature, on a callback of the running system.

use super::{VERIFY_MJS, VERIFY_PY, node, run};
use harness::binary::{Binary, in_days};
use harness::{Api, Inbox, Received, task_body};
use serde_json::{Value, json};

/// Reads `{headers, body, secret}` and prints what both checks say.
const PYTHON: &str = "
import json, sys
it = json.load(sys.stdin)
given = it['headers'], it['body'].encode(), it['secret']
print(is_standard(*given), is_humanops(*given))
";
const NODE: &str = "
import fs from 'node:fs';
const { headers, body, secret } = JSON.parse(fs.readFileSync(0));
const given = [headers, Buffer.from(body), secret];
const word = (yes) => (yes ? 'True' : 'False');
console.log(word(isStandard(...given)), word(isHumanops(...given)));
";

#[tokio::test]
async fn the_checks_of_the_page_accept_what_was_sent_and_nothing_else() {
    let (folder, inbox) = (tempfile::tempdir().unwrap(), Inbox::open().await);
    let binary = Binary::start(folder.path(), &[]).await;
    let (agent, operator) = (binary.agent("200.00").await, binary.operator("Jane Doe").await);
    let secrets = ["your-random-secret", "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "whsec_YQ"];
    for secret in secrets {
        let mut body = task_body(25, in_days(2));
        body["callback_url"] = json!(inbox.url);
        body["callback_secret"] = json!(secret);
        let task = binary.post(&agent, "/tasks", body).await.expect(201).text_of("task_id");
        binary.photograph(&operator, &task).await;
        binary.advance(0).await;
    }

    let received = inbox.received();
    assert_eq!(received.len(), secrets.len());
    for (callback, secret) in received.iter().zip(secrets) {
        let genuine = given(callback, secret);
        let mut old = genuine.clone();
        old["headers"]["webhook-timestamp"] = json!("1770388200");
        let mut altered = genuine.clone();
        altered["body"] = json!(String::from_utf8_lossy(&callback.body).replace("APPROVE", "REJECT"));
        let mut unsigned = genuine.clone();
        unsigned["headers"] = json!({});
        let another = given(callback, "another-secret");
        for (input, expected) in [
            (genuine, "True True"),
            (old, "False True"),
            (altered, "False False"),
            (unsigned, "False False"),
            (another, "False False"),
        ] {
            assert_eq!(run("python3", &["-c", &(VERIFY_PY.code() + PYTHON)], &input).trim(), expected, "{input}");
            assert_eq!(node(&(VERIFY_MJS.code() + NODE), &input).trim(), expected, "{input}");
        }
    }
}

fn given(callback: &Received, secret: &str) -> Value {
    let headers: serde_json::Map<String, Value> =
        callback.headers.iter().map(|(name, value)| (name.to_string(), json!(value.to_str().unwrap()))).collect();
    json!({ "headers": headers, "body": String::from_utf8_lossy(&callback.body), "secret": secret })
}
