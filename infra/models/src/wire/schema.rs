//! Which JSON Schemas are taken as strict. Not whether an answer is of one.

use serde_json::Value;

/// What both providers take.
const COMMON: [&str; 12] = [
    "$defs",
    "$ref",
    "additionalProperties",
    "anyOf",
    "const",
    "description",
    "enum",
    "items",
    "properties",
    "required",
    "title",
    "type",
];
/// What only OpenAI takes beside that; Claude on Bedrock answers 400.
pub(crate) const OF_OPENAI: [&str; 7] =
    ["exclusiveMaximum", "exclusiveMinimum", "maxItems", "maximum", "minItems", "minimum", "pattern"];

/// `more` are keywords beside the common ones.
pub(crate) fn check(schema: &Value, more: &[&str]) -> Result<(), String> {
    if schema["type"] != "object" {
        return Err("the schema's root must be an object".to_owned());
    }
    walk(schema, more, "")
}

fn walk(node: &Value, more: &[&str], at: &str) -> Result<(), String> {
    let Some(fields) = node.as_object() else { return Err(format!("the schema at '{at}' is none")) };
    let foreign = fields.keys().find(|key| !COMMON.contains(&key.as_str()) && !more.contains(&key.as_str()));
    if let Some(key) = foreign {
        return Err(format!("the schema at '{at}' has '{key}', which is not permitted"));
    }
    if node["type"] == "object" {
        closed(node, at)?;
    }
    let children = ["properties", "$defs"].into_iter().filter_map(|key| node[key].as_object()).flatten();
    for (name, child) in children {
        walk(child, more, &format!("{at}/{name}"))?;
    }
    for child in node["anyOf"].as_array().into_iter().flatten().chain(fields.get("items")) {
        walk(child, more, &format!("{at}/*"))?;
    }
    Ok(())
}

/// All properties are required and no others allowed.
fn closed(node: &Value, at: &str) -> Result<(), String> {
    if node["additionalProperties"] != false {
        return Err(format!("in the schema at '{at}' 'additionalProperties' must be false"));
    }
    let required: Vec<&str> = node["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let properties: Vec<&String> = node["properties"].as_object().into_iter().flat_map(|it| it.keys()).collect();
    if properties.len() != required.len() || properties.iter().any(|name| !required.contains(&name.as_str())) {
        return Err(format!("in the schema at '{at}' 'required' must name every property"));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
