//! The one listening port: HTTP/1.1 with a limit for everything that a client may take its time for.

mod bodies;
mod connections;
pub(crate) mod front;
pub mod hosts;

use crate::engine::Failure;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use bodies::{Arriving, Leaving};
use connections::{Connections, Place};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;
use web::gate::ClientIp;

/// Until the head of a request is there; also between two requests.
const HEAD_MAX: Duration = Duration::from_secs(15);
/// Until a client takes in more of its answer.
const WRITE_MAX: Duration = Duration::from_secs(15);
/// A pause after an accept that failed, for want of descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// Descriptors that are asked of the system.
const DESCRIPTORS: u64 = 4_096;

/// Serves `app` until `stop` resolves; requests that are running are finished.
pub(crate) async fn serve(
    app: Router,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> Result<(), Failure> {
    let connections = Connections::of(descriptors()?);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (socket, peer) = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(_) => {
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                    continue;
                }
            },
        };
        // Without a place the socket is closed.
        if let Some(place) = connections.admit(peer.ip()) {
            tokio::spawn(converse(app.clone(), socket, peer, place, graceful.watcher()));
        }
    }
    graceful.shutdown().await;
    Ok(())
}

/// One connection, until it ends or its place is given to another.
async fn converse(app: Router, socket: TcpStream, peer: SocketAddr, place: Place, graceful: Watcher) {
    let evicted = place.clone();
    let answer = service_fn(move |request: Request<Incoming>| {
        let (app, place) = (app.clone(), place.clone());
        async move {
            let mut request = request.map(|body| axum::body::Body::new(Arriving::new(body, place.clone())));
            request.extensions_mut().insert(ClientIp(peer.ip()));
            let answer: Response = app.oneshot(request).await?;
            Ok::<_, Infallible>(answer.map(|body| Leaving::new(body, place)))
        }
    });
    // What a caller waits for does not wait for its confirmation of the piece before.
    let _ = socket.set_nodelay(true);
    let mut socket = TimeoutStream::new(socket);
    socket.set_write_timeout(Some(WRITE_MAX));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEAD_MAX);
    let connection = http.serve_connection(TokioIo::new(Box::pin(socket)), answer);
    // A client that breaks off, or off whom we broke, is no news.
    tokio::select! { _ = graceful.watch(connection) => {}, () = evicted.lost() => {} }
}

/// How many descriptors this process may have, after asking for enough.
fn descriptors() -> std::io::Result<u64> {
    let limit = getrlimit(Resource::Nofile);
    let (now, most) = (limit.current.unwrap_or(DESCRIPTORS), limit.maximum.unwrap_or(DESCRIPTORS));
    let wanted = now.max(most.min(DESCRIPTORS));
    setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit })?;
    Ok(wanted)
}
