//! What agents hold in their hands.

mod typescript;
