//! The API's description: as OpenAPI, and as a page to read and to try it on. Not the description itself: that is
//! `contract`, and `docs/openapi.json` is written from it.
//!
//! The page is Swagger UI, whose files are here as npm has them (a test compares), so that nothing comes from
//! another host and `cargo run` needs no Node.

mod file;

use axum::response::IntoResponse;
use contract::system::{docs, openapi};
use file::{File, Kind};
use web::{ApiError, PathText, Routes};

const OPENAPI: File = File::new(Kind::Json, include_bytes!("../../../docs/openapi.json"));
const PAGE: File = File::new(Kind::Html, include_bytes!("page.html"));
const FILES: &[(&str, File)] = &[
    ("page.js", File::new(Kind::Script, include_bytes!("page.js"))),
    ("swagger-ui-bundle.js", File::new(Kind::Script, include_bytes!("../swagger-ui/swagger-ui-bundle.js"))),
    ("swagger-ui.css", File::new(Kind::Style, include_bytes!("../swagger-ui/swagger-ui.css"))),
];

/// The endpoints. Nobody is asked who they are.
pub fn routes() -> Routes {
    Routes::new()
        .on(const { openapi::ENDPOINT.route }, async || OPENAPI)
        .on(const { docs::ENDPOINT.route }, async || PAGE)
        .on(const { docs::FILE.route }, file_named)
}

async fn file_named(PathText(name): PathText) -> Result<impl IntoResponse, ApiError> {
    let file = FILES.iter().find(|(known, _)| *known == name).map(|(_, file)| *file);
    file.ok_or_else(|| ApiError::not_found("File"))
}
