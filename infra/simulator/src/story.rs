//! A story: commands of a world, one step after another, and what is true after each.

mod beginning;

use crate::cloud::aws::Aws;
use crate::cloud::fault::{Fault, Tally, Weather};
use crate::cloud::wire::{Outcome, deliver};
use crate::dice::Dice;
use crate::parties::ask::{Ask, Scene};
use crate::parties::deed::Deed;
use crate::parties::people::People;
use crate::truth::books::Books;
use crate::truth::verdict;
use crate::world::World;
use futures::FutureExt;
use futures::future::join_all;
use harness::{Api, Reply};
use humanops::engine::Failure;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;

/// Commands of a step at most; those of one step overlap.
const ABREAST: usize = 3;
/// Days that pass at most: events are kept for thirty, and the end of a story takes some.
const DAYS_MAX: usize = 9;

/// What is done, and the dice for how.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    pub at: usize,
    pub deed: Deed,
    pub seed: u64,
    /// It overlaps with the one before.
    beside: bool,
}

/// The commands of a seed.
pub fn commands(seed: u64, steps: usize) -> Vec<Command> {
    let mut dice = Dice::new(seed);
    let command = |at| {
        let deed = dice.weighed(&Deed::WEIGHTS).unwrap_or(Deed::Look);
        Command { at, deed, seed: dice.roll(), beside: dice.permille(300) }
    };
    (0..steps).map(command).collect()
}

/// A story to its end, or to where it contradicts what must be true.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What was done, and what came of it.
    pub log: Vec<String>,
    /// What is wrong.
    pub violation: Option<String>,
}

/// Plays commands in a new world.
pub async fn play(seed: u64, commands: &[Command], folder: &Path, tally: &Arc<Tally>) -> Told {
    let mut log = Vec::new();
    let told = AssertUnwindSafe(tell(seed, commands, folder, tally, &mut log)).catch_unwind().await;
    let violation = match told {
        Ok(Ok(())) => None,
        Ok(Err(failure)) => Some(failure.to_string()),
        Err(panic) => Some(panic.downcast_ref::<String>().cloned().unwrap_or_else(|| "a panic".to_owned())),
    };
    Told { log, violation }
}

async fn tell(
    seed: u64,
    commands: &[Command],
    folder: &Path,
    tally: &Arc<Tally>,
    log: &mut Vec<String>,
) -> Result<(), Failure> {
    let mut story = Story::begin(seed, folder, tally).await?;
    let mut rest = commands;
    while let Some((first, more)) = rest.split_first() {
        let beside = more.iter().take(ABREAST - 1).take_while(|command| command.beside).count();
        // All of the system is in it.
        Box::pin(story.step(&rest[..=beside], log)).await?;
        story.check().await.map_err(|wrong| format!("after command {}: {wrong}", first.at + beside))?;
        rest = &more[beside..];
    }
    story.end(log).await
}

/// A story that is being told.
pub struct Story {
    pub world: World,
    pub aws: Aws,
    pub people: People,
    pub books: Books,
    /// What nobody answered, or nobody has sent yet.
    pending: Vec<Ask>,
    days: usize,
    /// Writes to the ledger that the audit has seen.
    booked: u64,
    dice: Dice,
}

/// What may overlap.
enum Act {
    Ask(Ask),
    Work,
    Sweep,
}

impl Story {
    async fn begin(seed: u64, folder: &Path, tally: &Arc<Tally>) -> Result<Self, Failure> {
        let world = World::new(folder, Arc::clone(tally)).await?;
        let aws = Aws::new(&world).await?;
        world.customer.be(Some(Dice::new(seed)));
        let (people, books) = (People::default(), Books::default());
        let (pending, dice) = (Vec::new(), Dice::new(seed));
        let mut story = Self { world, aws, people, books, pending, days: 0, booked: 0, dice };
        story.populate().await;
        if story.dice.permille(500) {
            story.past().await?;
        }
        Ok(story)
    }

    /// Asks where nothing goes wrong, and nothing must.
    async fn told(&mut self, ask: &Ask) -> Result<Reply, Failure> {
        let reply = self.asked(ask).await?;
        if reply.status >= 300 {
            return Err(format!("{ask:?} is answered with {}: {}", reply.status, reply.text).into());
        }
        self.books.note(ask, &reply, &mut self.people)?;
        Ok(reply)
    }

    /// Commands that overlap.
    async fn step(&mut self, commands: &[Command], log: &mut Vec<String>) -> Result<(), Failure> {
        let mut acts = Vec::new();
        for command in commands {
            let mut dice = Dice::new(command.seed);
            let weather = Weather::roll(&mut dice);
            match command.deed {
                Deed::Relay => {
                    let records = self.aws.relay(&self.world, &mut dice, weather).await;
                    log.push(format!("{}: {records} records relayed, {weather:?}", command.at));
                }
                Deed::Work => acts.push((command.at, Act::Work, dice, weather)),
                Deed::Sweep => acts.push((command.at, Act::Sweep, dice, weather)),
                Deed::PassSeconds => self.pass(1 + dice.below(90), command, log),
                Deed::PassHours => self.pass((1 + dice.below(6)) * 3_600, command, log),
                Deed::PassDays if self.days < DAYS_MAX => {
                    let days = (1 + dice.below(4)).min(DAYS_MAX - self.days);
                    self.days += days;
                    self.pass(days * 86_400, command, log);
                }
                Deed::AskAgain => {
                    let at = dice.below(self.pending.len());
                    if at < self.pending.len() {
                        acts.push((command.at, Act::Ask(self.pending.swap_remove(at)), dice, weather));
                    }
                }
                deed => {
                    let (now, callback_url) = (self.world.truth.now(), self.world.customer.url.as_str());
                    let asked = Scene { people: &self.people, now, callback_url }.ask(deed, &mut dice);
                    if let Some(Ask { deed: Deed::RevokeKey, path, .. }) = &asked {
                        self.people.end(path.rsplit('/').next().unwrap_or_default());
                    }
                    // Whoever is in a hurry asks for another one at the same time.
                    let another = asked.as_ref().filter(|ask| ask.idempotency_key.is_some() && dice.permille(250));
                    let another = another.map(|ask| (ask.clone().keyed(&mut dice), Dice::new(dice.roll())));
                    acts.extend(another.map(|(ask, dice)| (command.at, Act::Ask(ask), dice, weather)));
                    acts.extend(asked.map(|ask| (command.at, Act::Ask(ask), dice, weather)));
                }
            }
        }
        let (world, aws) = (&self.world, &self.aws);
        let done = acts.into_iter().map(|(at, act, mut dice, weather)| async move {
            let (line, heard) = match act {
                Act::Work => (format!("{} jobs done", aws.work(world, &mut dice, weather).await), None),
                Act::Sweep => (format!("{} swept", aws.sweep(world, &mut dice, weather).await), None),
                Act::Ask(ask) => {
                    let outcome = deliver(world, &ask, &mut dice, weather).await;
                    (format!("{:?} {}: {}", ask.deed, ask.path, outcome.told()), Some((ask, outcome)))
                }
            };
            (format!("{at}: {line}, {weather:?}"), weather, heard)
        });
        for (line, weather, heard) in join_all(done).await {
            log.push(line);
            if let Some((ask, outcome)) = heard {
                self.hear(ask, weather, outcome)?;
            }
        }
        self.people.arrive();
        Ok(())
    }

    fn pass(&self, seconds: usize, command: &Command, log: &mut Vec<String>) {
        log.push(format!("{}: {seconds} s pass", command.at));
        self.world.pass(u32::try_from(seconds).unwrap_or_default());
    }

    /// What whoever asked makes of the outcome: who is not told asks again.
    fn hear(&mut self, ask: Ask, weather: Weather, outcome: Outcome) -> Result<(), String> {
        for reply in &outcome.replies {
            if reply.status >= 500 && weather == Weather::Calm {
                return Err(format!(
                    "{:?} was answered with {} where nothing went wrong: {}",
                    ask.deed, reply.status, reply.text
                ));
            }
            self.books.note(&ask, reply, &mut self.people)?;
        }
        // What is only late arrives after all, beside what is sent again.
        if outcome.lost == Some(Fault::RequestLate) {
            self.pending.push(ask.clone());
        }
        if ask.deed != Deed::Look && !outcome.replies.iter().any(|reply| reply.status < 500 && reply.status != 429) {
            self.pending.push(ask);
        }
        Ok(())
    }

    /// Agents look up the ids of their keys.
    async fn learn_ids(&mut self) {
        for agent in &mut self.people.agents {
            if agent.spare.iter().all(|(id, _)| !id.is_empty()) {
                continue;
            }
            let reply = self.world.send("GET", "/agents/keys", &[("x-api-key", &agent.key)], None).await;
            for (id, key) in &mut agent.spare {
                let listed = reply.json["data"].as_array().into_iter().flatten();
                let found = listed.filter(|it| {
                    it["keyPrefix"].as_str().is_some_and(|prefix| key.starts_with(prefix.trim_end_matches('.')))
                });
                *id = found
                    .max_by_key(|it| it["createdAt"].as_str())
                    .and_then(|it| it["id"].as_str())
                    .unwrap_or_default()
                    .to_owned();
            }
        }
    }

    /// What is true at any moment.
    async fn check(&mut self) -> Result<(), String> {
        self.learn_ids().await;
        self.aws.read().await.map_err(|error| error.to_string())?;
        for (task, versions) in &self.aws.history {
            if let Some((latest, _)) = versions.last() {
                let assignee = latest.operator.as_ref().map(|operator| operator.id.to_string());
                self.people.standing.insert(task.to_string(), (latest.status, assignee));
            }
        }
        for promise in self.books.promises() {
            if !self.aws.has_been(&promise) {
                return Err(format!("what was confirmed never was: {promise:?}"));
            }
        }
        if let Some(wrong) = self.aws.wrong.first().cloned().or_else(|| self.world.customer.wrong().first().cloned()) {
            return Err(wrong);
        }
        let booked = self.world.network.booked();
        if booked == self.booked {
            return Ok(());
        }
        self.booked = booked;
        let audit = self.world.truth.audit().await.map_err(|error| error.to_string())?;
        if audit.violations.is_empty() { Ok(()) } else { Err(format!("{:?}", audit.violations)) }
    }

    /// All faults end, everybody who was not told asks again, and time passes: then everything has come to an end.
    async fn end(mut self, log: &mut Vec<String>) -> Result<(), Failure> {
        self.world.customer.be(None);
        for ask in std::mem::take(&mut self.pending) {
            // Nobody runs into a limit.
            self.world.pass(30);
            let mut dice = Dice::new(self.dice.roll());
            let outcome = deliver(&self.world, &ask, &mut dice, Weather::Calm).await;
            log.push(format!("at the end: {:?} {}: {}", ask.deed, ask.path, outcome.told()));
            self.hear(ask, Weather::Calm, outcome)?;
            self.people.arrive();
        }
        if let Some(ask) = self.pending.first() {
            return Err(format!("{ask:?} is never answered").into());
        }
        verdict::judge(&mut self, log).await
    }

    /// Asks as staff or an agent would, where nothing goes wrong.
    pub async fn asked(&mut self, ask: &Ask) -> Result<Reply, String> {
        self.world.pass(2);
        let mut dice = Dice::new(self.dice.roll());
        let outcome = deliver(&self.world, ask, &mut dice, Weather::Calm).await;
        outcome.replies.into_iter().next().ok_or_else(|| format!("{ask:?} is not answered"))
    }
}
