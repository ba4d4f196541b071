//! Against the SDK itself: what one sends the other sends, and what one understands the other understands.

mod asleep;
pub(crate) mod peer;

use super::*;
use aws_sdk_dynamodb::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use aws_sdk_dynamodb::config::http::HttpRequest;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::timeout::TimeoutConfig;
use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region, SharedCredentialsProvider};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemInput;
use aws_sdk_dynamodb::operation::create_table::CreateTableInput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemInput;
use aws_sdk_dynamodb::operation::put_item::PutItemInput;
use aws_sdk_dynamodb::operation::query::QueryInput;
use aws_sdk_dynamodb::operation::scan::ScanInput;
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsError, TransactWriteItemsInput};
use aws_sdk_dynamodb::operation::update_item::UpdateItemInput;
use aws_sdk_dynamodb::operation::update_time_to_live::UpdateTimeToLiveInput;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, AttributeValue, KeysAndAttributes, Put, ReturnValue, ScalarAttributeType,
    TimeToLiveSpecification, TransactWriteItem,
};
use peer::{Peer, Says};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::Instant;

/// What the SDK's interceptors add, and DynamoDB does without.
const LEFT_OUT: [&str; 4] = ["amz-sdk-invocation-id", "amz-sdk-request", "user-agent", "x-amz-user-agent"];

fn config(endpoint: Option<&str>) -> SdkConfig {
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_millis(2_500))
        .operation_timeout(Duration::from_millis(8_000));
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", Some("token".to_owned()), None, "test");
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-west-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .timeout_config(timeouts.build())
        .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(25)));
    config.set_endpoint_url(endpoint.map(str::to_owned));
    config.build()
}

/// A database that is played.
pub(crate) fn asking(peer: &Peer) -> Database {
    Database::over(SharedHttpConnector::new(peer.clone()), &config(None)).unwrap()
}

fn signer(peer: &Peer) -> Arc<Service> {
    match asking(peer).0 {
        Way::Direct(service) => service,
        Way::Sdk(_) => unreachable!("it was not made by a client"),
    }
}

fn key(name: &str) -> AttributeValue {
    AttributeValue::S(name.to_owned())
}

fn read() -> aws_sdk_dynamodb::operation::batch_get_item::builders::BatchGetItemInputBuilder {
    let keys = KeysAndAttributes::builder().keys([("pk".to_owned(), key("AGENT#é"))].into()).consistent_read(true);
    BatchGetItemInput::builder().request_items("core", keys.build().unwrap())
}

fn count() -> aws_sdk_dynamodb::operation::update_item::builders::UpdateItemInputBuilder {
    UpdateItemInput::builder()
        .table_name("edge")
        .key("pk", key("ip|GET /|1"))
        .update_expression("ADD n :one")
        .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
        .return_values(ReturnValue::UpdatedNew)
}

fn commit() -> aws_sdk_dynamodb::operation::transact_write_items::builders::TransactWriteItemsInputBuilder {
    let put = Put::builder().table_name("core").item("pk", key("TASK#1")).item("\"quoted\"", key("\u{1}"));
    let put = TransactWriteItem::builder().put(put.build().unwrap()).build();
    TransactWriteItemsInput::builder().transact_items(put).client_request_token("once")
}

async fn of_each_call(says: &Says) -> Vec<[(HttpRequest, String); 2]> {
    let list = QueryInput::builder()
        .table_name("core")
        .index_name("by-agent")
        .key_condition_expression("g1p = :p")
        .expression_attribute_values(":p", key("AGENT#é"))
        .set_exclusive_start_key(Some([("pk".to_owned(), key("a"))].into()))
        .limit(7);
    let put =
        PutItemInput::builder().table_name("core").item("pk", key("a")).condition_expression("attribute_exists(pk)");
    let delete = DeleteItemInput::builder().table_name("core").key("pk", key("a"));
    let part = AttributeDefinition::builder().attribute_name("pk").attribute_type(ScalarAttributeType::S);
    let create = CreateTableInput::builder().table_name("core").attribute_definitions(part.build().unwrap());
    let expiry = TimeToLiveSpecification::builder().attribute_name("ttl").enabled(true).build();
    let expire = UpdateTimeToLiveInput::builder().table_name("edge").time_to_live_specification(expiry.unwrap());
    vec![
        both(read(), says).await,
        both(count(), says).await,
        both(commit(), says).await,
        both(list, says).await,
        both(put, says).await,
        both(delete, says).await,
        both(ScanInput::builder().table_name("core").consistent_read(true), says).await,
        both(create, says).await,
        both(expire, says).await,
    ]
}

/// Sends the call directly and by the SDK; what came of both, and the answers in words.
async fn both<C: Call + Clone>(call: C, says: &Says) -> [(HttpRequest, String); 2]
where
    C::Output: Debug,
{
    let peer = Peer::saying([says.clone(), says.clone()]);
    let directly = format!("{:?}", asking(&peer).send(call.clone()).await);
    let connector = SharedHttpConnector::new(peer.clone());
    let settings = config(None).into_builder().http_client(aws::http_client(connector));
    let by_sdk = format!("{:?}", call.send_with(&Client::new(&settings.build())).await);
    let [first, second] = peer.heard().try_into().unwrap();
    [(first, directly), (second, by_sdk)]
}

fn headers(request: &HttpRequest) -> BTreeMap<String, String> {
    request.headers().iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// `20261128T101500Z`.
fn signed_at(request: &HttpRequest) -> SystemTime {
    let date = request.headers().get("x-amz-date").unwrap();
    let text =
        format!("{}-{}-{}T{}:{}:{}Z", &date[..4], &date[4..6], &date[6..8], &date[9..11], &date[11..13], &date[13..15]);
    let at = domain::Timestamp::parse(&text).unwrap();
    UNIX_EPOCH + Duration::from_secs(at.seconds().try_into().unwrap())
}

fn assert_same([(direct, _), (sdk, _)]: &[(HttpRequest, String); 2]) {
    assert_eq!((direct.method(), direct.uri()), (sdk.method(), sdk.uri()));
    assert_eq!(direct.body().bytes(), sdk.body().bytes());
    let (ours, mut theirs) = (headers(direct), headers(sdk));
    theirs.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
    let names = |of: &BTreeMap<String, String>| of.keys().cloned().collect::<Vec<_>>();
    let mut expected = names(&theirs);
    expected.push("user-agent".to_owned());
    expected.sort();
    assert_eq!(names(&ours), expected);
    for name in ["content-length", "content-type", "x-amz-security-token", "x-amz-target"] {
        assert_eq!(ours.get(name), theirs.get(name), "{name}");
    }
    // What the SDK sent, signed as we sign. It adds two headers after that.
    let mut again = sdk.try_clone().unwrap();
    let added = ["amz-sdk-invocation-id", "amz-sdk-request"].map(|name| again.headers_mut().remove(name));
    assert!(added.iter().all(Option::is_some));
    signer(&Peer::saying([])).sign(&mut again, signed_at(sdk)).unwrap();
    assert_eq!(headers(&again).get("authorization"), headers(sdk).get("authorization"));
}

#[tokio::test]
async fn each_call_is_sent_and_signed_as_the_sdk_does() {
    for both in of_each_call(&Says::of(200, "{}")).await {
        assert_same(&both);
    }
}

async fn asked_at(config: &SdkConfig) -> String {
    let peer = Peer::saying([Says::of(200, "{}")]);
    let database = Database::over(SharedHttpConnector::new(peer.clone()), config).unwrap();
    database.send(read()).await.unwrap();
    peer.heard()[0].uri().to_owned()
}

#[tokio::test]
async fn the_endpoint_is_the_one_that_is_set_or_the_regions_as_the_sdk_knows_it() {
    let set = config(Some("http://127.0.0.1:8000"));
    assert_eq!(asked_at(&set).await, "http://127.0.0.1:8000/");
    for region in ["us-east-1", "eu-west-1", "ap-southeast-7", "il-central-1", "us-gov-west-1", "of-the-future-1"] {
        let known = Params::builder().region(region).build().unwrap();
        let known = DefaultResolver::new().resolve_endpoint(&known).await.unwrap();
        let there = config(None).into_builder().region(Region::new(region)).build();
        assert_eq!(asked_at(&there).await, format!("{}/", known.url()));
    }
}

const ANSWERS: &[(u16, &str)] = &[
    (200, "{}"),
    (
        200,
        r#"{"Responses": {"core": [{"pk": {"S": "AGENT#é"}}]}, "UnprocessedKeys": {"core": {"Keys": [{"pk": {"S": "a"}}]}}}"#,
    ),
    (200, r#"{"Attributes": {"n": {"N": "7"}}}"#),
    (200, r#"{"Items": [{"pk": {"S": "a"}}], "Count": 1, "ScannedCount": 2, "LastEvaluatedKey": {"pk": {"S": "a"}}}"#),
    (200, "not JSON"),
    (200, r#"{"Responses": 5}"#),
    (
        400,
        r#"{"__type": "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", "message": "no", "Item": {"pk": {"S": "there"}}}"#,
    ),
    (
        400,
        r#"{"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "CancellationReasons": [{"Code": "ConditionalCheckFailed", "Item": {"pk": {"S": "there"}}}, {"Code": "None"}]}"#,
    ),
    (400, r#"{"__type": "com.amazon.coral.validate#ValidationException", "message": "wrong"}"#),
    (400, r#"{"__type": "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", "message": "no table"}"#),
    (413, "<html>too large</html>"),
];

#[tokio::test]
async fn each_answer_is_understood_as_the_sdk_does() {
    for (status, text) in ANSWERS {
        let says = Says::of(*status, text);
        for [(_, direct), (_, sdk)] in of_each_call(&says).await {
            assert_eq!(direct, sdk, "{status} {text}");
        }
    }
}

/// What is said first, and whether it is asked again.
fn cases() -> Vec<(&'static str, Says, bool)> {
    let code = |code: &str| Says::of(400, &format!(r#"{{"__type": "com.amazonaws.dynamodb.v20120810#{code}"}}"#));
    vec![
        ("throttled", code("ProvisionedThroughputExceededException"), true),
        ("throttled too", code("ThrottlingException"), true),
        ("the same transaction", code("TransactionInProgressException"), true),
        ("a transaction of somebody else", code("TransactionConflictException"), true),
        (
            "an error of theirs",
            Says::of(500, r#"{"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"}"#),
            true,
        ),
        ("not there", Says::of(503, "<html>"), true),
        ("half an answer", Says::BrokenOff, true),
        ("no connection", Says::Refused, true),
        ("silence", Says::Nothing, true),
        ("a condition", code("ConditionalCheckFailedException"), false),
        ("a mistake of ours", code("ValidationException"), false),
        ("nobody we are", code("UnrecognizedClientException"), false),
    ]
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_asked_again_with_the_same_token_and_what_lasts_is_not() {
    for (name, says, again) in cases() {
        let peer = Peer::saying([says, Says::of(200, "{}")]);
        let answer = asking(&peer).send(commit()).await;
        assert_eq!(answer.is_ok(), again, "{name}: {answer:?}");
        let heard = peer.heard();
        assert_eq!(heard.len(), if again { 2 } else { 1 }, "{name}");
        assert!(heard.iter().all(|request| request.body().bytes() == heard[0].body().bytes()), "{name}");
        for request in heard {
            let mut again = request.try_clone().unwrap();
            signer(&peer).sign(&mut again, signed_at(&request)).unwrap();
            assert_eq!(headers(&again), headers(&request), "{name}");
            assert_eq!(request.headers().get_all("authorization").count(), 1, "{name}");
        }
    }
}

/// A condition that failed brings the item along, and a cancelled transaction one of each write.
#[tokio::test]
async fn an_error_may_be_as_long_as_what_it_brings_along() {
    let item = "é".repeat(100_000);
    let text = format!(
        r#"{{"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "CancellationReasons": [{{"Code": "ConditionalCheckFailed", "Item": {{"pk": {{"S": "{item}"}}}}}}]}}"#
    );
    let answer = asking(&Peer::saying([Says::of(400, &text)])).send(commit()).await;
    let Err(SdkError::ServiceError(said)) = answer else { panic!("{answer:?}") };
    let TransactWriteItemsError::TransactionCanceledException(why) = said.err() else { panic!("{said:?}") };
    assert_eq!(why.cancellation_reasons()[0].item().unwrap()["pk"], AttributeValue::S(item));
}

#[tokio::test(start_paused = true)]
async fn who_is_ill_is_asked_again_over_another_connection() {
    for (says, left) in [
        (Says::of(500, "{}"), 1),
        (Says::of(502, "<html>"), 1),
        (Says::of(503, "{}"), 1),
        (Says::of(504, ""), 1),
        (Says::of(200, "{}"), 0),
        (Says::of(400, "{}"), 0),
    ] {
        let peer = Peer::saying([says.clone(), Says::of(200, "{}")]);
        drop(asking(&peer).send(read()).await);
        assert_eq!(peer.left(), left, "{says:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn after_three_attempts_or_eight_seconds_it_is_said_that_nobody_answers() {
    for says in [Says::of(500, "{}"), Says::Nothing] {
        let (attempts, took) = attempts_at(says).await;
        assert_eq!(attempts, 3);
        assert!(took <= Duration::from_millis(8_000), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn while_capacity_lacks_or_somebodys_transaction_stands_in_the_way_it_is_asked_for_up_to_three_seconds() {
    for (code, times) in [
        ("ProvisionedThroughputExceededException", 8),
        ("ThrottlingException", 8),
        ("RequestLimitExceeded", 8),
        ("TransactionConflictException", 8),
        // Of our own: the commit asks of it more slowly.
        ("TransactionInProgressException", 3),
    ] {
        let (attempts, took) = attempts_at(Says::of(400, &format!(r#"{{"__type": "{code}"}}"#))).await;
        assert_eq!(attempts, times, "{code}");
        assert!(took <= Duration::from_millis(3_200), "{code}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failure_after_a_lack_of_capacity_is_the_first_one() {
    let throttled = Says::of(400, r#"{"__type": "ThrottlingException"}"#);
    let mut says = vec![throttled; 3];
    says.extend([Says::of(500, "{}"), Says::BrokenOff, Says::of(200, "{}")]);
    let answer = asking(&Peer::saying(says)).send(read()).await;
    assert!(answer.is_ok(), "{answer:?}");
}

/// How often it is asked who always says the same, and for how long.
async fn attempts_at(says: Says) -> (usize, Duration) {
    let (peer, begun) = (Peer::saying(vec![says; 9]), Instant::now());
    assert!(asking(&peer).send(read()).await.is_err());
    (peer.heard().len(), begun.elapsed())
}
