//! Putting the system together.

use crate::clock::{TestClock, kept_offset_s};
use crate::engine::{self, Engine};
use crate::pump::{Handle, Lanes, Pump};
use crate::stream::Stream;
use crate::{clock, objects, options::Options};
use admin::Admin;
use agents::Agents;
use axum::extract::{ConnectInfo, Request};
use axum::middleware::{Next, from_fn};
use axum::{Extension, Router};
use bucket::Bucket;
use callbacks::Callbacks;
use contract::Route;
use contract::endpoint::EMBEDDED;
use domain::Mode;
use domain::task_type::Restriction;
use guardian::{Guardian, Observer};
use operators::Operators;
use outbound::Reach;
use payments::{DlocalSecret, Payments};
use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::engine::schema::Tables;
use store::{Clock, Store};
use tasks::Tasks;
use tokio::net::TcpListener;
use uploads::Uploads;
use web::envelope::origins::Terms;
use web::gate::{ClientIp, Settings};
use web::keys::AdminKey;
use web::{Gate, Routes};

/// Seconds that a customer's server has to answer a callback.
const CALLBACK_TIMEOUT: Duration = Duration::from_secs(15);

/// What pages of other origins may do with the bucket, as `template.yaml` has it for S3.
pub const PHOTOS: Terms = Terms {
    methods: "PUT, GET",
    request_headers: "content-encoding, content-type, if-none-match, x-amz-checksum-sha256",
    exposed_headers: "etag",
};

#[derive(Clone)]
pub struct System {
    /// All endpoints. Wants a [`ClientIp`] in each request; [`System::serve`] puts it there.
    pub api: Router,
    pub store: Store,
    /// What drives the workers.
    pub pump: Handle,
    /// The value of `X-Admin-Key`.
    pub admin_key: String,
    /// The routes of each function, by its name, as their routers have them.
    pub routes: Vec<(&'static str, Route)>,
    objects: Router,
    /// Keeps the folder of ephemeral photos while the system lives.
    _scratch: Option<Arc<Scratch>>,
}

/// Without the admin key.
impl std::fmt::Debug for System {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("System").field("store", &self.store).finish_non_exhaustive()
    }
}

/// How a system is run other than by its options: tests hold the clock and the pump.
#[derive(Clone, Debug, Default)]
pub struct Rig {
    /// The clock; the system's time, moved by what was kept, if there is none.
    pub clock: Option<Clock>,
    /// Where the SDK finds the engine; directly, if there is nothing.
    pub endpoint: Option<String>,
    /// An engine that runs already.
    pub engine: Option<Engine>,
    /// The pump works only when asked to settle.
    pub pump_by_hand: bool,
}

/// Folders and files of a system.
struct Places {
    photos: PathBuf,
    database: Option<PathBuf>,
    position: Option<PathBuf>,
    clock: Option<PathBuf>,
}

/// A folder that goes with its owner.
#[derive(Debug)]
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl System {
    /// Starts everything but the listener; `address` is where it will listen.
    pub async fn start(options: &Options, address: SocketAddr, rig: Rig) -> Result<Self, Box<dyn Error>> {
        let mode = Mode::parse(&options.mode).ok_or("the mode is test or live")?;
        let (places, scratch) = places(options)?;
        let engine = match rig.engine {
            Some(engine) => engine,
            None => Engine::start(places.database.as_deref()).await?,
        };
        let tables = Tables::prefixed("humanops-");
        let clock = rig.clock.unwrap_or_else(|| Clock::system(kept_offset_s(places.clock.as_ref())));
        let client = engine::client(rig.endpoint.as_ref().unwrap_or(&engine.endpoint));
        let store = Store::new(client, tables.clone(), clock);
        store.create_tables().await?;

        let (access_key, secret_key) = (web::keys::random_text(20), web::keys::random_text(40));
        let bucket = local_bucket(address, &access_key, &secret_key);
        let objects = objects::service(&places.photos, &access_key, &secret_key)?;
        let admin_key = options.admin_key.clone().unwrap_or_else(|| web::keys::random_text(43));
        let gate = Gate::new(store.clone(), settings(options, mode, &admin_key)?)?;
        // Not before: what may not start marks nothing.
        store.claim(mode).await?;
        let reach = if mode == Mode::Test { Reach::LoopbackAllowed } else { Reach::PublicOnly };

        let observer = if mode == Mode::Test { Observer::Words } else { Observer::Nobody };
        let guardian = Guardian::new(store.clone(), bucket.clone(), observer);
        let callbacks = Callbacks::new(store.clone(), outbound::Client::new(reach, CALLBACK_TIMEOUT));
        let stream = Stream::open(engine, &tables.core, places.position);
        let pump = Pump::new(store.clone(), stream, Lanes::new(guardian, callbacks)).start(rig.pump_by_hand);

        let mut functions = functions(&gate, &bucket, reach, restriction(options, mode), options.dlocal_secret.clone());
        if mode == Mode::Test {
            let test_clock = TestClock { gate, pump: pump.clone(), file: places.clock, advancing: Arc::default() };
            functions.push((EMBEDDED, clock::routes(test_clock)));
        }
        let names = |(name, routes): &(&'static str, Routes)| {
            routes.list().iter().map(|route| (*name, *route)).collect::<Vec<_>>()
        };
        let routes = functions.iter().flat_map(names).collect();
        let all = functions.into_iter().map(|(_, routes)| routes).reduce(Routes::merge).unwrap_or_default();
        let origins = options.web_origins.clone();
        let api = web::envelope::wrap(all, origins.clone());
        let admitted = move |request, next| origins.clone().admit(&PHOTOS, request, next);
        let objects = Router::new().route_service(&format!("/{}/{{*key}}", objects::BUCKET), objects);
        let objects = objects.layer(from_fn(admitted));
        Ok(Self { api, store, pump, admin_key, routes, objects, _scratch: scratch.map(Arc::new) })
    }

    /// Serves until `stop` resolves; requests that are running are finished.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> std::io::Result<()> {
        let app = self.objects.clone().merge(self.api.clone().layer(from_fn(with_client_ip)));
        let service = app.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stop).await
    }

    /// The endpoints for requests that come from within the process, as from `ip`.
    pub fn api_from(&self, ip: IpAddr) -> Router {
        self.api.clone().layer(Extension(ClientIp(ip)))
    }
}

async fn with_client_ip(
    ConnectInfo(address): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> axum::response::Response {
    request.extensions_mut().insert(ClientIp(address.ip()));
    next.run(request).await
}

/// Each function's endpoints, by its folder.
fn functions(
    gate: &Gate,
    bucket: &Bucket,
    reach: Reach,
    restriction: Restriction,
    dlocal: Option<String>,
) -> Vec<(&'static str, Routes)> {
    let (gate, bucket) = (|| gate.clone(), || bucket.clone());
    let dlocal_secret = dlocal.as_deref().and_then(DlocalSecret::new);
    vec![
        ("agents", agents::routes(Agents { gate: gate() })),
        ("tasks", tasks::routes(Tasks { gate: gate(), bucket: bucket(), callback_reach: reach, restriction })),
        ("operators", operators::routes(Operators { gate: gate(), bucket: bucket() })),
        ("uploads", uploads::routes(Uploads { gate: gate(), bucket: bucket() })),
        ("payments", payments::routes(Payments { gate: gate(), dlocal_secret })),
        ("admin", admin::routes(Admin { gate: gate() })),
        ("docs", docs::routes()),
    ]
}

fn settings(options: &Options, mode: Mode, admin_key: &str) -> Result<Settings, Box<dyn Error>> {
    let admin_key = AdminKey::new(admin_key).ok_or("HUMANOPS_ADMIN_KEY must have at least 32 bytes")?;
    let operator_id_header = options.allow_dev_operator_id_header.unwrap_or(mode == Mode::Test);
    Ok(Settings { mode, admin_key, operator_id_header })
}

fn restriction(options: &Options, mode: Mode) -> Restriction {
    let named = options.restricted_task_types.as_deref().and_then(Restriction::parse);
    named.unwrap_or(if mode == Mode::Test { Restriction::Open } else { Restriction::Attested })
}

fn local_bucket(address: SocketAddr, access_key: &str, secret_key: &str) -> Bucket {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    let endpoint = format!("http://{}", SocketAddr::new(ip, address.port()));
    Bucket::new(objects::BUCKET, &objects::config(&endpoint, access_key, secret_key))
}

fn places(options: &Options) -> std::io::Result<(Places, Option<Scratch>)> {
    if options.ephemeral {
        let name = format!("humanops-{}-{}", std::process::id(), web::keys::random_text(8));
        let photos = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&photos)?;
        let places = Places { photos: photos.clone(), database: None, position: None, clock: None };
        return Ok((places, Some(Scratch(photos))));
    }
    let root = &options.data_dir;
    std::fs::create_dir_all(root)?;
    let places = Places {
        photos: root.clone(),
        database: Some(root.join("humanops.db")),
        position: Some(root.join("stream.position")),
        clock: Some(root.join("clock.offset")),
    };
    Ok((places, None))
}
