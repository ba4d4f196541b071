//! `docs/CREDENTIALS.md`: its openers on the vectors, its sealer on its openers, and the vector it prints.

use super::{OPEN_MJS, OPEN_PY, SEAL_MJS, node, python};
use harness::binary::root;
use serde_json::{Value, json};

/// Reads `{vectors}` and prints the plaintexts as JSON.
const PYTHON: &str = "
import json, sys
def scalar(d):
    number = int.from_bytes(base64.urlsafe_b64decode(d + '='), 'big')
    return ec.derive_private_key(number, ec.SECP256R1())
it = json.load(sys.stdin)
print(json.dumps([open_credential(v['task'], v['envelope'], scalar(v['d'])).decode() for v in it]))
";
const NODE: &str = "
import fs from 'node:fs';
const vectors = JSON.parse(fs.readFileSync(0));
const b64url = (b) => Buffer.from(b).toString('base64url');
const pair = async ({ d, agent }) => {
  const raw = bytes(agent);
  const jwk = { kty: 'EC', crv: 'P-256', x: b64url(raw.slice(1, 33)), y: b64url(raw.slice(33)) };
  return { publicKey: await subtle.importKey('jwk', jwk, p256, true, []),
    privateKey: await subtle.importKey('jwk', { ...jwk, d }, p256, false, ['deriveBits']) };
};
";
const OPEN_ALL: &str = "
const opened = vectors.map(async (v) => Buffer.from(await openCredential(v.task, v.envelope, await pair(v))).toString());
console.log(JSON.stringify(await Promise.all(opened)));
";
const SEAL_ALL: &str = "
const sealed = vectors.map(async (v) => ({ ...v, envelope: await sealCredential(v.task, v.agent, v.plaintext) }));
console.log(JSON.stringify(await Promise.all(sealed)));
";

/// Each as `{task, d, agent, plaintext, envelope}`.
fn vectors() -> Vec<Value> {
    let text = std::fs::read_to_string(root().join("shared/sealed/vectors/webcrypto.json")).unwrap();
    let read: Vec<Value> = serde_json::from_str(&text).unwrap();
    let ours = |it: &Value| {
        json!({
            "task": it["taskId"], "d": it["agent_d"], "agent": it["agent_raw"], "plaintext": it["pt"],
            "envelope": {
                "ciphertext": it["ct"], "iv": it["iv"], "ephemeralPublicKey": it["eph_raw"],
                "algorithm": sealed::ALGORITHM,
            },
        })
    };
    read.iter().map(ours).collect()
}

fn plaintexts(vectors: &[Value]) -> Value {
    vectors.iter().map(|it| it["plaintext"].clone()).collect()
}

#[track_caller]
fn assert_opened_by_both(vectors: &[Value]) {
    let input = json!(vectors);
    for printed in [python(&(OPEN_PY.code() + PYTHON), &input), node(&(OPEN_MJS.code() + NODE + OPEN_ALL), &input)] {
        assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), plaintexts(vectors));
    }
}

#[test]
fn the_openers_of_the_page_open_every_vector() {
    assert_opened_by_both(&vectors());
}

#[test]
fn what_the_sealer_of_the_page_seals_is_taken_and_opened() {
    let code = OPEN_MJS.code() + &SEAL_MJS.code() + NODE + SEAL_ALL;
    let sealed: Vec<Value> = serde_json::from_str(&node(&code, &json!(vectors()))).unwrap();
    for it in &sealed {
        let text = |name: &str| it["envelope"][name].as_str().unwrap();
        let agent = sealed::PublicKey::parse(it["agent"].as_str().unwrap()).unwrap();
        let [ciphertext, iv, key, algorithm] = ["ciphertext", "iv", "ephemeralPublicKey", "algorithm"].map(text);
        assert!(sealed::Envelope::check(ciphertext, iv, key, algorithm, &agent).is_ok(), "{it}");
    }
    assert_opened_by_both(&sealed);
}

#[test]
fn the_vector_of_the_page_is_the_first() {
    let page = std::fs::read_to_string(root().join("docs/CREDENTIALS.md")).unwrap();
    let vector = &vectors()[0];
    let envelope = &vector["envelope"];
    let values = ["task", "d", "agent", "plaintext"].map(|name| &vector[name]);
    for value in values.into_iter().chain(["ciphertext", "iv", "ephemeralPublicKey"].map(|name| &envelope[name])) {
        let cell = format!("| `{}` |\n", value.as_str().unwrap());
        assert!(page.contains(&cell), "docs/CREDENTIALS.md has no cell {cell}");
    }
}
