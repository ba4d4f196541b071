//! Whether all pixels of a photo are there and can be decoded. Nobody looks at them yet, so none are kept: a JPEG is
//! read to the last code, without the arithmetic that would make colours of it, and a PNG row by row.

pub(crate) mod jpeg;

use domain::upload::PhotoType;
use image_webp::WebPDecoder;
use png::Decoder;
use std::io::Cursor;

/// Decodes every pixel; `None` when one is missing or broken.
pub(crate) fn decode(photo_type: PhotoType, bytes: &[u8]) -> Option<()> {
    match photo_type {
        PhotoType::Jpeg => jpeg::decode(bytes),
        PhotoType::Png => png(bytes),
        PhotoType::Webp => webp(bytes),
    }
}

fn png(bytes: &[u8]) -> Option<()> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let mut reader = decoder.read_info().ok()?;
    while reader.next_row().ok()?.is_some() {}
    Some(())
}

fn webp(bytes: &[u8]) -> Option<()> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()
}
