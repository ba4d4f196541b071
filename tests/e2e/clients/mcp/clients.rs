//! The clients that others have written, pinned in `infra/mcp`: each lists the tools and calls every one of them, over both
//! transports and in both eras of the protocol.

use super::super::typescript::{ADMIN_KEY, beside};
use super::assistant::{Desk, post};
use crate::programs::{installed, output};
use harness::binary::{Binary, built, command, root};
use serde_json::json;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Tokens that the list of tools may take of a model's attention.
const TOKENS_MAX: usize = 5_000;

/// The programs of `infra/mcp` beside what they need.
fn programs(folder: &Path) -> PathBuf {
    let sources = root().join("infra/mcp");
    for entry in std::fs::read_dir(&sources).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
        }
    }
    symlink(installed("mcp-clients/node_modules"), folder.join("node_modules")).unwrap();
    folder.to_owned()
}

/// A program, run beside the system of `desk`; answers the last line that it printed.
async fn said(desk: &Desk, program: &Path, args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(program);
    command.args(args).current_dir(programs(folder.path()));
    command.env("HUMANOPS_API_KEY", &desk.agent.key).env("HUMANOPS_API_URL", desk.url());
    command
        .env("HUMANOPS_MCP", built("humanops-mcp"))
        .env("HUMANOPS_HOME", desk.home.path())
        .env("HOME", folder.path());
    let said = beside(command).await;
    said.trim().lines().last().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_tool_is_called_by_each_client_over_both_transports_in_both_eras() {
    let (node, python) = (PathBuf::from("node"), installed("mcp/bin/python"));
    for (program, args, calls) in [
        (&node, &["v1.mjs", "stdio"][..], 29),
        (&node, &["v1.mjs", "http"], 29),
        (&node, &["v2.mjs", "stdio", "legacy"], 29),
        (&node, &["v2.mjs", "http", "legacy"], 29),
        (&node, &["v2.mjs", "stdio", "modern"], 29),
        (&node, &["v2.mjs", "http", "modern"], 29),
        (&python, &["python_client.py", "stdio"], 9),
        (&python, &["python_client.py", "http", "legacy"], 9),
        (&python, &["python_client.py", "http"], 9),
    ] {
        let desk = Desk::empty().await;
        let said = said(&desk, program, args).await;
        assert_eq!(said, format!("tools 16 calls {calls}"), "{args:?}");
        println!("{}: {said}", args.join(" "));
        desk.binary.audit(ADMIN_KEY).await;
    }
}

#[tokio::test]
async fn the_inspector_shows_it() {
    let desk = Desk::open().await;
    assert_eq!(said(&desk, Path::new("node"), &["inspector.mjs"]).await, "inspector 8 runs");
}

/// The scenarios that apply, and why the others do not, are in `infra/mcp/conformance.mjs`.
#[tokio::test]
async fn it_conforms() {
    // The suite cannot send a key: a proxy adds it, and the pages that may call are those of its port.
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();
    let origin = format!("http://127.0.0.1:{port}");
    let system = command(folder.path(), &["--ephemeral", "--web-origins", &origin]);
    let desk = Desk::of(Binary::launch(system).await, folder).await;
    let said = said(&desk, Path::new("node"), &["conformance.mjs", &port]).await;
    assert_eq!(said, "conformance 11 scenarios, 57 checks");
    println!("{said}");
}

#[tokio::test]
async fn the_list_of_tools_is_short() {
    let desk = Desk::open().await;
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list" });
    let (_, answer) = post(&desk.url(), &[("x-api-key", &desk.agent.key)], &list).await;
    let folder = tempfile::tempdir().unwrap();
    let mut counter = Command::new("node");
    counter.arg("tokens.mjs").current_dir(programs(folder.path())).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut counting = counter.spawn().unwrap();
    counting.stdin.take().unwrap().write_all(answer["result"]["tools"].to_string().as_bytes()).unwrap();
    let said = counting.wait_with_output().unwrap().stdout;
    let tokens: usize = String::from_utf8(said).unwrap().trim().parse().unwrap();
    println!("the list of tools has {tokens} tokens");
    assert!(tokens <= TOKENS_MAX, "{tokens}");
}

/// As the reference configures it, from the packed tarballs, and from a bundle.
#[tokio::test]
async fn the_package_starts_the_server_however_it_is_installed() {
    let desk = Desk::open().await;
    let npm = root().join("clients/mcp/npm");
    let folder = tempfile::tempdir().unwrap();
    let mut pack = Command::new("node");
    pack.arg(npm.join("pack.mjs")).arg("--binary").arg(built("humanops-mcp")).arg("--out").arg(folder.path());
    pack.arg("--mcpb").arg("--tools").arg(installed("mcp-clients"));
    let (packed, _) = output(&mut pack);
    let (tarballs, bundles): (Vec<&str>, Vec<&str>) = packed.lines().partition(|path| path.ends_with(".tgz"));
    assert_eq!((tarballs.len(), bundles.len()), (2, 1), "{packed}");
    let mut install = Command::new("npm");
    install.args(["install", "--offline", "--no-audit", "--no-fund", "--silent"]).args(&tarballs);
    output(install.current_dir(folder.path()));
    let unpacked = folder.path().join("bundle");
    let mut unzip = Command::new("python3");
    unzip.args(["-m", "zipfile", "--extract", bundles[0]]).arg(&unpacked);
    output(&mut unzip);
    let server = unpacked.join("server/humanops-mcp");
    output(Command::new("chmod").arg("755").arg(&server));

    let shim = npm.join("packages/mcp-server/dist/index.js");
    let checkout = || {
        let mut node = Command::new("node");
        node.arg(&shim).env("HUMANOPS_MCP_BINARY", built("humanops-mcp"));
        node
    };
    let npx = || {
        let mut npx = Command::new("npx");
        npx.args(["--no-install", "humanops-mcp"]);
        npx
    };
    for (how, mut command) in [("checkout", checkout()), ("npx", npx()), ("bundle", Command::new(&server))] {
        command.env("HUMANOPS_API_KEY", &desk.agent.key).env("HUMANOPS_API_URL", desk.url());
        command.env("HUMANOPS_MAX_REWARD_USD", "").env("HOME", desk.home.path()).current_dir(folder.path());
        let mut server = super::assistant::Server::start(command);
        let list = json!({ "jsonrpc": "2.0", "id": 5, "method": "tools/list" });
        assert_eq!(server.ask(&list)["result"]["tools"].as_array().map(Vec::len), Some(16), "{how}");
        server.stdin.take();
        assert_eq!(server.end(), (vec![], Some(0)), "{how}");
    }
}
