//! What a test needs to speak with a system: a whole one in memory whose clock stands still, the binary, a
//! deployed stack; callers, their photos and their servers. Holds no test, and panics where a test would fail.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod api;
pub mod binary;
mod callers;
pub mod deployed;
mod exchange;
mod inbox;
mod photos;
mod proxy;
mod reply;
mod scenario;
mod wire;

pub use api::{Api, task_body};
pub use callers::clerk::{self, Clerk, SignedIn, SigningKey};
pub use callers::{Agent, Caller, OperatorKey};
pub use exchange::Sent;
pub use inbox::{Inbox, Received};
pub use photos::{Flat, Photo, Says};
pub use proxy::{Call, Fault, MONEY, Proxy, Served};
pub use reply::Reply;
pub use scenario::on_chain::{self, OnChain};
pub use scenario::push;
pub use scenario::{DAY_S, HOUR_S, MINUTE_S, Play, Step};
pub use wire::Wire;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use domain::Timestamp;
use http_body_util::BodyExt;
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use store::Clock;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// Where the clock stands when a test begins.
pub const START: &str = "2026-02-05T12:00:00.000Z";

/// A running system. Each request comes from an address of its own, so that only the tests of the
/// rate limit meet it.
pub struct World {
    pub system: System,
    pub clock: Clock,
    /// Where the system listens: photos go there.
    pub address: SocketAddr,
    /// Behind the store's back; none where the data is kept in files.
    engine: Option<Engine>,
    visitors: AtomicU32,
}

impl World {
    /// In test mode.
    pub async fn new() -> Self {
        Self::with(Options::ephemeral(), Rig::default()).await
    }

    /// With other options. The rig's clock and pump are always the test's.
    pub async fn with(options: Options, rig: Rig) -> Self {
        Self::at(Clock::frozen(Timestamp::parse(START).unwrap()), options, rig).await
    }

    /// In test mode, with a clock that runs.
    pub async fn running() -> Self {
        Self::at(Clock::system(0), Options::ephemeral(), Rig::default()).await
    }

    async fn at(clock: Clock, options: Options, rig: Rig) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let engine = rig.engine.clone().or_else(|| options.ephemeral.then(|| Engine::open(None).unwrap()));
        let database = match &engine {
            Some(engine) if rig.database.is_none() && rig.engine.is_none() => proxy::second::database(engine).await,
            _ => rig.database,
        };
        let rig = Rig { clock: Some(clock.clone()), pump_by_hand: true, engine: engine.clone(), database };
        // Unoptimized it would be copied by each of its callers, on the small stack of a test.
        let system = Box::pin(System::start(&options, address, rig)).await.unwrap();
        tokio::spawn(system.clone().serve(listener, std::future::pending()));
        Self { engine, ..Self::of(system, address) }
    }

    /// A system that runs by itself.
    pub fn of(system: System, address: SocketAddr) -> Self {
        let clock = system.store.clock().clone();
        Self { system, clock, address, engine: None, visitors: AtomicU32::new(0) }
    }

    /// Now, by the system's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The endpoints, as called from an address that nobody used before.
    pub fn router(&self) -> Router {
        let visitor = self.visitors.fetch_add(1, Ordering::SeqCst);
        self.system.api_from(IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | visitor)))
    }

    /// Lets everything that has happened be relayed, judged, delivered and swept.
    pub async fn settle(&self) {
        self.system.pump.settle().await;
    }

    /// Moves the clock without letting anything happen.
    pub fn pass(&self, seconds: u32) {
        self.clock.advance(seconds);
    }

    /// Lets time pass, here and outside, without letting anything happen.
    pub fn wait(&self, seconds: u32) {
        self.clock.wait(seconds);
    }

    /// Moves the clock, and lets happen what became due.
    pub async fn advance(&self, seconds: u32) {
        self.pass(seconds);
        self.settle().await;
    }

    /// Every balance follows from the journal, and nothing secret is kept.
    pub async fn audit(&self) {
        if let Some(engine) = &self.engine {
            exchange::leaks::assert_none_kept(engine).await;
        }
        let audit = self.system.store.audit().await.unwrap();
        assert_eq!(audit.violations, vec![], "{audit:?}");
    }
}

impl Api for World {
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        send(self.router(), method, path, headers, body).await
    }
}

/// Sends a request to a router. A body makes it JSON.
pub async fn send(router: Router, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
    let sent = Sent { method, path, body: body.as_deref() };
    let mut request = Request::builder().method(method).uri(format!("/api/v1{path}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if sent.body.is_some() && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        request = request.header("content-type", "application/json");
    }
    let request = request.body(Body::from(sent.body.unwrap_or_default().to_owned())).unwrap();
    let (parts, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    Reply::to(&sent, parts.status.as_u16(), parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
}
