//! `cargo xtask guardian-eval`: a labelled set of submissions, judged by the Guardian with a model, and how well.

mod draw;
mod figures;
mod judge;
mod lines;
mod played;
mod report;
mod set;

use clap::Parser;
use figures::Figures;
use guardian::Price;
use humanops::Options;
use humanops::engine::Failure;
use judge::{Court, Judged};
use models::Models;
use played::Played;
use set::{Photo, Submission};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use url::Url;
use vision::openai::Dialect;

/// Has the Guardian judge a labelled set of drawn submissions with a model, and prints how well it does.
///
/// Fails if a submission was approved that must not be, or if the model never gave a whole answer: a Guardian that
/// has none approves nothing, and the tables say nothing about it.
#[derive(Parser)]
#[command(name = "guardian-eval")]
#[command(group(clap::ArgGroup::new("what").required(true).multiple(true).args(["url", "played", "save"])))]
struct Arguments {
    /// An endpoint that speaks as OpenAI does: `http://127.0.0.1:11434/v1`.
    #[arg(long, env = "HUMANOPS_GUARDIAN_URL", requires = "model")]
    url: Option<Url>,
    /// The model there, which must see pictures and answer with JSON.
    #[arg(long, env = "HUMANOPS_GUARDIAN_MODEL", requires = "url")]
    model: Option<String>,
    /// The key of that endpoint, if it wants one.
    #[arg(long, env = "HUMANOPS_GUARDIAN_KEY", hide_env_values = true)]
    key: Option<String>,
    /// `reasoning` for models of OpenAI that think before they answer; `common` for all others.
    #[arg(long, env = "HUMANOPS_GUARDIAN_DIALECT", default_value = "common", hide_default_value = true)]
    dialect: Dialect,
    /// Dollars for a million tokens of input, and of output: `3.00/15.00`.
    #[arg(long, env = "HUMANOPS_GUARDIAN_PRICE", value_parser = price)]
    price: Option<Price>,
    /// In place of a model, one that is played: to try the command, and for what the checks do alone.
    #[arg(long, conflicts_with = "url")]
    played: Option<Played>,
    /// Writes the pictures into this folder.
    #[arg(long)]
    save: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(failure) => {
            eprintln!("guardian-eval: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Whether it ended well.
async fn run(arguments: &Arguments) -> Result<bool, Failure> {
    let set = set::all();
    if let Some(folder) = &arguments.save {
        save(&set, folder)?;
    }
    let mut options = Options::ephemeral();
    options.guardian_dialect = arguments.dialect;
    // It ends with the run.
    let _models = match (arguments.played, &arguments.url) {
        (Some(played), _) => Some(play(played, &mut options).await?),
        (None, Some(url)) => {
            (options.guardian_url, options.guardian_model) = (Some(url.clone()), arguments.model.clone());
            options.guardian_key = arguments.key.clone();
            None
        }
        (None, None) => return Ok(true),
    };
    let judged = judge_all(&options, set).await?;
    let figures = Figures::of(&judged, arguments.price);
    report::print(&figures, &judged);
    Ok(is_well(&figures))
}

/// A played model, named to the system.
async fn play(played: Played, options: &mut Options) -> Result<Models, Failure> {
    let models = Models::open(played.mind()).await;
    options.guardian_url = Some(models.base().parse()?);
    options.guardian_model = Some(models::MODEL.to_owned());
    options.guardian_key = Some(models.credentials().key.clone());
    Ok(models)
}

async fn judge_all(options: &Options, set: Vec<Submission>) -> Result<Vec<Judged>, Failure> {
    let court = Court::open(options).await?;
    let (all, mut judged) = (set.len(), Vec::new());
    for (nth, submission) in (1..).zip(set) {
        let it = court.judge(submission).await?;
        let mark = if it.is_right() { "" } else { "  *" };
        println!("{nth:>3}/{all} {:<20} {} at {}{mark}", it.submission.name, it.decision, it.confidence);
        judged.push(it);
    }
    Ok(judged)
}

fn is_well(figures: &Figures) -> bool {
    let unanswered: usize = figures.failures.values().sum();
    figures.all.wrongly_approved == 0 && unanswered < figures.asked
}

fn save(set: &[Submission], folder: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(folder)?;
    for submission in set {
        let Photo { bytes, photo_type } = submission.shot.photo();
        let extension = photo_type.word().trim_start_matches("image/");
        std::fs::write(folder.join(format!("{}.{extension}", submission.name)), bytes)?;
    }
    Ok(())
}

fn price(text: &str) -> Result<Price, &'static str> {
    Price::parse(text).ok_or("dollars for a million tokens of input and of output, like 3.00/15.00")
}

#[cfg(test)]
mod tests;
