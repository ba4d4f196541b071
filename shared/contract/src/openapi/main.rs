//! Writes what is derived from the description: documents, and what the Rust client has of it. What would break the
//! clients of the document that is there is not written, unless one says `--incompatible`.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let incompatible = std::env::args().any(|arg| arg == "--incompatible");
    match write(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), incompatible) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn write(root: &Path, incompatible: bool) -> Result<(), String> {
    let there = std::fs::read_to_string(root.join("docs/openapi.json")).unwrap_or_default();
    let breaks =
        serde_json::from_str(&there).map(|old| contract::openapi::breaks(&old, &contract::openapi::document()));
    match breaks {
        Ok(breaks) if !breaks.is_empty() && !incompatible => {
            return Err(format!("this breaks clients; --incompatible writes it all the same:\n{}", breaks.join("\n")));
        }
        Ok(_) | Err(_) => {}
    }
    for (path, text) in contract::files() {
        std::fs::write(root.join(&path), text).map_err(|error| format!("{path}: {error}"))?;
    }
    Ok(())
}
