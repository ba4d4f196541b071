//! `GET /operator/tasks/{id}`: a pending task, or one of the operator's own with what came of it.

use super::reputation;
use crate::Operators;
use axum::extract::State;
use bucket::Bucket;
use contract::operator::tasks::Reputation;
use contract::operator::tasks::show::Reply;
use contract::read::Nothing;
use contract::wire::submission::Submission;
use contract::wire::{Id, Location, Moment, Money, NextAction, Word};
use domain::Timestamp;
use domain::status::Status;
use domain::submission::Proof;
use domain::task::Task;
use futures::try_join;
use store::Key;
use store::task::papers::Papers;
use web::{Answer, ApiError, Json, OperatorCaller, Query, TaskPath};

pub(crate) async fn handle(
    State(state): State<Operators>,
    caller: OperatorCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let store = state.gate.store();
    let keys = path.key().into_iter().chain(path.0.map(Key::brief));
    let (operator, mut found) = caller.authenticate(|_| keys).await?;
    query.read::<Nothing>()?;

    let task = path.task(&mut found)?;
    let (own, mut brief) = (task.is_of(&operator), found.brief(task.id)?);
    if !own && task.status != Status::Pending {
        return Err(ApiError::not_found("Task"));
    }
    if !own {
        // They may be about accounts of the agent: for who has the task, not for whoever looks.
        (brief.digital_instructions, brief.agent_public_key) = (None, None);
    }
    let papers = async {
        match task.proof {
            Some(_) if own => store.papers(&task).await,
            _ => Ok(Papers { brief, ..Papers::default() }),
        }
    };
    let (papers, mut found) = try_join!(papers, store.read([Key::agent(task.agent)]))?;
    let agent = reputation(&mut found, task.agent)?;
    let reply = reply(&task, papers, agent, &state.bucket, store.now()).await;
    Ok(Json::ok(reply))
}

async fn reply(task: &Task, papers: Papers, agent: Reputation, bucket: &Bucket, now: Timestamp) -> Reply {
    let Papers { brief, proof, verdict, said } = papers;
    let links = bucket.links(proof.iter().flat_map(Proof::objects));
    let submission = Submission::of(task, brief.requirements, proof, links, verdict, said);
    Reply {
        task_id: Id(task.id),
        title: task.title.clone(),
        description: brief.description.unwrap_or_else(|| task.description.clone()),
        status: Word(task.status),
        task_type: Word(task.task_type),
        task_domain: Word(task.task_type.domain()),
        proof_type: Word(task.proof_type),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        deadline: Moment(task.deadline),
        digital_instructions: brief.digital_instructions,
        agent_public_key: brief.agent_public_key,
        proof: submission.proof,
        decision: submission.decision,
        guardian_result: submission.guardian_result,
        proof_requirements: submission.proof_requirements,
        revision: submission.revision,
        dispute: submission.dispute,
        statement: submission.statements.operator,
        resolution: submission.resolution,
        accepted_at: task.accepted_at.map(Moment),
        started_at: task.started_at.map(Moment),
        submitted_at: task.submitted_at.map(Moment),
        completed_at: task.completed_at.map(Moment),
        created_at: Moment(task.created_at),
        agent,
        next_action: NextAction::of(task, now),
    }
}
