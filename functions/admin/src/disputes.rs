//! `GET /admin/disputes`: tasks that wait for a resolution, latest dispute first, with what both sides say.

use axum::extract::State;
use contract::admin::disputes::{DisputedTask, Operator, Reply};
use contract::wire::submission::{Dispute, Statements};
use contract::wire::{Id, Moment, Money, Window, Word};
use domain::status::Status;
use domain::task::{Said, Task};
use store::StoreError;
use store::task::listing::{DisputeRow, Row};
use web::{AdminCaller, Answer, Gate, Json, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: AdminCaller, query: Query) -> Answer<Reply> {
    caller.authenticate().await?;
    let window = paging::window(query.read::<Window>()?);

    let listed = gate.store().disputes(&window).await?;
    let mut found = gate.store().disputed(listed.rows.iter().map(|row| row.summary.id)).await?;
    let rows: Result<Vec<_>, StoreError> = listed
        .rows
        .into_iter()
        .map(|row| {
            let task = found.task(row.summary.id)?.filter(|task| task.status == Status::Disputed);
            let said = task.as_ref().map(|task| found.said(task)).transpose()?;
            Ok((row, task, said.unwrap_or_default()))
        })
        .collect();
    Ok(Json::ok(paging::page(rows?, &window, listed.total, |(row, ..)| row.place().to_owned(), line)))
}

fn line((row, task, said): (DisputeRow, Option<Task>, Said)) -> DisputedTask {
    let summary = row.summary;
    DisputedTask {
        task_id: Id(summary.id),
        title: summary.title,
        task_type: Word(summary.task_type),
        reward_usd: Money(summary.reward),
        agent_id: Some(Id(row.agent)),
        operator: row.operator.as_ref().map(Operator::of),
        created_at: Moment(summary.created_at),
        deadline: Moment(summary.deadline),
        dispute: task.and_then(|task| Dispute::of(&task, said.objection)),
        statements: Statements { agent: said.by_agent.map(Into::into), operator: said.by_operator.map(Into::into) },
    }
}
