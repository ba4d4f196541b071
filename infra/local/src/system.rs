//! Putting the system together.

mod health;
mod keys;
mod money;
mod settings;

use crate::clock::TestClock;
use crate::engine::{Engine, Failure};
use crate::pump::{Handle, Lanes, Pump, Stream};
use crate::server::front;
use crate::server::hosts::{self, Hosts};
use crate::{clock, folder, objects, options::Options, server};
use admin::Admin;
use agents::Agents;

use axum::middleware::{from_fn, from_fn_with_state};
use axum::{Extension, Router};
use bucket::Bucket;
use callbacks::Callbacks;
use checks::Checks;
use contract::Route;
use contract::endpoint::EMBEDDED;
use domain::Mode;
use domain::task_type::Restriction;
use events::Events;
use guardian::{Guardian, LIMITS, Observer, Price};
use health::Health;
use keys::Keys;
use mcp::Mcp;
use money::Money;
use onchain::OnChain;
use operators::{Operators, Push};
use outbound::Reach;
use pages::Pages;
use pushes::Pushes;
use secrets::SealingKey;
use settings::settings;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::engine::schema::Tables;
use store::{Clock, Database, Store};
use tasks::Tasks;
use tokio::net::TcpListener;
use uploads::Uploads;
use vision::openai::Settings;
use vision::{Model, openai};
use web::envelope::origins::Terms;
use web::gate::ClientIp;
use web::{Gate, Origins, Routes};

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
    /// The workers.
    pub lanes: Lanes,
    /// The value of `X-Admin-Key`.
    pub admin_key: String,
    /// Opens the secrets of callbacks.
    pub callback_key: String,
    /// Signs notifications.
    pub push_key: String,
    /// The chain that money is on, if there is one.
    pub on_chain: Option<OnChain>,
    /// The routes of each function, by its name, as their routers have them.
    pub routes: Vec<(&'static str, Route)>,
    objects: Router,
    /// Where this machine's browsers find it.
    own: Arc<str>,
    hosts: Hosts,
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
    /// How the store speaks to the engine; directly, if there is nothing.
    pub database: Option<Database>,
    /// An engine that is open already.
    pub engine: Option<Engine>,
    /// The pump works only when asked to settle.
    pub pump_by_hand: bool,
}

/// Folders and files of a system.
struct Places {
    photos: PathBuf,
    database: Option<PathBuf>,
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
    pub async fn start(options: &Options, address: SocketAddr, rig: Rig) -> Result<Self, Failure> {
        let mode = Mode::parse(&options.mode).ok_or("the mode is test or live")?;
        let (places, scratch) = places(options)?;
        let engine = match rig.engine {
            Some(engine) => engine,
            None => Engine::open(places.database.as_deref())?,
        };
        let tables = Tables::prefixed("humanops-");
        let clock = match rig.clock {
            Some(clock) => clock,
            None => Clock::system(clock::kept_ahead_s(&engine).await?),
        };
        let store = Store::new(rig.database.unwrap_or_else(|| engine.database()), tables.clone(), clock);
        store.create_tables().await?;

        let (access_key, secret_key) = (web::keys::random_text(20), web::keys::random_text(40));
        let own = own_origin(address);
        let bucket = Bucket::over(objects::BUCKET, objects::way(), &objects::config(&own, &access_key, &secret_key))?;
        let objects = objects::service(&places.photos, &access_key, &secret_key)?;
        let Keys { callback_key, opening, sealing: sealing_key, push_key, vapid } =
            Keys::of((!options.ephemeral).then_some(options.data_dir.as_path()))?;
        let admin_key = options.admin_key.clone().unwrap_or_else(|| web::keys::random_text(43));
        let gate = Gate::new(store.clone(), settings(options, mode, &admin_key)?);
        // Not before: what may not start marks nothing.
        store.claim(mode).await?;
        let reach = reach(mode, address);

        let guardian = Guardian::new(store.clone(), bucket.clone(), mode, observer(options));
        let callbacks = Callbacks::new(store.clone(), outbound::Client::new(reach, CALLBACK_TIMEOUT), opening);
        let push = Push { public_key: Some(vapid.public_key()), reach };
        let pushes = Pushes::new(store.clone(), outbound::Client::new(reach, pushes::TIMEOUT), vapid);
        let stream = Stream::open(engine.clone(), &tables.core).await?;
        let money = Money::open(options).await?;
        let lanes = Lanes::new(guardian, callbacks, money.payouts(&store)?, pushes);
        let pump = Pump::new(money.watcher(&store), stream, lanes.clone()).start(rig.pump_by_hand);

        let origins = options.web_origins.clone();
        let pages = Pages { mode, photos: own.clone(), clerk: options.clerk_issuer.clone() };
        let restriction = restriction(options, mode);
        let rules = Rules { reach, sealing_key, push, restriction, origins: origins.clone(), pages };
        let mut functions = functions(&gate, &bucket, &rules, &money);
        if mode == Mode::Test {
            let from_afar = !address.ip().is_loopback();
            let (pump, engine, advancing) = (pump.clone(), engine.clone(), Arc::default());
            functions.push((EMBEDDED, clock::routes(TestClock { gate, pump, engine, from_afar, advancing })));
        }
        let names = |(name, routes): &(&'static str, Routes)| {
            routes.list().iter().map(|route| (*name, *route)).collect::<Vec<_>>()
        };
        let routes = functions.iter().flat_map(names).collect();
        let all = functions.into_iter().map(|(_, routes)| routes).reduce(Routes::merge).unwrap_or_default();
        let api = web::envelope::wrap(all, origins.clone());
        let api = api.layer(from_fn_with_state(Health::of(engine, pump.clone()), health::tell));
        let admitted = from_fn(move |request, next| origins.clone().admit(&PHOTOS, request, next));
        let objects = Router::new().route_service(&format!("/{}/{{*key}}", objects::BUCKET), objects).layer(admitted);
        let hosts = options.hosts.clone();
        let _scratch = scratch.map(Arc::new);
        let on_chain = money.on_chain();
        Ok(Self {
            api,
            store,
            pump,
            lanes,
            admin_key,
            callback_key,
            push_key,
            on_chain,
            routes,
            objects,
            own: own.into(),
            hosts,
            _scratch,
        })
    }

    /// Serves until `stop` resolves; requests that are running are finished.
    pub async fn serve(
        self,
        listener: TcpListener,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), Failure> {
        let app = self.objects.clone().merge(self.api.clone()).layer(from_fn_with_state(self.own.clone(), front::keep));
        server::serve(app.layer(from_fn_with_state(self.hosts.clone(), hosts::admit)), listener, stop).await
    }

    /// The endpoints for requests that come from within the process, as from `ip`.
    pub fn api_from(&self, ip: IpAddr) -> Router {
        self.api.clone().layer(Extension(ClientIp(ip)))
    }
}

/// What is allowed here, whose pages may call, and what seals the secrets of callbacks.
struct Rules {
    reach: Reach,
    sealing_key: SealingKey,
    push: Push,
    restriction: Restriction,
    origins: Origins,
    pages: Pages,
}

/// Each function's endpoints, by its folder.
fn functions(gate: &Gate, bucket: &Bucket, rules: &Rules, money: &Money) -> Vec<(&'static str, Routes)> {
    let (gate, bucket) = (|| gate.clone(), || bucket.clone());
    let payments = || money.payments(gate());
    let Rules { reach: callback_reach, restriction, .. } = *rules;
    let sealing_key = || rules.sealing_key.clone();
    let tasks = || Tasks { gate: gate(), bucket: bucket(), callback_reach, sealing_key: sealing_key(), restriction };
    let (ways, own, push) = (|| money.ways(), || money.own(), || rules.push.clone());
    let operators = || Operators { gate: gate(), bucket: bucket(), ways: ways(), own: own(), push: push() };
    let events = || Events { gate: gate(), callback_reach, sealing_key: sealing_key() };
    // The server admits only names that it knows, before anything is answered.
    let mcp = Mcp {
        gate: gate(),
        api: mcp::endpoints(tasks(), events(), payments().claims()),
        hosts: None,
        origins: rules.origins.clone(),
    };
    vec![
        ("agents", agents::routes(Agents { gate: gate() })),
        ("tasks", tasks::routes(tasks())),
        ("operators", operators::routes(operators())),
        ("uploads", uploads::routes(Uploads { gate: gate(), bucket: bucket() })),
        ("checks", checks::routes(Checks::new(gate(), bucket()))),
        ("payments", payments::routes(payments())),
        ("admin", admin::routes(Admin { gate: gate(), bucket: bucket() })),
        ("events", events::routes(events())),
        ("mcp", mcp::routes(mcp)),
        ("docs", docs::routes()),
        ("pages", pages::routes(&rules.pages)),
    ]
}

/// Who looks at proof, where a model was named.
fn observer(options: &Options) -> Option<Observer> {
    let (base, model) = (options.guardian_url.clone()?, options.guardian_model.clone()?);
    let settings = Settings { base, model, key: options.guardian_key.clone(), dialect: options.guardian_dialect };
    Some(Observer::new(Model::OpenAi(openai::Client::new(settings, LIMITS)), Price::default()))
}

fn restriction(options: &Options, mode: Mode) -> Restriction {
    let named = options.restricted_task_types.as_deref().and_then(Restriction::parse);
    named.unwrap_or(if mode == Mode::Test { Restriction::Open } else { Restriction::Attested })
}

/// Where callbacks and notifications may go.
fn reach(mode: Mode, address: SocketAddr) -> Reach {
    match mode {
        Mode::Test => Reach::LoopbackAllowed { own_port: Some(address.port()) },
        Mode::Live => Reach::PublicOnly,
    }
}

/// Where this machine's browsers find it.
fn own_origin(address: SocketAddr) -> String {
    let ip = if address.ip().is_unspecified() { IpAddr::V4(Ipv4Addr::LOCALHOST) } else { address.ip() };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

fn places(options: &Options) -> std::io::Result<(Places, Option<Scratch>)> {
    if options.ephemeral {
        let name = format!("humanops-{}-{}", std::process::id(), web::keys::random_text(8));
        let photos = std::env::temp_dir().join(name);
        folder::create_private(&photos)?;
        let places = Places { photos: photos.clone(), database: None };
        return Ok((places, Some(Scratch(photos))));
    }
    let root = &options.data_dir;
    folder::create_private(root)?;
    let database = Some(root.join("humanops.db"));
    Ok((Places { photos: root.clone(), database }, None))
}
