//! Which queue is whose.

use super::*;
use domain::event::EventName;
use domain::money::payout::Payee;
use domain::operator::push::Notice;
use domain::{AgentId, EventId, PayoutId, TaskId, Timestamp};
use store::events::deliveries::Delivery;

fn queues(read: fn(&Variables) -> Result<Queues, Refusal>) -> Queues {
    let urls = [
        ("HUMANOPS_JUDGE_QUEUE_URL", "judge"),
        ("HUMANOPS_DELIVER_QUEUE_URL", "deliver"),
        ("HUMANOPS_PAY_QUEUE_URL", "pay"),
        ("HUMANOPS_PUSH_QUEUE_URL", "push"),
    ];
    let variables = urls.into_iter().map(|(name, url)| (name.to_owned(), url.to_owned())).collect();
    read(&variables).unwrap()
}

#[test]
fn a_job_goes_to_the_queue_of_its_worker_and_to_no_other() {
    let task = TaskId::from_bytes([1; 16]);
    let (event, agent) = (EventId::from_bytes([2; 16]), AgentId::from_bytes([3; 16]));
    let deliver = Job::Deliver(Delivery {
        event,
        agent,
        task: Some(task),
        sequence: 1,
        at: Timestamp::from_millis(0),
        attempt: 1,
    });

    let pay = Job::Pay(Payee::Agent(agent), PayoutId::from_bytes([4; 16]));

    let at = Timestamp::from_millis(0);
    let push = Job::Push(Notice { task, event: EventName::Created, operator: None, at });

    let all = queues(Queues::read);
    assert_eq!(all.url_of(&push).unwrap(), "push");
    assert_eq!(all.url_of(&pay).unwrap(), "pay");
    assert_eq!(all.url_of(&Job::Judge(task)).unwrap(), "judge");
    assert_eq!(all.url_of(&deliver).unwrap(), "deliver");

    let due = queues(Queues::of_what_is_due);
    assert!(due.url_of(&Job::Judge(task)).is_err() && due.url_of(&push).is_err());
    assert_eq!((due.url_of(&deliver).unwrap(), due.url_of(&pay).unwrap()), ("deliver", "pay"));
}

#[test]
fn a_message_takes_along_the_trace_that_it_belongs_to() {
    let job = Job::Judge(TaskId::from_bytes([1; 16]));
    assert_eq!(entry(0, &job, None).message_system_attributes(), None);
    let traced = entry(0, &job, Some("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"));
    let trace = &traced.message_system_attributes().unwrap()[&Attribute::AwsTraceHeader];
    assert_eq!(trace.string_value(), Some("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"));
}
