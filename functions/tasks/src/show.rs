//! `GET /tasks/{id}`: everything about a task of the agent's.

use crate::Tasks;
use axum::extract::State;
use bucket::Bucket;
use contract::read::Nothing;
use contract::tasks::messages::Message;
use contract::tasks::show::{Operator, Reply, Verification};
use contract::wire::submission::Submission;
use contract::wire::{Id, Location, Moment, Money, NextAction, Rating, Share, Word};
use domain::Timestamp;
use domain::operator::Earnings;
use domain::submission::Proof;
use domain::task::{Assignee, Task};
use store::task::Dossier;
use store::{Key, Store, StoreError};
use web::{AgentCaller, Answer, ApiError, Json, Query, TaskPath};

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    path: TaskPath,
    query: Query,
) -> Answer<Reply> {
    let store = state.gate.store();

    let all = async |_| match path.0 {
        Some(id) => futures::try_join!(store.dossier(id), store.newest_messages(id)),
        None => Ok((None, Vec::new())),
    };
    let (agent, _, (dossier, messages)) = caller.authenticate_beside(|_| [], all).await?;
    query.read::<Nothing>()?;

    let own = dossier.filter(|dossier| dossier.task.agent == agent);
    let dossier = own.ok_or_else(|| ApiError::not_found("Task"))?;
    let operator = operator(store, &dossier.task).await?;
    // The links to photos work for whoever has them.
    let messages = messages.into_iter().map(Message::of).collect();
    Ok(Json::ok(reply(dossier, operator, messages, &state.bucket, store.now()).await))
}

/// Who has the task, with its record as it is now.
async fn operator(store: &Store, task: &Task) -> Result<Option<Operator>, StoreError> {
    let Some(Assignee { id, public_name }) = &task.operator else {
        return Ok(None);
    };
    let mut found = store.read([Key::earnings(id)]).await?;
    let Earnings { record, ratings, .. } = found.earnings(id)?.unwrap_or_default();
    let share = |part| Share::of(part, record.ended());
    Ok(Some(Operator {
        id: Id(id.clone()),
        name: public_name.clone(),
        rating: Rating::of(ratings),
        rating_count: ratings.count,
        completed_tasks: record.completed,
        completion_rate: share(record.completed),
        no_show_rate: share(record.no_shows),
        dispute_loss_rate: share(record.disputes_lost),
    }))
}

async fn reply(
    dossier: Dossier,
    operator: Option<Operator>,
    messages: Vec<Message>,
    bucket: &Bucket,
    now: Timestamp,
) -> Reply {
    let Dossier { task, brief, callback, proof, verdict, said, .. } = dossier;
    let links = bucket.links(proof.iter().flat_map(Proof::objects));
    let submission = Submission::of(&task, brief.requirements, proof, links, verdict, said);
    Reply {
        task_id: Id(task.id),
        description: brief.description.unwrap_or_else(|| task.description.clone()),
        status: Word(task.status),
        task_type: Word(task.task_type),
        task_domain: Word(task.task_type.domain()),
        proof_type: Word(task.proof_type),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        platform_fee_usd: Money(task.fee),
        deadline: Moment(task.deadline),
        digital_instructions: brief.digital_instructions,
        verification: Verification::of(brief.verification),
        proof: submission.proof,
        decision: submission.decision,
        revision: submission.revision,
        guardian_result: submission.guardian_result,
        proof_requirements: submission.proof_requirements,
        operator,
        messages,
        callback_url: callback.map(|callback| callback.url),
        agent_public_key: brief.agent_public_key,
        accepted_at: task.accepted_at.map(Moment),
        started_at: task.started_at.map(Moment),
        submitted_at: task.submitted_at.map(Moment),
        verified_at: task.verified_at.map(Moment),
        completed_at: task.completed_at.map(Moment),
        hold_until: task.hold_until.map(Moment),
        dispute: submission.dispute,
        statement: submission.statements.agent,
        resolution: submission.resolution,
        cancellation: submission.cancellation,
        created_at: Moment(task.created_at),
        next_action: NextAction::of(&task, now),
        title: task.title,
    }
}
