//! docs/openapi.json and callbacks before those who read them: programs of others, which `cargo xtask test` installs.

mod generated;
mod other_origin;
mod page;
mod sbom;
mod schemathesis;
mod webhooks;
