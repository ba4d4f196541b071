//! `GET /docs`: a page on which a person can read the description and try the endpoints.

use crate::endpoint::{Caller, Endpoint, Output, PathId, Rate, Route};

pub const ENDPOINT: Endpoint =
    page("getDocs", "/docs", &["text/html"], "Get the page on which to read and try the API");

/// The page's own files: nothing comes from another host.
pub const FILE: Endpoint =
    page("getDocsFile", "/docs/{id}", &["text/javascript", "text/css"], "Get a file of the documentation's page").id(
        PathId {
            about: "The file's name.",
            pattern: r"^(page\.js|swagger-ui-bundle\.js|swagger-ui\.css)$",
            example: "page.js",
        },
    );

const fn page(
    operation: &'static str,
    path: &'static str,
    media_types: &'static [&'static str],
    summary: &'static str,
) -> Endpoint {
    let route = Route::get(path, Caller::Anyone).rated(Rate::Unlimited);
    Endpoint { output: Output::File(media_types), ..Endpoint::new::<()>(operation, route, summary) }
}
