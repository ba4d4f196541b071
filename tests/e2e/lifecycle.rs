//! The life of a task from end to end: every way through it, with the money of everybody at its end.

mod money;
mod overdue;
mod turns;
