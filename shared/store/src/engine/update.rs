//! An update of one item, put together from parts. Knows DynamoDB's expressions, not what is updated.

use crate::engine::item::{number, text};
use aws_sdk_dynamodb::types::{AttributeValue, Update};
use std::collections::HashMap;

/// Sums, removals and conditions of one update.
#[derive(Default)]
pub(crate) struct UpdateExpr {
    sets: Vec<String>,
    removes: Vec<String>,
    conditions: Vec<String>,
    names: HashMap<String, String>,
    values: HashMap<String, AttributeValue>,
}

impl UpdateExpr {
    /// Sets `attribute`.
    pub(crate) fn set(&mut self, attribute: &str, value: AttributeValue) {
        self.sets.push(format!("{attribute} = :{attribute}"));
        self.values.insert(format!(":{attribute}"), value);
    }

    /// Sets `attribute` where there is a value for it.
    pub(crate) fn set_if(&mut self, attribute: &str, value: Option<AttributeValue>) {
        if let Some(value) = value {
            self.set(attribute, value);
        }
    }

    /// Sets `attribute`, or removes it.
    pub(crate) fn set_or_remove(&mut self, attribute: &str, value: Option<AttributeValue>) {
        match value {
            Some(value) => self.set(attribute, value),
            None => self.removes.push(attribute.to_owned()),
        }
    }

    /// Adds `by` to the number `attribute`; it must not become negative.
    pub(crate) fn add(&mut self, attribute: &str, by: i64) {
        if by == 0 {
            return;
        }
        self.sets.push(format!("{attribute} = {attribute} + :{attribute}"));
        self.values.insert(format!(":{attribute}"), number(by));
        if by < 0 {
            self.require(&format!("{attribute} >= :{attribute}_min"));
            self.values.insert(format!(":{attribute}_min"), number(-by));
        }
    }

    /// Adds `by` to the number under `key` in the map `attribute`, which starts at zero.
    pub(crate) fn add_in_map(&mut self, attribute: &str, key: &str, by: i64) {
        if by == 0 {
            return;
        }
        let (name, value) = (format!("#{attribute}"), format!(":{attribute}"));
        self.sets.push(format!("{attribute}.{name} = if_not_exists({attribute}.{name}, :zero) + {value}"));
        self.names.insert(name.clone(), key.to_owned());
        self.values.insert(value.clone(), number(by));
        self.values.insert(":zero".to_owned(), number(0));
        if by < 0 {
            self.require(&format!("{attribute}.{name} >= {value}_min"));
            self.values.insert(format!("{value}_min"), number(-by));
        }
    }

    /// Removes keys of the map `attribute`, there or not.
    pub(crate) fn remove_from_map(&mut self, attribute: &str, keys: impl Iterator<Item = String>) {
        for (i, key) in keys.enumerate() {
            let name = format!("#{attribute}{i}");
            self.removes.push(format!("{attribute}.{name}"));
            self.names.insert(name, key);
        }
    }

    /// Adds a condition.
    pub(crate) fn require(&mut self, condition: &str) {
        self.conditions.push(condition.to_owned());
    }

    /// Binds a value.
    pub(crate) fn bind(&mut self, name: &str, value: AttributeValue) {
        self.values.insert(name.to_owned(), value);
    }

    pub(crate) fn update(self, table: &str, pk: &str, sk: &str) -> Update {
        let mut expression = format!("SET {}", self.sets.join(", "));
        if !self.removes.is_empty() {
            expression.push_str(&format!(" REMOVE {}", self.removes.join(", ")));
        }
        Update::builder()
            .table_name(table)
            .key("pk", text(pk))
            .key("sk", text(sk))
            .update_expression(expression)
            .set_condition_expression((!self.conditions.is_empty()).then(|| self.conditions.join(" AND ")))
            .set_expression_attribute_names((!self.names.is_empty()).then_some(self.names))
            .set_expression_attribute_values(Some(self.values))
            .build()
            .expect("every required member is set")
    }
}
