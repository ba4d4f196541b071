//! A built file, as an answer.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// One of `clients/web/dist`.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: &'static str,
    plain: &'static [u8],
    gzipped: Option<&'static [u8]>,
}

pub(crate) const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// Another content has another name there.
const HASHED: &str = "/assets/";

impl File {
    /// Where it is shown: `/staff` for `/staff.html`.
    pub(crate) fn shown_at(&self) -> &'static str {
        match self.path.strip_suffix(".html") {
            Some("/index") => "/",
            Some(page) => page,
            None => self.path,
        }
    }

    /// Compressed for whoever takes it so, as every browser does (RFC 9110, 12.5.3).
    pub(crate) fn answer(&self, asked: &HeaderMap) -> Response {
        let kept = if self.path.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let gzipped = self.gzipped.filter(|_| takes_gzip(asked));
        let mut answer = gzipped.unwrap_or(self.plain).into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type()));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if gzipped.is_some() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        answer
    }

    fn media_type(&self) -> &'static str {
        match self.path.rsplit('.').next() {
            Some("html") => "text/html; charset=utf-8",
            Some("js") => "text/javascript; charset=utf-8",
            Some("css") => "text/css; charset=utf-8",
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            Some("webmanifest") => "application/manifest+json",
            Some(_) | None => "application/octet-stream",
        }
    }
}

fn takes_gzip(asked: &HeaderMap) -> bool {
    let codings = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    codings.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        // A weight of nothing, however many noughts it has.
        let refused = weight.trim().strip_prefix("q=0").is_some_and(|rest| rest.bytes().all(|b| b".0".contains(&b)));
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_takes_gzip_and_nobody_else_is_given_it() {
        for (value, taken) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.2", true),
            ("gzip;q=0", false),
            ("gzip; q=0.00", false),
            ("gzip;q=0.5", true),
            ("br", false),
            ("x-gzip", false),
            ("", false),
        ] {
            let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]);
            assert_eq!(takes_gzip(&asked), taken, "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
