//! Which pair a request gets, and who can read it.

use super::*;
use serde_json::json;
use std::os::unix::fs::PermissionsExt as _;

fn body(title: &str, reward: &Value) -> Object {
    Object::from_iter([("title".to_owned(), title.into()), ("reward_usd".to_owned(), reward.clone())])
}

#[test]
fn the_same_request_has_the_same_pair_also_after_a_restart() {
    let folder = tempfile::tempdir().expect("a folder");
    let pair = |account, body: &Object| Keys::new(folder.path()).for_request(account, body).map(|kept| kept.public_key);
    let first = pair("agent_1", &body("a", &json!(50)));
    for (account, body, is_same) in [
        ("agent_1", body("a", &json!(50)), true),
        ("agent_1", body("a", &json!(50.0)), true),
        ("agent_1", body("a", &json!("50.00")), true),
        ("agent_1", body("a", &json!(51)), false),
        ("agent_1", body("b", &json!(50)), false),
        ("agent_2", body("a", &json!(50)), false),
    ] {
        assert_eq!(pair(account, &body) == first, is_same, "{account} {body:?}");
    }
}

#[test]
fn calls_at_once_have_one_pair() {
    let folder = tempfile::tempdir().expect("a folder");
    let pair = || Keys::new(folder.path()).for_request("agent_1", &body("a", &json!(50))).map(|kept| kept.public_key);
    let pairs: Vec<_> = std::thread::scope(|scope| {
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(pair)).collect();
        calls.into_iter().map(|call| call.join().expect("a pair")).collect()
    });
    assert!(pairs[0].is_ok() && pairs.iter().all(|pair| *pair == pairs[0]));
}

#[test]
fn keys_and_credentials_are_their_owners_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let keys = Keys::new(folder.path().join("humanops"));
    let kept = keys.for_request("agent_1", &body("a", &json!(50))).expect("a pair");
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let key = folder.path().join(format!("humanops/keys/{}.json", kept.fingerprint));
    let written: Vec<String> = std::thread::scope(|scope| {
        let write = || keys.write_credential("task_1", &json!({ "api_key": "sk_1" })).expect("written");
        let calls: Vec<_> = (0..8).map(|_| scope.spawn(write)).collect();
        calls.into_iter().map(|call| call.join().expect("a path")).collect()
    });
    let path = Path::new(&written[0]);
    assert_eq!([mode(&key), mode(path)], [0o600; 2]);
    assert_eq!(mode(key.parent().expect("a folder")), 0o700);
    assert_eq!(fs::read_to_string(path).expect("a file"), "{\n  \"api_key\": \"sk_1\"\n}\n");
    assert_eq!(fs::read_dir(path.parent().expect("a folder")).expect("files").count(), 1, "nothing half is left");
}
