//! Small photos that say when and where they were taken.

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};

/// Four by three pixels of one colour.
pub(super) fn png(colour: [u8; 3], exif: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    encoder.write_image(&colour.repeat(12), 4, 3, ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// A local time, and a place at `lat`° N 74° E.
pub(super) fn exif(time: &str, lat: u8) -> Vec<u8> {
    const ASCII: u8 = 2;
    const LONG: u8 = 4;
    const RATIONAL: u8 = 5;
    let directory = |entries: &[(u16, u8, u8, [u8; 4])]| {
        let mut bytes = vec![u8::try_from(entries.len()).unwrap(), 0];
        for (tag, kind, count, value) in entries {
            bytes.extend(tag.to_le_bytes());
            bytes.extend([*kind, 0, *count, 0, 0, 0]);
            bytes.extend(value);
        }
        [bytes, vec![0; 4]].concat()
    };
    let at = |offset: u8| [offset, 0, 0, 0];
    let degrees =
        |whole: u8| [[whole, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0]].concat();
    let position =
        [(1, ASCII, 2, *b"N\0\0\0"), (2, RATIONAL, 3, at(130)), (3, ASCII, 2, *b"E\0\0\0"), (4, RATIONAL, 3, at(154))];
    [
        b"II*\0\x08\0\0\0".to_vec(),
        directory(&[(0x8769, LONG, 1, at(38)), (0x8825, LONG, 1, at(56))]),
        directory(&[(0x9003, ASCII, 20, at(110))]),
        directory(&position),
        [time.as_bytes(), b"\0"].concat(),
        degrees(lat),
        degrees(74),
    ]
    .concat()
}

/// The same, whose pixels do not decode: its parts and their checksums are right.
pub(super) fn damaged(mut png: Vec<u8>) -> Vec<u8> {
    let pixels = png.windows(4).position(|name| name == b"IDAT").unwrap();
    let length = usize::from(png[pixels - 1]);
    // Neither a stored block, nor one of either kind of codes.
    png[pixels + 6] = 0xFF;
    let checksum = crc32fast::hash(&png[pixels..pixels + 4 + length]);
    png[pixels + 4 + length..pixels + 8 + length].copy_from_slice(&checksum.to_be_bytes());
    png
}
