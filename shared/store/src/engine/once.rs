//! What is done once however often it is asked for.

/// The thing that is there, and who made it.
#[derive(Clone, Debug)]
pub enum Once<T> {
    /// This request made it.
    New(T),
    /// An earlier request made it.
    Replay(T),
}

impl<T> Once<T> {
    /// The thing, and whether an earlier request made it.
    pub fn split(self) -> (T, bool) {
        match self {
            Self::New(thing) => (thing, false),
            Self::Replay(thing) => (thing, true),
        }
    }
}
