//! The rate limit: a fixed minute per address and route. Everywhere else each request has an address
//! of its own.

use harness::Fault::Fail;
use harness::{Api, Caller, OperatorKey, Photo, Proxy, Reply, World, send};
use humanops::Options;
use humanops::engine::Engine;
use humanops::system::Rig;
use serde_json::json;
use std::net::IpAddr;

/// Who visits, and with which credential.
struct Visitor<'a> {
    world: &'a World,
    ip: IpAddr,
    caller: Caller<'a>,
}

impl<'a> Visitor<'a> {
    fn from(world: &'a World, ip: &str) -> Self {
        Self { world, ip: ip.parse().unwrap(), caller: Caller::Nobody }
    }

    fn being(self, caller: impl Into<Caller<'a>>) -> Self {
        Self { caller: caller.into(), ..self }
    }

    async fn get(&self, path: &str) -> Reply {
        let headers: Vec<(&str, &str)> = self.caller.header().into_iter().collect();
        send(self.world.system.api_from(self.ip), "GET", path, &headers, None).await
    }

    /// Comes so many times; all of them pass.
    async fn exhaust(&self, path: &str, times: usize) {
        for _ in 0..times {
            let reply = self.get(path).await;
            assert_ne!(reply.status, 429, "{}", reply.text);
        }
    }
}

/// Limit, remaining, reset and Retry-After.
fn window(reply: &Reply) -> [Option<&str>; 4] {
    ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"].map(|name| reply.header(name))
}

#[tokio::test]
async fn a_hundred_pass_and_the_next_waits_for_the_minute_to_end() {
    let world = World::new().await;
    let visitor = Visitor::from(&world, "192.0.2.1");
    world.wait(15);
    for remaining in (0..100).rev() {
        let reply = visitor.get("/task-types").await.expect(200);
        let remaining = remaining.to_string();
        assert_eq!(window(&reply), [Some("100"), Some(remaining.as_str()), Some("45"), None]);
    }
    for (seconds, reset) in [(0, "45"), (0, "45"), (44, "1")] {
        world.wait(seconds);
        let reply = visitor.get("/task-types").await.expect_error(429, "rate_limited");
        assert_eq!(window(&reply), [Some("100"), Some("0"), Some(reset), Some(reset)]);
        let seconds: u64 = reset.parse().unwrap();
        assert_eq!(reply["details"], json!({ "limit": 100, "retry_after_s": seconds }));
    }
    // The test clock does not bring the next minute nearer.
    world.pass(60);
    visitor.get("/task-types").await.expect_error(429, "rate_limited");
    world.wait(1);
    let reply = visitor.get("/task-types").await.expect(200);
    assert_eq!(window(&reply), [Some("100"), Some("99"), Some("60"), None]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_at_once_exactly_a_hundred_pass_and_of_uploads_ten() {
    let world = World::new().await;
    let visitor = Visitor::from(&world, "192.0.2.1");
    let uploads = Uploads::of(&world).await;
    let replies = futures::future::join_all((0..200).map(|_| visitor.get("/task-types"))).await;
    let announced = futures::future::join_all((0..200).map(|_| uploads.announce())).await;
    let count = |replies: &[Reply], status: u16| replies.iter().filter(|reply| reply.status == status).count();
    assert_eq!((count(&replies, 200), count(&replies, 429)), (100, 100));
    assert_eq!((count(&announced, 200), count(&announced, 429)), (10, 190));
    println!("200 at once: 100 of 101 and 10 of 11 are exact");
}

#[tokio::test]
async fn each_route_and_each_address_has_a_minute_of_its_own() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let visitor = Visitor::from(&world, "192.0.2.1").being(&agent);
    visitor.exhaust("/agents/me", 100).await;
    visitor.get("/agents/me").await.expect(429);
    // Not another route, nor another method of the same path.
    visitor.get("/agents/balance").await.expect(200);
    // Neither another address, nor the key's owner from there.
    Visitor::from(&world, "192.0.2.2").being(&agent).get("/agents/me").await.expect(200);
    // Nor does the client decide where it comes from.
    for header in ["x-forwarded-for", "x-real-ip", "forwarded", "cf-connecting-ip"] {
        let headers = [("x-api-key", agent.key.as_str()), (header, "198.51.100.7")];
        send(world.system.api_from(visitor.ip), "GET", "/agents/me", &headers, None).await.expect(429);
    }
}

#[tokio::test]
async fn the_two_methods_of_a_path_are_two_routes() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let visitor = Visitor::from(&world, "192.0.2.1").being(&agent);
    visitor.exhaust("/agents/keys", 100).await;
    visitor.get("/agents/keys").await.expect(429);
    let credential = visitor.caller.header().unwrap();
    let router = world.system.api_from(visitor.ip);
    send(router, "POST", "/agents/keys", &[credential], Some("{}".to_owned())).await.expect(201);
}

#[tokio::test]
async fn all_ids_of_a_route_share_its_minute() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let visitor = Visitor::from(&world, "192.0.2.1").being(&agent);
    for number in 0..100 {
        visitor.get(&format!("/tasks/task_{number:026}")).await.expect(404);
    }
    visitor.get("/tasks/task_00000000000000000000000100").await.expect_error(429, "rate_limited");
    visitor.get("/tasks?limit=1").await.expect(200);
}

#[tokio::test]
async fn an_ipv6_network_of_64_bits_is_one_customer() {
    let world = World::new().await;
    let first = Visitor::from(&world, "2001:db8:1:2::1");
    first.exhaust("/task-types", 100).await;
    for (ip, status) in [
        ("2001:db8:1:2::1", 429),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", 429),
        ("2001:db8:1:3::1", 200),
        ("2001:db8:1:1:ffff:ffff:ffff:ffff", 200),
        ("2001:db8::1", 200),
    ] {
        let reply = Visitor::from(&world, ip).get("/task-types").await;
        assert_eq!(reply.status, status, "{ip}");
    }
    Visitor::from(&world, "192.0.2.1").exhaust("/task-types", 100).await;
    Visitor::from(&world, "::ffff:192.0.2.1").get("/task-types").await.expect(429);
}

#[tokio::test]
async fn who_guesses_keys_is_counted_too_and_is_told_nothing_more() {
    let world = World::new().await;
    let agent = world.agent("0").await;
    let guesser = Visitor::from(&world, "192.0.2.1");
    for _ in 0..100 {
        guesser.get("/agents/me").await.expect_error(401, "missing_api_key");
    }
    guesser.get("/agents/me").await.expect_error(429, "rate_limited");
    // Too many is too many, whatever key comes next.
    guesser.being(&agent).get("/agents/me").await.expect_error(429, "rate_limited");
}

/// Announced by the operator of a task, all from one address.
struct Uploads<'a> {
    world: &'a World,
    operator: OperatorKey,
    announcement: String,
}

impl<'a> Uploads<'a> {
    async fn of(world: &'a World) -> Self {
        let (agent, operator) = (world.agent("100").await, world.operator("Jane Doe").await);
        let task = world.task(&agent, "25").await;
        world.accept(&operator, &task).await;
        Self { world, operator, announcement: Photo::fresh().announcement(&task).to_string() }
    }

    async fn announce(&self) -> Reply {
        let credential = Caller::from(&self.operator).header().unwrap();
        let router = self.world.system.api_from([192, 0, 2, 1].into());
        send(router, "POST", "/operator/upload", &[credential], Some(self.announcement.clone())).await
    }
}

#[tokio::test]
async fn ten_uploads_a_minute_are_announced() {
    let world = World::new().await;
    let uploads = Uploads::of(&world).await;
    for remaining in ["9", "8", "7", "6", "5", "4", "3", "2", "1", "0"] {
        let reply = uploads.announce().await.expect(200);
        assert_eq!(window(&reply), [Some("10"), Some(remaining), Some("60"), None]);
    }
    let reply = uploads.announce().await.expect_error(429, "rate_limited");
    assert_eq!(window(&reply), [Some("10"), Some("0"), Some("60"), Some("60")]);
    world.wait(60);
    uploads.announce().await.expect(200);
}

#[tokio::test]
async fn health_is_never_limited_and_what_does_not_exist_is_counted_as_one() {
    let world = World::new().await;
    let visitor = Visitor::from(&world, "192.0.2.1");
    for _ in 0..150 {
        let reply = visitor.get("/health").await.expect(200);
        assert_eq!(window(&reply), [None; 4]);
    }
    for (path, remaining) in [("/nothing", "99"), ("/elsewhere", "98")] {
        let reply = visitor.get(path).await.expect(404);
        assert_eq!(window(&reply), [Some("100"), Some(remaining), Some("60"), None]);
    }
}

#[tokio::test]
async fn a_count_is_kept_until_its_minute_is_over_and_a_minute_later_dropped() {
    let engine = Engine::open(None).unwrap();
    let world = World::with(Options::ephemeral(), Rig { engine: Some(engine.clone()), ..Rig::default() }).await;
    Visitor::from(&world, "192.0.2.1").get("/task-types").await.expect(200);
    let counts = engine.client().scan().table_name("humanops-edge").send().await.unwrap();
    let dropped_at: i64 = counts.items()[0]["ttl"].as_n().unwrap().parse().unwrap();
    assert_eq!(dropped_at, world.now().seconds() + 120);
}

#[tokio::test]
async fn where_nothing_can_be_counted_requests_pass_reads_and_writes_alike() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let agent = world.agent("100").await;
    // The first use of a key is noted by the same operation, and goes unnoted.
    for (method, path, status) in
        [("GET", "/agents/balance", 200), ("POST", "/agents/keys", 201), ("GET", "/tasks", 200)]
    {
        proxy.inject("UpdateItem", &[Fail; 40]);
        let reply = world.request(&agent, method, path, &[], None).await.expect(status);
        assert!(proxy.unmet() < 40, "{path} is not counted");
        // As if it were the first: the document promises a window.
        assert_eq!(window(&reply)[..2], [Some("100"), Some("100")], "{path}");
    }
    let reply = world.get(&agent, "/agents/balance").await.expect(200);
    assert_eq!(reply.header("ratelimit-limit"), Some("100"));
}
