//! All pixels of a photo, which must be there and decode, onto a canvas that keeps a small picture of them: never all
//! of them are there, but those of a WebP.

pub(crate) mod jpeg;

use crate::canvas::{Canvas, SIDE_MAX};
use domain::upload::PhotoType;
use image_webp::WebPDecoder;
use png::{Decoder, Transformations};
use std::io::Cursor;

/// Columns and rows of the passes of an interlaced PNG: the first, and how far apart they are.
const PASSES: [[(u32, u32); 2]; 7] = [
    [(0, 8), (0, 8)],
    [(4, 8), (0, 8)],
    [(0, 4), (4, 8)],
    [(2, 4), (0, 4)],
    [(0, 2), (2, 4)],
    [(1, 2), (0, 2)],
    [(0, 1), (1, 2)],
];
/// The only pass of others.
const ALL: [[(u32, u32); 2]; 1] = [[(0, 1), (0, 1)]];

/// Decodes every pixel; `None` when one is missing or broken.
pub(crate) fn decode(photo_type: PhotoType, bytes: &[u8]) -> Option<Canvas> {
    match photo_type {
        PhotoType::Jpeg => jpeg::decode(bytes),
        PhotoType::Png => png(bytes),
        PhotoType::Webp => webp(bytes),
    }
}

fn png(bytes: &[u8]) -> Option<Canvas> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = reader.info().size();
    let samples = reader.output_color_type().0.samples();
    let passes = if reader.info().interlaced { &PASSES[..] } else { &ALL };
    let mut canvas = Canvas::of(SIDE_MAX, width, height);
    for [(left, across), (top, down)] in passes {
        // A pass without columns has no rows either.
        let rows = if *left < width { *top..height } else { 0..0 };
        for y in rows.step_by(*down as usize) {
            let row = reader.next_row().ok()??;
            canvas.row(y, (*left, *across), row.data().chunks_exact(samples).map(|pixel| rgb(pixel).map(f32::from)));
        }
    }
    // What follows the last row must be sound too.
    reader.next_row().ok()?.is_none().then_some(canvas)
}

fn webp(bytes: &[u8]) -> Option<Canvas> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()?;
    let (width, height) = decoder.dimensions();
    let samples = if decoder.has_alpha() { 4 } else { 3 };
    let mut canvas = Canvas::of(SIDE_MAX, width, height);
    for (y, row) in (0..height).zip(pixels.chunks_exact(samples * width as usize)) {
        canvas.row(y, (0, 1), row.chunks_exact(samples).map(|pixel| rgb(pixel).map(f32::from)));
    }
    Some(canvas)
}

/// Grey or colour, on white where it is transparent.
fn rgb(pixel: &[u8]) -> [u8; 3] {
    match *pixel {
        [grey] => [grey; 3],
        [grey, alpha] => [on_white(grey, alpha); 3],
        [red, green, blue] => [red, green, blue],
        [red, green, blue, alpha] => [red, green, blue].map(|colour| on_white(colour, alpha)),
        _ => [0; 3],
    }
}

fn on_white(colour: u8, alpha: u8) -> u8 {
    let (colour, alpha) = (u16::from(colour), u16::from(alpha));
    u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or_default()
}
