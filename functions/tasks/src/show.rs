//! `GET /tasks/{id}`: everything about a task of the agent's.

use crate::Tasks;
use axum::extract::{Path, State};
use bucket::Bucket;
use domain::guardian::Verdict;
use domain::task::Task;
use domain::{TaskId, Timestamp};
use serde::Serialize;
use std::time::SystemTime;
use store::proofs::Proof;
use store::tasks::Dossier;
use web::location::Location;
use web::next_action::NextAction;
use web::{AgentCaller, Answer, ApiError, Json, Money, Number, Query};

#[derive(Serialize)]
pub(crate) struct Reply {
    task_id: String,
    title: String,
    description: String,
    status: &'static str,
    task_type: &'static str,
    task_domain: &'static str,
    proof_type: &'static str,
    location: Location,
    reward_usd: Money,
    platform_fee_usd: Money,
    deadline: String,
    proof_requirements: Vec<String>,
    digital_instructions: Option<String>,
    proof: Option<ProofView>,
    guardian_result: Option<VerdictView>,
    operator: Option<OperatorView>,
    callback_url: Option<String>,
    agent_public_key: Option<String>,
    accepted_at: Option<String>,
    started_at: Option<String>,
    submitted_at: Option<String>,
    verified_at: Option<String>,
    completed_at: Option<String>,
    hold_until: Option<String>,
    dispute: Option<DisputeView>,
    resolution: Option<ResolutionView>,
    cancellation: Option<CancellationView>,
    created_at: String,
    next_action: Option<NextAction>,
}

#[derive(Serialize)]
struct ProofView {
    photos: Vec<String>,
    notes: Option<String>,
    #[serde(rename = "submittedAt")]
    submitted_at: String,
    confirmation_text: Option<String>,
    reference_url: Option<String>,
    location: Option<Whereabouts>,
    encrypted_credential: bool,
}

/// Where the operator says they were.
#[derive(Serialize)]
struct Whereabouts {
    lat: Number,
    lng: Number,
    accuracy_m: Option<u32>,
    captured_at: Option<String>,
}

#[derive(Serialize)]
struct VerdictView {
    decision: &'static str,
    confidence: u8,
    reasoning: String,
    review_reason: Option<&'static str>,
    requirement_results: Vec<RequirementView>,
    checks: Vec<CheckView>,
}

#[derive(Serialize)]
struct RequirementView {
    requirement: String,
    verdict: &'static str,
    confidence: u8,
    reasoning: String,
}

#[derive(Serialize)]
struct CheckView {
    check: &'static str,
    status: &'static str,
    detail: String,
}

/// `rating` is null until operators can be rated.
#[derive(Serialize)]
struct OperatorView {
    id: String,
    name: String,
    rating: Option<()>,
}

#[derive(Serialize)]
struct DisputeView {
    origin: &'static str,
    opened_at: String,
    escalated_at: Option<String>,
}

#[derive(Serialize)]
struct ResolutionView {
    outcome: &'static str,
    operator_share_bps: u32,
    resolved_at: String,
}

#[derive(Serialize)]
struct CancellationView {
    reason: &'static str,
    cancelled_at: String,
    refunded_usd: Money,
}

pub(crate) async fn handle(
    State(state): State<Tasks>,
    caller: AgentCaller,
    Path(id): Path<String>,
    Query(query): Query,
) -> Answer<Reply> {
    let store = state.gate.store();
    let id = TaskId::parse(&id);

    let dossier = async {
        match id {
            Some(id) => store.dossier(id).await,
            None => Ok(None),
        }
    };
    let (agent, _, dossier) = caller.enter_with(|_| ([], dossier)).await?;
    query.finish()?;

    let own = dossier.filter(|dossier| dossier.task.agent == agent);
    let dossier = own.ok_or_else(|| ApiError::not_found("Task"))?;
    // The links to photos work for whoever has them.
    Ok(Json::ok(reply(dossier, &state.bucket, store.now())).no_store())
}

fn reply(dossier: Dossier, bucket: &Bucket, now: Timestamp) -> Reply {
    let Dossier { task, brief, proof, verdict, has_credential } = dossier;
    let requirements = brief.requirements.unwrap_or_else(|| task.requirements.clone());
    let text = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    Reply {
        task_id: task.id.to_string(),
        description: brief.description.unwrap_or_else(|| task.description.clone()),
        status: task.status.word(),
        task_type: task.task_type.word(),
        task_domain: task.task_type.domain().word(),
        proof_type: task.proof_type.word(),
        location: Location::of(task.point, &task.address),
        reward_usd: Money(task.reward),
        platform_fee_usd: Money(task.fee),
        deadline: task.deadline.to_string(),
        digital_instructions: brief.digital_instructions,
        proof: proof.map(|proof| proof_view(proof, has_credential, bucket)),
        guardian_result: verdict.filter(|_| task.verdict.is_some()).map(|v| verdict_view(v, &requirements)),
        proof_requirements: requirements,
        operator: operator_view(&task),
        callback_url: brief.callback.map(|callback| callback.url),
        agent_public_key: brief.agent_public_key,
        accepted_at: text(task.accepted_at),
        started_at: text(task.started_at),
        submitted_at: text(task.submitted_at),
        verified_at: text(task.verified_at),
        completed_at: text(task.completed_at),
        hold_until: text(task.hold_until),
        dispute: dispute_view(&task),
        resolution: resolution_view(&task),
        cancellation: cancellation_view(&task),
        created_at: task.created_at.to_string(),
        next_action: NextAction::of(&task, now),
        title: task.title,
    }
}

/// Links that work for 15 minutes, fresh with each answer.
fn proof_view(proof: Proof, has_credential: bool, bucket: &Bucket) -> ProofView {
    // The bucket judges by real time, wherever the test clock may stand.
    let signed_at = SystemTime::now();
    ProofView {
        photos: proof.photos.iter().map(|key| bucket.presign_get(key, signed_at)).collect(),
        notes: proof.notes,
        submitted_at: proof.submitted_at.to_string(),
        confirmation_text: proof.confirmation_text,
        reference_url: proof.reference_url,
        location: proof.location.map(|location| Whereabouts {
            lat: Number(location.point.lat),
            lng: Number(location.point.lng),
            accuracy_m: location.accuracy_m,
            captured_at: location.captured_at.map(|at| at.to_string()),
        }),
        encrypted_credential: has_credential,
    }
}

fn verdict_view(verdict: Verdict, requirements: &[String]) -> VerdictView {
    let (confidence, reasoning) = (verdict.confidence, &verdict.reasoning);
    let results = requirements.iter().zip(&verdict.requirements).map(|(requirement, result)| RequirementView {
        requirement: requirement.clone(),
        verdict: result.word(),
        confidence,
        reasoning: reasoning.clone(),
    });
    let checks = verdict.checks.iter().map(|check| CheckView {
        check: check.name.word(),
        status: check.status.word(),
        detail: check.detail.clone(),
    });
    VerdictView {
        decision: verdict.decision.word(),
        confidence,
        review_reason: verdict.review_reason.map(|reason| reason.word()),
        requirement_results: results.collect(),
        checks: checks.collect(),
        reasoning: verdict.reasoning,
    }
}

fn operator_view(task: &Task) -> Option<OperatorView> {
    let operator = task.operator.as_ref()?;
    Some(OperatorView { id: operator.id.to_string(), name: operator.public_name.clone(), rating: None })
}

fn dispute_view(task: &Task) -> Option<DisputeView> {
    let dispute = task.dispute.as_ref()?;
    Some(DisputeView {
        origin: dispute.origin.word(),
        opened_at: dispute.at.to_string(),
        escalated_at: dispute.escalated_at.map(|at| at.to_string()),
    })
}

fn resolution_view(task: &Task) -> Option<ResolutionView> {
    let resolution = task.resolution.as_ref()?;
    Some(ResolutionView {
        outcome: resolution.outcome.word(),
        operator_share_bps: resolution.operator_share_bps,
        resolved_at: resolution.at.to_string(),
    })
}

fn cancellation_view(task: &Task) -> Option<CancellationView> {
    let cancellation = task.cancellation.as_ref()?;
    Some(CancellationView {
        reason: cancellation.reason.word(),
        cancelled_at: cancellation.at.to_string(),
        refunded_usd: Money(cancellation.refunded),
    })
}
