//! What is the matter with a model, and what becomes of it.

use crate::asking::{PATIENCE, ask, both, config, limits, met, of_bedrock, open_ai, settings};
use models::{Fault, Models};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Notify;
use vision::{Limits, Unanswered};

const LITTLE: Duration = Duration::from_secs(1);
/// More than any test may take that waits for `LITTLE`.
const BOUND: Duration = Duration::from_secs(10);

fn odd(why: &str) -> Unanswered {
    Unanswered::Odd(why.to_owned())
}

#[tokio::test]
async fn each_fault_is_told_by_its_name_and_only_a_busy_model_is_asked_again() {
    let elsewhere = Models::open(met()).await;
    let no_text = || [odd("its text is not JSON"), odd("its text is not JSON")];
    let broken = [odd("it broke off"), odd("it broke off, or is none of Converse")];
    let twice = |why: Unanswered| [why.clone(), why];
    for (fault, expected, calls) in [
        (Fault::Fenced, no_text(), 1),
        (Fault::Prose, no_text(), 1),
        (Fault::Foreign, no_text(), 1),
        (Fault::Refusal, twice(Unanswered::Refused), 1),
        (Fault::Guarded, twice(Unanswered::Refused), 1),
        (Fault::Truncated, twice(Unanswered::Truncated), 1),
        (Fault::Half, broken, 1),
        (Fault::Large { bytes: 10 * 1024 * 1024 }, twice(Unanswered::TooLarge), 1),
        // Who read it to its end would not come back.
        (Fault::Endless, twice(Unanswered::TooLarge), 1),
        (Fault::Busy { retry_after_s: None }, twice(Unanswered::Busy), 3),
        (Fault::Busy { retry_after_s: Some(0) }, twice(Unanswered::Busy), 3),
        (Fault::Busy { retry_after_s: Some(60) }, twice(Unanswered::Busy), 1),
        (Fault::Down, twice(Unanswered::Busy), 3),
        (Fault::Redirect { to: elsewhere.base() }, twice(odd("307")), 1),
    ] {
        let models = Models::open(met()).await;
        for (model, expected) in both(&models, limits(PATIENCE)).iter().zip(expected) {
            let before = models.calls();
            models.suffer(&fault, 9);
            assert_eq!(ask(model).await.err(), Some(expected), "{fault:?} of {}", model.name());
            assert_eq!(models.calls() - before, calls, "{fault:?} of {}", model.name());
            models.recover();
            assert!(ask(model).await.is_ok(), "after {fault:?} of {}", model.name());
        }
    }
    assert_eq!(elsewhere.calls(), 0);
}

#[tokio::test]
async fn a_model_that_is_late_is_not_asked_again() {
    let models = Models::open(met()).await;
    let [never, signal] = [(); 2].map(|()| Arc::new(Notify::new()));
    let hasty = both(&models, limits(LITTLE));
    let patient = both(&models, limits(PATIENCE));
    for (asked, (hasty, patient)) in hasty.iter().zip(&patient).enumerate() {
        let began = Instant::now();
        models.suffer(&Fault::Late(Arc::clone(&never)), 1);
        assert_eq!(ask(hasty).await, Err(Unanswered::Timeout));
        assert!(began.elapsed() < BOUND);
        assert_eq!(models.calls(), 2 * asked + 1);
        // An answer that comes late, but in time.
        models.suffer(&Fault::Late(Arc::clone(&signal)), 1);
        signal.notify_one();
        assert!(ask(patient).await.is_ok());
    }
}

#[tokio::test]
async fn all_tries_together_have_an_end() {
    let (models, signal) = (Models::open(met()).await, Arc::new(Notify::new()));
    let short = Limits { all_tries: LITTLE, ..limits(PATIENCE) };
    for model in both(&models, short) {
        let began = Instant::now();
        models.suffer(&Fault::Busy { retry_after_s: None }, 1);
        models.suffer(&Fault::Late(Arc::clone(&signal)), 1);
        assert_eq!(ask(&model).await, Err(Unanswered::Timeout));
        assert!(began.elapsed() < BOUND);
    }
    let slow = Limits { pause: PATIENCE, ..short };
    for model in both(&models, slow) {
        let (before, began) = (models.calls(), Instant::now());
        models.suffer(&Fault::Down, 1);
        assert_eq!(ask(&model).await, Err(Unanswered::Busy));
        assert_eq!(models.calls() - before, 1);
        assert!(began.elapsed() < BOUND);
    }
}

#[tokio::test]
async fn a_model_that_cannot_be_connected_to_is_busy() {
    let models = Models::open(met()).await;
    let (settings, config) = (settings(&models), config(&models, "any"));
    drop(models);
    for model in [open_ai(settings, limits(PATIENCE)), of_bedrock(&config, limits(PATIENCE))] {
        let began = Instant::now();
        assert_eq!(ask(&model).await, Err(Unanswered::Busy));
        assert!(began.elapsed() < BOUND);
    }
}
