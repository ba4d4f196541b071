//! `GET /tasks/{id}`: everything about a task of the agent's.

use crate::Tasks;
use axum::extract::State;
use bucket::Bucket;
use contract::read::Nothing;
use contract::tasks::messages::Message;
use contract::tasks::show::{
    Cancellation, Check, Dispute, Operator, Proof, Reply, RequirementResult, Resolution, Verdict, Whereabouts,
};
use contract::wire::{Id, Location, Moment, Money, NextAction, Number, Rating, Share, Word};
use domain::Timestamp;
use domain::operator::Earnings;
use domain::task::{Assignee, Task};
use domain::upload::PhotoType;
use domain::{guardian, task};
use std::time::SystemTime;
use store::task::Dossier;
use store::task::proofs;
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
    let Dossier { task, brief, callback, proof, verdict, has_credential } = dossier;
    let proof = match proof {
        Some(proof) => Some(proof_view(proof, has_credential, bucket).await),
        None => None,
    };
    let requirements = brief.requirements.unwrap_or_else(|| task.requirements.clone());
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
        proof,
        guardian_result: verdict.filter(|_| task.verdict.is_some()).map(|v| verdict_view(v, &requirements)),
        proof_requirements: requirements,
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
        dispute: task.dispute.as_ref().map(dispute_view),
        resolution: task.resolution.as_ref().map(resolution_view),
        cancellation: task.cancellation.as_ref().map(cancellation_view),
        created_at: Moment(task.created_at),
        next_action: NextAction::of(&task, now),
        title: task.title,
    }
}

/// Links that work for 15 minutes, fresh with each answer.
async fn proof_view(proof: proofs::Proof, has_credential: bool, bucket: &Bucket) -> Proof {
    // The bucket judges by real time, wherever the test clock may stand.
    let signed_at = SystemTime::now();
    let mut photos = Vec::new();
    for photo in &proof.photos {
        photos.push(bucket.presign_get(&photo.key, photo.photo_type.map(PhotoType::word), signed_at).await);
    }
    Proof {
        photos,
        notes: proof.notes,
        submitted_at: Moment(proof.submitted_at),
        confirmation_text: proof.confirmation_text,
        reference_url: proof.reference_url,
        location: proof.location.map(|location| Whereabouts {
            lat: Number(location.point.lat),
            lng: Number(location.point.lng),
            accuracy_m: location.accuracy_m,
            captured_at: location.captured_at.map(Moment),
        }),
        encrypted_credential: has_credential,
    }
}

fn verdict_view(verdict: guardian::Verdict, requirements: &[String]) -> Verdict {
    let (confidence, reasoning) = (verdict.confidence, &verdict.reasoning);
    let results = requirements.iter().zip(&verdict.requirements).map(|(requirement, result)| RequirementResult {
        requirement: requirement.clone(),
        verdict: Word(*result),
        confidence,
        reasoning: reasoning.clone(),
    });
    let check =
        |check: guardian::Check| Check { check: Word(check.name), status: Word(check.status), detail: check.detail };
    Verdict {
        decision: Word(verdict.decision),
        confidence,
        review_reason: verdict.review_reason.map(Word),
        requirement_results: results.collect(),
        checks: verdict.checks.into_iter().map(check).collect(),
        reasoning: verdict.reasoning,
    }
}

fn dispute_view(dispute: &task::Dispute) -> Dispute {
    let escalated_at = dispute.escalated_at.map(Moment);
    Dispute { origin: Word(dispute.origin), opened_at: Moment(dispute.at), escalated_at }
}

fn resolution_view(resolution: &task::Resolution) -> Resolution {
    let operator_share_bps = resolution.operator_share_bps;
    Resolution { outcome: Word(resolution.outcome), operator_share_bps, resolved_at: Moment(resolution.at) }
}

fn cancellation_view(cancellation: &task::Cancellation) -> Cancellation {
    Cancellation {
        reason: Word(cancellation.reason),
        cancelled_at: Moment(cancellation.at),
        refunded_usd: Money(cancellation.refunded),
    }
}
