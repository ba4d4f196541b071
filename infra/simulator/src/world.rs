//! The system as it is deployed, three times over: each function runs in one of three places, whose clocks differ, on
//! one database.

use crate::cloud::customer::Customer;
use crate::cloud::fault::{Fault, Run, Tally, Weather};
use crate::cloud::network::Network;
use crate::dice::Dice;
use axum::Router;
use domain::Timestamp;
use harness::{Api, Reply, START, send};
use humanops::engine::{Engine, Failure};
use humanops::system::Rig;
use humanops::{Options, System};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::schema::Tables;
use store::{Clock, Store};

/// Milliseconds by which the clock of each place differs. All are within 30 s.
const CLOCKS_MS: [i64; 3] = [-15_000, 0, 15_000];
/// The value of `X-Admin-Key`.
pub const ADMIN_KEY: &str = "an-admin-key-of-at-least-32-bytes";
/// Where nobody listens: what is asked of the system is asked in this process.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 9);

/// Where functions run.
pub struct Place {
    pub system: System,
    clock: Clock,
}

/// One world.
pub struct World {
    pub places: [Place; CLOCKS_MS.len()],
    /// The database, as it is.
    pub truth: Store,
    pub engine: Engine,
    pub network: Network,
    pub customer: Customer,
    pub tally: Arc<Tally>,
    visitors: AtomicU32,
}

impl World {
    /// With the keys that are in `folder`.
    pub async fn new(folder: &Path, tally: Arc<Tally>) -> Result<Self, Failure> {
        let engine = Engine::open(None)?;
        let network = Network::to(engine.clone());
        let start = Timestamp::parse(START).ok_or("the start is no time")?;
        let mut options = Options::ephemeral();
        // The three share their keys.
        (options.ephemeral, options.data_dir) = (false, folder.to_owned());
        options.admin_key = Some(ADMIN_KEY.to_owned());
        let place = async |ahead_ms: i64| {
            let clock = Clock::frozen(Timestamp::from_millis(start.millis() + ahead_ms));
            let (database, engine) = (Some(network.database()), Some(engine.clone()));
            let rig = Rig { clock: Some(clock.clone()), database, engine, pump_by_hand: true };
            // Unoptimized it is large.
            let system = Box::pin(System::start(&options, NOWHERE, rig)).await?;
            Ok::<_, Failure>(Place { system, clock })
        };
        let [behind, right, ahead] = CLOCKS_MS;
        let places = [place(behind).await?, place(right).await?, place(ahead).await?];
        let [_, Place { clock, .. }, _] = &places;
        let truth = Store::new(engine.database(), Tables::prefixed("humanops-"), clock.clone());
        let customer = Customer::open().await?;
        Ok(Self { places, truth, engine, network, customer, tally, visitors: AtomicU32::new(0) })
    }

    /// Where a function happens to run.
    pub fn place(&self, dice: &mut Dice) -> &Place {
        let at = dice.below(self.places.len());
        if CLOCKS_MS.get(at).is_some_and(|ahead| *ahead != 0) {
            self.tally.note(Fault::ClockDiffers);
        }
        self.places.get(at).unwrap_or(&self.places[1])
    }

    /// A call of a function, with the faults that follow from the dice.
    pub fn run(&self, dice: &mut Dice, weather: Weather) -> Arc<Run> {
        Run::new(dice.roll(), weather, &self.tally)
    }

    pub fn pass(&self, seconds: u32) {
        for place in &self.places {
            place.clock.wait(seconds);
        }
    }

    /// The endpoints there, as called from an address that nobody used before.
    pub fn router(&self, place: &Place) -> Router {
        let visitor = self.visitors.fetch_add(1, Ordering::SeqCst);
        place.system.api_from(IpAddr::V4(Ipv4Addr::from(0x0a00_0000 | visitor)))
    }
}

/// The rest is asked of the place in the middle.
impl Api for World {
    async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<String>) -> Reply {
        send(self.router(&self.places[1]), method, path, headers, body).await
    }
}
