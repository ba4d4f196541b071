//! What stands in the pixels of a photo, by tesseract, which Debian has as `tesseract-ocr`. Not what the photo shows.

use std::process::Stdio;
use std::time::Duration;
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(30);

/// As much text as can be found, wherever it stands, a line each. Each line is as good as its letters are plain: an `0`
/// may well be an `8`.
///
/// # Panics
/// There is no tesseract, or it does not end: a test must not pass because nothing was read.
pub async fn read_text(jpeg: &[u8]) -> String {
    let mut tesseract = Command::new("tesseract");
    // Sparse text, and one thread: tests run beside each other.
    tesseract.args(["stdin", "stdout", "-l", "eng", "--psm", "11"]).env("OMP_THREAD_LIMIT", "1");
    tesseract.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    let mut reading = tesseract.spawn().expect("tesseract is on the PATH: install tesseract-ocr");
    let mut stdin = reading.stdin.take().expect("it was piped");
    let read = async {
        // What is no image is refused before all of it is taken.
        let _ = stdin.write_all(jpeg).await;
        drop(stdin);
        reading.wait_with_output().await
    };
    let read = timeout(PATIENCE, read).await.expect("tesseract reads a photo in seconds").expect("it ran");
    let text = String::from_utf8_lossy(&read.stdout);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}
