//! Who may speak for dLocal.

use super::*;

#[test]
fn only_the_signature_of_this_body_with_this_secret_is_believed() {
    let body = br#"{"status":"PAID"}"#;
    let secret = DlocalSecret::new("dlocal-secret").unwrap();
    let signature = signature::humanops("dlocal-secret", body);
    assert!(secret.signed(body, &signature));
    assert!(secret.signed(body, &signature.to_uppercase()));
    assert!(!secret.signed(br#"{"status": "PAID"}"#, &signature));
    assert!(!secret.signed(body, &signature::humanops("another-secret", body)));
    assert!(!secret.signed(body, ""));
}

#[test]
fn an_empty_secret_is_none() {
    assert!(DlocalSecret::new("").is_none());
    assert!(DlocalSecret::new(" \n").is_none());
}

#[test]
fn debug_does_not_show_the_secret() {
    assert_eq!(format!("{:?}", DlocalSecret::new("dlocal-secret")), "Some(DlocalSecret)");
}
