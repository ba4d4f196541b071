//! A request to this machine, and the few words of its answer that are wanted. Not an HTTP client: no
//! names, no encryption, no reuse.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A first call starts a function.
const PATIENCE: Duration = Duration::from_secs(30);
const ANSWER_MAX_BYTES: u64 = 1 << 20;

/// The body of the answer, if it is a success. The error is a sentence.
pub(super) fn get(port: u16, path: &str) -> Result<String, String> {
    ask(port, &format!("GET {path}"), "")
}

/// The same, after sending JSON.
pub(super) fn post(port: u16, path: &str, json: &str) -> Result<String, String> {
    ask(port, &format!("POST {path}"), json)
}

fn ask(port: u16, what: &str, json: &str) -> Result<String, String> {
    let failed = |why: String| format!("{what} on port {port}: {why}");
    let answer = exchange(port, what, json).map_err(|error| failed(error.to_string()))?;
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status.starts_with('2') { Ok(body.to_owned()) } else { Err(failed(format!("{status} {body}"))) }
}

fn exchange(port: u16, what: &str, json: &str) -> std::io::Result<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let length = json.len();
    write!(
        stream,
        "{what} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n{json}"
    )?;
    let mut answer = String::new();
    stream.take(ANSWER_MAX_BYTES).read_to_string(&mut answer)?;
    Ok(answer)
}

/// The text of a field, wherever in the JSON it first stands. For texts without escapes.
pub(super) fn text_of(json: &str, field: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{field}\":"))?;
    let (text, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests;
