//! Who is told of what, and which browsers are kept.

use super::*;
use crate::example::{START, Story, TASK, assignee};
use crate::geo::Point;
use crate::limits::SUBSCRIBED_S;
use crate::task::Assignee;

fn operator() -> OperatorId {
    OperatorId::parse("op_anna").unwrap()
}

fn browser(name: &str, renewed_s: i64) -> Browser {
    Browser {
        id: Browser::id_of(&operator(), name),
        endpoint: name.to_owned(),
        keys: Keys { p256dh: [4; 65], auth: [5; 16] },
        near: None,
        until: START.plus_seconds(renewed_s + SUBSCRIBED_S),
    }
}

fn names(browsers: &[Browser]) -> Vec<&str> {
    browsers.iter().map(|it| it.endpoint.as_str()).collect()
}

#[test]
fn the_browser_that_was_silent_for_longest_makes_room() {
    let mut kept = Vec::new();
    for (at, name) in (0..).zip(["a", "b", "c", "a", "d", "e"]) {
        kept = renewed(kept, browser(name, at), START.plus_seconds(at));
    }
    assert_eq!(names(&kept), ["b", "c", "a", "d", "e"], "who says it again is not two");
    kept = renewed(kept, browser("f", 6), START.plus_seconds(6));
    assert_eq!(names(&kept), ["c", "a", "d", "e", "f"]);
    let later = SUBSCRIBED_S + 3;
    kept = renewed(kept, browser("g", later), START.plus_seconds(later));
    assert_eq!(names(&kept), ["d", "e", "f", "g"], "what has run out is forgotten");
}

#[test]
fn the_same_endpoint_of_another_is_another() {
    let other = OperatorId::parse("op_anna2").unwrap();
    assert_ne!(Browser::id_of(&operator(), "x"), Browser::id_of(&other, "x"));
    assert_ne!(Browser::id_of(&operator(), "2\0x"), Browser::id_of(&other, "x"));
}

#[test]
fn what_is_secret_is_not_printed() {
    let browser = browser("https://push.example.com/secret", 0);
    assert_eq!(format!("{:?}", browser.keys), "Keys");
    let printed = format!("{browser:?}");
    assert!(printed.contains(&browser.id.to_string()) && !printed.contains("secret"), "{printed}");
}

#[test]
fn a_place_is_kept_to_its_cell_and_reaches_as_far_as_it_says() {
    let (here, there) = (Point::parse("52.5200", "13.4050").unwrap(), Point::parse("52.40", "13.06").unwrap());
    let near = |km| Near::new(here, km);
    assert_eq!(near(5).centre, here.cell());
    assert_eq!(near(5).reaches(here), Some(5));
    for (km, reached) in [(25, None), (26, Some(30)), (30, Some(30))] {
        assert_eq!(near(km).reaches(there), reached, "{km}");
    }
}

#[test]
fn each_event_is_told_to_who_can_not_know_it() {
    for (event, expected) in [
        ("task.created", Some(Audience::Near)),
        ("task.verified", Some(Audience::Operator)),
        ("task.manual_review", Some(Audience::Operator)),
        ("task.changes_requested", Some(Audience::Operator)),
        ("task.disputed", Some(Audience::Operator)),
        ("task.dispute_resolved", Some(Audience::Operator)),
        ("task.cancelled", Some(Audience::Operator)),
        ("task.message", Some(Audience::Operator)),
        ("task.accepted", None),
        ("task.started", None),
        ("task.released", None),
        ("task.submitted", None),
        ("task.completed", None),
        ("task.expired", None),
    ] {
        assert_eq!(audience(EventName::parse(event).unwrap()), expected, "{event}");
    }
}

#[test]
fn a_change_is_told_once_and_to_nobody_where_nobody_is() {
    let (task, somewhere) = (Story::of("").0.task, Point::parse("52.52", "13.405").unwrap());
    let anna = assignee("anna");
    let of = |operator: Option<&Assignee>, point| Task { operator: operator.cloned(), point, ..task.clone() };
    let told = |events: &[EventName], task: &Task| notice(events, task).map(|it| (it.event, it.operator));
    use EventName as E;
    assert_eq!(told(&[E::Created], &of(None, Some(somewhere))), Some((E::Created, None)));
    assert_eq!(told(&[E::Created], &of(None, None)), None, "a digital task is near nobody");
    for (events, expected) in [
        (&[E::Verified, E::Completed][..], E::Verified),
        (&[E::DisputeResolved, E::Cancelled], E::DisputeResolved),
        (&[E::DisputeResolved, E::Completed], E::DisputeResolved),
        (&[E::Cancelled], E::Cancelled),
    ] {
        assert_eq!(told(events, &of(Some(&anna), None)), Some((expected, Some(operator()))));
        assert_eq!(told(events, &of(None, None)), None);
    }
    assert_eq!(told(&[], &of(Some(&anna), None)), None);
}

#[test]
fn what_comes_late_is_no_news_any_more() {
    let task = Story::of("").0.task;
    let near = Notice { task: TASK, event: EventName::Created, operator: None, at: START };
    assert!(near.is_news(&task, START));
    assert!(!near.is_news(&task, task.deadline));
    assert!(!near.is_news(&Task { status: Status::Accepted, ..task.clone() }, START));
    let own = Notice { event: EventName::Message, operator: Some(operator()), ..near };
    assert!(!own.is_news(&task, START), "somebody else has it by now, or nobody");
    assert!(own.is_news(&Task { operator: Some(assignee("anna")), ..task }, START));
}
