//! Reading a JSON object without deciding what its values are, and noticing names that come twice.

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// A JSON object whose values are kept as text.
#[derive(Default)]
pub(super) struct Object {
    pub(super) fields: BTreeMap<String, Box<RawValue>>,
    /// Names that are given more than once.
    pub(super) twice: Vec<String>,
}

impl Object {
    /// Adds a member; the latest of a name counts.
    pub(super) fn add(&mut self, name: String, value: Box<RawValue>) {
        if self.fields.insert(name.clone(), value).is_some() {
            self.twice.push(name);
        }
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut object = Object::default();
                // A name with half of a character is no text; as it was written, it is a field that nobody knows.
                while let Some((name, value)) = map.next_entry::<Box<RawValue>, Box<RawValue>>()? {
                    let name = serde_json::from_str(name.get()).unwrap_or_else(|_| name.get().to_owned());
                    object.add(name, value);
                }
                Ok(object)
            }
        }
        deserializer.deserialize_map(Members)
    }
}

/// Null, and the empty text, which models send for what they do not want to say.
pub(super) fn is_absent(json: &RawValue) -> bool {
    matches!(json.get(), "null" | "\"\"")
}
