//! What the engine does beyond what dynoxide does: its own upkeep.

use super::{Engine, Kept};
use dynoxide::Database;
use serde_json::{Value, json};

const ADDED: u32 = 50;

async fn system() -> (Engine, store::Store) {
    let engine = Engine::open(None).unwrap();
    let tables = store::engine::schema::Tables::prefixed("humanops-");
    let store = store::Store::new(engine.database(), tables, store::Clock::system(0));
    store.create_tables().await.unwrap();
    (engine, store)
}

fn put(database: &Database, table: &str, number: u32, ttl: i64) {
    let (pk, ttl) = (format!("row-{number}"), ttl.to_string());
    let item = json!({ "pk": { "S": pk }, "sk": { "S": "any" }, "ttl": { "N": ttl } });
    let put = json!({ "TableName": table, "Item": item });
    database.put_item(serde_json::from_value(put).unwrap()).unwrap();
}

/// The sequence numbers of the stream's records.
async fn records(engine: &Engine) -> Vec<String> {
    let all = engine.run(|database| {
        let text = |value: &Value, path: &str| value.pointer(path).unwrap().as_str().unwrap().to_owned();
        let streams =
            database.list_streams(serde_json::from_value(json!({ "TableName": "humanops-core" })).unwrap())?;
        let arn = text(&serde_json::to_value(streams).unwrap(), "/Streams/0/StreamArn");
        let stream = database.describe_stream(serde_json::from_value(json!({ "StreamArn": arn })).unwrap())?;
        let shard = text(&serde_json::to_value(stream).unwrap(), "/StreamDescription/Shards/0/ShardId");
        let from = json!({ "StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        let iterator = database.get_shard_iterator(serde_json::from_value(from).unwrap())?.shard_iterator;
        let records =
            database.get_records(serde_json::from_value(json!({ "ShardIterator": iterator })).unwrap())?.records;
        Ok(records.into_iter().map(|record| record.dynamodb.sequence_number).collect::<Vec<_>>())
    });
    all.await.unwrap().unwrap()
}

#[tokio::test]
async fn of_the_records_that_are_handled_the_last_is_left() {
    let (engine, _store) = system().await;
    for number in 0..ADDED {
        put(&engine.database, "humanops-core", number, 0);
    }
    let before = records(&engine).await;
    assert_eq!(before.len(), ADDED as usize);
    engine.keep(Kept::Handled, &before[30]).await.unwrap();
    assert_eq!(engine.kept(Kept::Handled).await.unwrap().as_ref(), Some(&before[30]));
    assert_eq!(records(&engine).await, before[30..]);
    // The next number is higher than any that was deleted.
    engine.keep(Kept::Handled, &before[49]).await.unwrap();
    put(&engine.database, "humanops-core", ADDED, 0);
    let after = records(&engine).await;
    assert_eq!((after.len(), &after[0]), (2, &before[49]));
    assert!(after[1] > after[0]);
}

#[tokio::test]
async fn what_has_expired_is_deleted_and_nothing_else() {
    let (engine, store) = system().await;
    let now_s = store.now().millis() / 1_000;
    for number in 0..ADDED {
        put(&engine.database, "humanops-edge", number, if number % 2 == 0 { now_s - 60 } else { now_s + 600 });
    }
    assert_eq!(engine.let_expire().await.unwrap(), ADDED as usize / 2);
    assert_eq!(engine.let_expire().await.unwrap(), 0);
}

#[tokio::test]
async fn a_second_start_on_the_same_file_finds_what_was_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("any.db");
    let engine = Engine::open(Some(&file)).unwrap();
    assert_eq!(engine.kept(Kept::ClockAhead).await.unwrap(), None);
    engine.keep(Kept::ClockAhead, "60").await.unwrap();
    drop(engine);
    let engine = Engine::open(Some(&file)).unwrap();
    assert_eq!(engine.kept(Kept::ClockAhead).await.unwrap().as_deref(), Some("60"));
}
