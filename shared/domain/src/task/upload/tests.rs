//! One name for one upload, and no other reading of it.

use super::*;
use crate::example::{TASK, assignee, rows};

fn anna() -> OperatorId {
    assignee("anna").id
}

#[test]
fn an_id_is_the_digest_that_the_comment_promises() {
    // Computed by another program, from the bytes named in `id`.
    let id = id(TASK, &anna(), "image/jpeg", 12_345, [7; 32]);
    assert_eq!(id.to_string(), "upl_6qfhjmv4k9k4ej67ysh5cbnbv7");
}

#[test]
fn whatever_differs_gives_another_id() {
    let announced = id(TASK, &anna(), "image/jpeg", 12_345, [7; 32]);
    let others = [
        id(TaskId::from_bytes([3; 16]), &anna(), "image/jpeg", 12_345, [7; 32]),
        id(TASK, &assignee("annb").id, "image/jpeg", 12_345, [7; 32]),
        id(TASK, &anna(), "image/png", 12_345, [7; 32]),
        id(TASK, &anna(), "image/jpeg", 12_346, [7; 32]),
        id(TASK, &anna(), "image/jpeg", 1_234, [7; 32]),
        id(TASK, &anna(), "image/jpeg", 12_345, [8; 32]),
    ];
    for other in others {
        assert_ne!(other, announced);
    }
}

#[test]
fn a_key_is_read_as_it_was_written() {
    let upload = id(TASK, &anna(), "image/png", 1, [0; 32]);
    let written = key(TASK, &anna(), upload);
    assert_eq!(written, format!("proof/{TASK}/op_anna/{upload}"));
    assert_eq!(parse_key(&written), Some((TASK, anna(), upload)));
}

#[test]
fn a_key_is_that_of_its_bytes_whatever_type_was_announced() {
    for announced in PhotoType::ALL {
        let key = key(TASK, &anna(), id(TASK, &anna(), announced.word(), 12_345, [7; 32]));
        assert!(is_of(&key, TASK, &anna(), 12_345, [7; 32]), "{announced}");
        assert!(!is_of(&key, TASK, &anna(), 12_346, [7; 32]), "{announced}");
        assert!(!is_of(&key, TASK, &anna(), 12_345, [8; 32]), "{announced}");
        assert!(!is_of(&key, TASK, &assignee("annb").id, 12_345, [7; 32]), "{announced}");
        assert!(!is_of(&key, TaskId::from_bytes([3; 16]), &anna(), 12_345, [7; 32]), "{announced}");
    }
}

#[test]
fn a_type_is_announced_in_any_case_and_jpg_is_jpeg() {
    let table = "
        image/jpeg      | image/jpeg
        IMAGE/JPEG      | image/jpeg
        image/jpg       | image/jpeg
        Image/Jpg       | image/jpeg
        image/PNG       | image/png
        image/webp      | image/webp
                        | -
        jpg             | -
        image/heic      | -
        image/png; charset=utf-8 | -
    ";
    for [text, expected] in rows(table) {
        assert_eq!(PhotoType::announced(text).map_or("-", PhotoType::word), expected, "{text}");
    }
}

#[test]
fn a_text_that_no_upload_has_is_no_key() {
    const BODY: &str = "02081040g2081040g2081040g2";
    let table = "
        proof/task_ID/op_anna/upl_ID    | read
                                        | refused
        proof/                          | refused
        proof/task_ID/op_anna           | refused
        proof/task_ID/op_anna/          | refused
        proof/task_ID/op_anna/upl_ID/   | refused
        proof/task_ID/op_anna/upl_ID/x  | refused
        /proof/task_ID/op_anna/upl_ID   | refused
        proofs/task_ID/op_anna/upl_ID   | refused
        proof//task_ID/op_anna/upl_ID   | refused
        proof/task_ID/op_anna/../upl_ID | refused
        proof/upl_ID/op_anna/task_ID    | refused
        proof/task_ID/task_ID/upl_ID    | refused
        proof/task_ID/op_an.a/upl_ID    | refused
        proof/task_ID/op_anna/UPL_ID    | refused
        proof/task_ID/op_anna/upl_I     | refused
    ";
    for [text, expected] in rows(table) {
        let text = text.replace("ID", BODY);
        let read = if parse_key(&text).is_some() { "read" } else { "refused" };
        assert_eq!(read, expected, "{text}");
    }
}
