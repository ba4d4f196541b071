//! The formats of a photo, told apart by their first bytes. Decodes nothing.

use domain::upload::PhotoType;

/// The format that these first bytes (12 suffice) announce.
pub fn sniff(bytes: &[u8]) -> Option<PhotoType> {
    match bytes {
        [0xFF, 0xD8, 0xFF, ..] => Some(PhotoType::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(PhotoType::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(PhotoType::Webp),
        _ => None,
    }
}
