//! `docs/ERRORS.md`: every code with its status, what it means and what to do.

use super::Code;

/// The page.
pub fn errors_page() -> String {
    let rows = Code::ALL.iter().map(|code| {
        format!("| {} | `{}` | {} | {} |\n", code.status(), code.word(), cell(code.sentence()), cell(code.remedy()))
    });
    format!("{HEAD}{}", rows.collect::<String>())
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

const HEAD: &str = "\
# Errors

Every error is JSON: `error` is a sentence for people, `code` is stable and is what a program decides by,
`request_id` names the request in the logs (it is also the header `x-request-id`), `details` has more.
`cargo xtask openapi` writes this page; which endpoint answers with which code is in [openapi.json](openapi.json).

Nothing was changed by a request that was answered with 4xx. After 429 and 5xx, and after no answer at all, the
same request can be sent again: with the same `Idempotency-Key` where the endpoint takes one.

| Status | Code | What it means | What to do |
|---|---|---|---|
";
