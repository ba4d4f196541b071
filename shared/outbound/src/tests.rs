//! The client against real sockets on the loopback.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::{Client, FailureClass, Posted, Reach};

const GENEROUS: Duration = Duration::from_secs(20);

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Reads one request with a body of the declared length.
async fn read_request(socket: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        assert_ne!(socket.read_buf(&mut request).await.unwrap(), 0, "cut short");
        let text = String::from_utf8_lossy(&request);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let declared = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= declared.unwrap().parse().unwrap() {
                return text.into_owned();
            }
        }
    }
}

async fn post(url: &str) -> Posted {
    let client = Client::new(Reach::LoopbackAllowed { own_port: None }, GENEROUS);
    client.post(url, &[], b"{}".to_vec()).await
}

/// Posts to a server that sends `answer`, whatever it is asked.
async fn answered_with(answer: &str) -> Posted {
    let (listener, address) = listen().await;
    let url = format!("http://{address}/hook");
    let serve = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        read_request(&mut socket).await;
        socket.write_all(answer.as_bytes()).await.unwrap();
    };
    tokio::join!(post(&url), serve).0
}

#[tokio::test]
async fn any_status_is_an_answer() {
    let cases = [
        ("204 No Content\r\n", 204, None),
        ("200 OK\r\ncontent-length: 0\r\n", 200, None),
        ("410 Gone\r\ncontent-length: 0\r\n", 410, None),
        ("500 Oops\r\ncontent-length: 99\r\n", 500, None),
        ("429 Slow\r\nretry-after: 120\r\ncontent-length: 0\r\n", 429, Some(120)),
        ("503 Down\r\nretry-after: -1\r\ncontent-length: 0\r\n", 503, None),
        ("503 Down\r\nretry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\ncontent-length: 0\r\n", 503, None),
    ];
    for (answer, status, retry_after_s) in cases {
        let posted = answered_with(&format!("HTTP/1.1 {answer}\r\n")).await;
        let expected = Posted::Answered { status, retry_after_s };
        assert_eq!(posted, expected, "{answer}");
    }
}

#[tokio::test]
async fn headers_and_body_arrive_byte_for_byte() {
    let (listener, address) = listen().await;
    let client = Client::new(Reach::LoopbackAllowed { own_port: None }, GENEROUS);
    let headers = [("X-HumanOps-Signature".to_owned(), "abc".to_owned())];
    let body = br#"{"event": "task.verified"}"#.to_vec();
    let url = format!("http://localhost:{}/hook?x=1", address.port());
    let serve = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        let request = read_request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
        request
    };
    let (_, request) = tokio::join!(client.post(&url, &headers, body), serve);

    assert!(request.starts_with("POST /hook?x=1 HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("x-humanops-signature: abc\r\n"), "{request}");
    assert!(request.ends_with("\r\n\r\n{\"event\": \"task.verified\"}"), "{request}");
}

#[tokio::test]
async fn redirects_are_answers_and_are_not_followed() {
    let target = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    target.set_nonblocking(true).unwrap();
    let location = target.local_addr().unwrap();
    for status in [301, 302, 303, 307, 308] {
        let head = format!("HTTP/1.1 {status} Moved\r\nlocation: http://{location}/\r\n");
        let posted = answered_with(&format!("{head}content-length: 0\r\n\r\n")).await;
        assert_eq!(posted, Posted::Answered { status, retry_after_s: None });
    }
    // Nobody is waiting in the target's queue.
    assert_eq!(target.accept().unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
}

#[tokio::test]
async fn an_endless_body_is_cut() {
    const BODY_BYTES: usize = 100_000_000;
    let (listener, address) = listen().await;
    let url = format!("http://{address}/hook");
    let serve = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        read_request(&mut socket).await;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {BODY_BYTES}\r\n\r\n");
        socket.write_all(head.as_bytes()).await.unwrap();
        let mut sent_bytes = 0;
        while sent_bytes < BODY_BYTES && socket.write_all(&[b'a'; 10_000]).await.is_ok() {
            sent_bytes += 10_000;
        }
        sent_bytes
    };
    let (posted, sent_bytes) = tokio::join!(post(&url), serve);
    assert_eq!(posted, Posted::Answered { status: 200, retry_after_s: None });
    assert!(sent_bytes < BODY_BYTES / 2, "{sent_bytes} bytes were taken");
}

#[tokio::test]
async fn a_server_that_never_answers_times_out() {
    let (listener, address) = listen().await;
    let client = Client::new(Reach::LoopbackAllowed { own_port: None }, Duration::from_millis(200));
    let posted = client.post(&format!("http://{address}/"), &[], Vec::new()).await;
    assert_eq!(posted, Posted::Failed(FailureClass::Timeout));
    drop(listener);
}

#[tokio::test]
async fn a_body_that_stalls_is_still_an_answer() {
    let (listener, address) = listen().await;
    let client = Client::new(Reach::LoopbackAllowed { own_port: None }, Duration::from_millis(300));
    let url = format!("http://{address}/");
    let serve = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        read_request(&mut socket).await;
        socket.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc").await.unwrap();
        socket
    };
    let (posted, _open) = tokio::join!(client.post(&url, &[], b"{}".to_vec()), serve);
    assert_eq!(posted, Posted::Answered { status: 200, retry_after_s: None });
}

#[tokio::test]
async fn what_goes_wrong_is_told_by_class_only() {
    assert_eq!(answered_with("I do not speak HTTP\r\n\r\n").await, Posted::Failed(FailureClass::Protocol));
    assert_eq!(answered_with("").await, Posted::Failed(FailureClass::Protocol));

    let (listener, address) = listen().await;
    drop(listener);
    let refused = post(&format!("http://{address}/")).await;
    assert_eq!(refused, Posted::Failed(FailureClass::Connect));

    let (listener, address) = listen().await;
    let plain = async {
        let (mut socket, _) = listener.accept().await.unwrap();
        socket.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        socket
    };
    let url = format!("https://{address}/");
    let (over_tls, _open) = tokio::join!(post(&url), plain);
    assert_eq!(over_tls, Posted::Failed(FailureClass::Tls));

    let unknown = post("https://no-such-host.invalid/").await;
    assert_eq!(unknown, Posted::Failed(FailureClass::DnsFailed));
}

#[tokio::test]
async fn private_hosts_are_blocked_by_the_url_and_again_by_the_lookup() {
    let client = Client::new(Reach::PublicOnly, GENEROUS);
    for url in ["https://localhost/", "https://127.0.0.1/", "http://example.com/"] {
        let posted = client.post(url, &[], Vec::new()).await;
        assert_eq!(posted, Posted::Failed(FailureClass::Blocked), "{url}");
    }
    // Past the URL check, the name's addresses are still refused.
    let posted = client.send("https://localhost/", &[], Vec::new()).await;
    assert_eq!(posted, Posted::Failed(FailureClass::Blocked));
}

#[tokio::test]
async fn a_header_that_is_not_http_fails_without_a_request() {
    let client = Client::new(Reach::LoopbackAllowed { own_port: None }, GENEROUS);
    let headers = [("X-Bad".to_owned(), "a\r\nX-Admin: 1".to_owned())];
    let posted = client.post("http://127.0.0.1:9/", &headers, Vec::new()).await;
    assert_eq!(posted, Posted::Failed(FailureClass::Protocol));
}

#[test]
fn every_class_has_its_word() {
    let words = [
        (FailureClass::DnsFailed, "dns_failed"),
        (FailureClass::Blocked, "blocked"),
        (FailureClass::Timeout, "timeout"),
        (FailureClass::Tls, "tls"),
        (FailureClass::Connect, "connect"),
        (FailureClass::Protocol, "protocol"),
    ];
    for (class, word) in words {
        assert_eq!(class.to_string(), word);
    }
}
