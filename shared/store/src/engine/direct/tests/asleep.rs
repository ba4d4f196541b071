//! A function is frozen between requests, and sleeps through the end of its connections.

use super::*;
use aws::Roots;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Answers a request; `false` if there is none any more.
async fn answered(peer: &mut TcpStream) -> bool {
    let (mut heard, mut part) = (Vec::new(), [0; 1024]);
    // The body's end.
    while !heard.ends_with(b"}") {
        match peer.read(&mut part).await {
            Ok(length @ 1..) => heard.extend_from_slice(&part[..length]),
            _ => return false,
        }
    }
    peer.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}").await.unwrap();
    true
}

#[tokio::test]
async fn what_was_to_go_over_a_connection_that_has_ended_goes_once_over_another() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let database = Database::over(aws::connections(Roots::None), &config(Some(&url))).unwrap();
    let (first, ()) = tokio::join!(database.send(count()), async {
        let (mut peer, _) = listener.accept().await.unwrap();
        assert!(answered(&mut peer).await);
    });
    assert!(first.is_ok(), "{first:?}");

    // Nobody has told the client yet: it finds out by what it does next.
    let counted = Arc::new(AtomicUsize::new(0));
    let counting = counted.clone();
    tokio::spawn(async move {
        while let Ok((mut peer, _)) = listener.accept().await {
            while answered(&mut peer).await {
                counting.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    for times in 1..=2 {
        let again = database.send(count()).await;
        assert!(again.is_ok(), "{again:?}");
        assert_eq!(counted.load(Ordering::SeqCst), times);
    }
}
