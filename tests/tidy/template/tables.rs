//! The tables of the template against those of `store::schema`.

use super::document::{properties, sam};
use serde_json::{Value, json};
use store::engine::schema::{INDEXES, Index};

const TABLES: [(&str, &[&Index]); 3] = [("CoreTable", &INDEXES), ("LedgerTable", &[]), ("EdgeTable", &[])];

fn table(name: &str) -> &'static Value {
    properties(&sam()["Resources"][name])
}

fn key(partition: &str, sort: &str) -> Value {
    json!([{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}])
}

fn index(index: &Index) -> Value {
    let projection = match index.include {
        [] => json!({"ProjectionType": "KEYS_ONLY"}),
        include => json!({"ProjectionType": "INCLUDE", "NonKeyAttributes": include}),
    };
    let (partition, sort) = (format!("{}p", index.stem), format!("{}s", index.stem));
    json!({"IndexName": index.name, "KeySchema": key(&partition, &sort), "Projection": projection})
}

#[test]
fn keys_and_indexes_are_those_of_the_store() {
    for (name, indexes) in TABLES {
        let found = table(name);
        assert_eq!(found["KeySchema"], key("pk", "sk"), "{name}");
        let wanted: Vec<Value> = indexes.iter().map(|it| index(it)).collect();
        let there = found["GlobalSecondaryIndexes"].as_array().cloned().unwrap_or_default();
        assert_eq!(there, wanted, "{name}");

        let stems = indexes.iter().flat_map(|it| [format!("{}p", it.stem), format!("{}s", it.stem)]);
        let names = ["pk".to_owned(), "sk".to_owned()].into_iter().chain(stems);
        let attributes: Vec<Value> = names.map(|it| json!({"AttributeName": it, "AttributeType": "S"})).collect();
        assert_eq!(found["AttributeDefinitions"], Value::from(attributes), "{name}");
    }
}

#[test]
fn every_table_can_be_restored_and_none_can_be_deleted_in_live_mode() {
    for (name, _) in TABLES {
        let found = table(name);
        assert_eq!(found["BillingMode"], "PAY_PER_REQUEST", "{name}");
        assert_eq!(found["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"], true, "{name}");
        assert_eq!(found["SSESpecification"]["SSEEnabled"], true, "{name}");
        assert_eq!(found["DeletionProtectionEnabled"], json!({"Fn::If": ["IsLive", true, false]}), "{name}");
    }
}

#[test]
fn only_core_has_a_stream_and_only_edge_forgets() {
    for (name, _) in TABLES {
        let stream = &table(name)["StreamSpecification"]["StreamViewType"];
        assert_eq!(*stream == json!("NEW_AND_OLD_IMAGES"), name == "CoreTable", "{name}: {stream}");
        let expiry = &table(name)["TimeToLiveSpecification"];
        assert_eq!(
            *expiry == json!({"AttributeName": "ttl", "Enabled": true}),
            name == "EdgeTable",
            "{name}: {expiry}"
        );
    }
}
