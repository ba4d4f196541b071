//! GET /admin/disputes: tasks that wait for a resolution, latest dispute first.

use axum::extract::State;
use serde::Serialize;
use store::listing::Row;
use web::paging::{self, Page};
use web::{AdminCaller, Answer, Gate, Json, Money, Query};

pub(crate) async fn handle(
    caller: AdminCaller,
    State(gate): State<Gate>,
    Query(mut query): Query,
) -> Answer<Page<Dispute>> {
    let window = paging::window(&mut query);

    caller.enter().await?;
    query.finish()?;

    let listed = gate.store().disputes(&window).await?;
    Ok(Json::ok(Page::new(listed.rows, &window, listed.total, place, Dispute::of)))
}

#[derive(Serialize)]
pub(crate) struct Dispute {
    task_id: String,
    title: String,
    task_type: &'static str,
    reward_usd: Money,
    agent_id: Option<String>,
    operator: Option<OperatorView>,
    created_at: String,
    deadline: String,
}

#[derive(Serialize)]
struct OperatorView {
    id: String,
    name: String,
}

fn place(row: &Row) -> String {
    row.cursor.clone()
}

impl Dispute {
    fn of(row: Row) -> Self {
        Self {
            task_id: row.id.to_string(),
            title: row.title,
            task_type: row.task_type.word(),
            reward_usd: Money(row.reward),
            agent_id: row.agent.map(|id| id.to_string()),
            operator: row.operator.map(|o| OperatorView { id: o.id.to_string(), name: o.public_name }),
            created_at: row.created_at.to_string(),
            deadline: row.deadline.to_string(),
        }
    }
}
