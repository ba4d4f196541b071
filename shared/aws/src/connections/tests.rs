//! Over sockets: whom it believes, what it keeps open, and how it gives up.

use super::*;
use std::net::SocketAddr;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;

async fn listening() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// Answers each request of a connection with the number that the connection has.
async fn count_connections(listener: TcpListener) {
    for number in 1.. {
        let (mut peer, _) = listener.accept().await.unwrap();
        tokio::spawn(async move {
            while heard(&mut peer).await {
                let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n{number}");
                peer.write_all(answer.as_bytes()).await.unwrap();
            }
        });
    }
}

/// A request without a body, to its end.
async fn heard(peer: &mut (impl AsyncRead + Unpin)) -> bool {
    let (mut heard, mut part) = (Vec::new(), [0; 1024]);
    while !heard.ends_with(b"\r\n\r\n") {
        match peer.read(&mut part).await {
            Ok(length @ 1..) => heard.extend_from_slice(&part[..length]),
            _ => return false,
        }
    }
    true
}

fn request(url: &str) -> HttpRequest {
    HttpRequest::get(url).unwrap()
}

/// By which connection it was answered.
async fn asked(connections: &SharedHttpConnector, request: HttpRequest) -> String {
    let body = connections.call(request).await.unwrap().into_body();
    let body = http_body_util::BodyExt::collect(body).await.unwrap().to_bytes();
    String::from_utf8(body.to_vec()).unwrap()
}

async fn refused(roots: Roots, url: &str) -> ConnectorError {
    connections(roots).call(request(url)).await.unwrap_err()
}

#[tokio::test]
async fn a_connection_is_kept_until_somebody_wants_no_more_of_it() {
    let (listener, address) = listening().await;
    tokio::spawn(count_connections(listener));
    let url = format!("http://{address}/");
    let connections = connections(Roots::None);
    assert_eq!(asked(&connections, request(&url)).await, "1");

    let mut second = request(&url);
    let taken = CaptureSmithyConnection::new();
    second.add_extension(taken.clone());
    assert_eq!(asked(&connections, second).await, "1");
    taken.get().unwrap().poison();
    assert_eq!(asked(&connections, request(&url)).await, "2");
}

#[tokio::test]
async fn a_connection_on_which_an_answer_is_left_half_read_is_not_used_again() {
    let (listener, address) = listening().await;
    let connections = connections(Roots::None);
    let url = format!("http://{address}/");
    let left = tokio::spawn({
        let (connections, url) = (connections.clone(), url.clone());
        async move { drop(connections.call(request(&url)).await.unwrap()) }
    });
    let (mut peer, _) = listener.accept().await.unwrap();
    assert!(heard(&mut peer).await);
    peer.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n1").await.unwrap();
    left.await.unwrap();

    tokio::spawn(count_connections(listener));
    assert_eq!(asked(&connections, request(&url)).await, "1", "the second connection, and the first of those counted");
    assert!(!heard(&mut peer).await);
}

#[tokio::test(start_paused = true)]
async fn whoever_never_agrees_upon_tls_is_left_after_a_second() {
    // Connections are accepted by the kernel.
    let (_silent, address) = listening().await;
    let begun = Instant::now();
    assert!(refused(Roots::Amazon, &format!("https://{address}/")).await.is_io());
    assert!(begun.elapsed() >= CONNECT_MAX && begun.elapsed() < 2 * CONNECT_MAX, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn nobody_there_and_an_answer_that_breaks_off_are_failures_of_the_way() {
    let (listener, address) = listening().await;
    drop(listener);
    assert!(refused(Roots::None, &format!("http://{address}/")).await.is_io());

    let (listener, address) = listening().await;
    let url = format!("http://{address}/");
    let broken = tokio::spawn(async move { refused(Roots::None, &url).await });
    let (mut peer, _) = listener.accept().await.unwrap();
    assert!(heard(&mut peer).await);
    peer.write_all(b"HTTP/1.1 200 O").await.unwrap();
    drop(peer);
    assert!(broken.await.unwrap().is_io());
}

#[tokio::test]
async fn only_whose_root_is_known_is_spoken_to_over_tls() {
    let issued = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = issued.signing_key.serialize_der().try_into().unwrap();
    let certificate = issued.cert.der().clone();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let server = server.with_no_client_auth().with_single_cert(vec![certificate.clone()], key).unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(server));
    let (listener, address) = listening().await;
    tokio::spawn(async move {
        while let Ok((peer, _)) = listener.accept().await {
            let Ok(mut peer) = acceptor.accept(peer).await else { continue };
            assert!(heard(&mut peer).await);
            peer.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nyes").await.unwrap();
        }
    });

    let url = format!("https://localhost:{}/", address.port());
    for roots in [Roots::Amazon, Roots::System, Roots::None] {
        assert!(refused(roots, &url).await.is_io(), "{roots:?}");
    }
    let mut known = RootCertStore::empty();
    known.add(certificate).unwrap();
    assert_eq!(asked(&believing(known), request(&url)).await, "yes");
}

/// Of a malformed certificate nothing would be left.
#[test]
fn amazons_roots_are_five_certificates_that_can_be_read() {
    assert_eq!(String::from_utf8_lossy(AMAZON).matches("BEGIN CERTIFICATE").count(), 5);
    assert_eq!(trusted(Roots::Amazon).len(), 5);
    assert!(trusted(Roots::None).is_empty());
}
