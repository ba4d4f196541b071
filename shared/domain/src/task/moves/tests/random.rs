//! Whatever happens in whatever order: `Story` asserts at each commit that the entry balances, that
//! no account goes below zero, that the version grows by one, that the table of statuses allows the
//! move, and that a final task has no escrow.

use crate::example::{AGENT, Story, TASK, usd};
use crate::ledger::Account;
use crate::money::Usd;
use crate::status::Status;
use crate::task::DisputeOrigin;
use proptest::prelude::*;
use proptest::sample::{Index, select};

const MOVES: &[&str] = &[
    "accept",
    "accept:bert",
    "start",
    "start:bert",
    "release",
    "release:bert",
    "submit",
    "submit:bert",
    "resubmit",
    "pass",
    "review",
    "doubt",
    "fail",
    "APPROVE",
    "REJECT",
    "CHANGES",
    "cancel",
    "dispute",
    "RELEASE",
    "REFUND",
    "SPLIT:0",
    "SPLIT:1",
    "SPLIT:3333",
    "SPLIT:9999",
    "SPLIT:10000",
    "expire",
    "judge",
    "overdue",
    "escalate",
];
const PAUSES: &[&str] = &["@+0ms", "@+1ms", "@+9m", "@+1h", "@+1d", "@+72h", "@+7d", "@deadline-1ms", "@deadline"];

/// One step: a pause, then a move. Half of the moves are picked among those that would be made and
/// do not end everything, so that stories get far.
#[derive(Clone, Debug)]
struct Step {
    pause: Option<&'static str>,
    sensible: bool,
    pick: Index,
}

fn step() -> impl Strategy<Value = Step> {
    (prop::option::weighted(0.3, select(PAUSES)), any::<bool>(), any::<Index>())
        .prop_map(|(pause, sensible, pick)| Step { pause, sensible, pick })
}

fn wait(story: &mut Story, pause: &str) {
    let earlier = story.now;
    story.tell(pause);
    story.now = story.now.max(earlier);
}

fn take(story: &mut Story, step: &Step) {
    if let Some(pause) = step.pause {
        wait(story, pause);
    }
    let made = |word: &&&str| story.decide(word).is_ok_and(|change| change.after.version > story.task.version);
    let goes_on = |word: &&&str| !["cancel", "expire"].contains(*word);
    let sensible: Vec<&str> = MOVES.iter().filter(goes_on).filter(made).copied().collect();
    let words = if step.sensible && !sensible.is_empty() { &sensible[..] } else { MOVES };
    let word = step.pick.get(words);
    story.tell(word);
    assert_ne!(story.tell(word), "made", "{word} was made twice in a row: {:?}", story.task);
}

fn story() -> impl Strategy<Value = (Story, Vec<Step>)> {
    (1_000_i64..=1_000_000, prop::collection::vec(step(), 0..25)).prop_map(|(cents, steps)| {
        let reward = Usd::from_micros(cents * 10_000).unwrap();
        (Story::new(usd("20000"), reward), steps)
    })
}

proptest! {
    #[test]
    fn the_money_of_any_story_adds_up((mut story, steps) in story()) {
        let total: i64 = story.balances.values().sum();
        for step in &steps {
            take(&mut story, step);

            prop_assert_eq!(story.balances.values().sum::<i64>(), total);
            let task = &story.task;
            let in_hold = task.dispute.as_ref().is_some_and(|d| d.origin == DisputeOrigin::AgentInHold);
            let held = match task.status {
                Status::Completed | Status::Cancelled => Usd::ZERO,
                Status::Disputed if in_hold => task.reward,
                _ => task.total(),
            };
            prop_assert_eq!(story.escrow(), held.micros());
            let apart = if in_hold && task.status == Status::Disputed { task.fee } else { Usd::ZERO };
            prop_assert_eq!(story.balance(&Account::Fee(TASK)), apart.micros());
            prop_assert!(story.account.fees_held(story.now).micros() <= story.balance(&Account::Revenue(AGENT)));
            let settled = task.status == Status::Completed;
            let spent = story.account.spend_by_day.values().map(|line| line.micros()).sum::<i64>();
            prop_assert_eq!(spent, if settled { story.earnings.balance.micros() } else { 0 });
            prop_assert!(story.earnings.pending(story.now) <= story.earnings.balance);
        }
    }

    #[test]
    fn no_money_is_held_without_a_date((mut story, steps) in story()) {
        for step in &steps {
            take(&mut story, step);
            if story.escrow() > 0 {
                prop_assert!(story.task.next_action(story.now).is_some(), "{:?}", story.task);
                prop_assert!(story.task.due().is_some(), "{:?}", story.task);
            }
        }
        // Nobody does anything any more: time alone pays, refunds, or reminds staff for ever.
        // At most an operator, then nobody else; or the Guardian, then the agent, then staff are late.
        for _ in 0..3 {
            let Some(due) = story.task.due() else { break };
            story.now = story.now.max(due.at);
            let lapses = ["expire", "judge", "overdue", "escalate"];
            let made = lapses.into_iter().filter(|word| story.tell(word) == "made").count();
            prop_assert!(made > 0, "{:?} is due and changes nothing: {:?}", due, story.task);
        }
        prop_assert_eq!(story.task.due().is_some(), story.task.status == Status::Disputed);
        prop_assert!(story.task.status.is_final() || story.task.status == Status::Disputed);
    }

    #[test]
    fn cancelled_is_for_ever((mut story, steps) in story()) {
        let mut cancelled = None;
        for step in &steps {
            take(&mut story, step);
            if let Some(task) = &cancelled {
                prop_assert_eq!(&story.task, task);
            }
            cancelled = (story.task.status == Status::Cancelled).then(|| story.task.clone());
        }
    }
}
