//! The walk: what is asked, in order. `<name>` stands for what each system calls it.

use std::fmt;

/// Longer than any task here has, and than a new address waits.
pub(super) const OVERDUE_S: u32 = 2 * 86_400;

/// Status, caller, method, path; `[header: value]`; a body; and after `->` what is kept of the answer, as
/// `name=/pointer`. `put` sends the photo where the answer before says; `until` waits until
/// a task shows a text; `overdue` lets a deadline pass, and `aged` the time that an agent's address waits.
const WALK: &str = include_str!("walk.txt");
/// Where a step is added.
pub(super) const FILE: &str = "tests/e2e/targets/deployed/same_bytes/walk.txt";

pub(super) enum Step {
    Ask(Ask),
    Put,
    /// A task, and a part of what the agent is shown then.
    Until(&'static str, &'static str),
    /// A task whose deadline passes.
    Overdue(&'static str),
    /// An agent whose withdrawal address has waited.
    Aged(&'static str),
}

pub(super) struct Ask {
    pub(super) status: u16,
    pub(super) caller: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) headers: Vec<(&'static str, &'static str)>,
    pub(super) body: Option<&'static str>,
    pub(super) keeps: Vec<(&'static str, &'static str)>,
    line: &'static str,
}

impl Ask {
    /// `POST /tasks/{id}/cancel`
    pub(super) fn endpoint(&self) -> String {
        let (path, _) = self.path.split_once('?').unwrap_or((self.path, ""));
        let parts = path.split('/').map(|part| if part.contains('<') { "{id}" } else { part });
        format!("{} {}", self.method, parts.collect::<Vec<_>>().join("/"))
    }
}

impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.line)
    }
}

pub(super) fn steps() -> impl Iterator<Item = Step> {
    WALK.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(step)
}

fn step(line: &'static str) -> Step {
    let words: Vec<&str> = line.split(' ').collect();
    match words[..] {
        ["put"] => Step::Put,
        ["until", task, status] => Step::Until(task, status),
        ["overdue", task] => Step::Overdue(task),
        ["aged", agent] => Step::Aged(agent),
        _ => Step::Ask(ask(line)),
    }
}

fn ask(line: &'static str) -> Ask {
    let (asked, kept) = line.split_once(" -> ").unwrap_or((line, ""));
    let mut parts = asked.splitn(5, ' ');
    let [status, caller, method, path] = [(); 4].map(|()| parts.next().unwrap_or_else(|| panic!("too short: {line}")));
    let (mut headers, mut rest) = (Vec::new(), parts.next().unwrap_or_default());
    while let Some((header, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        headers.push(header.split_once(": ").unwrap_or_else(|| panic!("not a header: {header}")));
        rest = after.trim_start();
    }
    let keeps = kept.split_whitespace().map(|kept| kept.split_once('=').unwrap_or_else(|| panic!("not kept: {kept}")));
    Ask {
        status: status.parse().unwrap(),
        caller,
        method,
        path,
        headers,
        body: (!rest.is_empty()).then_some(rest),
        keeps: keeps.collect(),
        line,
    }
}
