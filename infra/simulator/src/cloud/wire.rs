//! The way from whoever asks to the endpoints, and back.

use crate::cloud::fault::{Fault, Weather};
use crate::dice::Dice;
use crate::parties::ask::Ask;
use crate::world::World;
use futures::future::join_all;
use harness::{Reply, send};

/// What whoever asked hears: nothing, if it was lost.
pub struct Outcome {
    pub replies: Vec<Reply>,
    pub lost: Option<Fault>,
}

impl Outcome {
    /// In a word.
    pub fn told(&self) -> String {
        let told = |reply: &Reply| {
            format!("{} {}{}", reply.status, reply.json["code"].as_str().unwrap_or_default(), reply.json["details"])
        };
        let replies = self.replies.iter().map(told);
        let replies: Vec<String> = replies.collect();
        match self.lost {
            Some(fault) => format!("{fault:?} {replies:?}"),
            None if replies.is_empty() => "killed".to_owned(),
            None => replies.join(", "),
        }
    }
}

/// Sends a request, as networks do it.
pub async fn deliver(world: &World, ask: &Ask, dice: &mut Dice, weather: Weather) -> Outcome {
    use Fault::{ReplyLost, RequestLate, RequestLost, RequestTwice};
    let caller = world.run(dice, weather);
    let lost = caller.fault(&[ReplyLost, ReplyLost, RequestTwice, RequestTwice, RequestLost, RequestLate]);
    if matches!(lost, Some(RequestLost | RequestLate)) {
        return Outcome { replies: Vec::new(), lost };
    }
    let times = if lost == Some(RequestTwice) { 2 } else { 1 };
    let attempts: Vec<_> = (0..times).map(|_| (world.run(dice, weather), world.place(dice))).collect();
    let attempts = attempts.into_iter().map(|(run, place)| {
        let mut headers = vec![(ask.credential.0, ask.credential.1.as_str())];
        headers.extend(ask.idempotency_key.as_deref().map(|key| ("idempotency-key", key)));
        let body = ask.body.as_ref().map(ToString::to_string);
        run.through(async move { send(world.router(place), ask.method, &ask.path, &headers, body).await })
    });
    let replies: Vec<Reply> = join_all(attempts).await.into_iter().flatten().collect();
    if lost == Some(ReplyLost) {
        return Outcome { replies: Vec::new(), lost };
    }
    Outcome { replies, lost }
}
