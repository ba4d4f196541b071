//! Lists the built files of `clients/web`, each as it is and, where that is less, compressed; `src/file.rs` embeds them.

use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::{env, fs};

fn main() -> io::Result<()> {
    let built = PathBuf::from(env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?).join("../../clients/web/dist");
    println!("cargo::rerun-if-changed={}", built.display());
    let out = PathBuf::from(env::var("OUT_DIR").map_err(io::Error::other)?);
    let mut list = String::from("&[\n");
    for folder in ["", "assets/", "icons/"] {
        for entry in fs::read_dir(built.join(folder))?.collect::<Result<Vec<_>, _>>()? {
            if !entry.file_type()?.is_file() {
                continue;
            }
            let (name, file) = (entry.file_name().to_string_lossy().into_owned(), entry.path());
            let plain = fs::read(&file)?;
            let gzipped = compressed(&plain)?;
            let smaller = if gzipped.len() < plain.len() {
                let path = out.join(format!("{name}.gz"));
                fs::write(&path, gzipped)?;
                format!("Some(include_bytes!({path:?}))")
            } else {
                "None".to_owned()
            };
            let path = format!("/{folder}{name}");
            writeln!(list, "    File {{ path: {path:?}, plain: include_bytes!({file:?}), gzipped: {smaller} }},")
                .map_err(io::Error::other)?;
        }
    }
    fs::write(out.join("files.rs"), list + "]\n")
}

fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}
