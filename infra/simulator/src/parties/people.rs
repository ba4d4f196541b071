//! Who lives in a world, and which tasks they know of.

use crate::dice::Dice;
use crate::parties::deed::Deed;
use domain::status::Status;
use std::collections::{BTreeMap, BTreeSet};

/// An agent and its keys.
#[derive(Clone, Debug)]
pub struct Agent {
    pub id: String,
    /// Never revoked.
    pub key: String,
    /// More keys, with their ids once they are known.
    pub spare: Vec<(String, String)>,
}

#[derive(Debug, Default)]
pub struct People {
    pub agents: Vec<Agent>,
    pub operators: Vec<String>,
    /// With the owner, as an index of `agents`.
    pub tasks: Vec<(String, usize)>,
    /// Where each task stands and who has it, by the latest commit.
    pub standing: BTreeMap<String, (Status, Option<String>)>,
    /// Keys that somebody has asked to revoke; all others open what they open.
    pub ending: BTreeSet<String>,
    /// Keys whose revocation was confirmed before whatever is asked now.
    pub revoked: BTreeSet<String>,
    /// Those whose revocation overlaps with it.
    pub revoking: BTreeSet<String>,
}

impl People {
    pub fn agent(&self, dice: &mut Dice) -> Option<&Agent> {
        dice.pick(&self.agents)
    }

    pub fn operator(&self, dice: &mut Dice) -> Option<&String> {
        dice.pick(&self.operators)
    }

    /// A task and its agent: most often one that stands where `deed` makes sense.
    pub fn task(&self, deed: Deed, dice: &mut Dice) -> Option<(&String, &Agent)> {
        let fits = |task: &str| self.standing.get(task).is_some_and(|(status, _)| deed.fits(*status));
        let fitting: Vec<_> = self.tasks.iter().filter(|(task, _)| fits(task)).collect();
        let all: Vec<_> = self.tasks.iter().collect();
        let among = if dice.permille(880) { fitting } else { all };
        let (task, owner) = dice.pick(&among)?;
        Some((task, self.agents.get(*owner)?))
    }

    pub fn assignee(&self, task: &str) -> Option<String> {
        self.standing.get(task)?.1.clone()
    }

    /// A key is about to be revoked, by its id.
    pub fn end(&mut self, id: &str) {
        let spare = self.agents.iter().flat_map(|agent| &agent.spare);
        self.ending.extend(spare.filter(|(known, _)| known == id).map(|(_, key)| key.clone()));
    }

    /// What was asked for at the same time has been answered.
    pub fn arrive(&mut self) {
        self.revoked.append(&mut self.revoking);
    }

    /// Whose request this is, as an index of `agents`.
    pub fn owner(&self, key: &str) -> Option<usize> {
        let has = |agent: &Agent| agent.key == key || agent.spare.iter().any(|(_, spare)| spare == key);
        self.agents.iter().position(has)
    }
}

impl Agent {
    /// Any of its keys, revoked or not.
    pub fn any_key(&self, dice: &mut Dice) -> String {
        dice.pick(&self.spare).map_or_else(|| self.key.clone(), |(_, key)| key.clone())
    }
}
