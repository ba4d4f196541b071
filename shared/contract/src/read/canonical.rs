//! A JSON object as one text that does not depend on the order of members or on white space. Numbers
//! stay as they were written: none goes through a float.

use super::object::is_absent;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The canonical text of an object, but for its members in `without`.
pub(super) fn object(members: &BTreeMap<String, Box<RawValue>>, without: &[&str]) -> String {
    members_of(members, without, DEPTH_MAX)
}

/// Objects and lists within each other that a canonical text looks into; no request has as many.
const DEPTH_MAX: u32 = 8;

fn value(raw: &RawValue, depth: u32) -> String {
    let text = raw.get();
    let whole = || text.to_owned();
    if depth == 0 {
        return whole();
    }
    match text.as_bytes().first() {
        Some(b'{') => match serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(text) {
            Ok(members) => members_of(&members, &[], depth - 1),
            Err(_) => whole(),
        },
        Some(b'[') => match serde_json::from_str::<Vec<Box<RawValue>>>(text) {
            Ok(entries) => {
                let entries: Vec<String> = entries.iter().map(|entry| value(entry, depth - 1)).collect();
                format!("[{}]", entries.join(","))
            }
            Err(_) => whole(),
        },
        Some(b'"') => match serde_json::from_str::<String>(text) {
            Ok(string) => quoted(&string),
            Err(_) => whole(),
        },
        Some(_) | None => whole(),
    }
}

fn members_of(members: &BTreeMap<String, Box<RawValue>>, without: &[&str], depth: u32) -> String {
    // So that the same request has one text however it leaves something out.
    let wanted = members.iter().filter(|(name, _)| !without.contains(&name.as_str()));
    let present = wanted.filter(|(_, member)| !is_absent(member));
    let members = present.map(|(name, member)| format!("{}:{}", quoted(name), value(member, depth)));
    format!("{{{}}}", members.collect::<Vec<_>>().join(","))
}

fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}
