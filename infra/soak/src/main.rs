//! `cargo xtask soak`: customers work with a system for half an hour while its processes are killed. Then everybody must
//! have what is theirs, to the cent, and have heard of it; and what was measured meanwhile is printed.

#![expect(clippy::panic, reason = "what must hold and does not ends the run")]

mod customer;
mod measure;
mod seat;
mod target;

use clap::Parser;
use customer::Customer;
use futures::future::join_all;
use measure::{Growth, Times};
use seat::Seat;
use std::time::{Duration, Instant};
use target::Target;
use tokio::sync::watch;

/// Works with a system while its processes are killed, and prints what was measured.
#[derive(Parser)]
#[command(name = "cargo xtask soak")]
struct Arguments {
    /// For so long.
    #[arg(long, default_value_t = 30)]
    minutes: u64,
    /// Agents, each with an operator, who work at the same time.
    #[arg(long, default_value_t = 8)]
    seats: u8,
    /// Seconds from one kill to the next: memory is looked at meanwhile.
    #[arg(long, default_value_t = 300)]
    kill_every: u64,
    /// With the stack of `cargo xtask deploy-local`, in whose folder `HUMANOPS_DEPLOYED` is; else with the binary.
    #[arg(long)]
    deployed: bool,
}

/// From one look at memory and disk to the next.
const LOOK: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    let target = if arguments.deployed { Target::stack().await } else { Target::binary().await };
    let customer = Customer::open().await;
    let seats = (0..arguments.seats).map(|at| Seat::take(&target, &customer, at));
    let mut seats = join_all(seats).await;

    let (begun, (end, ended)) = (Instant::now(), watch::channel(false));
    let until = begun + Duration::from_secs(60 * arguments.minutes);
    let work = async {
        let times = join_all(seats.iter_mut().map(|seat| seat.work(until))).await;
        end.send_replace(true);
        times
    };
    let (times, kills, growth) =
        tokio::join!(work, kill(&target, arguments.kill_every, ended.clone()), look(&target, begun, ended));

    let tasks: usize = seats.iter().map(Seat::tasks).sum();
    println!("{tasks} tasks in {} min, {kills} kills\n", arguments.minutes);
    println!("{}", times.into_iter().fold(Times::default(), Times::with));
    println!("{growth}");
    for seat in &mut seats {
        seat.settle_up().await;
    }
    target.audit().await;
    println!("nothing is lost, the audit is clean");
}

/// Kills again and again while there is work; answers how often.
async fn kill(target: &Target, every_s: u64, mut ended: watch::Receiver<bool>) -> usize {
    let mut beats = tokio::time::interval(Duration::from_secs(every_s));
    beats.tick().await;
    let mut kills = 0;
    loop {
        tokio::select! {
            _ = beats.tick() => target.kill(kills).await,
            _ = ended.wait_for(|ended| *ended) => return kills,
        }
        kills += 1;
    }
}

async fn look(target: &Target, begun: Instant, mut ended: watch::Receiver<bool>) -> Growth {
    let (mut growth, mut beats) = (Growth::default(), tokio::time::interval(LOOK));
    loop {
        tokio::select! {
            _ = beats.tick() => target.refresh().await,
            _ = ended.wait_for(|ended| *ended) => return growth,
        }
        if let Some(sizes) = target.sizes().await {
            growth.note(begun.elapsed(), sizes);
        }
    }
}
