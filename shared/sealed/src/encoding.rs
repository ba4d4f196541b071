//! Base64 as clients send it: the standard or the URL-safe alphabet, padded or not. Strict
//! otherwise.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};

/// `None` if `text` is not base64. Texts that must decode to more than `bytes_max` are not decoded.
pub(crate) fn decode(text: &str, bytes_max: usize) -> Option<Vec<u8>> {
    if text.len() > bytes_max.div_ceil(3) * 4 {
        return None;
    }
    let standard = text.replace('-', "+").replace('_', "/");
    ANY_PADDING.decode(standard).ok()
}

/// Padded standard base64, the one form that is stored and answered.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

const ANY_PADDING: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
