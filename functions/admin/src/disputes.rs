//! `GET /admin/disputes`: tasks that wait for a resolution, latest dispute first.

use axum::extract::State;
use contract::admin::disputes::{DisputedTask, Operator, Reply};
use contract::wire::{Id, Moment, Money, Window, Word};
use store::task::listing::{DisputeRow, Row};
use web::{AdminCaller, Answer, Gate, Json, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AdminCaller, query: Query) -> Answer<Reply> {
    caller.authenticate().await?;
    let window = paging::window(query.read::<Window>()?);

    let listed = gate.store().disputes(&window).await?;
    Ok(Json::ok(paging::page(listed.rows, &window, listed.total, |row| row.place().to_owned(), line)))
}

fn line(row: DisputeRow) -> DisputedTask {
    let task = row.summary;
    DisputedTask {
        task_id: Id(task.id),
        title: task.title,
        task_type: Word(task.task_type),
        reward_usd: Money(task.reward),
        agent_id: Some(Id(row.agent)),
        operator: row.operator.map(|o| Operator { id: Id(o.id), name: o.public_name }),
        created_at: Moment(task.created_at),
        deadline: Moment(task.deadline),
    }
}
