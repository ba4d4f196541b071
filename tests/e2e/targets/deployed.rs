//! A deployed stack: the stories, and what only a stack has, such as queues between processes that can be killed.

mod backlog;
mod killed;
mod live;
mod mcp;
mod money;
mod newcomer;
mod observed;
mod origins;
mod pages;
mod poison;
mod runbook;
mod same_bytes;

play_all!(deployed);
