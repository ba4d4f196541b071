//! Whole transactions, told otherwise than they went.

use super::*;
use crate::engine::direct::tests::asking;
use crate::engine::direct::tests::peer::{Peer, Says};
use crate::{Clock, Tables};
use tokio::time::Instant;

fn code(code: &str, more: &str) -> Says {
    Says::of(400, &format!(r#"{{"__type": "com.amazonaws.dynamodb.v20120810#{code}", "message": "played"{more}}}"#))
}

/// What came of a transaction that is answered so, the tokens by which it was asked for, and how long it took.
async fn told(says: Vec<Says>) -> (Result<(), CommitError>, Vec<String>, Duration) {
    let peer = Peer::saying(says);
    let store = Store::new(asking(&peer), Tables::prefixed("t"), Clock::system(0));
    let begun = Instant::now();
    let item = Item::from([("pk".to_owned(), AttributeValue::S("a".to_owned()))]);
    let done = store.transact(vec![(Role::State, store.put_once("t", item))]).await;
    let token = |body: &[u8]| {
        let body: serde_json::Value = serde_json::from_slice(body).unwrap();
        body["ClientRequestToken"].as_str().unwrap().to_owned()
    };
    let tokens = peer.heard().iter().map(|request| token(request.body().bytes().unwrap())).collect();
    (done, tokens, begun.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_transaction_in_progress_is_asked_for_by_its_token_until_dynamodb_brings_it_to_an_end() {
    // Of the first attempt nothing is heard.
    let in_progress = code("TransactionInProgressException", "");
    let mut says = vec![in_progress; 23];
    says.insert(0, Says::Nothing);
    says[22] = Says::of(200, "{}");
    let (done, tokens, took) = told(says).await;
    assert!(done.is_ok(), "{done:?}");
    assert_eq!(tokens.len(), 23);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
    assert!(took > Duration::from_secs(5), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_was_cancelled_is_another_transaction_when_it_is_tried_again() {
    let cancelled =
        code("TransactionCanceledException", r#", "CancellationReasons": [{"Code": "TransactionConflict"}]"#);
    let (done, tokens, _) = told(vec![cancelled, Says::of(200, "{}")]).await;
    assert!(done.is_ok(), "{done:?}");
    assert_ne!(tokens[0], tokens[1]);
}

#[tokio::test(start_paused = true)]
async fn an_error_names_the_request_by_which_aws_finds_it() {
    let ill =
        Says::of(500, r#"{"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError", "message": "played"}"#);
    let (done, ..) = told(vec![ill; 3]).await;
    let Err(CommitError::Store(error)) = done else { panic!("{done:?}") };
    assert!(error.to_string().contains("(request PLAYED)"), "{error}");
}
