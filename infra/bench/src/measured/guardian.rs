//! Ten large photos through the deployed Guardian and through the check before it, on a core that is less than their share
//! and within the memory that template.yaml gives them; and what looking one photo up costs.

mod index;
mod work;

use crate::Failure;
use crate::contestants::{Contestant, Transport};
use crate::function::{Answered, Function};
use crate::machine::Machine;
use crate::measured::account::{Account, arn};
use crate::measured::model::mind;
use crate::measured::photos::LARGEST;
use crate::place::Place;
use crate::processes::{self, Spawner};
use crate::report::{megabytes, with_between};
use crate::tls::Front;
use crate::world::{AMAZON, Endpoints};
use humanops::engine::Engine;
use index::LookUp;
use models::{MODEL, Models};
use std::path::Path;
use std::time::{Duration, Instant};
use work::Work;

/// What came of it.
pub(crate) struct Judged {
    checking: Run,
    judging: Run,
    /// Of ten photos together.
    bytes: u64,
    look_up: LookUp,
}

/// One event of one function.
#[derive(Debug)]
struct Run {
    name: String,
    took: Duration,
    took_max: Duration,
    peak_bytes: u64,
    /// It could not have had more.
    memory_bytes: u64,
}

/// What template.yaml gives to a function.
#[derive(Clone, Copy, Debug)]
struct Given {
    memory_bytes: u64,
    timeout: Duration,
}

/// Between which the page has it.
const HEADING: &str = "## The Guardian\n\n";
const NEXT: &str = "\n\n## Growth";
/// Read units of one look-up.
const LOOK_UP_MAX: f64 = 8.0;
/// `POST /operator/tasks/{id}/check` gives up after so long, and answers 500.
const CHECKING_MAX: Duration = Duration::from_secs(20);

/// Draws photos, has them checked and then judged, and looks one up.
pub(crate) async fn measure(root: &Path, target: &Path, spawner: &Spawner) -> Result<Judged, Failure> {
    println!("==> the Guardian: drawing ten photos");
    let (place, engine, models) = (Place::new()?, Engine::open(None)?, Models::open(mind()).await);
    let account = Account::open(&engine, place.folder(), [("model", models.credentials().key.clone())]).await?;
    let front = Front::before(&account.url).await?;
    let roots = place.write("roots.pem", &format!("{AMAZON}\n{}", front.authority_pem))?;
    let endpoints = Endpoints { plain: account.url.clone(), tls: front.url };
    let work = Work::begin(&engine, place.folder()).await?;

    let template = std::fs::read_to_string(root.join("template.yaml"))?;
    let packed = |name: &str| Contestant::packed(name, target, &roots, &endpoints);
    let checks = packed("checks")?.with([("ALLOW_DEV_OPERATOR_ID_HEADER", "true".to_owned())]);
    let guardian = packed("guardian")?.with([
        ("HUMANOPS_GUARDIAN_URL", models.base()),
        ("HUMANOPS_GUARDIAN_MODEL", MODEL.to_owned()),
        ("HUMANOPS_GUARDIAN_KEY_ARN", arn("model")),
    ]);

    println!("==> the Guardian: checking and judging them");
    let given = Given::read(&template, "ChecksFunction")?;
    let (checking, answer) = run(&checks, given, CHECKING_MAX, spawner, work.check_event(&endpoints.tls)).await?;
    // One that gave up has missed its bar.
    if checking.took <= CHECKING_MAX {
        work.assert_checked(&answer.reply()?)?;
    }
    work.submit().await?;
    let given = Given::read(&template, "GuardianFunction")?;
    let (judging, answer) = run(&guardian, given, given.timeout / 2, spawner, work.judge_event()).await?;
    work.assert_judged(&answer.value()?, &models).await?;

    println!("==> the Guardian: looking one up");
    let look_up = index::look_up(&engine, &account).await?;
    Ok(Judged { checking, judging, bytes: work.bytes, look_up })
}

/// Hands the event to a process that has started, and can have no more memory than is given.
async fn run(
    contestant: &Contestant,
    given: Given,
    took_max: Duration,
    spawner: &Spawner,
    event: String,
) -> Result<(Run, Answered), Failure> {
    let mut function = Function::start(contestant, spawner, Transport::Tls, None).await?;
    function.first_poll().await?;
    processes::limit(function.process(), given.memory_bytes)?;
    let began = Instant::now();
    let answer = function.invoke(event).await?;
    let run = Run {
        name: contestant.name.clone(),
        took: answer.at.duration_since(began),
        took_max,
        peak_bytes: processes::peak_bytes(function.process())?,
        memory_bytes: given.memory_bytes,
    };
    println!("{run:?}");
    Ok((run, answer))
}

impl Given {
    fn read(template: &str, function: &str) -> Result<Self, Failure> {
        let (_, properties) = template.split_once(&format!("\n  {function}:\n")).ok_or("no such function")?;
        let number = |name: &str| {
            let (_, rest) = properties.split_once(&format!("\n      {name}: "))?;
            rest.lines().next()?.parse::<u64>().ok()
        };
        let (memory, timeout) = (number("MemorySize").ok_or("no memory")?, number("Timeout").ok_or("no timeout")?);
        Ok(Self { memory_bytes: memory * 1024 * 1024, timeout: Duration::from_secs(timeout) })
    }
}

impl Judged {
    /// A sentence for each bar that was missed.
    pub(crate) fn missed(&self) -> Vec<String> {
        let mut missed = Vec::new();
        for Run { name, took, took_max, peak_bytes, memory_bytes } in [&self.checking, &self.judging] {
            if took > took_max {
                missed.push(format!("{name}: ten photos take {took:.1?}, at most {took_max:.1?}"));
            }
            if peak_bytes > memory_bytes {
                missed.push(format!("{name}: ten photos take {peak_bytes} bytes, at most {memory_bytes}"));
            }
        }
        if self.look_up.units > LOOK_UP_MAX {
            missed.push(format!("a look-up of a photo is {} read units, at most {LOOK_UP_MAX}", self.look_up.units));
        }
        missed
    }

    /// The page with this part, and all else as it is.
    pub(crate) fn renewed(&self, page: &str, machine: &Machine) -> String {
        with_between(page, HEADING, &self.part(machine), NEXT)
    }

    /// Without its heading.
    pub(crate) fn part(&self, machine: &Machine) -> String {
        let row = |run: &Run| {
            let (took, took_max) = (run.took.as_secs_f64(), run.took_max.as_secs());
            let (peak, memory) = (megabytes(run.peak_bytes), megabytes(run.memory_bytes));
            format!("| `{}` | {took:.1} | {took_max} | {peak:.0} | {memory:.0} |", run.name)
        };
        let values = [
            ("date", machine.date.clone()),
            ("load", machine.load.clone()),
            ("width", LARGEST.width.to_string()),
            ("height", LARGEST.height.to_string()),
            ("megabytes", format!("{:.1}", megabytes(self.bytes) / 10.0)),
            ("checking", row(&self.checking)),
            ("judging", row(&self.judging)),
            ("kept", index::PHOTOS.to_string()),
            ("entries", self.look_up.entries.to_string()),
            ("look_up", self.look_up.units.to_string()),
            ("look_up_max", LOOK_UP_MAX.to_string()),
        ];
        let part = include_str!("guardian/part.txt").trim_end().to_owned();
        values.iter().fold(part, |part, (name, value)| part.replace(&format!("{{{{{name}}}}}"), value))
    }
}
