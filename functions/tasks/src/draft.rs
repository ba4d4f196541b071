//! The body of `POST /tasks`, looked at with what only this deployment knows, as a draft that the domain can open.

use crate::Tasks;
use contract::read::{Given, text, web_url};
use contract::tasks::create::{Body, Callback, SECRET_CHARS};
use domain::opening::{self, Draft};
use domain::task::Brief;
use domain::{Timestamp, Usd};
use web::{ApiError, IdempotencyKey, Payload, fingerprint};

/// A request for a task.
pub(crate) struct Request {
    /// What is asked for, if it can be asked for now; without the callback, whose secret is sealed for the task's id.
    pub(crate) draft: Result<Draft, ApiError>,
    pub(crate) callback: Option<Callback>,
    /// Digest of the canonical request. `reject_duplicate_within_s` is not part of it, nor is `callback_secret`: a digest
    /// of it would let whoever reads the table try weak ones.
    pub(crate) fingerprint: [u8; 16],
    /// Refuse a task like one of the last so many seconds.
    pub(crate) reject_duplicate_within_s: Option<i64>,
}

/// Reads the body; the draft's error reports everything that is wrong with it at once.
pub(crate) fn read(
    payload: &Payload,
    key: &IdempotencyKey,
    state: &Tasks,
    now: Timestamp,
) -> Result<Request, ApiError> {
    let mut given = payload.given()?;
    let rest = given.canonical(&["callback_secret", "reject_duplicate_within_s", "reward_usd"]);
    let mut body = given.read::<Body>();
    key.check(&mut given);
    given.review("deadline", contract::read::moment(), |deadline| opening::deadline_fits(deadline, now));
    given.review("callback_url", web_url(), |url| {
        outbound::check_url(&url, state.callback_reach).map_err(|refusal| refusal.to_string())
    });
    review_secret(&mut given);

    let reject_duplicate_within_s = body.as_ref().and_then(|body| body.reject_duplicate_within_s);
    let reward = body.as_ref().map_or(Usd::ZERO, |body| body.reward);
    let fingerprint = fingerprint(reward, &rest);
    let callback = body.as_mut().and_then(|body| body.callback.take());
    let draft = web::finish(body, given).map(draft).and_then(|draft| {
        draft.permitted(state.restriction)?;
        Ok(draft)
    });
    Ok(Request { draft, callback, fingerprint, reject_duplicate_within_s })
}

/// Whether it can sign.
pub(crate) fn review_secret(given: &mut Given) {
    given.review("callback_secret", text(1..=SECRET_CHARS), |secret| {
        let problem = "must be base64 behind whsec_".to_owned();
        outbound::signature::is_secret(&secret).then_some(()).ok_or(problem)
    });
}

fn draft(body: Body) -> Draft {
    let (point, address) = body.location.map_or((None, None), |location| (location.point, location.address));
    Draft {
        task_type: body.task_type,
        proof_type: body.proof_type,
        title: body.title,
        description: body.description,
        requirements: body.requirements,
        point,
        address,
        reward: body.reward,
        deadline: body.deadline,
        work_window_s: body.work_window_s,
        callback: None,
        brief: Brief {
            description: None,
            requirements: None,
            digital_instructions: body.digital_instructions,
            agent_public_key: body.agent_public_key.map(|key| key.to_base64()),
            authorization: body.authorization,
            verification: body.verification,
        },
    }
}
