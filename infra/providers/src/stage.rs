//! What a playing server stands on: its port, what it was sent, and what is the matter with it.

use crate::fault::Fault;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, Uri};
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A request as it came, whether or not it was let in.
#[derive(Clone, Debug)]
pub struct Seen {
    pub method: Method,
    pub uri: Uri,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Seen {
    /// Empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn path(&self) -> Vec<&str> {
        self.uri.path().trim_matches('/').split('/').collect()
    }
}

/// Plays one provider. Called one at a time.
pub(crate) trait Play: Send + 'static {
    fn answer(&mut self, seen: &Seen) -> Response;
}

/// What any of the servers can be asked and told, whoever it plays.
pub struct Server {
    address: SocketAddr,
    scene: Arc<Mutex<Scene>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Scene {
    seen: Vec<Seen>,
    fault: Option<Fault>,
}

impl Server {
    /// `http://127.0.0.1:…`
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that it was sent, in order.
    pub fn seen(&self) -> Vec<Seen> {
        lock(&self.scene).seen.clone()
    }

    pub fn suffer(&self, fault: Fault) {
        lock(&self.scene).fault = Some(fault);
    }

    pub fn recover(&self) {
        lock(&self.scene).fault = None;
    }

    pub(crate) async fn open<P: Play>(play: Arc<Mutex<P>>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("the loopback has a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let scene = Arc::<Mutex<Scene>>::default();
        let shared = Arc::clone(&scene);
        let app = Router::new().fallback(move |request| act(Arc::clone(&shared), Arc::clone(&play), request));
        let task = tokio::spawn(async move {
            let _ = axum::serve(listener, app).await;
        });
        Self { address, scene, task }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

const BODY_BYTES_MAX: usize = 1024 * 1024;

async fn act<P: Play>(scene: Arc<Mutex<Scene>>, play: Arc<Mutex<P>>, request: Request<Body>) -> Response {
    let (head, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_BYTES_MAX).await.unwrap_or_default();
    let seen = Seen { method: head.method, uri: head.uri, headers: head.headers, body };
    let fault = {
        let mut scene = lock(&scene);
        scene.seen.push(seen.clone());
        scene.fault.clone()
    };
    match fault {
        Some(fault) => {
            if fault.is_afterwards() {
                lock(&play).answer(&seen);
            }
            fault.answer().await
        }
        None => lock(&play).answer(&seen),
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
