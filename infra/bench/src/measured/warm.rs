//! Processes that have run for a while: invocations one after the other on one core, what they cost in
//! processor time, and how much memory was needed for all of it.

use crate::Failure;
use crate::contestants::{Contestant, Contestants, Transport};
use crate::function::Function;
use crate::measured::statistics::Spread;
use crate::processes::{self, Spawner};
use crate::requests::Request;
use crate::world::World;
use std::collections::BTreeMap;
use std::time::Instant;

/// Rounds that count; in each, everybody gets [`INVOCATIONS`] of each request.
pub(crate) const ROUNDS: usize = 15;
/// Invocations of a round.
pub(crate) const INVOCATIONS: u32 = 100;
/// Invocations of each request before the first round: V8 compiles what it has seen often.
pub(crate) const WARM_UP: u32 = 1_000;

/// What was measured of warm processes.
#[derive(Debug)]
pub(crate) struct Warm {
    /// By contestant and request.
    pub(crate) costs: BTreeMap<(String, &'static str), Cost>,
    /// Bytes by contestant.
    pub(crate) peak_bytes: BTreeMap<String, u64>,
}

/// What one invocation takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Per second, one after the other.
    pub(crate) per_second: Spread,
    /// Microseconds of processor time.
    pub(crate) cpu_us: Spread,
}

/// One of each for every round.
#[derive(Default)]
struct Samples {
    per_second: Vec<f64>,
    cpu_us: Vec<f64>,
}

struct Runner<'a> {
    name: String,
    function: Function,
    requests: Vec<&'a Request>,
}

/// Keeps everybody running and lets them take turns.
pub(crate) async fn measure(contestants: &Contestants, spawner: &Spawner, world: &World) -> Result<Warm, Failure> {
    let requests = world.requests();
    let [balance, show, create] = &requests;
    let mut runners = Vec::new();
    for (contestant, requests) in [
        (&contestants.floor, vec![balance]),
        (contestants.ours("agents")?, vec![balance]),
        (contestants.ours("tasks")?, vec![show, create]),
        (&contestants.naive, vec![balance, show, create]),
        (&contestants.node, vec![balance, show, create]),
    ] {
        println!("==> warm: {}, {WARM_UP} of each request", contestant.name);
        runners.push(warmed(contestant, spawner, requests).await?);
    }

    let mut samples: BTreeMap<(String, &'static str), Samples> = BTreeMap::new();
    for round in 1..=ROUNDS {
        if round % 5 == 0 {
            println!("==> warm: round {round} of {ROUNDS}");
        }
        for runner in &mut runners {
            for request in runner.requests.clone() {
                let (per_second, cpu_us) = run(&mut runner.function, request, INVOCATIONS).await?;
                let sample = samples.entry((runner.name.clone(), request.name)).or_default();
                sample.per_second.push(per_second);
                sample.cpu_us.push(cpu_us);
            }
        }
    }

    let cost = |it: Samples| Cost { per_second: Spread::of(it.per_second), cpu_us: Spread::of(it.cpu_us) };
    let costs = samples.into_iter().map(|(name, sample)| (name, cost(sample))).collect();
    let peaks = runners.iter().map(|it| Ok((it.name.clone(), processes::peak_bytes(it.function.process())?)));
    Ok(Warm { costs, peak_bytes: peaks.collect::<Result<_, Failure>>()? })
}

async fn warmed<'a>(
    contestant: &Contestant,
    spawner: &Spawner,
    requests: Vec<&'a Request>,
) -> Result<Runner<'a>, Failure> {
    let mut function = Function::start(contestant, spawner, Transport::Tls, None).await?;
    for request in &requests {
        run(&mut function, request, WARM_UP).await?;
        if contestant.name != "floor" {
            let reply = function.invoke(request.event()).await?.reply()?;
            if reply.status != request.status {
                return Err(format!("{} of {}: {reply:?}", request.name, contestant.name).into());
            }
        }
    }
    Ok(Runner { name: contestant.name.clone(), function, requests })
}

/// Invocations per second, and microseconds of processor time for each.
async fn run(function: &mut Function, request: &Request, invocations: u32) -> Result<(f64, f64), Failure> {
    let before = processes::cpu(function.process())?;
    let started = Instant::now();
    for _ in 0..invocations {
        function.invoke(request.event()).await?;
    }
    let elapsed = started.elapsed();
    let used = processes::cpu(function.process())?.saturating_sub(before);
    let count = f64::from(invocations);
    Ok((count / elapsed.as_secs_f64(), used.as_secs_f64() * 1e6 / count))
}
