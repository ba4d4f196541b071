//! A worker that is called by itself.

use ::pushes::{Pushes, TIMEOUT, Vapid};
use harness::World;
use outbound::{Client, Reach};

/// A worker beside that of the system, with which it shares everything.
pub(crate) fn worker(world: &World) -> Pushes {
    let vapid = Vapid::parse(&world.system.push_key, "https://humanops.io").unwrap();
    Pushes::new(world.system.store.clone(), Client::new(Reach::LoopbackAllowed { own_port: None }, TIMEOUT), vapid)
}
