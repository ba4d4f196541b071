//! The form in which jobs travel.

use super::*;
use domain::Timestamp;

#[test]
fn a_job_travels_as_its_ids_and_comes_back_the_same() {
    let (task, agent, event) =
        (TaskId::from_bytes([1; 16]), AgentId::from_bytes([2; 16]), EventId::from_bytes([3; 16]));
    let at = Timestamp::from_millis(1_770_292_800_123);
    let deliver = |task| Job::Deliver(Delivery { event, agent, task, sequence: 7, at, attempt: 4 });
    let push = |operator| Job::Push(Notice { task, event: EventName::Message, operator, at });
    for (job, text) in [
        (push(None), format!(r#"{{"job":"push","task":"{task}","event":"task.message","at":1770292800123}}"#)),
        (
            push(OperatorId::parse("op_anna")),
            format!(
                r#"{{"job":"push","task":"{task}","event":"task.message","operator":"op_anna","at":1770292800123}}"#
            ),
        ),
        (Job::Judge(task), format!(r#"{{"job":"judge","task":"{task}"}}"#)),
        (
            deliver(None),
            format!(
                r#"{{"job":"deliver","event":"{event}","agent":"{agent}","sequence":7,"at":1770292800123,"attempt":4}}"#
            ),
        ),
        (
            deliver(Some(task)),
            format!(
                r#"{{"job":"deliver","event":"{event}","agent":"{agent}","task":"{task}","sequence":7,"at":1770292800123,"attempt":4}}"#
            ),
        ),
    ] {
        assert_eq!(serde_json::to_string(&job).unwrap(), text);
        assert_eq!(serde_json::from_str::<Job>(&text).unwrap(), job);
    }
}

#[test]
fn what_is_no_job_is_refused() {
    let task = TaskId::from_bytes([1; 16]);
    for text in [
        r#"{"job":"judge","task":"agent_1"}"#.to_owned(),
        format!(r#"{{"job":"pay","task":"{task}"}}"#),
        format!(r#"{{"task":"{task}"}}"#),
        format!(r#"{{"job":"deliver","task":"{task}"}}"#),
        format!(r#"{{"job":"push","task":"{task}","event":"task.nothing","at":1}}"#),
        "[]".to_owned(),
    ] {
        assert!(serde_json::from_str::<Job>(&text).is_err(), "{text}");
    }
}
