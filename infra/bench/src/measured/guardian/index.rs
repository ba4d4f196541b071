//! What a look-up in the index of photos costs when all photos that it has share all keys that are looked up.

use crate::Failure;
use crate::measured::account::Account;
use domain::{TaskId, Timestamp};
use dynoxide::{AttributeValue, ImportOptions, Item};
use humanops::engine::{Engine, database_at};
use serde_json::{Value, json};
use store::engine::schema::Tables;
use store::task::likeness::HandedIn;
use store::{Clock, Store};

/// Photos that are kept.
pub(super) const PHOTOS: usize = 100_000;
/// Keys that are looked up for one photo.
const KEYS: u8 = 16;
/// What a photo looks like, in bytes: all twenty places.
const LIKENESS: usize = 160;
/// Digits of a time, by which the entries of one key differ.
const TIME: usize = 13;
const TABLE: &str = "humanops-edge";

/// What it took.
pub(crate) struct LookUp {
    /// Of reading.
    pub(super) units: f64,
    /// That were read of each key.
    pub(super) entries: usize,
}

pub(super) async fn look_up(engine: &Engine, account: &Account) -> Result<LookUp, Failure> {
    let store = Store::new(database_at(&account.url), Tables::prefixed("humanops-"), Clock::system(0));
    let keys: Vec<[u8; 4]> = (0..KEYS).map(|key| [key, 1, 2, 3]).collect();
    let (at, task) = (Timestamp::from_millis(0), TaskId::from_bytes([1; 16]));
    // Its number has two digits: no entry is larger.
    store.keep_likeness(&keys, &HandedIn { at, task, photo: 10, likeness: vec![7; LIKENESS] }).await?;
    for key in &keys {
        multiply(engine, *key)?;
    }
    let before = account.read_units();
    let entries = store.alike(&keys).await?.len() / keys.len();
    Ok(LookUp { units: account.read_units() - before, entries })
}

/// Puts the only entry of a key there once for each photo, as the store wrote it but for its time: one by one it would take
/// an hour.
fn multiply(engine: &Engine, key: [u8; 4]) -> Result<(), Failure> {
    let partition = format!("P#{:08x}", u32::from_be_bytes(key));
    let query = json!({
        "TableName": TABLE,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": { ":pk": { "S": partition } },
    });
    let answer: Value = serde_json::to_value(engine.database.query(serde_json::from_value(query)?)?)?;
    let entry: Item = serde_json::from_value(answer["Items"][0].clone())?;
    let Some(AttributeValue::S(sort)) = entry.get("sk") else { return Err("no entry".into()) };
    let dated = |time: usize| {
        let sort = AttributeValue::S(format!("{time:0TIME$}{}", &sort[TIME..]));
        entry.iter().map(|(name, value)| (name.clone(), value.clone())).chain([("sk".to_owned(), sort)]).collect()
    };
    let entries: Vec<Item> = (0..PHOTOS).map(dated).collect();
    engine.database.import_items(TABLE, entries, ImportOptions::default())?;
    Ok(())
}
