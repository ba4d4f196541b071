//! The data's folder: one process at a time, and one mode for ever.

use crate::Options;
use std::fs::File;
use std::path::PathBuf;

/// A folder that is ours until this is dropped.
#[derive(Debug)]
pub struct Folder {
    /// An open file is a held lock.
    _lock: File,
    mode: PathBuf,
}

impl Folder {
    /// Takes the folder of these options; none when nothing is kept.
    ///
    /// # Errors
    /// A sentence for who started the process: it can't be made, is in use, or is of the other mode.
    pub fn take(options: &Options) -> Result<Option<Self>, String> {
        if options.ephemeral {
            return Ok(None);
        }
        let root = &options.data_dir;
        let refused =
            |why: &str| format!("cannot keep the data in {}: {why}; choose another with --data-dir", root.display());
        std::fs::create_dir_all(root).map_err(|error| refused(&error.to_string()))?;
        let lock = File::create(root.join("lock")).map_err(|error| refused(&error.to_string()))?;
        lock.try_lock().map_err(|_| refused("another process uses it"))?;
        let mode = root.join("mode");
        // Money of the one mode must not turn up in the books of the other.
        match std::fs::read_to_string(&mode) {
            Ok(kept) if kept != options.mode => Err(refused(&format!("it was made in {kept} mode"))),
            Ok(_) | Err(_) => Ok(Some(Self { _lock: lock, mode })),
        }
    }

    /// Notes the mode, once the system has started in it.
    ///
    /// # Errors
    /// The folder can't be written to.
    pub fn note(&self, mode: &str) -> std::io::Result<()> {
        std::fs::write(&self.mode, mode)
    }
}
