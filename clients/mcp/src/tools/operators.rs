//! Who could do it.

use super::{Kind, READS, Tool, can_have, has, may, need};
use crate::arguments::Arguments;
use crate::refusal::Refusal;
use crate::session::{self, Session};
use crate::stranger;
use humanops_client::operations;
use serde_json::{Map, Value, json};

pub(super) const SEARCH: Tool = Tool {
    name: "search_operators",
    title: "Search operators",
    about: "Finds verified operators near a place, the nearest first, and says how soon tasks are accepted there. Use it \
            before post_task to see whether anybody is there; tasks need not name an operator.",
    about_home: ["", ""],
    hints: super::Hints { is_open_world: true, ..READS },
    operation: "searchOperators",
    params: &[
        need("lat"),
        need("lng"),
        may("radius_km"),
        may("task_type"),
        may("min_rating"),
        may("limit").about("10 unless said otherwise."),
    ],
    output: &[
        has("operators", Kind::List),
        has("count", Kind::Count),
        has("coverage", Kind::Object),
        can_have("notice", Kind::Text),
    ],
    run: |session, arguments| Box::pin(search(session, arguments)),
};

const LIMIT: u64 = 10;

async fn search(session: &Session, Arguments(mut query): Arguments) -> Result<Map<String, Value>, Refusal> {
    query.entry("limit").or_insert(LIMIT.into());
    let mut found = session.get(operations::SEARCH_OPERATORS, &query).await?;
    let mut operators = session::list(&mut found, "data")?;
    for operator in operators.iter_mut().filter_map(Value::as_object_mut) {
        stranger::set_apart(operator, &["name", "location"]);
    }
    let mut shown = Map::from_iter([("count".to_owned(), json!(operators.len()))]);
    shown.extend(found.remove_entry("coverage"));
    shown.insert("operators".to_owned(), operators.into());
    Ok(shown)
}
