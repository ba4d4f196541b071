//! What registration takes and refuses.

use super::*;
use crate::read::tests::read;

#[test]
fn an_email_is_text_around_one_at_sign() {
    let with = |email: &str| format!(r#"{{"name": "n", "email": "{}"}}"#, email.escape_default());
    let longest = format!("a@{}", "b".repeat(252));
    for good in ["agent@example.com", "a@b", "a+b@c.d", longest.as_str()] {
        assert_eq!(read::<Body>(&with(good)).unwrap().email, good);
    }
    let too_long = format!("a@{}", "b".repeat(253));
    for bad in ["", "@", "a@", "@b", "a", "a@b@c", "a@@b", "a @b", " a@b", "a@b\n", "a\t@b", too_long.as_str()] {
        assert!(read::<Body>(&with(bad)).is_err(), "{bad:?}");
    }
}

#[test]
fn a_body_needs_name_and_email_and_nothing_unknown() {
    let cases = [
        (r#"{"name": "n", "email": "a@b"}"#, true),
        (r#"{"name": "n", "email": "a@b", "company": null}"#, true),
        (r#"{"name": "n", "email": "a@b", "company": ""}"#, true),
        (r#"{"name": "n", "email": "a@b", "company": "Acme Inc"}"#, true),
        (r#"{"name": " ", "email": "a@b"}"#, false),
        (r#"{"name": "n"}"#, false),
        (r#"{"email": "a@b"}"#, false),
        (r#"{"name": "n", "email": 5}"#, false),
        (r#"{"name": "n", "email": "a@b", "mail": "a@b"}"#, false),
        ("", false),
        ("[]", false),
    ];
    for (body, good) in cases {
        assert_eq!(read::<Body>(body).is_ok(), good, "{body}");
    }
}

#[test]
fn an_empty_company_is_none() {
    let company = |text: &str| read::<Body>(&format!(r#"{{"name":"n","email":"a@b","company":"{text}"}}"#));
    assert_eq!(company("").unwrap().company, None);
    assert_eq!(company("Acme").unwrap().company.as_deref(), Some("Acme"));
}
