//! The pages: the operators' app at `/`, the desk at `/staff`, the agents' view at `/agent`. Files of
//! `clients/web/dist`, as they were built; not the API, which they call like anybody.

mod file;

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::get;
use domain::Mode;
use file::FILES;
use serde_json::json;
use std::sync::Arc;
use web::Routes;

/// What the pages are told about where they are.
#[derive(Clone, Debug)]
pub struct Pages {
    pub mode: Mode,
    /// Where photos go to and come from: `https://bucket.s3.eu-central-1.amazonaws.com`.
    pub photos: String,
    /// Clerk's Frontend API, where operators sign in: `https://clerk.example.com`.
    pub clerk: Option<String>,
}

/// What the pages ask for at their start.
pub const CONFIG: &str = "/config.json";

/// Every path there is.
pub fn paths() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.shown_at()).chain([CONFIG])
}

/// The pages. Nobody is asked who they are. Panics if `photos` is no origin.
pub fn routes(pages: &Pages) -> Routes {
    let headers = Arc::new(pages.headers());
    let guarded = map_response(move |mut answer: Response| {
        let headers = Arc::clone(&headers);
        async move {
            answer.headers_mut().extend((*headers).clone());
            answer
        }
    });
    let files = FILES.iter().map(|file| (file.shown_at(), get(async |asked: HeaderMap| file.answer(&asked))));
    let config = json!({ "mode": pages.mode.word(), "clerk": pages.sign_in() }).to_string();
    let about = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    let config = get(move || std::future::ready((about, config.clone())));
    let all = files.chain([(CONFIG, config)]);
    all.fold(Routes::new(), |routes, (path, shown)| routes.mount(path, shown.layer(guarded.clone())))
}

impl Pages {
    /// Beside those that every answer has.
    fn headers(&self) -> HeaderMap {
        let policy = HeaderValue::from_str(&self.policy()).expect("an origin has no other characters");
        let permissions = HeaderValue::from_static("camera=(self), geolocation=(self), microphone=()");
        HeaderMap::from_iter([
            (header::CONTENT_SECURITY_POLICY, policy),
            (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
            (HeaderName::from_static("permissions-policy"), permissions),
        ])
    }

    /// In test mode an operator is who they say they are.
    fn sign_in(&self) -> Option<&str> {
        self.clerk.as_deref().filter(|_| self.mode == Mode::Live)
    }

    /// Nothing but files of ours; scripts that are text are not run.
    fn policy(&self) -> String {
        let (photos, clerk) = (&self.photos, self.sign_in().unwrap_or_default());
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: {photos}; \
             connect-src 'self' {photos} {clerk}; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
             frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html humanops"
        )
    }
}
