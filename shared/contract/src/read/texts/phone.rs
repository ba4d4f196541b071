//! Telephone numbers as the whole world dials them.

use super::{Parsed, pattern};
use schemars::json_schema;

/// A number in E.164: `+`, and 7 to 15 digits that begin with the country.
pub const fn phone() -> Parsed<String> {
    pattern(
        "must be a telephone number in E.164: + and 7 to 15 digits without spaces, such as +14155550123",
        || json_schema!({ "type": "string", "pattern": r"^\+[1-9][0-9]{6,14}$" }),
        |text| {
            let digits = text.strip_prefix('+')?;
            let numeric = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
            (numeric && (7..=15).contains(&digits.len())).then(|| text.to_owned())
        },
    )
}
