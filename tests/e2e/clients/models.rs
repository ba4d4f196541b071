//! The played models before the official clients, OpenAI's and AWS's: what `vision` is tested against speaks as they do.

use super::typescript::beside;
use crate::programs::installed;
use harness::binary::root;
use models::{BEDROCK_MODEL, Credentials, Fault, MODEL, Mind, Models, picture};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One JPEG with metadata and two without.
fn photos(folder: &Path) -> [PathBuf; 3] {
    let bare = picture::plain(40);
    let exif = [&bare[..2], b"\xFF\xE1\x00\x0AExif\0\0II", &bare[2..]].concat();
    let named = [("exif.jpg", exif), ("a.jpg", bare), ("b.jpg", picture::sign("OPEN"))];
    named.map(|(name, bytes)| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    })
}

/// What a script says before models that suffer so in turn.
async fn said(python: &str, script: &str, faults: &[Fault], args: impl Fn(&Models) -> Vec<String>) -> String {
    let models = Models::open(Mind::saying(json!({ "seen": [{ "requirement": "a sign", "verdict": "met" }] }))).await;
    for fault in faults {
        models.suffer(fault, 1);
    }
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(installed(python));
    command.arg(root().join("tests/e2e/clients/models").join(script)).args(args(&models)).args(photos(folder.path()));
    let said = beside(command).await;
    assert_eq!(models.asked().len(), faults.len() + 1, "{:?}", models.refused());
    said.trim().to_owned()
}

#[tokio::test]
async fn the_official_clients_speak_to_them_as_to_the_real_ones() {
    let common = [Fault::Refusal, Fault::Truncated, Fault::Guarded, Fault::Busy { retry_after_s: None }, Fault::Down];
    let chat = |models: &Models| vec![models.base(), models.credentials().key.clone(), MODEL.to_owned()];
    let converse = |models: &Models| {
        let Credentials { access_key_id, secret_access_key, region, .. } = models.credentials().clone();
        vec![models.origin(), region, access_key_id, secret_access_key, BEDROCK_MODEL.to_owned()]
    };
    // Of 17 bytes, and 64 · 48 and 208 · 128 pixels; 51 bytes.
    let expected = "a sign met 418 13";
    let broken = [&common[..], &[Fault::Half]].concat();
    assert_eq!(said("openai/bin/python", "chat.py", &broken, chat).await, expected);
    assert_eq!(said("aws/bin/python", "converse.py", &common, converse).await, expected);
}
