//! One bad message among good ones.

use super::*;
use domain::TaskId;
use serde_json::json;
use std::sync::Mutex;

fn judge(n: u8) -> String {
    serde_json::to_string(&Job::Judge(TaskId::from_bytes([n; 16]))).unwrap()
}

#[tokio::test]
async fn only_what_failed_panicked_or_is_no_job_is_brought_back() {
    let bodies = [judge(1), judge(2), judge(3), "no job".to_owned(), judge(5)];
    let records: Vec<_> =
        (1..).zip(&bodies).map(|(n, body)| json!({ "messageId": n.to_string(), "body": body })).collect();
    let event = serde_json::from_value(json!({ "Records": records })).unwrap();

    let done = Mutex::new(Vec::new());
    let work = async |job| match job {
        Job::Judge(task) if task.bytes()[0] == 2 => Err("the store does not answer".into()),
        Job::Judge(task) if task.bytes()[0] == 3 => panic!("a bug"),
        Job::Judge(task) => {
            done.lock().unwrap().push(task.bytes()[0]);
            Ok(())
        }
        Job::Deliver(_) | Job::Pay(..) | Job::Push(_) => Err(foreign(&job)),
    };
    let answer = answer(&work, event).await;

    let failed = ["2", "3", "4"].map(|id| json!({ "itemIdentifier": id }));
    let expected = json!({ "batchItemFailures": failed });
    assert_eq!(serde_json::to_value(answer).unwrap(), expected);
    assert_eq!(*done.lock().unwrap(), [1, 5]);
}

#[tokio::test]
async fn an_event_that_went_well_has_no_failures() {
    let event = serde_json::from_value(json!({ "Records": [{ "messageId": "1", "body": judge(1) }] })).unwrap();
    assert_eq!(answer(&async |_| Ok(()), event).await, Answer::default());
}
