//! URLs by which somebody would reach what is ours: refused when a task is created, refused when a test is asked for, and
//! refused once more when something is sent. Nobody is called, whatever is asked.

use domain::Timestamp;
use harness::{Api, Caller, Reply, World, clerk};
use humanops::system::Rig;
use outbound::{Client, FailureClass, Posted, Reach};
use serde_json::json;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::time::Duration;

/// Both ends of every range that no customer's server is in.
const ADDRESSES: &str = "
    0.0.0.0 0.255.255.255 10.0.0.0 10.255.255.255 100.64.0.0 100.127.255.255 127.0.0.0 127.0.0.1 127.255.255.255
    169.254.0.0 169.254.169.254 169.254.170.2 169.254.255.255 172.16.0.0 172.31.255.255 192.0.0.0 192.0.0.255 192.0.2.0
    192.0.2.255 192.88.99.0 192.88.99.255 192.168.0.0 192.168.255.255 198.18.0.0 198.19.255.255 198.51.100.0
    198.51.100.255 203.0.113.0 203.0.113.255 224.0.0.0 239.255.255.255 240.0.0.0 255.255.255.255 8.8.8.8
    [::] [::1] [::2] [::ffff:127.0.0.1] [::ffff:10.1.2.3] [::ffff:169.254.169.254] [::ffff:7f00:1] [::127.0.0.1]
    [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::1] [100::1] [2001::1] [2001:0:ffff:ffff::1] [2001:db8::1]
    [2002:7f00:1::] [2002:a9fe:a9fe::1] [3fff::1] [5f00::1] [fc00::1] [fd00:ec2::254] [fe80::1] [febf::1] [fec0::1]
    [ff02::1] [2606:4700:4700::1111] [0:0:0:0:0:0:0:1] [0000:0000:0000:0000:0000:ffff:7f00:0001]";
/// The same addresses as no person writes them.
const ENCODED: &str = "
    2130706433 0x7f000001 0x7F.0.0.1 0x7f.1 0177.0.0.1 017700000001 127.1 127.0.1 127.0.0.1. 0 0x0 00 000.0.0.0
    2852039166 0xa9fea9fe 0251.0376.0251.0376 169.16689662 0xa9.0xfe.0xa9.0xfe 167772161 0x0a000001 012.0.0.1 10.1
    3232235521 0xc0a80001 0300.0250.0.1 %31%32%37.0.0.1 %31%32%37%2e0%2e0%2e1 127%2e0.0.1 １２７.0.0.1 ①②⑦.0.0.1
    127。0。0。1 127．0．0．1 ⑯⑨。②⑤④。⑯⑨。②⑤④ 0x7f.0x0.0x0.0x1 0000177.0.0.1 2130706433. 0x7f000001.";
/// Names that lead nowhere outside.
const NAMES: &str = "
    localhost LOCALHOST LocalHost localhost. a.localhost a.b.localhost localhost.localdomain ｌocalhost loc%61lhost
    printer.local router.localdomain metadata.google.internal a.internal 1.0.0.127.in-addr.arpa home.arpa
    hidden.onion intranet humanops.io api.humanops.io humanops.io. agent.example.com. metadata instance-data";
/// Whole URLs, by scheme, port, user or what surrounds them. `PORT` is where the trap listens.
const WHOLE: [&str; 58] = [
    "http://agent.example.com/",
    "http://agent.example.com:443/",
    "http://127.0.0.1:PORT/",
    "http://localhost:PORT/",
    "http://[::1]:PORT/",
    "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
    "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
    "https://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
    "ftp://agent.example.com/",
    "ftp://127.0.0.1:PORT/",
    "ftps://agent.example.com/",
    "sftp://agent.example.com/",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "gopher://127.0.0.1:PORT/_GET",
    "dict://127.0.0.1:PORT/",
    "ldap://127.0.0.1:PORT/",
    "ws://agent.example.com/",
    "wss://agent.example.com/",
    "wss://127.0.0.1:PORT/",
    "data:text/plain,x",
    "javascript:alert(1)",
    "about:blank",
    "blob:https://agent.example.com/x",
    "unix:///var/run/docker.sock",
    "jar:https://agent.example.com!/x",
    "httpss://agent.example.com/",
    "h\u{74}\ttps://127.0.0.1:PORT/",
    "https://agent.example.com:PORT/",
    "https://agent.example.com:80/",
    "https://agent.example.com:0/",
    "https://agent.example.com:8443/",
    "https://agent.example.com:65535/",
    "https://agent.example.com:65536/",
    "https://agent.example.com:99999999/",
    "https://agent.example.com:-1/",
    "https://user@agent.example.com/",
    "https://user:word@agent.example.com/",
    "https://:word@agent.example.com/",
    "https://agent.example.com@127.0.0.1/",
    "https://agent.example.com:443@127.0.0.1:PORT/",
    "https://agent.example.com%40127.0.0.1/",
    "https://127.0.0.1\\@agent.example.com/",
    "https:\\\\127.0.0.1\\",
    "https:/\\127.0.0.1:PORT/",
    "https://agent.example.com\\.127.0.0.1/\u{0}",
    "https://127.0.0.1#@agent.example.com/",
    "https://127.0.0.1?@agent.example.com/",
    "https://[::1%25eth0]/",
    "https://[fe80::1%25lo]:PORT/",
    "https://[::1/",
    "https://::1/",
    "https://agent.exa\tmple.com/",
    "https://agent.example.com/\r\nHost: 127.0.0.1",
    " https://127.0.0.1:PORT/",
    "//127.0.0.1:PORT/",
    "/webhook",
    "https://",
];

/// A listener that nobody must come to.
struct Trap(Vec<TcpListener>);

impl Trap {
    fn set() -> (Self, u16) {
        let first = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        // Where there is no IPv6 nobody can come by it.
        let listeners: Vec<TcpListener> =
            [Some(first), TcpListener::bind(("::1", port)).ok()].into_iter().flatten().collect();
        listeners.iter().for_each(|listener| listener.set_nonblocking(true).unwrap());
        (Self(listeners), port)
    }

    fn assert_empty(&self) {
        for listener in &self.0 {
            assert_eq!(listener.accept().map(|(_, from)| from).unwrap_err().kind(), ErrorKind::WouldBlock);
        }
    }
}

/// All of them; what names no port once more with that of the trap.
fn hostile(port: u16) -> Vec<String> {
    let hosts = [ADDRESSES, ENCODED, NAMES].into_iter().flat_map(str::split_whitespace);
    let urls = hosts.flat_map(|host| [format!("https://{host}/hook"), format!("https://{host}:{port}/hook")]);
    let long = ["a.".repeat(130), format!("{}.", "a".repeat(64))].map(|name| format!("https://{name}example.com/hook"));
    urls.chain(WHOLE.map(|url| url.replace("PORT", &port.to_string()))).chain(long).collect()
}

/// A system for which no loopback address is allowed, and an agent of it, without money.
async fn live() -> (World, String) {
    let world = World::with(clerk::live(clerk::ISSUER), Rig::default()).await;
    let account = json!({ "name": "my-agent", "email": "agent@example.com" });
    let key = world.post(world.admin(), "/agents/register", account).await.expect(201).text_of("api_key");
    (world, key)
}

#[tokio::test]
async fn no_hostile_url_is_taken_by_a_task_or_a_test_or_called_by_who_sends() {
    let (trap, port) = Trap::set();
    let urls = hostile(port);
    let (world, key) = live().await;
    let headers = [("x-api-key", key.as_str())];
    let ask = async |path: &str, field: &str, mut body: serde_json::Value, url: &str| -> Reply {
        body[field] = json!(url);
        world.request(Caller::Nobody, "POST", path, &headers, Some(body)).await
    };
    let client = Client::new(Reach::PublicOnly, Duration::from_secs(5));

    for url in &urls {
        let created = ask("/tasks", "callback_url", world.task_body("25"), url).await;
        let created = created.expect_error(400, "invalid_request");
        assert!(created["details"]["fields"]["callback_url"].is_string(), "{url}: {}", created.text);
        let tested = ask("/events/test", "url", json!({}), url).await.expect_error(400, "invalid_request");
        assert!(tested["details"]["fields"]["url"].is_string(), "{url}: {}", tested.text);
        let posted = client.post(url, &[], b"{}".to_vec()).await;
        assert_eq!(posted, Posted::Failed(FailureClass::Blocked), "{url}");
    }

    // What is allowed gets as far as the money that is not there.
    for url in ["https://agent.example.com/hook", "https://127.0.0.1.nip.io/", "https://xn--bcher-kva.example/"] {
        ask("/tasks", "callback_url", world.task_body("25"), url).await.expect_error(402, "insufficient_balance");
    }
    trap.assert_empty();
    println!("{} URLs, each refused by a task, by a test and by who sends", urls.len());
    assert!(urls.len() >= 150, "only {} URLs", urls.len());
}

/// As a name does that was public when it was checked.
#[tokio::test]
async fn what_was_taken_once_is_judged_again_when_it_is_sent() {
    let (trap, port) = Trap::set();
    let world = World::new().await;
    let store = &world.system.store;
    let client = Client::new(Reach::PublicOnly, Duration::from_secs(5));
    let keys = ::callbacks::OpeningKeys::parse(&world.system.callback_key).unwrap();
    let worker = ::callbacks::Callbacks::new(store.clone(), client, keys);
    for (number, url) in (1..).zip(hostile(port)) {
        let (mut id, at) = ([0; 16], Timestamp::parse(harness::START).unwrap());
        id[..2].copy_from_slice(&u16::to_be_bytes(number));
        let (event, agent) = (domain::EventId::from_bytes(id), domain::AgentId::from_bytes(id));
        let callback = domain::task::Callback { url, secret: None, replaced: None, events: Vec::new() };
        let name = domain::agent::event::EventType::Agent(domain::agent::event::AgentEvent::Ping);
        let (task, body) = (None, "{}".to_owned());
        let told = store::events::Event { id: event, agent, task, name, at, body, callback: Some(callback) };
        let sequence = store.record_events(&[told]).await.unwrap()[0];
        let delivery = store::events::deliveries::Delivery { event, agent, task, sequence, at, attempt: 1 };
        // Whoever waits for its host is not sent either.
        worker.deliver(&delivery).await.unwrap();
        let attempts = store.find_event(event).await.unwrap().unwrap().attempts;
        assert!(attempts.iter().all(|attempt| attempt.outcome == "blocked"), "{attempts:?}");
    }
    trap.assert_empty();
}
