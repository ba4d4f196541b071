//! The files of the repository, as git knows them, and one way to complain about them.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// A file that is tracked, or would be by `git add`.
pub(crate) struct File {
    /// Relative to the root, with `/`.
    pub(crate) path: String,
    /// Bytes that are not UTF-8 are replaced.
    pub(crate) text: String,
}

/// The top folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the workspace's folder")
}

/// Every file, read once.
pub(crate) fn files() -> &'static [File] {
    static FILES: OnceLock<Vec<File>> = OnceLock::new();
    FILES.get_or_init(|| {
        let listed = listing();
        let paths = listed.split('\0').filter(|path| !path.is_empty() && root().join(path).is_file());
        let files: Vec<File> = paths.map(read).collect();
        assert!(files.iter().any(|file| file.path == "Cargo.toml"), "git lists no Cargo.toml");
        files
    })
}

/// The Rust sources among them.
pub(crate) fn sources() -> impl Iterator<Item = &'static File> {
    files().iter().filter(|file| file.path.ends_with(".rs"))
}

/// The text of one file; the failure names it.
pub(crate) fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| unreadable(path, &error))
}

/// Whether a file or folder is there; `path` is relative to the root.
pub(crate) fn exists(path: &Path) -> bool {
    root().join(path).exists()
}

/// Fails with the rule and a line for each complaint.
#[track_caller]
pub(crate) fn obey(rule: &str, complaints: &[String]) {
    assert!(complaints.is_empty(), "{rule}:\n  {}", complaints.join("\n  "));
}

fn read(path: &str) -> File {
    let bytes = std::fs::read(root().join(path)).unwrap_or_else(|error| unreadable(path, &error));
    File { path: path.to_owned(), text: String::from_utf8_lossy(&bytes).into_owned() }
}

#[expect(clippy::panic, reason = "a test fails by panicking, and clippy sees no test in a function beside it")]
fn unreadable<T>(path: &str, error: &std::io::Error) -> T {
    panic!("{path} must be there and readable: {error}")
}

/// New files count too: a rule that fails only after the commit comes too late.
fn listing() -> String {
    // A checkout may belong to another user, in a container for example.
    let trusted = format!("safe.directory={}", root().display());
    let output = Command::new("git")
        .args(["-c", &trusted, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git ls-files: {said}");
    String::from_utf8(output.stdout).expect("paths are UTF-8")
}
