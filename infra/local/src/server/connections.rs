//! Who is connected. Places are bounded, for each address and in all; when there is none left, whoever has kept its
//! place longest without asking for anything loses it.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;
use tokio::sync::Notify;

/// Connections in all.
const ALL_MAX: usize = 1_000;
/// Connections of one address, and so its answers under way.
const EACH_MAX: usize = 200;

#[derive(Clone, Debug)]
pub(super) struct Connections {
    open: Arc<Mutex<Open>>,
    all_max: usize,
}

#[derive(Debug, Default)]
struct Open {
    number: u64,
    by_number: BTreeMap<u64, Connection>,
}

#[derive(Debug)]
struct Connection {
    ip: IpAddr,
    /// Since when we wait for it; none while it waits for us.
    idle_since: Option<Instant>,
    lost: Arc<Notify>,
}

/// A place, given back when its last clone is dropped.
#[derive(Clone, Debug)]
pub(super) struct Place(Arc<Held>);

#[derive(Debug)]
struct Held {
    connections: Connections,
    number: u64,
    lost: Arc<Notify>,
}

impl Connections {
    /// Of a process with so many descriptors: half of them are for files and for what it asks of others.
    pub(super) fn of(descriptors: u64) -> Self {
        let half = usize::try_from(descriptors / 2).unwrap_or(ALL_MAX);
        Self { open: Arc::default(), all_max: ALL_MAX.min(half) }
    }

    /// A place for one more of `ip`; none if all that could lose theirs are being served.
    pub(super) fn admit(&self, ip: IpAddr) -> Option<Place> {
        let mut open = self.open();
        let of_ip = open.by_number.values().filter(|connection| connection.ip == ip).count();
        if of_ip >= EACH_MAX {
            open.evict(|connection| connection.ip == ip)?;
        } else if open.by_number.len() >= self.all_max {
            open.evict(|_| true)?;
        }
        open.number += 1;
        let (number, lost) = (open.number, Arc::new(Notify::new()));
        open.by_number.insert(number, Connection { ip, idle_since: Some(Instant::now()), lost: Arc::clone(&lost) });
        Some(Place(Arc::new(Held { connections: self.clone(), number, lost })))
    }

    fn open(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    /// Takes its place from the one of these that has been idle longest.
    fn evict(&mut self, of_these: impl Fn(&Connection) -> bool) -> Option<()> {
        let idle = self.by_number.iter().filter(|(_, connection)| of_these(connection));
        let idle = idle.filter_map(|(number, connection)| Some((connection.idle_since?, *number)));
        let (_, number) = idle.min()?;
        self.by_number.remove(&number)?.lost.notify_one();
        Some(())
    }
}

impl Place {
    /// Its request has arrived: it is being served.
    pub(super) fn busy(&self) {
        self.set_idle_since(None);
    }

    /// Its answer is on the way: it is up to the client.
    pub(super) fn idle(&self) {
        self.set_idle_since(Some(Instant::now()));
    }

    /// Resolves when the place is given to another.
    pub(super) async fn lost(&self) {
        self.0.lost.notified().await;
    }

    fn set_idle_since(&self, since: Option<Instant>) {
        if let Some(connection) = self.0.connections.open().by_number.get_mut(&self.0.number) {
            connection.idle_since = since;
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.connections.open().by_number.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn ip(last: u8) -> IpAddr {
        Ipv4Addr::new(10, 0, 0, last).into()
    }

    /// Whether it has lost its place.
    fn is_lost(place: &Place) -> bool {
        !place.0.connections.open().by_number.contains_key(&place.0.number)
    }

    #[test]
    fn an_address_that_has_all_its_places_loses_the_one_that_was_idle_longest() {
        let connections = Connections::of(4_096);
        let other = connections.admit(ip(1)).unwrap();
        let places: Vec<Place> = (0..EACH_MAX).map(|_| connections.admit(ip(2)).unwrap()).collect();
        places[0].busy();
        let more = connections.admit(ip(2)).unwrap();
        assert!(is_lost(&places[1]) && !is_lost(&places[0]) && !is_lost(&more) && !is_lost(&other));
        // What asked again was idle for a shorter time than those that never did.
        places[2].busy();
        places[2].idle();
        connections.admit(ip(2)).unwrap();
        assert!(is_lost(&places[3]) && !is_lost(&places[2]));
    }

    #[test]
    fn when_all_places_are_taken_anybody_idle_loses_theirs_and_nobody_who_is_served() {
        let connections = Connections::of(8);
        let places: Vec<Place> = (0..4).map(|n| connections.admit(ip(n)).unwrap()).collect();
        let late = connections.admit(ip(9)).unwrap();
        assert!(is_lost(&places[0]) && !is_lost(&late));
        places[1..].iter().chain([&late]).for_each(Place::busy);
        assert!(connections.admit(ip(10)).is_none());
        drop(late);
        assert!(connections.admit(ip(10)).is_some(), "a connection that ends gives its place back");
    }
}
