//! The reference's curl commands, run as its reader would run them.

use harness::binary::{Binary, in_days};
use harness::{Api, OperatorKey};
use serde_json::{Value, json};
use std::process::Command;

const COMMANDS: &str = include_str!("../../fixtures/reference-curl.sh");
/// A key pair's public half and an envelope sealed for it.
const VECTORS: &str = include_str!("../../../shared/sealed/vectors/webcrypto.json");

/// What a reader puts in for the reference's placeholders.
struct Reader<'a> {
    binary: &'a Binary,
    api_key: String,
    public_key: String,
    task: String,
}

impl Reader<'_> {
    /// Runs a command with bash; answers what it printed, if that came with this status.
    #[track_caller]
    fn run(&self, name: &str, status: u16) -> Value {
        let mut sections = COMMANDS.split("\n\n");
        let command = sections.find_map(|section| section.strip_prefix(&format!("# {name}\n"))).expect(name);
        let command = command
            .trim_end()
            .replace("https://api.humanops.io", &format!("http://{}", self.binary.address))
            .replace("<YOUR_API_KEY>", &self.api_key)
            .replace("2026-02-10T00:00:00Z", &in_days(5).to_string())
            .replace("BASE64_ENCODED_P256_PUBLIC_KEY", &self.public_key)
            .replace("TASK_ID", &self.task);
        let measured = format!(r"{command} -sS --max-time 60 --noproxy '*' -w '\n%{{http_code}}'");
        let output = Command::new("bash").args(["-c", &measured]).output().unwrap();
        let printed = String::from_utf8(output.stdout).unwrap();
        let (body, code) = printed.rsplit_once('\n').expect("curl is installed, and prints the status");
        assert_eq!(code, status.to_string(), "{name}: {body}{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_str(body).unwrap()
    }
}

#[tokio::test]
async fn the_curl_commands_of_the_reference_work_as_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let public_key = text(&vectors[0]["agent_spki"]);
    let mut reader = Reader { binary: &binary, api_key: String::new(), public_key, task: String::new() };

    let agent = reader.run("register", 201);
    assert_eq!(agent["message"], "Save this API key - it won't be shown again.");
    reader.api_key = text(&agent["api_key"]);
    let deposit = reader.run("deposit", 200);
    assert_eq!((&deposit["status"], &deposit["chain"]), (&json!("confirmed"), &json!("base")));
    let task = reader.run("task", 201);
    assert_eq!(task["status"], "PENDING");
    assert_amounts(&task, &[("reward_usd", 25.0), ("platform_fee", 4.5), ("total_escrow", 29.5)]);
    let balance = reader.run("balance", 200);
    assert_amounts(&balance, &[("deposit_balance", 70.5), ("escrow_balance", 29.5)]);
    assert_eq!(reader.run("feed", 200)["data"][0]["task_id"], task["task_id"]);
    let digital = reader.run("digital task", 201);
    assert_amounts(&digital, &[("platform_fee", 2.0), ("total_escrow", 12.0)]);

    // The reference deposits for one task: 58.50 are left, and the third holds 59.00.
    let short = reader.run("credential task", 402);
    assert_eq!(short["code"], "insufficient_balance");
    reader.api_key = binary.agent("100.00").await.key;
    let credential_task = reader.run("credential task", 201);
    assert_amounts(&credential_task, &[("platform_fee", 9.0), ("total_escrow", 59.0)]);
    reader.task = text(&credential_task["task_id"]);
    deliver(&binary, &reader.task, &vectors[0]).await;
    let retrieved = reader.run("credential", 200);
    let sealed = &retrieved["encrypted_credential"];
    assert_eq!(sealed["algorithm"], sealed::ALGORITHM);
    for (field, kept) in [("ciphertext", "ct"), ("iv", "iv"), ("ephemeralPublicKey", "eph_raw")] {
        assert_eq!(sealed[field], vectors[0][kept], "{field}");
    }
}

/// The reader's operator hands in the envelope, and the Guardian is content.
async fn deliver(binary: &Binary, task: &str, vector: &Value) {
    let operator: OperatorKey = binary.operator("Jane Doe").await;
    binary.post(&operator, &format!("/operator/tasks/{task}/accept"), json!({})).await.expect(200);
    let proof = json!({
        "notes": "guardian:approve",
        "encrypted_credential": {
            "ciphertext": vector["ct"],
            "iv": vector["iv"],
            "ephemeralPublicKey": vector["eph_raw"],
            "algorithm": sealed::ALGORITHM,
        },
    });
    binary.post(&operator, &format!("/operator/tasks/{task}/submit"), proof).await.expect(200);
    binary.advance(0).await;
}

#[track_caller]
fn assert_amounts(answer: &Value, expected: &[(&str, f64)]) {
    for (field, amount) in expected {
        assert_eq!(answer[field].as_f64(), Some(*amount), "{field} in {answer}");
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
