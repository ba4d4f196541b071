//! A small server on the loopback that plays models that see, by OpenAI's chat completions and by Bedrock's Converse: it
//! checks what it is sent in earnest, signatures too, and has what can go wrong. It shares no line with the clients, so
//! that a mistake in one is seen by the other. Not a model: what it answers is told to it.

mod asked;
mod fault;
mod mind;
pub mod picture;
mod reading;
mod seen;
mod server;
mod wire;

pub use asked::{Asked, Image, Tokens};
pub use fault::Fault;
pub use mind::{Mind, Reply};
pub use reading::read_text;
pub use seen::Credentials;
pub use server::Models;
pub use wire::bedrock::BEDROCK_MODEL;
pub use wire::openai::{MODEL, REASONING_MODEL};
