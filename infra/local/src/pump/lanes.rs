//! Does jobs, each kind in a lane of its own, so that a customer's slow server delays nobody's verdict, and the
//! callbacks of each agent in a lane of theirs, so that it delays no other customer's callback. Does not know where
//! they come from.

use callbacks::Callbacks;
use domain::AgentId;
use guardian::Guardian;
use payouts::Payouts;
use pushes::Pushes;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use store::events::job::{self, Job};
use tokio::sync::Semaphore;

/// Submissions that are judged at once.
const JUDGING_MAX: usize = 8;
/// Payouts that are looked at once.
const PAYING_MAX: usize = 4;
/// Notices of which operators are notified at once.
const PUSHING_MAX: usize = 8;
/// Callbacks that are sent at once.
const DELIVERING_MAX: usize = 32;
/// Callbacks of one agent that are sent at once.
const DELIVERING_EACH: usize = 8;

/// The workers, and how many jobs each may have at once.
#[derive(Clone)]
pub struct Lanes(Arc<Workers>);

struct Workers {
    guardian: Guardian,
    judging: Semaphore,
    /// Shared by all that wait for a verdict, to be counted.
    submissions: Arc<()>,
    callbacks: Callbacks,
    payouts: Payouts,
    paying: Semaphore,
    pushes: Pushes,
    pushing: Semaphore,
    delivering: Semaphore,
    /// Of agents that have callbacks under way.
    each: Mutex<HashMap<AgentId, Weak<Semaphore>>>,
}

impl Lanes {
    pub(crate) fn new(guardian: Guardian, callbacks: Callbacks, payouts: Payouts, pushes: Pushes) -> Self {
        Self(Arc::new(Workers {
            guardian,
            judging: Semaphore::new(JUDGING_MAX),
            submissions: Arc::default(),
            callbacks,
            payouts,
            paying: Semaphore::new(PAYING_MAX),
            pushes,
            pushing: Semaphore::new(PUSHING_MAX),
            delivering: Semaphore::new(DELIVERING_MAX),
            each: Mutex::default(),
        }))
    }

    /// Does a job when its lane has room. `false` when it was given up.
    pub(crate) fn run(self, job: Job) -> impl Future<Output = bool> + Send {
        let judging = matches!(job, Job::Judge(_)).then(|| Arc::clone(&self.0.submissions));
        async move {
            let _judging = judging;
            self.0.run(&job).await
        }
    }

    /// Does a job now, and once.
    ///
    /// # Errors
    /// A sentence: what is to be done again.
    pub async fn once(&self, job: &Job) -> Result<(), String> {
        self.0.once(job).await
    }

    /// Submissions that wait for their verdict.
    pub(crate) fn judging(&self) -> usize {
        Arc::strong_count(&self.0.submissions) - 1
    }
}

impl Workers {
    async fn run(&self, job: &Job) -> bool {
        let done = match job {
            Job::Judge(_) => {
                let _room = self.judging.acquire().await;
                self.once(job).await
            }
            Job::Deliver(delivery) => {
                let own = self.lane_of(delivery.agent);
                // First the agent's own: whoever waits for that takes no room from others.
                let (_turn, _room) = (own.acquire().await, self.delivering.acquire().await);
                // As the queue does on AWS.
                job::insist(|| self.once(job)).await
            }
            Job::Pay(..) => {
                let _room = self.paying.acquire().await;
                self.once(job).await
            }
            Job::Push(_) => {
                let _room = self.pushing.acquire().await;
                job::insist(|| self.once(job)).await
            }
        };
        done.inspect_err(|cause| tracing::error!(?job, cause, "a job was given up; the next start does it again"))
            .is_ok()
    }

    async fn once(&self, job: &Job) -> Result<(), String> {
        match job {
            Job::Judge(task) => self.guardian.judge(*task).await.map_err(|error| error.to_string()),
            Job::Deliver(delivery) => self.callbacks.deliver(delivery).await.map_err(|error| error.to_string()),
            Job::Pay(payee, id) => self.payouts.pay(payee, *id).await.map_err(|trouble| trouble.to_string()),
            Job::Push(notice) => self.pushes.push(notice).await.map_err(|trouble| trouble.to_string()),
        }
    }

    fn lane_of(&self, agent: AgentId) -> Arc<Semaphore> {
        let mut each = self.each.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lane) = each.get(&agent).and_then(Weak::upgrade) {
            return lane;
        }
        each.retain(|_, lane| lane.strong_count() > 0);
        let lane = Arc::new(Semaphore::new(DELIVERING_EACH));
        each.insert(agent, Arc::downgrade(&lane));
        lane
    }
}
