//! What DynamoDB counts an item as.

use super::*;

/// "DynamoDB item sizes and formats" in its developer guide.
#[test]
fn an_item_has_the_bytes_that_are_billed() {
    let (list, map) = (AttributeValue::L, AttributeValue::M);
    let cases = [
        (text("Zoë"), 4),
        (number(7), 2),
        (number(1_234_567), 5),
        (AttributeValue::Bool(true), 1),
        (list(vec![]), 3),
        (list(vec![text("ab"), text("cde")]), 3 + (1 + 2) + (1 + 3)),
        (map([].into()), 3),
        (map([("name".to_owned(), text("ab"))].into()), 3 + 1 + 4 + 2),
    ];
    for (value, bytes) in cases {
        let told = format!("{value:?}");
        assert_eq!(size_bytes(&[("key".to_owned(), value)].into()), "key".len() + bytes, "{told}");
    }
}
