//! What a start without an answering database is like.

mod as_the_sdk;

use super::*;
use std::time::Instant;
use store::Clock;
use store::engine::schema::Tables;

fn aws(endpoint: &str) -> Aws {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    Aws::of("eu-west-1", Some(endpoint.to_owned()), credentials)
}

#[tokio::test]
async fn a_database_that_is_silent_or_away_delays_the_start_by_a_second_at_most() {
    // Accepts connections, by the kernel's own doing, and never says a word.
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let silent = format!("http://{}", listener.local_addr().unwrap());
    for endpoint in [silent.as_str(), "http://127.0.0.1:1"] {
        let started = Instant::now();
        let store = Store::new(aws(endpoint).database().unwrap(), Tables::prefixed("test-"), Clock::system(0));
        open_connection(&store).await;
        assert!(started.elapsed() < ATTEMPT_MAX, "{endpoint} took {:?}", started.elapsed());
    }
}
