//! What may be asked for, and what it costs to ask.

use super::*;
use crate::event::EventName;
use crate::example::{AGENT, START, TASK, after, agent, draft, rows, usd};
use crate::task::{Authorization, Basis, Callback};

/// type | domain | tier | lowest and highest reward | default proof | restricted
const TYPES: &str = "
VERIFICATION        | PHYSICAL | 1 | 10.00 10000.00 | PHOTO        | no
PHOTO               | PHYSICAL | 1 | 10.00 10000.00 | PHOTO        | no
DELIVERY            | PHYSICAL | 1 | 10.00 10000.00 | PHOTO        | no
INSPECTION          | PHYSICAL | 1 | 10.00 10000.00 | PHOTO        | no
CAPTCHA_SOLVING     | DIGITAL  | 1 | 10.00    10.00 | SCREENSHOT   | restricted
FORM_FILLING        | DIGITAL  | 1 | 10.00    50.00 | SCREENSHOT   | no
BROWSER_INTERACTION | DIGITAL  | 1 | 10.00   100.00 | SCREENSHOT   | no
CONTENT_REVIEW      | DIGITAL  | 1 | 10.00    25.00 | CONFIRMATION | no
DATA_VALIDATION     | DIGITAL  | 1 | 10.00    50.00 | CONFIRMATION | no
ACCOUNT_CREATION    | DIGITAL  | 2 | 10.00   100.00 | ARTIFACT     | restricted
API_KEY_PROCUREMENT | DIGITAL  | 2 | 10.00   200.00 | ARTIFACT     | restricted
PHONE_VERIFICATION  | DIGITAL  | 2 | 10.00    25.00 | ARTIFACT     | restricted
SUBSCRIPTION_SETUP  | DIGITAL  | 2 | 10.00   500.00 | ARTIFACT     | no
";

/// What a request asks for that gives this domain and otherwise what the draft has.
fn asked(draft: &Draft, task_domain: Option<TaskDomain>) -> Asked {
    Asked {
        reward: Some(draft.reward),
        task_domain,
        proof_type: draft.proof_type,
        located: draft.point.is_some() && draft.address.is_some(),
        has_public_key: draft.brief.agent_public_key.is_some(),
    }
}

/// What is wrong, as the names of the fields.
fn fields(draft: &Draft, task_domain: Option<TaskDomain>) -> Vec<&'static str> {
    asked(draft, task_domain).problems(draft.task_type).into_iter().map(|(field, _)| field).collect()
}

#[test]
fn each_type_has_its_domain_tier_and_proof() {
    let table = rows(TYPES);
    assert_eq!(table.len(), TaskType::ALL.len());
    for [word, domain, tier, _, proof, restricted] in table {
        let kind = TaskType::parse(word).unwrap();
        assert_eq!(kind.domain().word(), domain, "{kind}");
        assert_eq!(kind.tier().to_string(), tier, "{kind}");
        assert_eq!(kind.is_credential(), tier == "2", "{kind}");
        assert_eq!(kind.default_proof().word(), proof, "{kind}");
        assert_eq!(kind.is_restricted(), restricted == "restricted", "{kind}");
        assert!(!kind.default_requirements().is_empty(), "{kind}");
    }
}

#[test]
fn each_type_has_its_lowest_and_highest_reward() {
    let cent = usd("0.01");
    for [word, _, _, limits, _, _] in rows(TYPES) {
        let kind = TaskType::parse(word).unwrap();
        let limits: Vec<Usd> = limits.split_whitespace().map(usd).collect();
        for (reward, expected) in [
            (limits[0].checked_sub(cent).unwrap(), vec!["reward_usd"]),
            (limits[0], vec![]),
            (limits[1], vec![]),
            (limits[1].checked_add(cent).unwrap(), vec!["reward_usd"]),
        ] {
            assert_eq!(fields(&draft(kind, reward), None), expected, "{kind} for {reward}");
        }
    }
}

#[test]
fn a_problem_says_what_to_do() {
    let expensive = draft(TaskType::CaptchaSolving, usd("11"));
    let [(field, advice)] = &asked(&expensive, None).problems(expensive.task_type)[..] else {
        panic!("one problem");
    };
    assert_eq!(*field, "reward_usd");
    assert_eq!(advice, "must be between 10.00 and 10.00 for CAPTCHA_SOLVING");
}

#[test]
fn a_deadline_is_5_minutes_to_90_days_ahead() {
    let table = "
        -1d        | deadline
        +0ms       | deadline
        +4m +59s   | deadline
        +5m -1ms   | deadline
        +5m        |
        +1d        |
        +90d       |
        +90d +1ms  | deadline
        +90d +1s   | deadline
    ";
    for [moment, expected] in rows(table) {
        let deadline = moment.split_whitespace().fold(START, after);
        let found = if deadline_fits(deadline, START).is_err() { "deadline" } else { "" };
        assert_eq!(found, expected, "{moment}");
    }
}

/// type | given: domain, proof type, which of the rest | fields with a problem
const BETWEEN_FIELDS: &str = "
PHOTO              | -        -            point address |
PHOTO              | -        -            point         | location
PHOTO              | -        -            address       | location
DELIVERY           | -        -                          | location
PHOTO              | PHYSICAL PHOTO        point address |
PHOTO              | -        CONFIRMATION point address |
PHOTO              | DIGITAL  -            point address | task_domain
PHOTO              | DIGITAL  -                          | location task_domain
FORM_FILLING       | -        -                          |
FORM_FILLING       | DIGITAL  -            point address |
FORM_FILLING       | PHYSICAL -                          | task_domain
FORM_FILLING       | -        -            key           |
ACCOUNT_CREATION   | -        -            key           |
ACCOUNT_CREATION   | -        ARTIFACT     key           |
ACCOUNT_CREATION   | -        -                          | agent_public_key
ACCOUNT_CREATION   | -        PHOTO        key           | proof_type
ACCOUNT_CREATION   | -        SCREENSHOT   key           | proof_type
ACCOUNT_CREATION   | PHYSICAL CONFIRMATION               | task_domain agent_public_key proof_type
SUBSCRIPTION_SETUP | -        -                          | agent_public_key
";

#[test]
fn fields_are_judged_together_and_all_at_once() {
    for [kind, given, expected] in rows(BETWEEN_FIELDS) {
        let given: Vec<&str> = given.split_whitespace().collect();
        let mut draft = draft(TaskType::parse(kind).unwrap(), usd("10"));
        draft.proof_type = ProofType::parse(given[1]);
        draft.point = given.contains(&"point").then(|| Point::parse("40.7128", "-74.006").unwrap());
        draft.address = given.contains(&"address").then(|| "1 Main St".to_owned());
        draft.brief.agent_public_key = given.contains(&"key").then(|| "key".to_owned());
        assert_eq!(fields(&draft, TaskDomain::parse(given[0])).join(" "), expected, "{kind} with {given:?}");
    }
}

#[test]
fn everything_wrong_is_told_at_once() {
    let mut draft = draft(TaskType::Photo, usd("9.99"));
    draft.point = None;
    assert_eq!(fields(&draft, Some(TaskDomain::Digital)), ["reward_usd", "location", "task_domain"]);
}

#[test]
fn a_restricted_type_needs_the_consent_of_the_deployment() {
    let table = "
        # policy | authorization | restricted type     | other type
        open     | without       | Ok(())                   | Ok(())
        open     | with          | Ok(())                   | Ok(())
        attested | without       | Err(AttestationRequired) | Ok(())
        attested | with          | Ok(())                   | Ok(())
        disabled | without       | Err(Disabled)            | Ok(())
        disabled | with          | Err(Disabled)            | Ok(())
    ";
    for [policy, authorization, restricted, other] in rows(table) {
        for kind in TaskType::ALL {
            let mut draft = draft(*kind, usd("10"));
            draft.brief.authorization = (authorization == "with")
                .then(|| Authorization { basis: Basis::Owner, statement: "My own account.".to_owned() });
            let permitted = format!("{:?}", draft.permitted(Restriction::parse(policy).unwrap()));
            let expected = if kind.is_restricted() { restricted } else { other };
            assert_eq!(permitted, expected, "{kind} where {policy}, {authorization} authorization");
        }
    }
}

/// deposit | spent in 30 days | reward | fee, deposit then, escrow then
const OPENINGS: &str = "
100.00     | 0.00     | 25.00    | fee 4.50, deposit 70.50, escrow 29.50
29.50      | 0.00     | 25.00    | fee 4.50, deposit 0.00, escrow 29.50
29.500001  | 0.00     | 25.00    | fee 4.50, deposit 0.000001, escrow 29.50
29.499999  | 0.00     | 25.00    | needs 29.50, has 29.499999
25.00      | 0.00     | 25.00    | needs 29.50, has 25.00
0.00       | 0.00     | 10.00    | needs 12.00, has 0.00
12.00      | 0.00     | 10.00    | fee 2.00, deposit 0.00, escrow 12.00
100.00     | 4999.99  | 25.00    | fee 4.50, deposit 70.50, escrow 29.50
100.00     | 5000.00  | 25.00    | fee 3.75, deposit 71.25, escrow 28.75
100.00     | 25000.00 | 25.00    | fee 3.75, deposit 71.25, escrow 28.75
100.00     | 25000.01 | 25.00    | fee 3.00, deposit 72.00, escrow 28.00
28.749999  | 5000.00  | 25.00    | needs 28.75, has 28.749999
20000.00   | 0.00     | 10000.00 | fee 1800.00, deposit 8200.00, escrow 11800.00
";

#[test]
fn opening_holds_reward_and_fee_or_says_what_is_missing() {
    for [deposit, spent, reward, expected] in rows(OPENINGS) {
        let mut agent = agent(usd(deposit));
        agent.spend_by_day.insert(START.day(), usd(spent));
        let told = match open(draft(TaskType::Photo, usd(reward)), TASK, [0; 16], &agent, START) {
            Err(InsufficientFunds { required, available }) => format!("needs {required}, has {available}"),
            Ok(Opening { task, entry, .. }) => {
                let held = task.total();
                let moved = Entry::new(entry.id, START, EntryKind::Escrow, Some(TASK));
                let moved = moved.transfer(Account::Deposit(AGENT), Account::Escrow(TASK), held);
                assert_eq!(entry, moved, "{deposit} for {reward}");
                assert_eq!(task.rate_bps, Tier::of(agent.spend(START)).rate_bps(), "{deposit} for {reward}");
                let rest = agent.deposit.checked_sub(held).unwrap();
                format!("fee {}, deposit {rest}, escrow {held}", task.fee)
            }
        };
        assert_eq!(told, expected, "{deposit} for {reward} after {spent}");
    }
}

#[test]
fn a_new_task_is_pending_with_what_was_asked_for_and_what_was_left_out() {
    let mut draft = draft(TaskType::ContentReview, usd("25"));
    let (url, events) = ("https://example.com".to_owned(), EventName::DEFAULT.to_vec());
    draft.callback = Some(Callback { url, secret: None, replaced: None, events });
    let (brief, callback) = (draft.brief.clone(), draft.callback.clone());
    let opening = open(draft, TASK, [7; 16], &agent(usd("100")), START).unwrap();

    let task = opening.task;
    assert_eq!((task.id, task.agent, task.version, task.status), (TASK, AGENT, 1, Status::Pending));
    assert_eq!((task.proof_type, task.address.as_str()), (ProofType::Confirmation, "Remote/Digital"));
    assert_eq!((task.reward, task.rate_bps, task.fingerprint), (usd("25"), 1_800, [7; 16]));
    assert_eq!((task.created_at, task.deadline), (START, START.plus_seconds(86_400)));
    assert_eq!(task.called_back, EventName::DEFAULT);
    assert!(task.operator.is_none() && task.cancellation.is_none());
    assert_eq!((opening.brief, opening.callback), (brief, callback));
}

#[test]
fn an_entry_id_follows_from_the_task_and_its_version() {
    let task = open(draft(TaskType::Photo, usd("25")), TASK, [0; 16], &agent(usd("100")), START).unwrap().task;
    let id = |task: &Task, at| task.entry(EntryKind::Settle, at).id;
    let next = Task { version: 2, ..task.clone() };
    let other = Task { id: TaskId::from_bytes([9; 16]), ..task.clone() };
    assert_eq!(id(&task, START), id(&task, after(START, "+1h")));
    assert_ne!(id(&task, START), id(&next, START));
    assert_ne!(id(&task, START), id(&other, START));
}

#[test]
fn a_replay_wins_over_a_reused_key_and_that_over_a_twin() {
    let opening = open(draft(TaskType::Photo, usd("25")), TASK, [7; 16], &agent(usd("100")), START).unwrap();
    let (twin, other) = ((TaskId::from_bytes([5; 16]), [7; 16]), (TaskId::from_bytes([6; 16]), [8; 16]));
    let cases = [
        (Some(opening.task.clone()), [7; 16], vec![twin], Prior::Same(Box::new(opening.task.clone()))),
        (Some(opening.task), [8; 16], vec![other], Prior::Reused),
        (None, [7; 16], vec![other, twin], Prior::Twin(twin.0)),
        (None, [9; 16], vec![other, twin], Prior::New),
        (None, [9; 16], vec![], Prior::New),
    ];
    for (earlier, fingerprint, recent, expected) in cases {
        assert_eq!(prior(earlier, fingerprint, recent), expected);
    }
}
