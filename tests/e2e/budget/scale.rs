//! `docs/SCALE.md` against what is measured: which key is written most at how many tasks a second, and which limit of the
//! template is met at how many. The agents and types are played; what a task writes is what the budget's task writes.

use super::meter::Meter;
use super::walk;
use aws_sdk_dynamodb::types::AttributeValue;
use harness::{Call, Proxy};
use humanops::Options;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use store::engine::item::Item;
use store::engine::schema::{DUE_SHARDS, INDEXES, Index};
use store::task::state::state_item;

const DOCUMENT: &str = include_str!("../../../docs/SCALE.md");
const TEMPLATE: &str = include_str!("../../../template.yaml");

/// Tasks that are played.
const TASKS: u32 = 1_000_000;
/// By Zipf's law: the second has half as many tasks as the first, the third a third.
const AGENTS: u32 = 1_000;
/// Each does some twenty tasks a day, so of all tasks of a day nobody has more than one of so many.
const OPERATORS: u32 = 4_000;
/// In a thousand of all tasks: the commonest type.
const COMMONEST_TYPE: u64 = 500;
/// Write units a second of one partition, by AWS's documentation.
const PARTITION_MAX: u64 = 1_000;
/// Of a new on-demand table's stream: a partition each, for its 4,000 write units a second.
const SHARDS: u64 = 4;
/// A task's changes, one after the other.
const RELAYED_MS: u64 = 80;
const RATES: [u64; 4] = [10, 100, 1_000, 10_000];

/// Who shares a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Sharing {
    /// All tasks of an agent.
    Agent,
    /// All tasks of an operator.
    Operator,
    /// All tasks of a type that wait.
    Type,
    /// A quarter of all that has a date of one kind.
    Shard,
    /// One task, one photo, one event, one client of a minute: the more tasks, the more keys.
    Own,
}

/// Kinds of keys: their table or index, and what they begin and end with.
const KINDS: &[(&str, &str, &str, Sharing)] = &[
    ("ledger", "agent_", "", Sharing::Agent),
    ("ledger", "op_", "", Sharing::Operator),
    ("core", "task_", "", Sharing::Own),
    ("core", "H#", "", Sharing::Own),
    ("edge", "L#", "", Sharing::Agent),
    ("edge", "W#", "", Sharing::Own),
    ("edge", "U#", "", Sharing::Own),
    ("edge", "C#", "", Sharing::Agent),
    // Counts of requests, by address and minute.
    ("edge", "10.", "", Sharing::Own),
    ("by-agent", "agent_", "#O", Sharing::Agent),
    ("by-agent", "agent_", "#C", Sharing::Agent),
    ("by-operator", "V#", "", Sharing::Type),
    ("by-operator", "O#", "", Sharing::Operator),
    ("by-due", "X#expire", "", Sharing::Shard),
    ("by-due", "X#judge", "", Sharing::Shard),
];

/// Write units by table and partition key.
type Units = BTreeMap<(String, String), u64>;

/// What the calls of a task write, but for indexes: two units for a write of a transaction, what was measured for another.
fn of_tables(calls: &[Call]) -> Units {
    let mut units = Units::new();
    let mut add = |what: &Value, each: u64| {
        let table = what["TableName"].as_str().unwrap().trim_start_matches("humanops-").to_owned();
        let key = if what["Item"].is_null() { &what["Key"]["pk"]["S"] } else { &what["Item"]["pk"]["S"] };
        *units.entry((table, key.as_str().unwrap().to_owned())).or_default() += each;
    };
    for call in calls.iter().filter(|call| call.is_write()) {
        match call.request["TransactItems"].as_array() {
            Some(writes) => {
                writes.iter().flat_map(|write| write.as_object().unwrap().values()).for_each(|it| add(it, 2))
            }
            None => {
                let of_table = call.units.iter().filter(|(name, _)| !name.contains('/')).map(|(_, units)| units);
                add(&call.request, of_table.sum::<f64>().to_string().parse().expect("whole units are written"));
            }
        }
    }
    units
}

/// What a change of a state item writes to the indexes: a moved entry is deleted and put.
fn of_indexes(before: &Item, after: &Item) -> Units {
    let text = |item: &Item, name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    let mut units = Units::new();
    for Index { name, stem, include } in INDEXES {
        let key = |item: &Item| Some((text(item, &format!("{stem}p"))?, text(item, &format!("{stem}s"))?));
        let (old, new) = (key(before), key(after));
        let shown =
            |item: &Item| include.iter().map(|name| item.get(*name).cloned()).collect::<Vec<Option<AttributeValue>>>();
        if old == new && shown(before) == shown(after) {
            continue;
        }
        let entries = if old == new { vec![new] } else { vec![old, new] };
        for (partition, _) in entries.into_iter().flatten() {
            *units.entry(((*name).to_owned(), partition)).or_default() += 1;
        }
    }
    units
}

/// The busiest agent's share and the busiest shard's, in a million.
fn played() -> (u64, u64) {
    let mut sum = 0;
    let weight = |rank: u32| {
        sum += 1_000_000 / u64::from(rank);
        sum
    };
    let ends: Vec<u64> = (1..=AGENTS).map(weight).collect();
    let (mut by_agent, mut by_shard) = (vec![0_u64; ends.len()], [0_u64; DUE_SHARDS as usize]);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut dice = || {
        // xorshift64: the same tasks each time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..TASKS {
        let at = dice() % sum;
        by_agent[ends.partition_point(|end| *end <= at)] += 1;
        // The last byte of its id says which.
        let [.., last] = dice().to_be_bytes();
        by_shard[usize::from(last % DUE_SHARDS)] += 1;
    }
    let share = |counts: &[u64]| counts.iter().max().unwrap() * 1_000_000 / u64::from(TASKS);
    (share(&by_agent), share(&by_shard))
}

/// `0.131` for 131 of a thousand.
fn thousandths(count: u64) -> String {
    let text = format!("{}.{:03}", count / 1_000, count % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Each kind of key that tasks share: units a task, the busiest one's share, and its units a second.
fn keys(units: &Units) -> String {
    let (agent, shard) = played();
    let mut kinds: BTreeMap<(&str, &str, &str, Sharing), u64> = BTreeMap::new();
    for ((table, key), each) in units {
        let is_of = |(of, begins, ends, _): &&(&str, &str, &str, _)| {
            of == table && key.starts_with(begins) && key.ends_with(ends)
        };
        let kind = KINDS.iter().find(is_of);
        *kinds.entry(*kind.unwrap_or_else(|| panic!("a new kind of key: {table} {key}"))).or_default() += each;
    }
    let mut rows: Vec<(u64, String)> = Vec::new();
    for ((table, begins, ends, sharing), each) in kinds {
        let share = match sharing {
            Sharing::Agent => agent,
            Sharing::Operator => 1_000_000 / u64::from(OPERATORS),
            Sharing::Type => COMMONEST_TYPE * 1_000,
            Sharing::Shard => shard,
            Sharing::Own => continue,
        };
        let a_task = each * share;
        let full = PARTITION_MAX * 1_000_000 / a_task;
        let mut row = format!("| `{table}` `{begins}…{ends}` | {each} | {} |", thousandths(share / 1_000));
        for rate in RATES {
            write!(row, " {} |", (a_task * rate).div_ceil(1_000_000)).unwrap();
        }
        writeln!(row, " {full} |").unwrap();
        rows.push((full, row));
    }
    rows.sort();
    let mut table =
        "| Key | Units a task | Share of the busiest | at 10 | at 100 | at 1,000 | at 10,000 | Full at |\n".to_owned();
    table.push_str("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    rows.into_iter().for_each(|(_, row)| table.push_str(&row));
    table
}

/// A number of the template: the first behind `name` in the block of a function, or anywhere.
fn setting(block: &str, name: &str) -> u64 {
    let rest = TEMPLATE.split_once(block).expect("the template's form changed").1;
    let rest = rest.split_once(name).expect("the template's form changed").1;
    rest.trim_start().chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// What the template allows at a time, how long a task takes of it in milliseconds, and at how many tasks a second that is
/// all of it.
fn limits() -> String {
    let rows = [
        ("Guardian with a model that takes 8 s", setting("\n  GuardianFunction:", "MaximumConcurrency: "), 8_500),
        ("Guardian without a model", setting("\n  GuardianFunction:", "MaximumConcurrency: "), 500),
        (
            "callbacks to servers that take 300 ms, one a task",
            setting("\n  CallbacksFunction:", "MaximumConcurrency: "),
            400,
        ),
        ("notifications, two a task", setting("\n  PushesFunction:", "MaximumConcurrency: "), 300),
        (
            "payouts that take a second, one of twenty tasks",
            setting("\n  PayoutsFunction:", "MaximumConcurrency: "),
            50,
        ),
        (
            "relay, one for each of four shards: four changes of four round trips, the busiest agent's one by one",
            SHARDS,
            (RELAYED_MS * played().0).div_ceil(1_000_000),
        ),
    ];
    let mut table = "| What | At a time | ms a task | Full at |\n|---|---:|---:|---:|\n".to_owned();
    for (what, at_a_time, ms) in rows {
        writeln!(table, "| {what} | {at_a_time} | {ms} | {} |", at_a_time * 1_000 / ms).unwrap();
    }
    let rate = setting("\n  ApiStage:", "ThrottlingRateLimit: ");
    writeln!(table, "| API Gateway, ten requests a task | {rate} a second | | {} |", rate / 10).unwrap();
    table
}

#[tokio::test]
async fn the_document_on_scale_has_the_tables_that_follow_from_what_a_task_writes() {
    let (proxy, world) = Proxy::world(Options::ephemeral()).await;
    let (calls, states) = walk::happy_path(&mut Meter::new(proxy), &world).await;
    let mut units = of_tables(&calls);
    let items: Vec<Item> = std::iter::once(Item::new()).chain(states.iter().map(state_item)).collect();
    for pair in items.windows(2) {
        for (key, each) in of_indexes(&pair[0], &pair[1]) {
            *units.entry(key).or_default() += each;
        }
    }

    let measured: f64 = calls.iter().filter(|call| call.is_write()).map(Call::total).sum();
    assert_eq!(units.values().sum::<u64>().to_string(), measured.to_string(), "{units:#?}");
    let tables = [keys(&units), limits()];
    let missing: Vec<&String> = tables.iter().filter(|table| !DOCUMENT.contains(*table)).collect();
    let all = missing.iter().map(|table| table.as_str()).collect::<Vec<_>>().join("\n");
    assert!(missing.is_empty(), "docs/SCALE.md must have these tables, as they stand:\n\n{all}");
}
