//! One line a case: type of task, type of proof, what is handed in, which field is wrong.

use super::*;

#[test]
fn each_type_of_proof_has_its_own_demand() {
    let table = "
        VERIFICATION      PHOTO        photos                  -
        VERIFICATION      PHOTO        nothing                 photos
        VERIFICATION      PHOTO        confirmation            photos
        CAPTCHA_SOLVING   SCREENSHOT   photos                  -
        CAPTCHA_SOLVING   SCREENSHOT   nothing                 photos
        CONTENT_REVIEW    CONFIRMATION confirmation            -
        CONTENT_REVIEW    CONFIRMATION photos                  confirmation_text
        CONTENT_REVIEW    CONFIRMATION photos+confirmation     -
        FORM_FILLING      ARTIFACT     photos                  -
        FORM_FILLING      ARTIFACT     nothing                 photos
        FORM_FILLING      ARTIFACT     credential              encrypted_credential
        ACCOUNT_CREATION  ARTIFACT     credential              -
        ACCOUNT_CREATION  ARTIFACT     photos                  encrypted_credential
        ACCOUNT_CREATION  ARTIFACT     photos+credential       -
        PHOTO             PHOTO        photos+credential       encrypted_credential
    ";
    for row in table.lines().filter(|row| !row.trim().is_empty()) {
        let [kind, proof, given, wrong] = row.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{row}") };
        let contents = Contents {
            photos: given.contains("photos"),
            confirmation: given.contains("confirmation"),
            credential: given.contains("credential"),
        };
        let found = problems(TaskType::parse(kind).unwrap(), ProofType::parse(proof).unwrap(), contents);
        let fields: Vec<&str> = found.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, if wrong == "-" { vec![] } else { vec![wrong] }, "{row}");
    }
}
