//! A whole system for each test: in memory, with a clock that stands still and a pump that works when asked.

pub(crate) mod binary;
pub(crate) mod deployed;
mod inbox;
mod photos;
mod proxy;
pub(crate) mod readme;
mod reply;
mod requests;
mod scenario;
mod wire;

pub(crate) use inbox::{Inbox, Received};
pub(crate) use photos::{Photo, Says};
pub(crate) use proxy::{Call, Fault, Proxy};
pub(crate) use reply::Reply;
pub(crate) use requests::{Agent, Caller, OperatorKey, send};
pub(crate) use scenario::{DAY_S, HOUR_S, MINUTE_S, Play, Step};
pub(crate) use wire::Wire;

use axum::Router;
use domain::Timestamp;
use humanops::engine::Engine;
use humanops::system::Rig;
use humanops::{Options, System};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicU32, Ordering};
use store::Clock;
use tokio::net::TcpListener;

/// Where the clock stands when a test begins.
pub(crate) const START: &str = "2026-02-05T12:00:00.000Z";

/// A running system. Each request comes from an address of its own, so that only the tests of the
/// rate limit meet it.
pub(crate) struct World {
    pub(crate) system: System,
    pub(crate) clock: Clock,
    /// Where the system listens: photos go there.
    pub(crate) address: std::net::SocketAddr,
    visitors: AtomicU32,
}

impl World {
    /// In test mode.
    pub(crate) async fn new() -> Self {
        Self::with(Options::ephemeral(), Rig::default()).await
    }

    /// With other options. The rig's clock and pump are always the test's.
    pub(crate) async fn with(options: Options, rig: Rig) -> Self {
        let clock = Clock::frozen(Timestamp::parse(START).unwrap());
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let rig = Rig { clock: Some(clock.clone()), pump_by_hand: true, ..rig };
        let system = System::start(&options, address, rig).await.unwrap();
        tokio::spawn(system.clone().serve(listener, std::future::pending()));
        Self { system, clock, address, visitors: AtomicU32::new(0) }
    }

    /// With every DynamoDB request of the system going to `endpoint` instead of straight to `engine`.
    pub(crate) async fn through(options: Options, engine: Engine, endpoint: String) -> Self {
        let rig = Rig { engine: Some(engine), endpoint: Some(endpoint), ..Rig::default() };
        Self::with(options, rig).await
    }

    /// Now, by the system's clock.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The endpoints, as called from an address that nobody used before.
    pub(crate) fn router(&self) -> Router {
        let visitor = self.visitors.fetch_add(1, Ordering::SeqCst);
        self.system.api_from(IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | visitor)))
    }

    /// Lets everything that has happened be relayed, judged, delivered and swept.
    pub(crate) async fn settle(&self) {
        self.system.pump.settle().await;
    }

    /// Moves the clock without letting anything happen.
    pub(crate) fn pass(&self, seconds: u32) {
        self.clock.advance(seconds);
    }

    /// Moves the clock, and lets happen what became due.
    pub(crate) async fn advance(&self, seconds: u32) {
        self.pass(seconds);
        self.settle().await;
    }

    /// Every balance follows from the journal.
    pub(crate) async fn audit(&self) {
        let audit = self.system.store.audit().await.unwrap();
        assert_eq!(audit.violations, vec![], "{audit:?}");
    }
}
