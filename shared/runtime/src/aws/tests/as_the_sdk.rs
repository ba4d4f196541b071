//! Against the SDK itself: what its clients of the queues and of the secrets send, we send.

use super::*;
use crate::environment::deployment::Core;
use crate::jobs::Queues;
use crate::variables::Variables;
use aws_sdk_sqs::config::http::{HttpRequest, HttpResponse};
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorFuture};
use aws_smithy_types::body::SdkBody;
use domain::event::EventName;
use domain::operator::push::Notice;
use domain::{OperatorId, Timestamp};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use store::events::job::Job;

/// What the SDK's interceptors add, and AWS does without.
const LEFT_OUT: [&str; 4] = ["amz-sdk-invocation-id", "amz-sdk-request", "user-agent", "x-amz-user-agent"];
const ARN: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:keys";
const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/123456789012/push";

/// Answers all alike, and remembers who asked.
#[derive(Clone, Debug)]
struct Peer {
    says: (u16, &'static str),
    heard: Arc<Mutex<Vec<HttpRequest>>>,
}

impl Peer {
    fn saying(status: u16, text: &'static str) -> Self {
        Self { says: (status, text), heard: Arc::default() }
    }

    fn heard(&self) -> HttpRequest {
        self.heard.lock().unwrap().remove(0)
    }

    /// What a function has that is here.
    fn core(&self) -> Core {
        let set = [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
            ("AWS_SESSION_TOKEN", "token"),
            ("HUMANOPS_MODE", "test"),
            ("HUMANOPS_CORE_TABLE", "core"),
            ("HUMANOPS_LEDGER_TABLE", "ledger"),
            ("HUMANOPS_EDGE_TABLE", "edge"),
        ];
        let core = Core::read(&variables(set)).unwrap();
        assert!(core.aws.connector.set(SharedHttpConnector::new(self.clone())).is_ok());
        core
    }
}

impl HttpConnector for Peer {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.heard.lock().unwrap().push(request);
        let (status, text) = self.says;
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status.try_into().unwrap(), SdkBody::from(text))))
    }
}

fn variables(set: impl IntoIterator<Item = (&'static str, &'static str)>) -> Variables {
    set.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// Without what differs from one call to the next.
fn headers(request: &HttpRequest) -> BTreeMap<&str, &str> {
    let passing = |name: &str| ["authorization", "x-amz-date"].contains(&name) || LEFT_OUT.contains(&name);
    request.headers().iter().filter(|(name, _)| !passing(name)).collect()
}

/// Up to the names of the headers, of which the SDK signs two more.
fn scope(request: &HttpRequest) -> &str {
    let signed = request.headers().get("authorization").unwrap();
    signed.split_once(", SignedHeaders").unwrap().0
}

fn assert_same(ours: &HttpRequest, theirs: &HttpRequest) {
    assert_eq!((ours.method(), ours.uri()), (theirs.method(), theirs.uri()));
    assert_eq!(ours.body().bytes(), theirs.body().bytes());
    assert_eq!(headers(ours), headers(theirs));
    // A day may end between them.
    let undated = |request| scope(request).split('/').filter(|part| part.parse::<u32>().is_err()).collect::<Vec<_>>();
    assert_eq!(undated(ours), undated(theirs));
}

#[tokio::test]
async fn a_secret_is_asked_for_as_the_sdk_does() {
    let peer = Peer::saying(200, r#"{"SecretString": "whsec_\u00e9"}"#);
    let core = peer.core();
    let secret = core.secret(&variables([("KEYS", ARN)]), "KEYS").await.unwrap();
    assert_eq!(secret.as_deref(), Some("whsec_é"));
    let ours = peer.heard();
    let client = aws_sdk_secretsmanager::Client::new(&core.config());
    client.get_secret_value().secret_id(ARN).send().await.unwrap();
    assert_same(&ours, &peer.heard());
}

#[tokio::test]
async fn a_secret_that_is_not_given_out_is_a_failure_by_its_name() {
    for (status, says, why) in [
        (
            400,
            r#"{"__type": "ResourceNotFoundException", "Message": "Secrets Manager can't find it."}"#,
            "can't find it",
        ),
        (400, r#"{"__type": "AccessDeniedException", "Message": "payments may not"}"#, "payments may not"),
        (200, r#"{"SecretBinary": "AAAA"}"#, "has no text"),
    ] {
        let core = Peer::saying(status, says).core();
        let failure = core.secret(&variables([("KEYS", ARN)]), "KEYS").await.unwrap_err().to_string();
        assert!(failure.contains("the secret of KEYS") && failure.contains(why), "{failure}");
    }
}

#[tokio::test]
async fn jobs_are_sent_as_the_sdk_does() {
    let peer = Peer::saying(200, r#"{"Successful": [], "Failed": []}"#);
    let core = peer.core();
    let urls = ["JUDGE", "DELIVER", "PAY", "PUSH"];
    let urls = urls.map(|name| (format!("HUMANOPS_{name}_QUEUE_URL"), QUEUE.to_owned()));
    let queues = Queues::read(&urls.into_iter().collect()).unwrap();
    let operator = OperatorId::parse("op_anna");
    let notice = Notice {
        task: TaskId::from_bytes([1; 16]),
        event: EventName::Created,
        operator,
        at: Timestamp::from_millis(0),
    };
    let job = Job::Push(notice);
    queues.outbox(&core).unwrap().send(std::slice::from_ref(&job)).await.unwrap();
    let ours = peer.heard();

    let entry = SendMessageBatchRequestEntry::builder().id("0").message_body(serde_json::to_string(&job).unwrap());
    let entry = entry.message_group_id("op_anna").build().unwrap();
    let client = aws_sdk_sqs::Client::new(&core.config());
    client.send_message_batch().queue_url(QUEUE).entries(entry).send().await.unwrap();
    assert_same(&ours, &peer.heard());
}

#[tokio::test]
async fn jobs_that_are_not_taken_are_a_failure() {
    let failed =
        r#"{"Successful": [], "Failed": [{"Id": "0", "SenderFault": true, "Code": "InvalidMessageContents"}]}"#;
    let nowhere = r#"{"__type": "com.amazonaws.sqs#QueueDoesNotExist", "message": "no"}"#;
    let denied = r#"{"__type": "AccessDeniedException", "message": "the relay may not"}"#;
    for (status, says, why) in [
        (200, failed, "InvalidMessageContents"),
        (400, nowhere, "QueueDoesNotExist"),
        (400, denied, "the relay may not"),
    ] {
        let core = Peer::saying(status, says).core();
        let urls = ["HUMANOPS_DELIVER_QUEUE_URL", "HUMANOPS_PAY_QUEUE_URL"].map(|name| (name, QUEUE));
        let queues = Queues::of_what_is_due(&variables(urls));
        let outbox = queues.unwrap().outbox(&core).unwrap();
        let delivery = store::events::deliveries::Delivery {
            event: domain::EventId::from_bytes([2; 16]),
            agent: domain::AgentId::from_bytes([3; 16]),
            task: None,
            sequence: 1,
            at: Timestamp::from_millis(0),
            attempt: 1,
        };
        let failure = outbox.send(&[Job::Deliver(delivery)]).await.unwrap_err();
        assert!(failure.to_string().contains(why), "{failure}");
    }
}
