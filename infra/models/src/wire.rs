//! What both wires have in common: what they refuse, and how they look at a schema and at images.

pub(crate) mod bedrock;
pub(crate) mod openai;
pub(crate) mod schema;
mod sigv4;

use crate::asked::Image;
use crate::picture;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Number;

/// Why a question is not taken: a status, a code, and a sentence.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    pub(crate) message: String,
}

const IMAGES_MAX: usize = 20;

/// In base64.
fn images<'a>(encoded: impl Iterator<Item = &'a str>) -> Result<Vec<Image>, String> {
    let decoded = encoded.map(|text| STANDARD.decode(text).map_err(|error| format!("an image is not base64: {error}")));
    let images = decoded.map(|bytes| picture::checked(bytes?)).collect::<Result<Vec<_>, _>>()?;
    if images.len() > IMAGES_MAX {
        return Err(format!("{} images, at most {IMAGES_MAX}", images.len()));
    }
    Ok(images)
}

/// However it is written.
fn is_zero(number: &Number) -> bool {
    ["0", "0.0"].contains(&number.to_string().as_str())
}

fn is_name(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    (1..=64).contains(&text.len()) && text.bytes().all(plain)
}
