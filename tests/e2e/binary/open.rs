//! What others on the machine, and pages in its browser, can make of the server.

use super::ADMIN_KEY;
use harness::binary::{Binary, in_days};
use harness::{Api, Caller, task_body};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A listening socket in `/proc/net/tcp`, and in `/proc/net/unix`.
const LISTENING: (&str, &str) = ("0A", "00010000");

/// How many sockets of a process listen, of whatever kind.
fn listening(pid: u32) -> usize {
    let links = std::fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
    let own: Vec<String> = links
        .filter_map(|link| std::fs::read_link(link.unwrap().path()).ok())
        .filter_map(|target| Some(target.to_str()?.strip_prefix("socket:[")?.strip_suffix(']')?.to_owned()))
        .collect();
    let count = |file: &str, state: usize, listening: &str, inode: usize| {
        let table = std::fs::read_to_string(format!("/proc/{pid}/net/{file}")).unwrap_or_default();
        let rows = table.lines().skip(1).map(|row| row.split_whitespace().collect::<Vec<_>>());
        rows.filter(|row| row[state] == listening && own.iter().any(|own| own == row[inode])).count()
    };
    count("tcp", 3, LISTENING.0, 9) + count("tcp6", 3, LISTENING.0, 9) + count("unix", 3, LISTENING.1, 6)
}

fn assert_private(path: &Path) {
    let of = std::fs::symlink_metadata(path).unwrap();
    assert_eq!(of.permissions().mode() & 0o077, 0, "{} is not its owner's alone", path.display());
    if of.is_dir() {
        path.read_dir().unwrap().for_each(|entry| assert_private(&entry.unwrap().path()));
    }
}

#[tokio::test]
async fn one_port_listens_and_no_file_is_for_others() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    // As an earlier version or a careless hand left it.
    std::fs::create_dir(&kept).unwrap();
    std::fs::set_permissions(&kept, std::fs::Permissions::from_mode(0o755)).unwrap();
    let binary = Binary::start(folder.path(), &["--data-dir", "kept"]).await;
    let (agent, operator) = (binary.agent("100.00").await, binary.operator("Jane Doe").await);
    let task = binary.post(&agent, "/tasks", task_body(25, in_days(2))).await.expect(201).text_of("task_id");
    binary.photograph(&operator, &task).await;
    assert_eq!(listening(binary.pid()), 1);
    assert_private(&kept);
}

/// Sends a request as it stands; answers the status and the body.
fn raw(address: &str, request: &str) -> (u16, Value) {
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap_or_default())
}

#[tokio::test]
async fn a_name_that_was_made_to_lead_here_is_turned_away() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &["--hosts", "box, api.example.com"]).await;
    let ask = |path: &str, host: &str| {
        raw(&binary.address, &format!("POST {path} HTTP/1.1\r\n{host}connection: close\r\ncontent-length: 0\r\n\r\n"))
    };
    let clock = "/api/v1/test/clock/advance";
    for path in [clock, "/api/v1/health", "/humanops-proofs/any"] {
        for host in ["host: evil.example\r\n", "host: localhost.evil.example\r\n", "host: \r\n", ""] {
            let (status, body) = ask(path, host);
            assert_eq!((status, &body["code"]), (400, &json!("unknown_host")), "{path} {host:?}");
            assert!(body["request_id"].as_str().unwrap().starts_with("req_"), "{body}");
        }
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]", "box:8080", "API.example.com"] {
        let (_, body) = ask(clock, &format!("host: {host}\r\n"));
        assert_ne!(body["code"], "unknown_host", "{host}: {body}");
    }
}

#[tokio::test]
async fn where_others_reach_it_the_clock_is_the_admins() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &["--listen", "0.0.0.0:0", "--admin-key", ADMIN_KEY]).await;
    for (path, body) in [("/test/clock/advance", json!({ "seconds": 1 })), ("/test/clock/reset", json!({}))] {
        binary.post(Caller::Nobody, path, body.clone()).await.expect_error(403, "admin_key_required");
        binary.post(Caller::Admin(ADMIN_KEY), path, body).await.expect(200);
    }
    binary.get(Caller::Nobody, "/test/clock").await.expect(200);
}

#[tokio::test]
async fn what_can_not_be_written_is_not_healthy_and_its_clock_stands() {
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &["--data-dir", "kept"]).await;
    let before = binary.get(Caller::Nobody, "/test/clock").await.expect(200);
    assert_eq!(before["ahead_seconds"], 0);

    // Nobody else can write meanwhile, as on a full disk.
    let lock = Connection::open(folder.path().join("kept/humanops.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    binary.get(Caller::Nobody, "/health").await.expect_error(500, "internal_error");
    binary.post(Caller::Nobody, "/test/clock/advance", json!({ "seconds": 60 })).await.expect(500);
    lock.execute_batch("ROLLBACK").unwrap();

    binary.get(Caller::Nobody, "/test/clock").await.expect(200);
    binary.get(Caller::Nobody, "/health").await.expect(200);
    let after = binary.get(Caller::Nobody, "/test/clock").await.expect(200);
    assert_eq!(after["ahead_seconds"], 0);
}
