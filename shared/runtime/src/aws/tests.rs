//! What a start without an answering database is like.

use super::*;
use std::time::Instant;
use store::Clock;
use store::engine::schema::Tables;

fn aws(endpoint: &str) -> Aws {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    Aws::of("eu-west-1", Some(endpoint.to_owned()), credentials)
}

/// Of a malformed certificate the first connection would die.
#[tokio::test]
async fn the_roots_of_amazon_are_five_certificates_that_a_connection_can_begin_with() {
    assert_eq!(String::from_utf8_lossy(outbound::AMAZON_ROOTS).matches("BEGIN CERTIFICATE").count(), 5);
    let roots = TrustStore::empty().with_pem_certificate(outbound::AMAZON_ROOTS);
    let config = aws("https://127.0.0.1:1").config().into_builder();
    let connector = SharedHttpConnector::new(encrypted(roots));
    let config = config.http_client(http_client_fn(move |_, _| connector.clone())).build();
    let refused = aws_sdk_dynamodb::Client::new(&config).list_tables().send().await.unwrap_err();
    assert!(refused.as_service_error().is_none(), "{refused:?}");
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
