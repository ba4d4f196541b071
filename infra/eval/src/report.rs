//! The figures as tables, for a terminal.

use crate::figures::{DECISIONS, Figures, Share};
use crate::judge::Judged;
use domain::guardian::Decision;

/// All of it, and what was not decided as it should have been.
pub(crate) fn print(figures: &Figures, judged: &[Judged]) {
    confusion(figures);
    families(figures);
    calibration(figures);
    cost(figures);
    failures(figures, judged);
    let Share { of, right, wrongly_approved } = figures.all;
    println!("\n{right} of {of} decided right; approved wrongly: {wrongly_approved}");
}

fn confusion(figures: &Figures) {
    let [approve, review, reject] = DECISIONS.map(Decision::word);
    println!("\n{:<16}{approve:>10}{review:>16}{reject:>10}", "label \\ decided");
    for (label, [approved, reviewed, rejected]) in DECISIONS.iter().zip(figures.confusion) {
        println!("{:<16}{approved:>10}{reviewed:>16}{rejected:>10}", label.word());
    }
}

fn families(figures: &Figures) {
    println!("\n{:<16}{:>10}{:>10}{:>8}{:>20}", "", "n", "right", "", "approved wrongly");
    for (name, share) in figures.families.iter().filter(|(_, share)| share.of > 0) {
        let Share { of, right, wrongly_approved } = *share;
        println!("{name:<16}{of:>10}{right:>10}{:>8}{wrongly_approved:>20}", percent(right, of));
    }
}

fn calibration(figures: &Figures) {
    println!("\nconfidence              n    mean    to be approved    decided right");
    for bin in &figures.calibration {
        let range = format!("{} to {}", bin.confidence.start(), bin.confidence.end());
        let (good, right) = (percent(bin.good, bin.of), percent(bin.right, bin.of));
        println!("{range:<16}{:>9}{:>8.1}{good:>18}{right:>17}", bin.of, bin.mean_confidence);
    }
    println!("Brier score {:.3} (0 is best; 0.250 is 50 for everything)", figures.brier);
}

fn cost(figures: &Figures) {
    let Figures { calls, usage, cost, latency, asked, all, .. } = figures;
    println!("\ncalls of the model {calls}, for {asked} of {} submissions; the checks decided the rest", all.of);
    println!("tokens {} in, {} out", usage.input, usage.output);
    if let Some(micros) = cost {
        let each = micros / u64::try_from(all.of.max(1)).unwrap_or(u64::MAX);
        println!("cost ${}, ${} for a submission", dollars(*micros), dollars(each));
    }
    let [median, p95, max] = [latency.median, latency.p95, latency.max].map(seconds);
    println!("a judgement with the model took {median} s (median), {p95} s (p95), {max} s (at most)");
}

fn failures(figures: &Figures, judged: &[Judged]) {
    if figures.failures.is_empty() {
        println!("the model answered whenever it was asked");
    }
    for (cause, count) in &figures.failures {
        println!("no whole answer, {count} times: {cause}");
    }
    for it in judged.iter().filter(|it| !it.is_right()) {
        let (name, label) = (&it.submission.name, it.submission.label());
        println!("{name}: {} at {} in place of {label}: {}", it.decision, it.confidence, it.reasoning);
    }
}

fn percent(part: usize, of: usize) -> String {
    format!("{} %", (100 * part + of / 2) / of.max(1))
}

fn dollars(micros: u64) -> String {
    format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000)
}

fn seconds(ms: u64) -> String {
    format!("{}.{:02}", ms / 1_000, ms % 1_000 / 10)
}
