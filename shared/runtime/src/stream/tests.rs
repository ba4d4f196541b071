//! Records as DynamoDB Streams writes them.

use super::*;
use domain::{AgentId, TaskId};
use serde_json::{Value, json};
use std::sync::Mutex;
use store::change::TaskChange;

/// The state item of the first task, as an image.
fn state(version: u64) -> Option<Value> {
    state_of(1, version)
}

/// Each task is of an agent of its own.
fn state_of(task: u8, version: u64) -> Option<Value> {
    let (task, agent) = (TaskId::from_bytes([task; 16]).to_string(), AgentId::from_bytes([task; 16]).to_string());
    Some(json!({
        "pk": { "S": task }, "sk": { "S": "S" }, "v": { "N": version.to_string() }, "st": { "S": "PENDING" },
        "ag": { "S": agent }, "ty": { "S": "VERIFICATION" }, "pt": { "S": "PHOTO" }, "ti": { "S": "A sign" },
        "ds": { "S": "With care." }, "pr": { "L": [{ "S": "A photo" }] }, "ad": { "S": "" },
        "la": { "N": "407128000" }, "lo": { "N": "-740060000" }, "rw": { "N": "25000000" }, "fe": { "N": "4500000" },
        "bp": { "N": "1800" }, "dl": { "N": "1770465600000" }, "ww": { "N": "3600" }, "ca": { "N": "1770292800000" },
        "mv": { "N": "1770292800000" }, "fp": { "S": "00000000000000000000000000000000" }, "cb": { "BOOL": true },
        "g4p": { "S": "due" },
    }))
}

fn of_task(change: Change) -> TaskChange {
    match change {
        Change::Task(change) => *change,
        other => unreachable!("no task has {other:?}"),
    }
}

fn record(number: u64, before: Option<Value>, after: Option<Value>) -> Value {
    let mut images = json!({ "SequenceNumber": number.to_string(), "Keys": {}, "SizeBytes": 1 });
    for (name, image) in [("OldImage", before), ("NewImage", after)] {
        if let Some(image) = image {
            images[name] = image;
        }
    }
    json!({ "eventID": "e", "eventName": "MODIFY", "dynamodb": images })
}

fn event(records: Vec<Value>) -> Event {
    serde_json::from_value(json!({ "Records": records })).unwrap()
}

#[tokio::test]
async fn changes_of_tasks_are_handed_over_in_order_and_other_items_are_not() {
    let other = json!({ "pk": { "S": "agent_1" }, "sk": { "S": "A" }, "n": { "N": "4" } });
    let records = vec![
        record(1, None, state(1)),
        record(2, Some(other.clone()), Some(other)),
        record(3, state(1), state(2)),
        record(4, state(2), None),
    ];

    let seen = Mutex::new(Vec::new());
    let work = async |change: Change| {
        let change = of_task(change);
        seen.lock().unwrap().push((change.before.map(|task| task.version), change.after.version));
        Ok(())
    };
    assert_eq!(answer(&work, event(records)).await, Answer::default());
    assert_eq!(*seen.lock().unwrap(), [(None, 1), (Some(1), 2)]);
}

#[tokio::test]
async fn the_first_change_that_fails_comes_back_with_all_that_follow() {
    let failing = async |change: Change| match of_task(change).after.version {
        2 => Err("the store does not answer".into()),
        _ => Ok(()),
    };
    for (records, failed) in [
        (vec![record(1, None, state(1)), record(2, None, state(2)), record(3, None, state(4))], "2"),
        (vec![record(7, None, state(2)), record(8, None, state(4))], "7"),
    ] {
        let answer = answer(&failing, event(records)).await;
        assert_eq!(
            serde_json::to_value(answer).unwrap(),
            json!({ "batchItemFailures": [{ "itemIdentifier": failed }] })
        );
    }
}

#[tokio::test]
async fn what_no_attempt_can_relay_holds_up_nothing() {
    let corrupt = Some(json!({ "pk": { "S": "task_1" }, "sk": { "S": "S" } }));
    let seen = Mutex::new(Vec::new());
    let work = async |change: Change| {
        let version = of_task(change).after.version;
        seen.lock().unwrap().push(version);
        match version {
            2 => Err(StoreError::Corrupt("a verdict is missing".to_owned()).into()),
            3 => panic!("a bug"),
            _ => Ok(()),
        }
    };
    let records = vec![
        record(1, None, corrupt.clone()),
        record(2, corrupt, state(1)),
        record(3, None, state(2)),
        record(4, None, state(3)),
        record(5, None, state(4)),
    ];
    assert_eq!(answer(&work, event(records)).await, Answer::default());
    assert_eq!(*seen.lock().unwrap(), [2, 3, 4]);
}

#[tokio::test]
async fn what_fails_of_one_agent_holds_up_no_other() {
    let seen = Mutex::new(Vec::new());
    let work = async |change: Change| {
        let version = of_task(change).after.version;
        seen.lock().unwrap().push(version);
        if version == 1 { Err("the store does not answer".into()) } else { Ok(()) }
    };
    let records = vec![
        record(1, None, state_of(1, 1)),
        record(2, None, state_of(2, 4)),
        record(3, None, state_of(1, 2)),
        record(4, None, state_of(3, 1)),
        record(5, state_of(2, 4), state_of(2, 5)),
    ];
    let Answer { batch_item_failures } = answer(&work, event(records)).await;
    let mut failed: Vec<String> = batch_item_failures.into_iter().map(|it| it.item_identifier).collect();
    failed.sort();
    assert_eq!(failed, ["1", "4"], "whoever brings them back begins at the first");
    let mut seen = seen.into_inner().unwrap();
    seen.sort();
    assert_eq!(seen, [1, 1, 4, 5], "what follows what failed waits");
}
