//! From the start of a process to its first poll, and to its first answer. Contestants take turns, so that
//! a change of the machine meets all of them.

use crate::Failure;
use crate::contestants::{Contestant, Contestants, Transport};
use crate::function::Function;
use crate::measured::statistics::Spread;
use crate::processes::Spawner;
use crate::requests::Request;
use crate::world::World;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

/// Rounds that count.
pub(crate) const ROUNDS: usize = 40;
/// Between two starts.
const PAUSE: Duration = Duration::from_millis(5);

/// Milliseconds to the first poll, and over TLS to the first answer.
#[derive(Debug)]
pub(crate) struct Starts {
    pub(crate) polls: BTreeMap<(String, Transport), Spread>,
    pub(crate) answers: BTreeMap<(String, &'static str), Spread>,
}

type Case<'a> = (&'a Contestant, Transport, Option<&'a Request>);

/// Starts everybody many times.
pub(crate) async fn measure(contestants: &Contestants, spawner: &Spawner, world: &World) -> Result<Starts, Failure> {
    let requests = world.requests();
    rounds(&cases(contestants, &requests)?, spawner).await
}

/// Those alone, with nothing to do.
pub(crate) async fn alone(contestants: &[&Contestant], spawner: &Spawner) -> Result<Starts, Failure> {
    rounds(&contestants.iter().copied().flat_map(both).collect::<Vec<_>>(), spawner).await
}

async fn rounds(cases: &[Case<'_>], spawner: &Spawner) -> Result<Starts, Failure> {
    let mut polls: BTreeMap<(String, Transport), Vec<f64>> = BTreeMap::new();
    let mut answers: BTreeMap<(String, &'static str), Vec<f64>> = BTreeMap::new();
    // The first round brings the files into memory.
    for round in 0..=ROUNDS {
        if round % 10 == 0 {
            println!("==> starts: round {round} of {ROUNDS}");
        }
        for turn in order(cases.len(), round) {
            // What the one before leaves to be torn down is not the next one's.
            tokio::time::sleep(PAUSE).await;
            let case = cases[turn];
            let (poll, answer) = start(spawner, case).await?;
            let (contestant, transport, request) = case;
            if round == 0 {
                continue;
            }
            polls.entry((contestant.name.clone(), transport)).or_default().push(poll);
            if let (Some(request), Some(answer)) = (request, answer) {
                answers.entry((contestant.name.clone(), request.name)).or_default().push(answer);
            }
        }
    }
    Ok(Starts {
        polls: polls.into_iter().map(|(name, values)| (name, Spread::of(values))).collect(),
        answers: answers.into_iter().map(|(name, values)| (name, Spread::of(values))).collect(),
    })
}

/// Another order in each round, or each would always follow upon the same one.
fn order(cases: usize, round: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..cases).collect();
    order.sort_by_key(|turn| {
        let mut shuffled = DefaultHasher::new();
        (round, turn).hash(&mut shuffled);
        shuffled.finish()
    });
    order
}

/// Everybody over both transports with nothing to do, and who answers a request with each.
fn cases<'a>(contestants: &'a Contestants, requests: &'a [Request]) -> Result<Vec<Case<'a>>, Failure> {
    let mut cases: Vec<Case<'a>> = contestants.iter().flat_map(both).collect();
    for request in requests {
        let ours = contestants.ours(request.function)?;
        cases.extend([ours, &contestants.naive, &contestants.node].map(|it| (it, Transport::Tls, Some(request))));
    }
    Ok(cases)
}

fn both(contestant: &Contestant) -> [Case<'_>; 2] {
    [Transport::Plain, Transport::Tls].map(|transport| (contestant, transport, None))
}

/// Milliseconds to the first poll, and to the first answer if an event was waiting.
async fn start(spawner: &Spawner, (contestant, transport, request): Case<'_>) -> Result<(f64, Option<f64>), Failure> {
    let named = |failure: Failure| format!("{} does not start: {failure}", contestant.name);
    let mut function = Function::start(contestant, spawner, transport, request.map(Request::event)).await?;
    let poll = function.first_poll().await.map_err(named)?;
    let answer = match request {
        Some(_) => Some(function.first_answer().await.map_err(named)?.0),
        None => None,
    };
    Ok((millis(poll), answer.map(millis)))
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
