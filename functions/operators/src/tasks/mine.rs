//! `GET /operator/tasks/mine`: tasks that the operator has accepted, latest first.

use super::reputations;
use axum::extract::State;
use contract::operator::tasks::Reputation;
use contract::operator::tasks::mine::{Line, Reply};
use contract::wire::{Id, Location, Moment, Money, Window, Word};
use store::Key;
use store::task::listing::{Listed, OperatorRow, Row};
use web::{Answer, Gate, Json, OperatorCaller, Query, paging};

pub(crate) async fn handle(State(gate): State<Gate>, caller: OperatorCaller, query: Query) -> Answer<Reply> {
    let window = query.read::<Window>().map(paging::window);

    let listed = async |who| match &window {
        Ok(window) => gate.store().tasks_of_operator(&who, window).await,
        Err(_) => Ok(Listed::default()),
    };
    let (_, _, listed) = caller.authenticate_beside(|_| [], listed).await?;
    let window = window?;

    let mut found = gate.store().read(listed.rows.iter().map(|row| Key::agent(row.agent))).await?;
    let agents = reputations(&mut found, &listed.rows)?;
    let line = |row: OperatorRow| line(agents[&row.agent], row);
    Ok(Json::ok(paging::page(listed.rows, &window, listed.total, |row| row.place().to_owned(), line)))
}

fn line(agent: Reputation, row: OperatorRow) -> Line {
    let task = row.summary;
    Line {
        task_id: Id(task.id),
        title: task.title,
        status: Word(task.status),
        task_type: Word(task.task_type),
        location: Location::of(row.point, &row.address),
        reward_usd: Money(task.reward),
        deadline: Moment(task.deadline),
        accepted_at: row.accepted_at.map(Moment),
        completed_at: row.completed_at.map(Moment),
        created_at: Moment(task.created_at),
        agent,
    }
}
