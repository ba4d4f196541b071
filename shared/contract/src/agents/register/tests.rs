//! What registration takes and refuses.

use super::*;
use crate::read::tests::read;

#[test]
fn a_body_needs_name_and_email_and_nothing_unknown() {
    let cases = [
        (r#"{"name": "n", "email": "a@b.co"}"#, true),
        (r#"{"name": "n", "email": "a@b.co", "company": null}"#, true),
        (r#"{"name": "n", "email": "a@b.co", "company": ""}"#, true),
        (r#"{"name": "n", "email": "a@b.co", "company": "Acme Inc"}"#, true),
        (r#"{"name": " ", "email": "a@b.co"}"#, false),
        (r#"{"name": "n"}"#, false),
        (r#"{"email": "a@b.co"}"#, false),
        (r#"{"name": "n", "email": 5}"#, false),
        (r#"{"name": "n", "email": "a@b.co", "mail": "a@b.co"}"#, false),
        ("", false),
        ("[]", false),
    ];
    for (body, good) in cases {
        assert_eq!(read::<Body>(body).is_ok(), good, "{body}");
    }
}

#[test]
fn an_empty_company_is_none() {
    let company = |text: &str| read::<Body>(&format!(r#"{{"name":"n","email":"a@b.co","company":"{text}"}}"#));
    assert_eq!(company("").unwrap().company, None);
    assert_eq!(company("Acme").unwrap().company.as_deref(), Some("Acme"));
}
