//! Clients who take all they can get: others go on as if they were not there.

use super::ADMIN_KEY;
use harness::binary::{Binary, in_days};
use harness::deployed::poll;
use harness::{Api, Caller, Inbox, task_body};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use serde_json::json;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::{interval, sleep_until, timeout};

/// How long each flood lasts.
const FLOOD: Duration = Duration::from_secs(60);
const IDLE: usize = 2_000;
/// Half with half a head, half with half a body.
const HALF_SENT: usize = 2_000;
const NEVER_READING: usize = 100;
/// Requests that each of those sends; their answers are more than any buffer on the way takes.
const PIPELINED: usize = 40;
const MEMORY_KB_MAX: u64 = 300 * 1024;
/// What is shorter than this depends on what else the machine does.
const QUIET_MIN: Duration = Duration::from_millis(50);
/// Requests of which the median is taken.
const SAMPLE: usize = 100;

const HEAD: &str = "POST /api/v1/agents/register HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";

/// The median of what a request takes, of those that have no rate limit.
async fn service_time(binary: &Binary) -> Duration {
    let mut times = Vec::new();
    for _ in 0..SAMPLE {
        let began = Instant::now();
        binary.get(Caller::Nobody, "/health").await.expect(200);
        times.push(began.elapsed());
    }
    times.sort();
    times[SAMPLE / 2]
}

fn memory_kb(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// A connection that sends this and then nothing.
async fn sent(address: &str, bytes: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.unwrap();
    // It may have been turned away by now.
    let _ = socket.write_all(bytes.as_bytes()).await;
    socket
}

/// Whether the server has closed it. Its answers before that are read.
async fn is_closed(mut socket: TcpStream) -> bool {
    let mut buffer = vec![0; 1 << 16];
    let read_all = async { while matches!(socket.read(&mut buffer).await, Ok(1..)) {} };
    timeout(Duration::from_secs(5), read_all).await.is_ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_never_go_on_keep_nobody_waiting_and_lose_their_connections() {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum.map(|most| most.min(16_384)), ..limit }).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let binary = Binary::start(folder.path(), &[]).await;
    let agent = binary.agent("100.00").await;
    let quiet = service_time(&binary).await.max(QUIET_MIN);

    let half_head = HEAD.to_owned();
    let half_body = format!("{HEAD}content-length: 100\r\n\r\n{{");
    let many = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(PIPELINED);
    let mut flood = Vec::new();
    for number in 0..IDLE.max(HALF_SENT) {
        flood.push(sent(&binary.address, "").await);
        flood.push(sent(&binary.address, if number % 2 == 0 { &half_head } else { &half_body }).await);
        if number % (IDLE / NEVER_READING) == 0 {
            flood.push(sent(&binary.address, &many).await);
        }
    }
    assert_eq!(flood.len(), IDLE + HALF_SENT + NEVER_READING);

    let until = tokio::time::Instant::now() + FLOOD;
    let mut ticks = interval(Duration::from_secs(5));
    while tokio::time::Instant::now() < until {
        ticks.tick().await;
        let beside = service_time(&binary).await;
        assert!(beside < 2 * quiet, "{beside:?}, and {quiet:?} when it was quiet");
        binary.assert_balance(&agent, "deposit 100.00 escrow 0.00").await;
        assert!(memory_kb(binary.pid()) < MEMORY_KB_MAX, "{} kB", memory_kb(binary.pid()));
    }
    let mut closed: JoinSet<bool> = flood.into_iter().map(is_closed).collect();
    while let Some(closed) = closed.join_next().await {
        assert!(closed.unwrap(), "a connection is still open after {FLOOD:?}");
    }
}

/// Registrations a second, if the machine can do so many.
const RATE: u32 = 200;
/// Addresses from which they come, each within its rate limit.
const ADDRESSES: u8 = 250;
const LATE_MAX: Duration = Duration::from_secs(3);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_registers_meanwhile_a_refund_and_a_callback_come_in_time() {
    let (folder, inbox) = (tempfile::tempdir().unwrap(), Inbox::open().await);
    let binary = Binary::start(folder.path(), &["--admin-key", ADMIN_KEY]).await;
    let agent = binary.agent("100.00").await;
    let mut body = task_body(25, in_days(2));
    body["callback_url"] = json!(inbox.url);
    body["callback_events"] = json!(["task.expired"]);
    binary.post(&agent, "/tasks", body).await.expect(201);
    // Its deadline is when the flood has lasted for all but a few seconds.
    let spare = u32::try_from(FLOOD.as_secs()).unwrap() - 5;
    binary.advance(2 * 86_400 - spare).await;
    let due = tokio::time::Instant::now() + Duration::from_secs(u64::from(spare));

    let (over, registered) = (AtomicBool::new(false), AtomicUsize::new(0));
    let clients: Vec<reqwest::Client> = (1..=ADDRESSES)
        .map(|last| {
            reqwest::Client::builder().local_address(std::net::IpAddr::from([127, 0, 1, last])).build().unwrap()
        })
        .collect();
    let url = format!("http://{}/api/v1/agents/register", binary.address);
    let register = async |client: &reqwest::Client| {
        let body = json!({ "name": "my-agent", "email": "agent@example.com" });
        let answer =
            client.post(&url).header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        assert_eq!(answer.status(), 201);
        registered.fetch_add(1, Ordering::Relaxed);
    };
    // So many at once keep the stream as busy as the rate does, on a machine that is slower than it.
    let worker = async |first: usize| {
        let mut ticks = interval(Duration::from_secs(8) / RATE);
        for client in clients.iter().cycle().skip(first * 30) {
            ticks.tick().await;
            if over.load(Ordering::Relaxed) {
                return;
            }
            register(client).await;
        }
    };
    let watch = async {
        sleep_until(due).await;
        let told = async || (!inbox.received().is_empty()).then_some(());
        poll(Duration::from_millis(20), "the callback of the refund", told).await;
        let late = due.elapsed();
        over.store(true, Ordering::Relaxed);
        late
    };
    let (late, _) = tokio::join!(watch, futures::future::join_all((0..8).map(worker)));

    println!("{} registrations in {FLOOD:?}", registered.load(Ordering::Relaxed));
    assert!(late < LATE_MAX, "{late:?} late, beside {} registrations", registered.load(Ordering::Relaxed));
    assert_eq!(inbox.events(), ["task.expired"]);
    binary.assert_balance(&agent, "deposit 100.00 escrow 0.00").await;
    binary.audit(ADMIN_KEY).await;
}
