//! A folder of the run's own, gone when the run ends.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// For certificates and tables.
#[derive(Debug)]
pub(crate) struct Place(PathBuf);

impl Place {
    /// In the system's folder for such things.
    pub(crate) fn new() -> std::io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let folder = std::env::temp_dir().join(format!(
            "humanops-bench-{}-{}",
            std::process::id(),
            NUMBER.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.0
    }

    /// Writes a file, and answers where it is.
    pub(crate) fn write(&self, name: &str, text: &str) -> std::io::Result<PathBuf> {
        let file = self.0.join(name);
        std::fs::write(&file, text)?;
        Ok(file)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all::<&Path>(&self.0);
    }
}
