//! The pages: built from their sources, served by the binary, and at work in a browser.

mod served;
pub(crate) mod stories;

use super::typescript::copy;
use crate::programs::{installed, output};
use harness::binary::root;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Bytes of all scripts that a first visit of a page loads, small and compressed.
const GZIPPED_MAX: usize = 60 * 1_024;
/// Bytes of everything that is embedded.
const EMBEDDED_MAX: u64 = 400_000;

fn sources() -> PathBuf {
    root().join("clients/web")
}

/// Every file of a folder, by its path there.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for path in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().into_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

/// Sources and tools side by side, far from what was built before.
fn workshop(folder: &Path) -> PathBuf {
    copy(&root().join("clients/typescript/src"), &folder.join("typescript/src"));
    let app = folder.join("web");
    for part in ["src", "public"] {
        copy(&sources().join(part), &app.join(part));
    }
    for file in ["package.json", "tsconfig.json", "vite.config.js", "index.html", "staff.html", "agent.html"] {
        fs::copy(sources().join(file), app.join(file)).unwrap();
    }
    symlink(installed("web/node_modules"), app.join("node_modules")).unwrap();
    app
}

#[test]
fn what_is_embedded_is_what_the_sources_give() {
    let folder = tempfile::tempdir().unwrap();
    let app = workshop(folder.path());
    let run = |tool: &str, args: &[&str]| {
        let tool = app.join("node_modules/.bin").join(tool);
        output(Command::new(tool).args(args).current_dir(&app))
    };
    run("svelte-check", &["--fail-on-warnings"]);
    run("vite", &["build"]);
    let (made, kept) = (files(&app.join("dist")), files(&sources().join("dist")));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&made), names(&kept), "run `npm run build` in clients/web");
    for (name, bytes) in made {
        assert!(bytes == kept[&name], "{name}: run `npm run build` in clients/web");
    }
}

#[test]
fn each_page_is_small() {
    let dist = sources().join("dist");
    for page in ["index.html", "staff.html", "agent.html"] {
        let html = fs::read_to_string(dist.join(page)).unwrap();
        let first = files(&dist).into_keys().filter(|name| name.ends_with(".js") && html.contains(name.as_str()));
        let gzip = "console.log(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1])).length)";
        let gzipped = |script: String| {
            let (said, _) = output(Command::new("node").args(["--eval", gzip, "--"]).arg(dist.join(script)));
            said.trim().parse::<usize>().unwrap()
        };
        let total: usize = first.map(gzipped).sum();
        println!("the scripts of {page} have {total} bytes, gzipped");
        assert!(0 < total && total <= GZIPPED_MAX, "{page}: {total}");
    }
    let all: u64 = files(&dist).values().map(|bytes| u64::try_from(bytes.len()).unwrap()).sum();
    assert!(all <= EMBEDDED_MAX, "{all}");
}

/// Width and height of a PNG.
fn sides(png: &[u8]) -> [u32; 2] {
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
}

#[test]
fn it_can_be_installed() {
    let dist = sources().join("dist");
    let manifest = fs::read_to_string(dist.join("manifest.webmanifest")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    assert_eq!([&manifest["name"], &manifest["start_url"], &manifest["display"]], ["HumanOps", "/", "standalone"]);
    let icons = manifest["icons"].as_array().unwrap().iter().filter(|icon| icon["type"] == "image/png");
    let seen = icons.map(|icon| {
        let name = icon["src"].as_str().unwrap().trim_start_matches('/');
        let [width, height] = sides(&fs::read(dist.join(name)).unwrap());
        assert_eq!(icon["sizes"], format!("{width}x{height}"), "{name}");
        (width, icon["purpose"] == "maskable")
    });
    assert_eq!(Vec::from_iter(seen), [(192, false), (512, false), (512, true)]);
    assert!(fs::read_to_string(dist.join("index.html")).unwrap().contains("manifest.webmanifest"));
}
