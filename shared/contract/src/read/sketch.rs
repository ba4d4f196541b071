//! The fields of no request: what a reader asks for becomes a JSON Schema.

use super::{Fields, Form, Read};
use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

/// A schema in the making, and the named schemas that it refers to.
#[derive(Debug)]
pub struct Sketch {
    /// Schemas by name; objects within objects land here.
    pub(crate) generator: SchemaGenerator,
    /// The name of the request that was drawn last.
    pub(crate) name: &'static str,
    /// Properties in the order in which they are asked for.
    pub(crate) properties: Vec<(&'static str, Schema)>,
    pub(crate) required: Vec<&'static str>,
}

impl Sketch {
    /// An empty sheet; named schemas go to `generator`.
    pub(crate) fn with(generator: SchemaGenerator) -> Self {
        Self { generator, name: "", properties: Vec::new(), required: Vec::new() }
    }

    /// Draws the schema of a request.
    pub fn draw<T: Read>(&mut self) {
        self.name = T::NAME;
        // Nothing is there, so nothing can be read: the answer says only that.
        let _ = T::read(self);
    }

    /// The object that was drawn: no fields but these, and null is like leaving one out where that is allowed.
    pub(crate) fn object(self) -> (Schema, SchemaGenerator) {
        let required = &self.required;
        let property = |(name, schema): (&'static str, Schema)| {
            let schema = if required.contains(&name) { schema } else { or_null(schema) };
            (name.to_owned(), schema.into())
        };
        let properties: Map<String, Value> = self.properties.into_iter().map(property).collect();
        let mut schema = json_schema!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !self.required.is_empty() {
            schema.insert("required".to_owned(), self.required.into());
        }
        (schema, self.generator)
    }

    fn note<F: Form>(&mut self, name: &'static str, about: &'static str, form: &F) {
        let mut schema = form.schema(&mut self.generator);
        if !about.is_empty() {
            schema.insert("description".to_owned(), about.into());
        }
        self.properties.push((name, schema));
    }
}

/// The schema of an object within another: named, so that it stands in the document once.
pub(super) fn nested<T: Read>(generator: &mut SchemaGenerator) -> Schema {
    let mut inner = Sketch::with(std::mem::replace(generator, self::generator()));
    inner.draw::<T>();
    let (schema, back) = inner.object();
    *generator = back;
    generator.definitions_mut().insert(T::NAME.to_owned(), schema.into());
    Schema::new_ref(format!("#/components/schemas/{}", T::NAME))
}

/// A generator whose references are those of an OpenAPI document.
pub(crate) fn generator() -> SchemaGenerator {
    let mut settings = SchemaSettings::draft2020_12().for_serialize();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    settings.into_generator()
}

/// A schema that also lets null through.
fn or_null(mut schema: Schema) -> Schema {
    let nothing = json!({ "type": "null" });
    if let Some(alternatives) = schema.get_mut("oneOf").and_then(Value::as_array_mut) {
        alternatives.push(nothing);
    } else if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
        types.push("null".into());
    } else if let Some(Value::String(only)) = schema.get("type") {
        let types = json!([only, "null"]);
        schema.insert("type".to_owned(), types);
    } else if let Some(reference) = schema.remove("$ref") {
        schema.insert("oneOf".to_owned(), json!([{ "$ref": reference }, nothing]));
    }
    schema
}

impl Fields for Sketch {
    fn optional<F: Form>(&mut self, name: &'static str, about: &'static str, form: F) -> Option<F::Value> {
        self.note(name, about, &form);
        None
    }

    fn required<F: Form>(&mut self, name: &'static str, about: &'static str, form: F) -> Option<F::Value> {
        self.note(name, about, &form);
        self.required.push(name);
        None
    }

    fn has(&self, _: &str) -> bool {
        false
    }

    fn problem(&mut self, _: &str, _: impl Into<String>) {}
}
