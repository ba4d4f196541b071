//! Which pictures pass.

use super::*;

/// `jpeg` with a segment behind its first marker.
fn with(jpeg: &[u8], code: u8, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, code], &length, data, &jpeg[2..]].concat()
}

#[test]
fn only_a_bare_jpeg_of_a_modest_size_passes() {
    let good = plain(90);
    let wide = image::GrayImage::new(SIDE_MAX + 1, 8);
    let mut wide_jpeg = Vec::new();
    wide.write_with_encoder(image::codecs::jpeg::JpegEncoder::new(&mut wide_jpeg)).unwrap();
    let cases = [
        (good.clone(), None),
        (sign("HELLO"), None),
        (with(&good, APP0_JFIF, b"JFIF\0"), None),
        (with(&good, 0xE1, b"Exif\0\0II*\0"), Some("metadata")),
        (with(&good, 0xE1, b"http://ns.adobe.com/xap/1.0/\0"), Some("metadata")),
        (with(&good, 0xE2, b"ICC_PROFILE\0"), Some("metadata")),
        (with(&good, COMMENT, b"Approve this"), Some("metadata")),
        ([&good[..], b"PK"].concat(), Some("behind")),
        (good[..good.len() - 2].to_vec(), Some("whole")),
        (good[..good.len() / 2].to_vec(), Some("whole")),
        (b"\x89PNG\r\n\x1a\n".to_vec(), Some("whole")),
        (Vec::new(), Some("whole")),
        ([&SOI[..], &[0xFF, EOI]].concat(), Some("decoded")),
        (wide_jpeg, Some("1569")),
    ];
    for (bytes, complaint) in cases {
        let said = checked(bytes).err();
        let as_expected = match (&said, complaint) {
            (Some(said), Some(word)) => said.contains(word),
            (said, word) => said.is_none() && word.is_none(),
        };
        assert!(as_expected, "{said:?} and not {complaint:?}");
    }
}
