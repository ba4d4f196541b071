//! Private keys, on the agent's own machine: one file a request in `~/.humanops/keys`, for its owner only, named by the
//! fingerprint of the public half, which the task has too. So an answer that got lost loses no key.

use crate::refusal::Refusal;
use crate::session::Object;
use chrono::{DateTime, Utc};
use humanops_client::Usd;
use humanops_client::credentials::{KeyPair, fingerprint, open};
use humanops_client::types::RetrievedCredential;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::fs::{self, DirBuilder, OpenOptions};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

/// A folder, `~/.humanops` by custom.
#[derive(Clone, Debug)]
pub struct Keys(PathBuf);

/// A pair for a request.
pub(crate) struct Kept {
    pub(crate) public_key: String,
    pub(crate) fingerprint: String,
}

/// A file.
#[derive(Serialize, Deserialize)]
struct File {
    public_key: String,
    private_key: String,
    /// Digest of the request that it was made for.
    request: String,
    created_at: DateTime<Utc>,
}

impl Keys {
    /// In a folder that is made when it is needed.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }

    /// A pair for a request of an account's: always the same one, so that the API can take a request that comes again for
    /// what it is. A credential is sealed for its task too: a pair may serve two.
    pub(crate) fn for_request(&self, account: &str, body: &Object) -> Result<Kept, Refusal> {
        let request = digest(account, body);
        let _turn = self.turn().map_err(unkept)?;
        if let Some(file) = self.files().map_err(unkept)?.into_iter().find(|file| file.request == request) {
            return kept(file.public_key);
        }
        let pair = KeyPair::generate().map_err(|error| Refusal::new("no_key", format!("{error}.")))?;
        let kept = kept(pair.public_key.clone())?;
        let (public_key, private_key) = (pair.public_key, pair.private_key);
        let file = File { public_key, private_key, request, created_at: Utc::now() };
        let text = serde_json::to_vec_pretty(&file).map_err(|error| unkept(error.into()))?;
        self.write("keys", &format!("{}.json", kept.fingerprint), &text).map_err(unkept)?;
        Ok(kept)
    }

    /// The credential of a task, opened with its key.
    pub(crate) fn opened(&self, id: &str, task: &Object, answer: Object) -> Result<Value, Refusal> {
        let public_key = task.get("agent_public_key").and_then(Value::as_str).unwrap_or_default();
        let private_key = self.private_key(public_key)?;
        let retrieved: RetrievedCredential =
            serde_json::from_value(answer.into()).map_err(|_| Refusal::unreadable())?;
        open(id, &retrieved.encrypted_credential, &private_key).map_err(|error| {
            Refusal::new("not_opened", format!("{error}."))
                .next("Its operator sealed it wrongly: say so with review_task, REQUEST_CHANGES or REJECT.")
        })
    }

    fn private_key(&self, public_key: &str) -> Result<String, Refusal> {
        let name = fingerprint(public_key).map_err(|error| Refusal::new("no_key", format!("{error}.")))?;
        let path = self.0.join("keys").join(format!("{name}.json"));
        let file = fs::read(&path).and_then(|text| serde_json::from_slice::<File>(&text).map_err(Into::into));
        file.map(|file| file.private_key).map_err(|_| {
            Refusal::new(
                "no_private_key",
                format!("There is no private key for this task: {} cannot be read.", path.display()),
            )
            .next("It is on the machine that posted the task, and nowhere else.")
        })
    }

    /// Writes a credential to a file of its own, by the id of its task; answers its path.
    pub(crate) fn write_credential(&self, id: &str, credential: &Value) -> Result<String, Refusal> {
        let text = match credential {
            Value::String(text) => text.clone(),
            other => format!("{other:#}\n"),
        };
        let path = self.write("credentials", &format!("{id}.json"), text.as_bytes()).map_err(|error| {
            Refusal::new("not_written", format!("The credential cannot be written: {error}."))
                .next("Ask the person you work for to make the folder of this server writable.")
        })?;
        Ok(path.display().to_string())
    }

    /// Who looks for a pair, and makes one, is alone with that: among processes too.
    fn turn(&self) -> io::Result<fs::File> {
        make(&self.0)?;
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(self.0.join("lock"))?;
        lock.lock()?;
        Ok(lock)
    }

    fn files(&self) -> io::Result<Vec<File>> {
        let entries = match fs::read_dir(self.0.join("keys")) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut files = Vec::new();
        for entry in entries {
            // What somebody else has put there is no key.
            files.extend(fs::read(entry?.path()).ok().and_then(|text| serde_json::from_slice(&text).ok()));
        }
        Ok(files)
    }

    /// All of it or nothing, on the disk, for its owner only.
    fn write(&self, folder: &str, name: &str, text: &[u8]) -> io::Result<PathBuf> {
        let folder = self.0.join(folder);
        make(&folder)?;
        // Each has its own keys for hashing: a random number.
        let random = RandomState::new().build_hasher().finish();
        let (path, half) = (folder.join(name), folder.join(format!(".{random:016x}")));
        let written = fill(&half, text).and_then(|()| fs::rename(&half, &path)).and_then(|()| sync(&folder));
        if written.is_err() {
            // What is half there is nobody's.
            let _ = fs::remove_file(&half);
        }
        written.map(|()| path)
    }
}

fn make(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

fn fill(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

/// A new name is on the disk when its folder is.
fn sync(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

fn kept(public_key: String) -> Result<Kept, Refusal> {
    let fingerprint = fingerprint(&public_key).map_err(|error| Refusal::new("no_key", format!("{error}.")))?;
    Ok(Kept { public_key, fingerprint })
}

/// As the API compares requests: an amount is one, however it is written.
fn digest(account: &str, body: &Object) -> String {
    let mut body = body.clone();
    if let Some(reward) = body.get_mut("reward_usd") {
        let text = reward.as_str().map_or_else(|| reward.to_string(), ToOwned::to_owned);
        if let Ok(amount) = text.parse::<Usd>() {
            *reward = amount.to_string().into();
        }
    }
    // A map is written in the order of its names.
    base16ct::lower::encode_string(&Sha256::digest(format!("{account}\n{}", Value::Object(body))))
}

fn unkept(error: io::Error) -> Refusal {
    Refusal::new("no_key", format!("The folder of private keys cannot be used: {error}."))
        .next("Nothing was posted. Ask the person you work for to make the folder of this server writable.")
}

#[cfg(test)]
mod tests;
