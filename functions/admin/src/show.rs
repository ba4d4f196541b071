//! `GET /admin/tasks/{id}`: everything that staff need to judge a task.

use crate::Admin;
use axum::extract::State;
use bucket::Bucket;
use contract::admin::disputes::Operator;
use contract::admin::show::{Past, Payment, Query as Wanted, Reply};
use contract::wire::submission::Submission;
use contract::wire::{Id, Location, Moment, Money, NextAction, Word};
use domain::ledger::Account;
use domain::submission::Proof;
use domain::task::{Outcome, Task};
use domain::{StaffName, Timestamp, Usd, event, moves};
use store::task::papers::Papers;
use web::{AdminCaller, Answer, Json, Query, TaskPath};

/// The share of a split that nobody asked for, in basis points.
const HALF_BPS: u64 = 5_000;

pub(crate) async fn handle(
    State(state): State<Admin>,
    caller: AdminCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let store = state.gate.store();
    let by = caller.authenticate().await?;
    let Wanted { operator_share_bps } = query.read()?;

    let task = path.task(&mut store.read(path.key()).await?)?;
    let papers = store.papers(&task).await?;
    let share_bps = u32::try_from(operator_share_bps.unwrap_or(HALF_BPS)).unwrap_or(u32::MAX);
    Ok(Json::ok(reply(&task, papers, payments(&task, share_bps, &by, store.now()), &state.bucket, store.now()).await))
}

async fn reply(task: &Task, papers: Papers, outcomes: Vec<Payment>, bucket: &Bucket, now: Timestamp) -> Reply {
    let Papers { brief, proof, verdict, said } = papers;
    let links = bucket.links(proof.iter().flat_map(Proof::objects));
    let submission = Submission::of(task, brief.requirements, proof, links, verdict, said);
    Reply {
        task_id: Id(task.id),
        title: task.title.clone(),
        description: brief.description.unwrap_or_else(|| task.description.clone()),
        status: Word(task.status),
        task_type: Word(task.task_type),
        proof_type: Word(task.proof_type),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        platform_fee_usd: Money(task.fee),
        deadline: Moment(task.deadline),
        digital_instructions: brief.digital_instructions,
        agent_id: Id(task.agent),
        operator: task.operator.as_ref().map(Operator::of),
        proof: submission.proof,
        decision: submission.decision,
        guardian_result: submission.guardian_result,
        proof_requirements: submission.proof_requirements,
        revision: submission.revision,
        dispute: submission.dispute,
        statements: submission.statements,
        resolution: submission.resolution,
        resolved_by: task.resolution.as_ref().map(|resolution| resolution.by.to_string()),
        cancellation: submission.cancellation,
        history: event::past(task).into_iter().map(|(name, at)| Past { event: Word(name), at: Moment(at) }).collect(),
        outcomes,
        next_action: NextAction::of(task, now),
    }
}

/// What each outcome would pay, by the postings that it would make.
fn payments(task: &Task, share_bps: u32, by: &StaffName, now: Timestamp) -> Vec<Payment> {
    let outcomes = [(Outcome::Release, 10_000), (Outcome::Refund, 0), (Outcome::Split, share_bps)];
    let payment = |(outcome, operator_share_bps): (Outcome, u32)| {
        let entry = moves::resolve(task, outcome, operator_share_bps, "", by, now).ok()?.entry?;
        let to = |is: fn(&Account) -> bool| {
            let micros = entry.postings().iter().filter(|posting| is(&posting.account)).map(|posting| posting.micros);
            Some(Money(Usd::from_micros(micros.sum())?))
        };
        Some(Payment {
            outcome: Word(outcome),
            operator_share_bps,
            operator_usd: to(|account| matches!(account, Account::Earnings(_)))?,
            platform_usd: to(|account| matches!(account, Account::Revenue(_)))?,
            agent_usd: to(|account| matches!(account, Account::Deposit(_)))?,
        })
    };
    outcomes.into_iter().filter_map(payment).collect()
}
