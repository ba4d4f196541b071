//! The data's folder: one process at a time. Of which mode it is, the mark of its tables says.

use crate::Options;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

/// A folder that is ours until this is dropped.
#[derive(Debug)]
pub struct Folder {
    /// An open file is a held lock.
    _lock: File,
    admin_key: PathBuf,
}

impl Folder {
    /// Takes the folder of these options; none when nothing is kept.
    ///
    /// # Errors
    /// A sentence for who started the process: it can't be made, is in use, or is of a version before.
    pub fn take(options: &Options) -> Result<Option<Self>, String> {
        if options.ephemeral {
            return Ok(None);
        }
        let root = &options.data_dir;
        let refused =
            |why: &str| format!("cannot keep the data in {}: {why}; choose another with --data-dir", root.display());
        create_private(root).map_err(|error| refused(&error.to_string()))?;
        let lock = File::create(root.join("lock")).map_err(|error| refused(&error.to_string()))?;
        lock.try_lock().map_err(|_| refused("another process uses it"))?;
        // Where the mode was kept before tables had a mark, and the position in the stream before a table had it: an
        // unmarked table would be taken for a new one, and a stream without a position for one that nobody has read.
        if root.join("mode").exists() || root.join("stream.position").exists() {
            return Err(refused("an earlier version made it, whose data this one cannot read"));
        }
        Ok(Some(Self { _lock: lock, admin_key: root.join("admin-key") }))
    }

    /// The admin key of this folder, made at the first start. Nobody but the folder's owner can read its file.
    ///
    /// # Errors
    /// A sentence: the file can't be read or made.
    pub fn admin_key(&self) -> Result<String, String> {
        kept(&self.admin_key, || web::keys::random_text(43))
    }
}

/// What a file holds that nobody but its owner can read; `fresh`, if there is none.
///
/// # Errors
/// A sentence: the file can't be read or made.
pub(crate) fn kept(file: &Path, fresh: impl FnOnce() -> String) -> Result<String, String> {
    if !file.exists() {
        make(file, &fresh()).map_err(|error| format!("cannot write {}: {error}", file.display()))?;
    }
    let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(text.trim().to_owned())
}

/// Makes a folder that nobody but its owner can look into, or makes one so that is there.
///
/// # Errors
/// It can't be made, or belongs to somebody else.
pub fn create_private(folder: &Path) -> std::io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    std::fs::set_permissions(folder, Permissions::from_mode(0o700))
}

fn make(file: &Path, text: &str) -> std::io::Result<()> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?.write_all(text.as_bytes())
}
