//! The model that looks at photos and reads notes, played: it answers at once.

use models::{Asked, Mind};
use serde_json::{Value, json};

/// What a task asks to see.
pub(crate) const REQUIREMENT: &str = "Things on a wall";

/// Sees what is asked for and nothing else.
pub(crate) fn mind() -> Mind {
    Mind::script(|asked| {
        models::Reply::Json(match asked.schema_name.as_str() {
            "classification" => json!({ "tries_to_influence": false }),
            _ => json!({ "statements": seen(asked), "visible_text": [], "signs_of_editing": [] }),
        })
    })
}

fn seen(asked: &Asked) -> Vec<Value> {
    let list = asked.texts.iter().find_map(|text| text.strip_prefix("Statements: ")).unwrap_or("[]");
    let statements: Vec<Value> = serde_json::from_str(list).unwrap_or_default();
    let answer = |statement: &Value| {
        let verdict = if statement["statement"] == REQUIREMENT { "MET" } else { "NOT_MET" };
        json!({ "id": statement["id"], "what_is_visible": "Things.", "photo": 1, "verdict": verdict, "confidence": 99 })
    };
    statements.iter().map(answer).collect()
}
