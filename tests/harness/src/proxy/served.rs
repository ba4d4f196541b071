//! An engine that other processes reach: functions, and whoever stands between it and the store.

use humanops::engine::Engine;
use tokio::net::TcpListener;

/// An engine, and where it answers.
#[derive(Clone, Debug)]
pub struct Served {
    pub engine: Engine,
    pub endpoint: String,
}

impl Served {
    /// One in memory, on a loopback port.
    pub async fn start() -> Self {
        let engine = Engine::open(None).unwrap();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(dynoxide::server::serve_on(listener, engine.database.clone()));
        Self { engine, endpoint }
    }
}
