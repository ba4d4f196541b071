//! Measures one request, or one run of the workers, through the proxy.

use super::table::Cost;
use harness::{Call, Proxy, Reply, World};
use serde_json::Value;
use std::collections::BTreeMap;

/// What was measured so far: name, cost, and the units by table and index.
pub(super) struct Meter {
    proxy: Proxy,
    pub(super) measured: Vec<(&'static str, Cost, String)>,
}

/// Whose call it is, told by what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Looks for what is due.
    Sweep,
    /// Keeps the event log.
    Relay,
    /// Delivers the callback of one event.
    Callback,
    /// Notifies operators.
    Push,
    /// Counts a request.
    RateLimit,
    /// The rest: the endpoint, the Guardian, a task that lapses.
    Main,
}

impl Meter {
    pub(super) fn new(proxy: Proxy) -> Self {
        Self { proxy, measured: Vec::new() }
    }

    /// Measures a request, which must be answered with `status`.
    pub(super) async fn request(
        &mut self,
        name: &'static str,
        status: u16,
        request: impl Future<Output = Reply>,
    ) -> Reply {
        let (reply, calls) = self.proxy.measure(request).await;
        self.note(name, &calls);
        reply.expect(status)
    }

    /// Measures what a worker does that is called by itself.
    pub(super) async fn work(&mut self, name: &'static str, work: impl Future<Output = ()>) {
        let ((), calls) = self.proxy.measure(work).await;
        self.note(name, &calls);
    }

    /// Measures those calls of the workers that are of `part`.
    pub(super) async fn settle(&mut self, name: &'static str, world: &World, part: Part) {
        let mut calls = self.settled(world).await;
        calls.retain(|call| Part::of(call) == part);
        self.note(name, &calls);
    }

    /// All calls of the workers until they come to rest.
    pub(super) async fn settled(&self, world: &World) -> Vec<Call> {
        self.proxy.measure(world.settle()).await.1
    }

    /// All calls in the course of something that must be answered with 200 or 201.
    pub(super) async fn calls(&self, request: impl Future<Output = Reply>) -> (Reply, Vec<Call>) {
        let (reply, calls) = self.proxy.measure(request).await;
        assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
        (reply, calls)
    }

    fn note(&mut self, name: &'static str, calls: &[Call]) {
        // Not `sum`, which is -0 for nothing.
        let add = |sum, call: &Call| sum + call.total();
        let units = |write: bool| calls.iter().filter(|call| call.is_write() == write).fold(0.0, add);
        let count = u32::try_from(calls.len()).unwrap();
        let cost = Cost { calls: count.into(), phases: phases(calls).into(), wru: units(true), rru: units(false) };
        let mut by_name: BTreeMap<String, f64> = BTreeMap::new();
        for call in calls {
            for (name, units) in &call.units {
                let direction = if call.is_write() { "w" } else { "r" };
                let name = name.trim_start_matches("humanops-");
                *by_name.entry(format!("{direction}:{name}")).or_default() += units;
            }
        }
        let breakdown: Vec<String> = by_name.iter().map(|(name, units)| format!("{name} {units}")).collect();
        self.measured.push((name, cost, breakdown.join(", ")));
    }
}

/// The longest chain of calls of which each began after the one before had ended.
pub(super) fn phases(calls: &[Call]) -> u32 {
    let mut by_end: Vec<&Call> = calls.iter().collect();
    by_end.sort_by_key(|call| call.ended);
    let (mut chain, mut last) = (0, None);
    for call in by_end {
        if last.is_none_or(|end| call.began > end) {
            chain += 1;
            last = Some(call.ended);
        }
    }
    chain
}

impl Part {
    pub(super) fn of(call: &Call) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let request = &call.request;
        match call.operation.as_str() {
            "Query" if request["IndexName"] == "by-due" => Self::Sweep,
            "UpdateItem" if text(&request["Key"]["pk"]["S"]).starts_with("U#") => Self::Main,
            "UpdateItem" if text(&request["Key"]["pk"]["S"]).starts_with("N#") => Self::Push,
            "Query" if request["TableName"] == "humanops-edge" && request["FilterExpression"] != Value::Null => {
                Self::Push
            }
            // Whether a host answers.
            "UpdateItem" if text(&request["Key"]["pk"]["S"]).starts_with("C#") => Self::Callback,
            "PutItem" if text(&request["Item"]["pk"]["S"]).starts_with("C#") => Self::Callback,
            // An attempt, noted with its event.
            "UpdateItem" if text(&request["Key"]["pk"]["S"]).starts_with("L#") => Self::Callback,
            "UpdateItem" if request["TableName"] == "humanops-edge" => Self::RateLimit,
            // The head of an agent's events, an event, its mark.
            "PutItem" if ["L#", "W#"].iter().any(|kind| text(&request["Item"]["pk"]["S"]).starts_with(kind)) => {
                Self::Relay
            }
            "BatchGetItem" => {
                let keys = |table: &str| request["RequestItems"][table]["Keys"].as_array().cloned().unwrap_or_default();
                let is_of_browsers = |key: &Value| text(&key["pk"]["S"]).starts_with("B#");
                let is_head = |key: &Value| text(&key["pk"]["S"]).starts_with("L#") && key["sk"]["S"] == "$";
                let is_recording = |key: &Value| is_head(key) || text(&key["pk"]["S"]).starts_with("W#");
                match (keys("humanops-core").as_slice(), keys("humanops-edge").as_slice()) {
                    ([], edge) if edge.iter().any(is_recording) => Self::Relay,
                    (_, edge) if edge.iter().any(is_of_browsers) => Self::Push,
                    (_, [_, ..]) => Self::Callback,
                    (keys, []) if keys.iter().any(|key| text(&key["sk"]["S"]).starts_with("G#")) => Self::Relay,
                    _ => Self::Main,
                }
            }
            _ => Self::Main,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, phases};
    use serde_json::Value;

    #[test]
    fn phases_are_the_longest_chain_of_calls_that_do_not_overlap() {
        let call = |&(began, ended): &(usize, usize)| Call {
            operation: "Query".to_owned(),
            request: Value::Null,
            began,
            ended,
            units: Vec::new(),
        };
        for (spans, chain) in [
            (&[][..], 0),
            (&[(0, 1)], 1),
            (&[(0, 1), (2, 3)], 2),
            (&[(0, 2), (1, 3)], 1),
            (&[(0, 9), (1, 2), (3, 4), (5, 6)], 3),
            (&[(0, 3), (1, 4), (2, 5), (6, 8), (7, 9)], 2),
        ] {
            let calls: Vec<Call> = spans.iter().map(call).collect();
            assert_eq!(phases(&calls), chain, "{spans:?}");
        }
    }
}
