//! The table: each endpoint and worker, the plan's figures, and what is allowed beyond them.

use std::fmt;

/// What something costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cost {
    /// DynamoDB calls.
    pub(super) calls: f64,
    /// Calls that wait for each other: the longest chain.
    pub(super) phases: f64,
    /// Write request units, indexes included.
    pub(super) wru: f64,
    /// Read request units.
    pub(super) rru: f64,
}

/// What something may cost.
pub(super) struct Budget {
    pub(super) name: &'static str,
    pub(super) plan: Cost,
    pub(super) allowed: Cost,
    /// Why more is allowed than planned.
    pub(super) because: &'static str,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {} / {} / {}", self.calls, self.phases, self.wru, self.rru)
    }
}

const fn cost([calls, phases, wru, rru]: [f64; 4]) -> Cost {
    Cost { calls, phases, wru, rru }
}

/// As planned.
const fn plan(name: &'static str, figures: [f64; 4]) -> Budget {
    Budget { name, plan: cost(figures), allowed: cost(figures), because: "" }
}

/// More than planned.
const fn more(name: &'static str, plan: [f64; 4], allowed: [f64; 4], because: &'static str) -> Budget {
    Budget { name, plan: cost(plan), allowed: cost(allowed), because }
}

/// Calls, phases, write units, read units. The plan is what each of them should need.
pub(super) const BUDGETS: &[Budget] = &[
    plan("POST /agents/register", [3., 2., 3., 0.]),
    more(
        "POST /agents/keys",
        [3., 2., 2., 1.],
        [4., 2., 2., 2.],
        "at most 20 keys: the taken slots are read, beside the key that asks",
    ),
    more(
        "GET /agents/keys",
        [2., 1., 1., 1.],
        [3., 1., 1., 2.],
        "one way to authenticate for all routes: it reads the key that asks by itself",
    ),
    more(
        "DELETE /agents/keys/{id}",
        [3., 2., 2., 1.],
        [4., 2., 5., 2.],
        "keys are in slots, so that there are at most 20: the id's slot must be looked for; and another key must stay, \
         which only a transaction can promise",
    ),
    plan("GET /agents/balance", [2., 1., 1., 2.]),
    plan("PATCH /agents/me", [3., 2., 2., 2.]),
    more(
        "POST /agents/deposit/usdc",
        [3., 2., 5., 2.],
        [3., 2., 9., 2.],
        "GET /agents/deposits and the audit: the lock is no journal entry in the agent's partition; and the agent is told \
         through the stream of core",
    ),
    more(
        "POST /agents/deposit",
        [3., 2., 2., 1.],
        [4., 3., 10., 1.],
        "test mode completes at once: what the provider's notification does is done as well",
    ),
    plan("POST /agents/deposit/status", [2., 1., 1., 2.]),
    more(
        "POST /webhooks/dlocal",
        [2., 2., 5., 0.],
        [3., 3., 9., 1.],
        "the amount is compared with the one expected before it is credited; a journal entry, and told, as above",
    ),
    plan("POST /tasks", [3., 2., 11., 2.]),
    plan("POST /tasks with a callback", [3., 2., 13., 2.]),
    more(
        "POST /tasks of 1.5 KB",
        [3., 2., 15., 2.],
        [3., 2., 16., 2.],
        "where there is a brief too, the callback with its secret is one item more, which operators do not read",
    ),
    plan("POST /tasks of 10,000 characters", [3., 2., 33., 2.]),
    plan("POST /tasks replayed", [2., 1., 1., 3.]),
    more(
        "GET /tasks",
        [5., 1., 1., 3.5],
        [6., 2., 1., 4.5],
        "how an operator is rated is read as it is now, a unit for each operator on the page",
    ),
    more("GET /tasks?status=COMPLETED", [3., 1., 1., 2.5], [4., 2., 1., 3.5], "as above"),
    more(
        "GET /tasks/{id}",
        [3., 1., 1., 2.],
        [5., 2., 1., 4.],
        "who has the task is known with the task only, and its record is shown as it is now; the newest messages lie \
         beside the task, which is read whole",
    ),
    plan("POST /tasks/{id}/messages", [4., 3., 3., 2.]),
    plan("GET /tasks/{id}/messages", [3., 1., 1., 3.]),
    plan("POST /tasks/{id}/cancel", [4., 2., 12., 2.]),
    more(
        "POST /tasks/{id}/verify APPROVE",
        [4., 2., 13., 2.],
        [4., 3., 13., 3.],
        "who settles drops what has matured of the earnings, which are read for it",
    ),
    more(
        "POST /tasks/{id}/verify REJECT",
        [4., 2., 5., 2.],
        [3., 2., 7., 2.],
        "a dispute has a date at which it is escalated, and is in the list of GET /admin/disputes",
    ),
    more(
        "GET /tasks/{id}/retrieve-credential",
        [2., 1., 1., 3.],
        [3., 1., 1., 3.],
        "a credential belongs to one submission, and which one counts is known with the task only",
    ),
    plan("GET /events", [3., 1., 1., 2.]),
    plan("POST /events/{id}/redeliver", [7., 5., 3., 7.]),
    plan("POST /events/test", [8., 7., 6., 4.]),
    plan("GET /events/endpoints", [3., 1., 1., 2.]),
    plan("POST /events/endpoints/enable", [3., 2., 2., 1.]),
    plan("POST /tasks/{id}/callback-secret", [3., 2., 2., 3.]),
    plan("GET /task-types", [1., 1., 1., 0.]),
    more(
        "POST /operator/register",
        [3., 2., 4., 0.],
        [3., 3., 4., 0.],
        "earnings come before the profile, so that who has a profile can be paid; staff find it by its KYC status",
    ),
    more(
        "GET /operator/tasks",
        [3., 1., 1., 4.],
        [15., 2., 1., 8.],
        "one query of each of the thirteen types, half a unit at least: so a filter reads its type alone, and no page \
         reads what it does not show to count it; then how the agents are rated, a unit for each agent on the page",
    ),
    more(
        "POST /operator/tasks/{id}/accept",
        [3., 2., 6., 0.5],
        [3., 2., 8., 3.],
        "domain decides on the task as it is, and a KYC that was withdrawn counts at once: strong reads; how many tasks \
         an operator has at work is counted in the same transaction",
    ),
    more(
        "POST /operator/tasks/{id}/submit",
        [3., 3., 7., 0.],
        [4., 3., 12., 1.],
        "who may submit what is decided on the task, before any proof is written; the task is at work no longer, which \
         is counted in the same transaction; in that each photo is claimed too, so that nobody else can be first",
    ),
    // Sixteen queries of half a unit at the most for what looks like the photo.
    plan("POST /operator/tasks/{id}/check", [22., 5., 2., 11.]),
    more(
        "POST /operator/upload",
        [1., 1., 1., 0.5],
        [3., 2., 2., 1.],
        "only the task's operator may upload, and not without end: announced photos are counted",
    ),
    plan("GET /operators/search", [7., 2., 1., 5.]),
    plan("POST /tasks/{id}/rating", [3., 2., 5., 2.]),
    plan("GET /operator/push", [2., 1., 1., 1.]),
    // Where new tasks find it is another item.
    plan("PUT /operator/push", [4., 3., 3., 2.]),
    plan("DELETE /operator/push/{id}", [4., 3., 3., 1.]),
    plan("GET /operator/earnings", [3., 1., 1., 3.]),
    more(
        "POST /operator/payout",
        [3., 2., 8., 1.],
        [3., 2., 7., 2.],
        "only who is VERIFIED may withdraw: the profile is read beside the earnings",
    ),
    more("GET /operator/payout/status/{id}", [2., 1., 1., 0.5], [2., 1., 1., 1.], "money is read strongly"),
    more(
        "guardian, approving",
        [3., 3., 13., 2.],
        [6., 6., 13., 4.],
        "who handed each photo in first is read, what was decided while the Guardian looked stands, and who settles \
         drops what has matured of the earnings",
    ),
    more(
        "guardian, in doubt",
        [3., 3., 5., 2.],
        [5., 5., 5., 3.],
        "as when approving; and a review has a date at which it lapses",
    ),
    more(
        "callback",
        [2., 2., 1., 0.5],
        [5., 5., 3., 6.],
        "the event's own bytes are sent, and a planned retry is not made twice: three items, read strongly; then whether \
         its host answers and the endpoint is not disabled, which is known with its address only; and the first in an hour \
         is that host's probe",
    ),
    plan("notification", [1., 1., 0., 2.]),
    // The task, two squares of the map, the browsers of whoever is near; and each is claimed.
    plan("notification of a new task", [5., 4., 1., 3.]),
    more("expiry", [2., 2., 11., 0.5], [2., 2., 11., 1.], "money is read strongly"),
    more(
        "sweep of nothing",
        [17., 3., 1., 16.],
        [24., 6., 1., 16.],
        "a partition for each of six kinds, one kind after the other: nothing waits behind what is of another kind",
    ),
];
