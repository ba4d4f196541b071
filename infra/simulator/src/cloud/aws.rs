//! What AWS does between the functions, as it may do it: records of the stream late, twice, and across partitions in any
//! order; messages late and twice; schedules at any time.

use crate::cloud::fault::{Fault, Weather};
use crate::dice::Dice;
use crate::truth::books::Promise;
use crate::world::World;
use domain::TaskId;
use domain::event::{EventName, between};
use domain::status::Status;
use domain::task::Task;
use domain::time::DAY_S;
use humanops::engine::Failure;
use humanops::pump::Stream;
use std::collections::{BTreeMap, VecDeque};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::change::{AccountChange, Change};
use store::events::job::Job;

/// Partitions of the stream.
const SHARDS: usize = 4;
/// Records of a batch.
const BATCH: usize = 5;
/// Rounds after which what has happened is done, many times over.
const ROUNDS_MAX: usize = 20_000;
/// Where a task goes from where (reference, "Task Lifecycle"): said here anew, so that a wrong table is seen.
const EDGES: [(Status, &[Status]); 7] = {
    use Status::{Accepted, Cancelled, Completed, Disputed, InProgress, Pending, Submitted, Verified};
    [
        (Pending, &[Accepted, Cancelled]),
        (Accepted, &[InProgress, Submitted, Pending, Cancelled]),
        (InProgress, &[Submitted, Pending, Cancelled]),
        (Submitted, &[Submitted, InProgress, Completed, Disputed]),
        (Verified, &[Completed, Disputed]),
        (Completed, &[Disputed]),
        (Disputed, &[Disputed, Completed, Cancelled]),
    ]
};
/// Seconds by which clocks differ at most.
const SKEW_S: i64 = 30;
const SWEEP_BUDGET: Duration = Duration::from_secs(5);

pub struct Aws {
    stream: Stream,
    shards: [VecDeque<Change>; SHARDS],
    queue: Arc<Mutex<Vec<Job>>>,
    /// Each version of each task, as it was committed, with what is news in it.
    pub history: BTreeMap<TaskId, Vec<(Task, Vec<EventName>)>>,
    /// What no commit may do, and one did.
    pub wrong: Vec<String>,
}

impl Aws {
    pub async fn new(world: &World) -> Result<Self, Failure> {
        let stream = Stream::open(world.engine.clone(), "humanops-core").await?;
        let (shards, queue) = (std::array::from_fn(|_| VecDeque::new()), Arc::default());
        Ok(Self { stream, shards, queue, history: BTreeMap::new(), wrong: Vec::new() })
    }

    /// Takes what was committed since into its partitions.
    pub async fn read(&mut self) -> Result<(), Failure> {
        while let Some(records) = self.stream.next().await? {
            self.stream.advance(&records.position);
            for change in records.changes {
                self.note(&change);
                let shard = partition(&change)
                    .bytes()
                    .fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
                if let Some(shard) = self.shards.get_mut(shard % SHARDS) {
                    shard.push_back(change);
                }
            }
        }
        Ok(())
    }

    /// Every version follows from the one before by a move that there is, in time, and no price ever changes.
    fn note(&mut self, change: &Change) {
        let Change::Task(change) = change else { return };
        let (before, after) = (change.before.as_ref(), &change.after);
        let versions = self.history.entry(after.id).or_default();
        let last = versions.last().map(|(task, _)| task);
        if last != before {
            self.wrong.push(format!("{}: version {} does not follow the one before", after.id, after.version));
        }
        if let Some(before) = before {
            let legal = EDGES.iter().any(|(from, to)| *from == before.status && to.contains(&after.status));
            let works = matches!(after.status, Status::Accepted | Status::InProgress | Status::Submitted);
            let late = before.status != after.status && works && after.moved_at > after.deadline.plus_seconds(SKEW_S);
            let prices = (before.reward, before.fee, before.agent);
            let hold = after.completed_at.zip(after.hold_until);
            let held = hold.is_none_or(|(from, until)| until >= from.plus_seconds(7 * DAY_S));
            if !legal || late || !held || prices != (after.reward, after.fee, after.agent) {
                self.wrong.push(format!("{}: from {:?} to {:?}", after.id, before.status, after.status));
            }
        }
        versions.push((after.clone(), between(before, after)));
    }

    /// Whether a task was ever where somebody was told that it is.
    pub fn has_been(&self, promise: &Promise) -> bool {
        let versions = TaskId::parse(&promise.task).and_then(|id| self.history.get(&id));
        versions.into_iter().flatten().any(|(task, _)| {
            let operator = task.operator.as_ref().map(|operator| operator.id.to_string());
            promise.statuses.contains(&task.status) && (promise.operator.is_none() || promise.operator == operator)
        })
    }

    /// A batch of some partition is handed to the relay.
    pub async fn relay(&mut self, world: &World, dice: &mut Dice, weather: Weather) -> usize {
        let at = dice.below(SHARDS);
        let full = (0..SHARDS)
            .map(|more| (at + more) % SHARDS)
            .find(|at| self.shards.get(*at).is_some_and(|shard| !shard.is_empty()));
        let Some(shard) = full.and_then(|at| self.shards.get_mut(at)) else { return 0 };
        if full != Some(at) {
            world.tally.note(Fault::StreamLate);
        }
        let batch: Vec<Change> = shard.iter().take(BATCH).cloned().collect();
        let run = world.run(dice, weather);
        let store = &world.place(dice).system.store;
        let queue = Arc::clone(&self.queue);
        let refuses = weather != Weather::Calm;
        let work = async {
            for change in &batch {
                let jobs = relay::relay(store, change.clone()).await.map_err(|error| error.to_string())?;
                for job in jobs {
                    if refuses && run.dice(|dice| dice.permille(30)) {
                        world.tally.note(Fault::MessageRefused);
                        return Err("a message could not be sent".to_owned());
                    }
                    queue.lock().unwrap_or_else(PoisonError::into_inner).push(job);
                }
            }
            Ok(())
        };
        let done = Arc::clone(&run).through(work).await;
        // Whoever fails, or is killed, has the whole batch again; and sometimes whoever does not.
        if done == Some(Ok(())) && !(weather != Weather::Calm && dice.permille(100)) {
            shard.drain(..batch.len());
        } else {
            world.tally.note(Fault::StreamAgain);
        }
        batch.len()
    }

    /// Some message is handed to its worker.
    pub async fn work(&self, world: &World, dice: &mut Dice, weather: Weather) -> usize {
        let job = {
            let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let at = dice.below(queue.len());
            if queue.is_empty() { None } else { Some(queue.swap_remove(at)) }
        };
        let Some(job) = job else { return 0 };
        let run = world.run(dice, weather);
        let lanes = &world.place(dice).system.lanes;
        let done = run.through(lanes.once(&job)).await;
        if done != Some(Ok(())) || weather != Weather::Calm && dice.permille(100) {
            world.tally.note(Fault::MessageAgain);
            self.queue.lock().unwrap_or_else(PoisonError::into_inner).push(job);
        }
        1
    }

    /// A sweep. What it could not hand over comes back.
    pub async fn sweep(&self, world: &World, dice: &mut Dice, weather: Weather) -> usize {
        let run = world.run(dice, weather);
        let store = &world.place(dice).system.store;
        let carry = |jobs: Vec<Job>| {
            self.queue.lock().unwrap_or_else(PoisonError::into_inner).extend(jobs);
            std::future::ready(Ok::<_, Infallible>(()))
        };
        let swept = run.through(sweeper::sweep(store, SWEEP_BUDGET, carry)).await;
        swept.and_then(Result::ok).unwrap_or_default()
    }

    /// Everything that has happened is relayed, done, and swept, without any fault.
    pub async fn settle(&mut self, world: &World, dice: &mut Dice) -> Result<(), Failure> {
        for _ in 0..ROUNDS_MAX {
            self.read().await?;
            let relayed = self.relay(world, dice, Weather::Calm).await;
            let worked = self.work(world, dice, Weather::Calm).await;
            if relayed + worked == 0 && self.sweep(world, dice, Weather::Calm).await == 0 {
                self.read().await?;
                if self.is_still() {
                    return Ok(());
                }
            }
        }
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        Err(format!("it never comes to rest: {:?} {queue:?}", self.shards).into())
    }

    fn is_still(&self) -> bool {
        self.shards.iter().all(VecDeque::is_empty)
            && self.queue.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }
}

/// The partition key of what was changed.
fn partition(change: &Change) -> String {
    match change {
        Change::Task(change) => change.after.id.to_string(),
        Change::Message(message) => message.task.to_string(),
        Change::Payout(payout) => payout.payee.to_string(),
        Change::Account(AccountChange::Deposited(deposit)) => deposit.agent.to_string(),
        Change::Account(
            AccountChange::KeyCreated(agent, _)
            | AccountChange::KeyRevoked(agent, _)
            | AccountChange::WithdrawalAddress(agent, _)
            | AccountChange::EndpointDisabled(agent, _),
        ) => agent.to_string(),
    }
}
